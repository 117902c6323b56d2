"""What an unquoted scalar means: ``no``, ``017``, ``2025-01-31``; and how the readers of YAML differ about it.

YAML 1.1 (Ruby and so Jekyll, PyYAML and so MkDocs), js-yaml 3 (gray-matter: Docusaurus, Eleventy, Gatsby, Next.js
starters) and YAML 1.2 (Astro, Hexo) give the same text different values. contentlint reads the core schema of YAML 1.2
and, as all site generators do, dates. https://yaml.org/spec/1.2.2/#103-core-schema, https://yaml.org/type/
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Literal, NamedTuple

ScalarKind = Literal["str", "int", "float", "bool", "null", "date", "datetime"]


class Reading(NamedTuple):
    """A scalar as one dialect reads it. ``kind`` is ``error`` where that dialect refuses the text."""

    kind: ScalarKind | Literal["error"]
    value: Any


_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_BOOL_1_1 = _BOOL | {
    form: value
    for word, value in (("yes", True), ("on", True), ("no", False), ("off", False))
    for form in (word, word.title(), word.upper())
}
_SPECIAL = re.compile(r"([-+]?)\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NUMERIC_START = frozenset("+-.0123456789")

_INT = re.compile(r"[-+]?[0-9]+")
_INT_PREFIXED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")

_INT_1_1 = re.compile(r"[-+]?(?:0b[01_]+|0[0-7_]*|[1-9][0-9_]*|0x[0-9a-fA-F_]+)")
_BASE_60 = re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+")
_BASE_60_FLOAT = re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*")
_FLOAT_1_1 = re.compile(r"(?:[-+]?[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+][0-9]+)?")
_FLOAT_JS = re.compile(r"[-+]?(?:0|[1-9][0-9_]*)(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?|\.[0-9_]+(?:[eE][-+]?[0-9]+)?")

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_DATETIME = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?"
    r"(?:[ \t]*(?:([Zz])|([-+])(\d\d?)(?::?(\d\d))?))?",
    re.ASCII,
)
# What people write where a date is expected though no YAML reader makes one of it: Hexo's 2013/7/13 20:46:25,
# 2024-1-5, 2024-01-05 10:30. Group 4 on: hour, minute, second, fraction, Z, sign, hours and minutes of the offset.
_LOOSE_DATE = re.compile(
    r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.(\d*))?)?"
    r"(?:[ \t]*(?:([Zz])|([-+])(\d\d?)(?::?(\d\d))?))?)?",
    re.ASCII,
)
# int() refuses more (sys.get_int_max_str_digits()), and no reader of YAML keeps such a number exactly.
_MAX_DIGITS = 4000


def resolve(raw: str) -> Reading:
    """The value of a plain scalar: YAML 1.2 core, and dates. ``error`` (with the text) for a date that is none."""
    if raw in _NULL:
        return Reading("null", None)
    if raw in _BOOL:
        return Reading("bool", _BOOL[raw])
    if raw[0] not in _NUMERIC_START:
        return Reading("str", raw)
    if special := _special(raw):
        return special
    if len(raw) <= _MAX_DIGITS:
        if _INT.fullmatch(raw):
            return Reading("int", int(raw))
        if _INT_PREFIXED.fullmatch(raw):
            return Reading("int", int(raw, 0))
        if _FLOAT.fullmatch(raw):
            return Reading("float", float(raw))
    return _date(raw) or Reading("str", raw)


def readings(raw: str) -> Mapping[str, Reading]:
    """How each dialect reads a plain scalar; empty where they agree."""
    # A date that exists is one for every generator, whatever its library returns.
    if not raw or (raw[0] not in _NUMERIC_START and raw not in _BOOL_1_1):
        return {}
    core = resolve(raw)
    if core.kind in ("date", "datetime") or len(raw) > _MAX_DIGITS:
        return {}
    if core.kind == "error":
        return {"yaml-1.1": core, "js-yaml-3": _rolled_over(raw), "yaml-1.2": Reading("str", raw)}
    every = {"yaml-1.1": _read_1_1(raw), "js-yaml-3": _read_js(raw), "yaml-1.2": core}
    return every if len({(kind, repr(value)) for kind, value in every.values()}) > 1 else {}


def parse_date(text: str) -> date | datetime | None:
    """A date as authors write it, ISO 8601 or near it (``2024-1-5``, ``2013/7/13 20:46:25``); None if it is none."""
    match = _LOOSE_DATE.fullmatch(text.strip())
    if not match:
        return None
    try:
        return _moment(match) if match[4] else date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _special(raw: str) -> Reading | None:
    match = _SPECIAL.fullmatch(raw)
    if not match:
        return None
    return Reading("float", float("nan") if match[1] is None else float(f"{match[1]}inf"))


def _date(raw: str) -> Reading | None:
    try:
        if match := _DATE.fullmatch(raw):
            return Reading("date", date(int(match[1]), int(match[2]), int(match[3])))
        if match := _DATETIME.fullmatch(raw):
            return Reading("datetime", _moment(match))
    except ValueError:
        return Reading("error", raw)
    return None


def _moment(match: re.Match[str]) -> datetime:
    """The instant of groups year, month, day, hour, minute, second, fraction, Z, sign, hours, minutes."""
    year, month, day, hour, minute, second = (int(match[group] or 0) for group in range(1, 7))
    micro = int((match[7] or "0")[:6].ljust(6, "0"))
    zone: timezone | None = None
    if match[8]:
        zone = UTC
    elif match[9]:
        offset = timedelta(hours=int(match[10]), minutes=int(match[11] or 0))
        zone = timezone(-offset if match[9] == "-" else offset)
    return datetime(year, month, day, hour, minute, second, micro, zone)


def _rolled_over(raw: str) -> Reading:
    """JavaScript's Date counts on: month 13 is January of the next year, 30 February is 1 or 2 March."""
    match = _DATE.fullmatch(raw)
    if not match:
        return Reading("error", raw)
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    try:
        first = date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        return Reading("date", first + timedelta(days=day - 1))
    except (ValueError, OverflowError):
        return Reading("error", raw)


def _read_1_1(raw: str) -> Reading:
    if raw in _BOOL_1_1:
        return Reading("bool", _BOOL_1_1[raw])
    if special := _special(raw):
        return special
    if _INT_1_1.fullmatch(raw):
        return _integer(raw)
    if _BASE_60.fullmatch(raw):
        return Reading("int", int(_base_60(raw)))
    if _BASE_60_FLOAT.fullmatch(raw):
        return Reading("float", _base_60(raw))
    if _FLOAT_1_1.fullmatch(raw):
        return Reading("float", float(raw.replace("_", "")))
    return Reading("str", raw)


def _read_js(raw: str) -> Reading:
    if raw in _BOOL:
        return Reading("bool", _BOOL[raw])
    if special := _special(raw):
        return special
    if not raw.endswith("_"):
        if _INT_1_1.fullmatch(raw):
            return _integer(raw)
        if _BASE_60.fullmatch(raw):
            return Reading("int", int(_base_60(raw)))
        if _BASE_60_FLOAT.fullmatch(raw):
            return Reading("float", _base_60(raw))
        if _FLOAT_JS.fullmatch(raw) and any(character.isdigit() for character in raw):
            return Reading("float", float(raw.replace("_", "")))
    return Reading("str", raw)


def _integer(raw: str) -> Reading:
    """An integer of YAML 1.1: 017 is octal, 0b11 binary, 1_000 a thousand."""
    digits = raw.replace("_", "")
    sign, digits = (-1, digits[1:]) if digits[0] == "-" else (1, digits.lstrip("+"))
    try:
        if digits[:2] in ("0b", "0x"):
            return Reading("int", sign * int(digits, 0))
        return Reading("int", sign * int(digits, 8 if digits[0] == "0" else 10))
    except ValueError:
        return Reading("error", raw)


def _base_60(raw: str) -> float:
    """12:30 is 750: YAML 1.1 counts in sixties, as hours and minutes do."""
    total = 0.0
    for part in raw.lstrip("+-").replace("_", "").split(":"):
        total = total * 60 + float(part)
    return -total if raw[0] == "-" else total
