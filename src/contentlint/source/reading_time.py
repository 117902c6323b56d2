"""How long a page takes to read, by the conventions of the tools that print it; and the times that authors declare."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from contentlint.resources import package_file
from contentlint.source import language as languages
from contentlint.source import nodes
from contentlint.source.document import Document
from contentlint.source.prose import words as split_words

WORDS_PER_MINUTE = "words-per-minute"
"""The convention of a site that gives its own figure: that many words a minute, rounded up."""

Measure = Literal["prose", "text", "source"]


class Counts(NamedTuple):
    """What there is to read on a page. Words are what stands between spaces."""

    prose: int
    """Words that are read: no code blocks, no markup, no addresses."""
    text: int
    """The same with the code blocks."""
    source: int
    """Words of the body as written, markup and addresses included."""
    pictures: int


class Pictures(NamedTuple):
    """The seconds that pictures add: for the first one, how many fewer for each that follows, and the fewest."""

    first: int
    fewer: int
    least: int

    def seconds(self, count: int) -> int:
        """The seconds that so many pictures add."""
        falling = min(count, (self.first - self.least) // self.fewer) if self.fewer else 0
        return falling * self.first - self.fewer * falling * (falling - 1) // 2 + (count - falling) * self.least


@dataclass(frozen=True, slots=True)
class Convention:
    """One way to make minutes of words. See ``reading_conventions.toml`` for each and its source."""

    name: str
    speed: int | None
    """Words a minute; None where it is the speed at which the page's language is read."""
    rounding: Literal["up", "down", "nearest"]
    counts: tuple[Measure, ...]
    """What is counted, the usual way first."""
    plus: int = 0
    pictures: Pictures | None = None

    def words_per_minute(self, language: str | None) -> int:
        """The speed at which a page in that language is read."""
        return languages.load(language).words_per_minute if self.speed is None else self.speed


@cache
def conventions() -> Mapping[str, Convention]:
    """The conventions that are known, by name."""
    data = tomllib.loads(package_file("source", "reading_conventions.toml").read_text(encoding="utf8"))
    found = {}
    for entry in data["convention"]:
        speed = entry["words-per-minute"]
        found[entry["name"]] = Convention(
            name=entry["name"],
            speed=None if speed == "language" else speed,
            rounding=entry["rounding"],
            counts=tuple(entry["counts"]),
            plus=entry.get("plus", 0),
            pictures=Pictures(**entry["pictures"]) if "pictures" in entry else None,
        )
    return found


def at_speed(words_per_minute: int) -> Convention:
    """That many words a minute, rounded up."""
    return Convention(WORDS_PER_MINUTE, words_per_minute, "up", ("prose", "text", "source"))


def counts(document: Document) -> Counts | None:
    """What there is to read on a page; None where words cannot be counted by the spaces between them.

    That is so in Chinese, Japanese and Thai, and on pages whose text stands elsewhere.
    """
    prose = text = 0
    for run in document.prose:
        count = len(run.text.split())
        # A script without spaces: its characters are words, and each convention counts them in a way of its own.
        if len(split_words(run.text)) > 4 * count + 8:
            return None
        prose += count
    text = prose + sum(len(block.text.split()) for block in document.nodes(nodes.CodeBlock))
    if not prose:
        return None
    pictures = len(document.nodes(nodes.Image)) + sum(tag.name == "img" for tag in document.nodes(nodes.Tag))
    return Counts(prose, text, len(document.body.of(document.text).split()), pictures)


def minutes(convention: Convention, counts: Counts, language: str | None) -> int:
    """The minutes that a convention gives a page, at least one."""
    return _minutes(convention, counts, language, convention.counts[0], counts.pictures)


def fits(convention: Convention, counts: Counts, language: str | None, declared: float) -> bool:
    """Whether a convention gives that many minutes, by any of the ways in which it is used to count."""
    return any(
        _minutes(convention, counts, language, measure, counts.pictures) == declared for measure in convention.counts
    )


def possible(counts: Counts, language: str | None) -> tuple[int, int]:
    """The fewest and the most minutes that any convention gives a page, pictures and code counted or not."""
    every = [
        _minutes(convention, counts, language, measure, pictures)
        for convention in conventions().values()
        for measure in convention.counts
        for pictures in {0, counts.pictures}
    ]
    return min(every), max(every)


# Each known convention lies within about 20 % of Hugo's plus one minute of rounding; so may those that we do not know.
_AROUND = "hugo"
_SHARE = 0.2
_ROUNDING = 1


def believable(counts: Counts, language: str | None, declared: float) -> bool:
    """Whether some honest convention, known or not, could give that many minutes."""
    fewest, most = possible(counts, language)
    words_per_minute = conventions()[_AROUND].words_per_minute(language)
    low = min(fewest, counts.prose / words_per_minute * (1 - _SHARE) - _ROUNDING)
    high = max(most, math.ceil(counts.text / words_per_minute) * (1 + _SHARE) + _ROUNDING)
    return low <= declared <= high


def _minutes(convention: Convention, counts: Counts, language: str | None, measure: Measure, pictures: int) -> int:
    words: int = getattr(counts, measure)
    exact = words / convention.words_per_minute(language)
    if convention.pictures:
        exact += convention.pictures.seconds(pictures) / 60
    # Half a minute goes up, as in JavaScript; 400 words at 200 are two minutes whatever the float says.
    exact = round(exact, 6)
    if convention.rounding == "up":
        rounded = math.ceil(exact)
    else:
        rounded = math.floor(exact + (0.5 if convention.rounding == "nearest" else 0))
    return max(1, rounded + convention.plus)


def prevailing(pages: Sequence[tuple[Counts, str | None, float]]) -> Convention | None:
    """The convention that gives most of the declared times, more than half of at least three; None where none does."""
    best, most = None, max(2, len(pages) // 2)
    for convention in conventions().values():
        count = sum(fits(convention, counts, language, declared) for counts, language, declared in pages)
        if count > most:
            best, most = convention, count
    return best


# What authors declare

_ISO = re.compile(r"PT(?:(?P<hours>\d{1,3})H)?(?:(?P<minutes>\d{1,4})M)?(?:\d{1,5}S)?", re.IGNORECASE)
_HOURS = re.compile(
    r"(?P<hours>\d{1,2})\s*(?:h|hrs?|hours?|heures?)\b\.?\s*(?:(?:and|et)\s+)?"
    r"(?:(?P<minutes>\d{1,2})\s*(?:m|mn|mins?|minutes?|['′])?)?|(?P<h>\d{1,2})h(?P<m>\d{2})",
    re.IGNORECASE,
)
_MINUTES = re.compile(
    r"[^\d\n]{0,40}?(?P<minutes>\d{1,4}(?:[.,]\d{1,9})?)\s*+(?P<unit>min[^\W\d_]*|mn|m|['′])?+(?![^\W\d_])[^\d\n]{0,60}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A reading time as an author wrote it."""

    text: str
    minutes: float

    def rewritten(self, minutes: int) -> str:
        """Another time in the same form: « 13 min » becomes « 12 min »."""
        if _ISO.fullmatch(self.text):
            hours, rest = divmod(minutes, 60)
            iso = f"PT{hours}H{rest}M" if hours else f"PT{rest}M"
            return iso if self.text.isupper() else iso.lower()
        if match := _HOURS.fullmatch(self.text.strip()):
            return self._in_hours(match, minutes)
        match = _MINUTES.fullmatch(self.text)
        if match is None:
            return str(minutes)
        start, end = match.span("minutes")
        after = self.text[end:]
        if unit := match["unit"]:
            after = self.text[end : match.start("unit")] + _plural(unit, minutes) + self.text[match.end("unit") :]
        return f"{self.text[:start]}{minutes}{after}"

    def _in_hours(self, match: re.Match[str], minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if not hours:
            return f"{minutes} min"
        names = ("h", "m") if match["h"] else ("hours", "minutes")
        start, end = match.span(names[1])
        text = match[0]
        if start < 0:
            return f"{text[: match.start(names[0])]}{hours}{text[match.end(names[0]) :]}" + (
                f" {rest:02}" if rest else ""
            )
        width = end - start if text[start] == "0" or match["h"] else 1
        return f"{hours}{text[match.end(names[0]) : start]}{rest:0{width}}{text[end:]}"


def _plural(unit: str, minutes: int) -> str:
    if unit.lower() == "minute" and minutes > 1:
        return f"{unit}s"
    return unit[:-1] if unit.lower() == "minutes" and minutes == 1 else unit


def parse(value: object) -> Declared | None:
    """The time that a front-matter value declares, in any of the forms people use; None where it declares none.

    ``5``, ``"5 min"``, ``"5 min read"``, ``"5 minutes de lecture"``, ``"5'"``, ``"PT5M"``, ``"1 h 05"``.
    ``12:30`` is no such form: minutes and seconds to some, hours and minutes to others, 750 to YAML 1.1.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Declared(f"{value:g}", float(value)) if math.isfinite(value) and value >= 0 else None
    if not isinstance(value, str) or len(value) > 120:
        return None
    stripped = value.strip()
    if (match := _ISO.fullmatch(stripped)) and (match["hours"] or match["minutes"]):
        return Declared(stripped, 60 * int(match["hours"] or 0) + int(match["minutes"] or 0))
    if match := _HOURS.fullmatch(stripped):
        hours, rest = (match["h"], match["m"]) if match["h"] else (match["hours"], match["minutes"])
        return Declared(stripped, 60 * int(hours) + int(rest or 0))
    if match := _MINUTES.fullmatch(stripped):
        return Declared(stripped, float(match["minutes"].replace(",", ".")))
    return None
