"""Declared reading times that the text cannot have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from msgspec import Meta

from contentlint.check import Match, site_check
from contentlint.diagnostic import Applicability, Edit, Fix
from contentlint.site.index import SiteIndex
from contentlint.source import reading_time as times
from contentlint.source.document import Document
from contentlint.source.front_matter import Entry
from contentlint.source.reading_time import Convention, Counts
from contentlint.span import Span

_FALLBACK = "reading-time"

_NAMES = (*times.conventions(), times.WORDS_PER_MINUTE)


@dataclass(frozen=True, slots=True)
class Options:
    """Which fields declare a reading time, and how the site computes it."""

    fields: Annotated[
        tuple[str, ...], Meta(description="The keys of the front matter that declare a reading time.")
    ] = (
        "readTime",
        "readingTime",
        "read_time",
        "reading_time",
        "readtime",
        "temps_lecture",
        "timeToRead",
    )
    convention: Annotated[
        str,
        Meta(
            pattern=f"^({'|'.join(_NAMES)})?$",
            description="The convention that declared times must follow exactly: "
            f"{', '.join(f'`{name}`' for name in _NAMES)}. Without one, only times that no convention allows are "
            "reported.",
        ),
    ] = ""
    words_per_minute: Annotated[
        int, Meta(ge=50, le=1000, description="The speed for the convention `words-per-minute`.")
    ] = 200


def facts(document: Document, options: Options) -> Any:
    """The times that a page declares, and what there is to read on it; None where either is missing."""
    entries = [entry for name in options.fields if (entry := document.front_matter.get(name))]
    declared = [found for entry in entries if (found := _declared(document, entry))]
    counts = times.counts(document) if declared else None
    return {"declared": declared, "counts": list(counts), "language": document.language} if counts else None


def _declared(document: Document, entry: Entry) -> dict[str, Any] | None:
    if entry.kind == "map":
        # What the reading-time package returns: {text, minutes, time, words}.
        return _declared(document, minutes) if (minutes := entry.child("minutes")) and minutes.kind != "map" else None
    declared = times.parse(entry.value)
    if declared is None:
        return None
    place = entry.inner if entry.kind == "str" else entry.span
    exact = place is not None and place.of(document.text).strip() == declared.text and not entry.borrowed
    return {
        "field": entry.name,
        "text": declared.text,
        "minutes": declared.minutes,
        "span": list(entry.span),
        "edit": list(place) if exact and place else None,
    }


@site_check("reading-time", facts=facts, needs={"front-matter"})
def reading_time(site: SiteIndex, pages: Mapping[str, Any], options: Options) -> Iterator[Match]:  # noqa: ARG001
    """A reading time that no convention gives the page (``impossible``; ``impossible-single`` where all conventions
    agree on one), or that is not what the configured convention gives (``other``).

    The fix writes what the configured convention gives, else the one that most of the site's pages fit, else 200
    words a minute, rounded up.
    """
    configured = _configured(options)
    convention = configured or _prevailing(pages) or times.conventions()[_FALLBACK]
    for path, page in pages.items():
        if page is None:
            continue
        counts, language = Counts(*page["counts"]), page["language"]
        for declared in page["declared"]:
            minutes = declared["minutes"]
            if configured and not times.fits(configured, counts, language, minutes):
                yield _match("other", path, declared, counts, language, configured, Applicability.SAFE)
            elif not configured and not times.believable(counts, language, minutes):
                yield _match("impossible", path, declared, counts, language, convention, Applicability.UNSAFE)


def _configured(options: Options) -> Convention | None:
    if options.convention == times.WORDS_PER_MINUTE:
        return times.at_speed(options.words_per_minute)
    return times.conventions()[options.convention] if options.convention else None


def _prevailing(pages: Mapping[str, Any]) -> Convention | None:
    return times.prevailing(
        [
            (Counts(*page["counts"]), page["language"], declared["minutes"])
            for page in pages.values()
            if page is not None
            for declared in page["declared"]
        ]
    )


def _match(
    message: str,
    path: str,
    declared: Mapping[str, Any],
    counts: Counts,
    language: str | None,
    convention: Convention,
    applicability: Applicability,
) -> Match:
    computed = times.minutes(convention, counts, language)
    low, high = times.possible(counts, language)
    if message == "impossible" and low == high:
        message = "impossible-single"
    fix = None
    if declared["edit"]:
        replacement = times.Declared(declared["text"], declared["minutes"]).rewritten(computed)
        fix = Fix((Edit(Span(*declared["edit"]), replacement),), applicability)
    values = {
        "field": declared["field"],
        "declared": declared["minutes"],
        "words": counts.prose,
        "low": low,
        "high": high,
        "computed": computed,
        "speed": convention.words_per_minute(language),
        "convention": convention.name,
    }
    return Match(Span(*declared["span"]), message, values, fix, path=path)
