"""The ledger as text, as a table for spreadsheets, as JSON and as a page."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from typing import Any

from contentlint.ledger import STATES, Entry, Ledger
from contentlint.locale import Locale
from contentlint.resources import package_file

_BYTE_ORDER_MARK = "\ufeff"
_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_COLUMNS = (
    "quantity", "low", "high", "bound", "unit", "subject", "state", "source", "url", "ours", "contradictions", "path",
    "line", "column", "field", "sentence", "confidence", "to-give",
)  # fmt: skip


def as_text(ledger: Ledger, locale: Locale) -> str:
    """A line a figure: its place, what is said of its source, the figure and what it is of."""
    states = {state: locale.say(f"ledger-state-{state}") for state in STATES}
    width = max(map(len, states.values()))
    lines = []
    for one in ledger.entries:
        place = f"{one.path}:{one.position.line}:{one.position.column}"
        line = f"{place}  {states[one.state]:<{width}}  {one.quantity}"
        if one.measure.subject:
            line += f" · {one.measure.subject}"
        if one.contradictions:
            line += f"  ≠ {_places(one)}"
        lines.append(_printable(line))
    return "".join(line + "\n" for line in lines)


def as_csv(ledger: Ledger, locale: Locale, delimiter: str | None = None) -> str:
    """A table that spreadsheets open, as RFC 4180 has it, in UTF-8 with the mark that Excel tells it by.

    Without a delimiter the one that the language's spreadsheets expect: where the comma is a decimal sign, a semicolon.
    No cell is a formula to a spreadsheet.
    """
    written = io.StringIO()
    table = csv.writer(written, delimiter=delimiter or (";" if locale.decimal == "," else ","), lineterminator="\r\n")
    table.writerow(_inert(locale.say(f"ledger-{column}")) for column in _COLUMNS)
    for one in ledger.entries:
        cells = _cells(one, locale)
        table.writerow(_inert(cells[column]) for column in _COLUMNS)
    return _BYTE_ORDER_MARK + written.getvalue()


def as_json(ledger: Ledger, locale: Locale) -> str:  # noqa: ARG001 - one form in all languages
    """The stable form that other programs read: ``schemas/ledger.schema.json``."""
    return json.dumps(ledger.as_data(), indent=2) + "\n"


def as_html(ledger: Ledger, locale: Locale) -> str:
    """One page that needs nothing else, with filters, for a browser or a printer."""
    from jinja2 import Environment

    template = package_file("ledger", "ledger.html").read_text(encoding="utf8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    rows = [{"entry": one, "cells": _cells(one, locale)} for one in ledger.entries]
    counts = {
        "unsupported": sum(one.state in ("unsupported", "vague", "self-reported") for one in ledger.entries),
        "contradictory": sum(bool(one.contradictions) for one in ledger.entries),
        "ours": sum(_ours(one) for one in ledger.entries),
        "all": len(ledger.entries),
    }
    return environment.from_string(template).render(
        say=locale.say, number=locale.number, lang=locale.code, rows=rows, counts=counts, failures=ledger.failures
    )


FORMS: dict[str, Callable[[Ledger, Locale], str]] = {
    "text": as_text,
    "csv": as_csv,
    "json": as_json,
    "html": as_html,
}


def _cells(one: Entry, locale: Locale) -> dict[str, str]:
    measure = one.measure
    cells: dict[str, Any] = {
        "quantity": one.quantity,
        "low": _value(measure.low, locale),
        "high": _value(measure.high, locale),
        "bound": locale.say(f"ledger-bound-{measure.bound}") if measure.bound else "",
        "unit": measure.unit,
        "subject": measure.subject,
        "state": locale.say(f"ledger-state-{one.state}"),
        "source": one.support.text if one.support and not one.url else "",
        "url": one.url,
        "ours": locale.say("ledger-yes") if _ours(one) else "",
        "contradictions": _places(one),
        "path": one.path,
        "line": str(one.position.line),
        "column": str(one.position.column),
        "field": one.field,
        "sentence": one.sentence,
        "confidence": _value(one.confidence, locale),
        "to-give": "",
    }
    return {name: _printable(text) for name, text in cells.items()}


def _ours(one: Entry) -> bool:
    return one.measure.ours or one.research


def _places(one: Entry) -> str:
    return ", ".join(f"{place.quantity} ({place.path}:{place.position.line})" for place in one.contradictions)


def _value(value: float | None, locale: Locale) -> str:
    """The number as a spreadsheet of that language reads it: no signs between groups of digits."""
    return "" if value is None else f"{value:.12g}".replace(".", locale.decimal)


def _printable(text: str) -> str:
    """The text without what could write to a terminal."""
    return "".join(character for character in text if character.isprintable() or character in " \u00a0\u202f")


def _inert(cell: str) -> str:
    """The cell as text where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip(" \u00a0\u202f").startswith(_OF_FORMULAS) else cell
