"""At which addresses a page is published: what its generator makes of its place and of its front matter.

A profile says it in patterns: the folders that pages lie in (``content/{lang}``), and the addresses that their paths
become (``/{lang}/{path}``). A generator can often be told to do it in several ways, so a page has several addresses,
and a link that leads to any of them is right.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

from contentlint.site.metadata import Metadata
from contentlint.source.language import normalise

INDEX = ("index", "_index", "readme")
"""The names of pages that stand for their folder, in small letters."""

TOKENS: Mapping[str, str] = {
    "path": "folders and name below the folder of the pattern; the folder alone for an index page",
    "slugged": "the same with the slug of the front matter for the name, where there is one",
    "folders": "the folders alone",
    "section": "the first of these folders",
    "name": "the file's name without its ending, its date and its language",
    "slug": "the slug of the front matter, else the title in the form of one, else the name",
    "file-slug": "the slug of the front matter, else the name",
    "title": "the title in the form of a slug",
    "year": "of the date in the front matter or in the file's name",
    "month": "with two digits",
    "day": "with two digits",
    "categories": "those of the front matter, as folders",
    "lang": "the language that a folder or the end of the name gives, else nothing",
}
"""What may stand in braces in a pattern, besides the names that its own folders give."""

_TOKEN = re.compile(r"\{([\w-]+)\}")
_SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[-_]?")
_NUMBER = re.compile(r"\d+(?:\.|[-_ ]+)(?=[^\d\s.])")
_NO_SLUG = re.compile(r"[^\w\s-]+")
# What some generators leave out of addresses and others keep; slashes, dots, hyphens and the like stay.
_LEFT_OUT = re.compile(r"[^\w\s/.~%&=+-]+")
_HYPHENS = re.compile(r"[\s-]{2,}|\s")
_HTML = re.compile(r"\.(?:html?|php|aspx?|mdx?|markdown|qmd)$")
_SLASHES = re.compile(r"/{2,}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """How the pages of some folders get their addresses."""

    folder: str
    """From the root; ``{name}`` stands for one folder, ``{lang}`` for one that is a language, ``{name*}`` and ``**``
    for any number.
    """
    addresses: tuple[str, ...]
    """All that the generator may make of it; ``TOKENS`` says what may stand in braces."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a page says of its own address: plain data."""

    title: str | None = None
    date: str | None = None
    slug: str | None = None
    url: str | None = None
    aliases: tuple[str, ...] = ()
    """Former addresses, which still lead to the page."""
    categories: tuple[str, ...] = ()


CONCEPTS = ("url", "slug", "aliases", "title", "date", "categories")
"""The concepts of the front matter that an address may depend on."""

_ASKING = {"title": ("title",), "slug": ("title",), "year": ("date",), "month": ("date",), "day": ("date",)}
"""The tokens that need a concept besides the first three."""


def concepts(patterns: Iterable[Pattern]) -> list[str]:
    """The concepts that the addresses of those patterns depend on."""
    tokens = {token for pattern in patterns for address in pattern.addresses for token in _TOKEN.findall(address)}
    asked = {concept for token in tokens for concept in (*_ASKING.get(token, ()), token)}
    return [concept for concept in CONCEPTS if concept in CONCEPTS[:3] or concept in asked]


def named(metadata: Metadata) -> Named:
    """What the front matter says of the page's address."""
    day = metadata.day("date")
    return Named(
        title=metadata.text("title"),
        date=day.isoformat() if day else None,
        slug=metadata.text("slug"),
        url=metadata.text("url"),
        aliases=metadata.texts("aliases"),
        categories=metadata.texts("categories"),
    )


def key(address: str) -> str:
    """What is the same for all spellings of an address: ``/a/b/``, ``/a/b``, ``/A/b.html``, ``/a/b/index.html``."""
    address = _HYPHENS.sub("-", _LEFT_OUT.sub("", unicodedata.normalize("NFC", unquote(address)).lower()))
    address = _HTML.sub("", _SLASHES.sub("/", "/" + address.strip().strip("/")).replace("/-", "/").replace("-/", "/"))
    while address.endswith("/index"):
        address = address[: -len("/index")]
    return address.rstrip("/") or "/"


def of_page(path: str, named: Named, patterns: Sequence[Pattern], *, numbered: bool = False) -> list[str]:
    """The addresses of the page at a path, from the root, in the order of the patterns; each once, as ``key`` has it.

    With ``numbered`` the generator drops the numbers that order pages (``02.install.md``).
    """
    written = [address for address in (named.url, *named.aliases) if address and not _SCHEME.match(address)]
    for pattern in patterns:
        match = _folder(pattern.folder).match(path)
        if match is None:
            continue
        for place in _places(path[match.end() :], match.groupdict(""), named, numbered=numbered):
            for address in pattern.addresses:
                if (filled := _filled(address, place)) is not None:
                    written.append(filled)
    # Many patterns give the same, and it is dear to normalise.
    return list(dict.fromkeys(map(key, dict.fromkeys(written))))


@cache
def _folder(pattern: str) -> re.Pattern[str]:
    parts = []
    for part in filter(None, pattern.split("/")):
        if part == "**":
            parts.append("(?:[^/]+/)*?")
            continue
        if several := re.fullmatch(r"\{(\w+)\*\}", part):
            parts.append(f"(?P<{several[1]}>(?:[^/]+/)*?)")
            continue
        inside = re.escape(part).replace(r"\*", "[^/]*")
        inside = re.sub(r"\\{lang\\}", "(?P<lang>[a-z]{2}(?:[-_][A-Za-z]{2,4})?)", inside)
        parts.append(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", inside) + "/")
    return re.compile("".join(parts))


def _places(below: str, captured: Mapping[str, str], named: Named, *, numbered: bool) -> Iterator[Mapping[str, str]]:
    """What the tokens stand for: once for each way that the generator may read the file's name."""
    if "lang" in captured and normalise(captured["lang"]) is None:
        return
    folders, _, file = below.rpartition("/")
    stem = file.rpartition(".")[0]
    short, _, suffix = stem.rpartition(".")
    language = suffix if short and suffix.islower() and normalise(suffix) else ""
    dated = _DATE.match(stem)
    date = dict(zip(("year", "month", "day"), named.date.split("-"), strict=True)) if named.date else {}
    if dated:
        date = {"year": dated[1], "month": dated[2].zfill(2), "day": dated[3].zfill(2)}
    common = {"lang": "", **date, **captured, "categories": "/".join(map(_slug, named.categories))}
    # what-is-it.fr.md may be in French, service-public.fr.md about a site of that name.
    names = {stem: common, short: common | {"lang": common["lang"] or language}} if language else {stem: common}
    for whole, known in names.items():
        for name in dict.fromkeys((whole, whole[dated.end() :] if dated else whole)):
            plain = _unnumbered(folders, name) if numbered else (folders, name)
            for inside, last in dict.fromkeys(((folders, name), plain)):
                yield known | _path_tokens(inside, last, named)


def _path_tokens(folders: str, name: str, named: Named) -> dict[str, str]:
    title = _slug(named.title or "")
    is_index = name.lower() in INDEX
    path = folders if is_index else posixpath.join(folders, name)
    slugged = path
    if named.slug:
        above = posixpath.dirname(folders) if is_index else folders
        slugged = named.slug if named.slug.startswith("/") else posixpath.join(above, named.slug)
    return {
        "path": path,
        "slugged": slugged,
        "folders": folders,
        "section": folders.partition("/")[0],
        "name": posixpath.basename(folders) if is_index else name,
        "slug": named.slug or title or name,
        "file-slug": named.slug or name,
        "title": title or name,
    }


def _unnumbered(folders: str, name: str) -> tuple[str, str]:
    return "/".join(_NUMBER.sub("", part, 1) for part in folders.split("/")), _NUMBER.sub("", name, 1)


def _filled(pattern: str, place: Mapping[str, str]) -> str | None:
    """The pattern with its tokens filled in; None where the page does not have what one asks for."""
    pieces = list(_pieces(pattern))
    for at in range(1, len(pieces), 2):
        value = place.get(pieces[at])
        if value is None:
            return None
        pieces[at] = value
    return "".join(pieces)


@cache
def _pieces(pattern: str) -> Sequence[str]:
    """The text of a pattern and the names of its tokens, in turn."""
    return _TOKEN.split(pattern)


def _slug(text: str) -> str:
    """A title as generators write it in addresses."""
    return "-".join(_NO_SLUG.sub("", text.lower()).split())


def beside(address: str, reference: str) -> Iterator[str]:
    """What a browser makes of a relative reference on the page at that address, with a slash at its end or without."""
    for base in (address.rstrip("/") + "/", posixpath.dirname(address)):
        yield posixpath.normpath(posixpath.join(base, reference))


def above(addresses: Iterable[str]) -> set[str]:
    """The addresses of the folders that the addresses lie in."""
    folders: set[str] = set()
    for address in addresses:
        folder = posixpath.dirname(address)
        while folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return folders
