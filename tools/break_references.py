"""How many broken references the default rules find: references of real sites are broken by a seed, and counted.

    tools/break_references.py                      200 references over ten sites, found ones by site, kind and form
    tools/break_references.py --misses             with each one that nothing was said of
    tools/break_references.py --seed 2 --site vuejs+vitepress

Each site is copied. References that lead to a file, a page or a place in a page today are broken in the text of the
copy, as authors break them: a letter of the name changed, a capital letter, another folder that exists, a letter of the
fragment. What comes out of it must be in no path and in no text of the site, so that it is broken whatever contentlint
thinks of it. A broken reference is found where one of the rules about broken references has a finding at its place.
"""

from __future__ import annotations

import argparse
import datetime
import posixpath
import re
import shutil
import string
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple
from urllib.parse import unquote

from contentlint import executor, registry
from contentlint.linter import Request, lint
from contentlint.page import PageTask
from contentlint.project import Planner, Project
from contentlint.registry import Selection
from contentlint.site.anchors import matches
from contentlint.site.index import SiteIndex
from contentlint.source import file
from contentlint.source.language import normalise
from contentlint.source.references import MEDIA, Reference
from contentlint.span import LineIndex, Span

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "build" / "corpora"

SITES = (
    "11ty+11ty-website",
    "Budibase+website",
    "InseeFrLab+ssphub",
    "Scalingo+documentation",
    "antoniwan+blog",
    "cds-snc+digital-canada-ca",
    "plausible+website",
    "rust-lang+blog.rust-lang.org",
    "tinacms+tina.io",
    "vuejs+vitepress",
)
"""Ten sites of eight generators, with references of all kinds and forms, which the tool reads in a minute."""

COUNT = 20
"""References to break in a site."""
SEED = 1
TODAY = datetime.date(2025, 11, 1)

RULES = ("images/missing-file", "images/wrong-case", "links/broken-page", "links/broken-anchor")
"""The rules that say that a reference is broken. What others say of the same place was so before."""

Kind = Literal["image", "media", "file", "page", "anchor"]
Way = Literal["renamed", "wrong case", "moved", "fragment"]

_TRIES = 20
_LARGEST = 2_000_000
"""Bytes of a file that is searched for names: larger ones are data."""
_ADDRESS = re.compile(r"([^?#]*)(\?[^#]*)?(#.*)?", re.DOTALL)
_NAME = re.compile(r"(?P<folder>(?:.*/)?)(?P<name>[^/{}<>]+)/?", re.DOTALL)
_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/]*/?")
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_DEFINITION = re.compile(r"^[ \t>]*\[[^\]\n]+\]:\s*<?$")


class Candidate(NamedTuple):
    """A reference that leads somewhere today, and one way to break it."""

    page: str
    reference: Reference
    kind: Kind
    form: str
    way: Way
    target: str
    """The file that it leads to, from the site's root."""

    @property
    def cell(self) -> tuple[str, str, str]:
        """What the choice is spread over."""
        return (self.kind, self.form, self.way)


@dataclass(slots=True)
class Break:
    """A reference that was broken."""

    site: str
    candidate: Candidate
    old: str
    new: str
    line: int
    place: Span
    """Where the new text is in the broken page."""
    reading: str
    """What contentlint takes the new text for."""
    found: bool = False


@dataclass(slots=True)
class World:
    """What a site has, in small letters: to know that a name is not there."""

    project: Project
    index: SiteIndex
    texts: dict[str, str]
    """The pages, by path."""
    root: Path
    _known: str | None = field(default=None, repr=False)
    _exact: frozenset[str] = frozenset()

    @classmethod
    def of(cls, root: Path) -> World:
        """The site at the root, which must be the working directory."""
        planner = Planner(None, True, Selection(RULES))
        # The site that most pages belong to: others lie in folders of their own, with few pages.
        project = max(planner.plan(()).projects, key=lambda one: len(one.pages))
        read = {path: file.read_bytes(project.root / path) for path in project.pages}
        tasks = [PageTask(path, data, project.settings(path)) for path, data in read.items()]
        facts = {result.path: result.facts for result in executor.run(tasks, None, None)}
        texts = {path: text for path, data in read.items() if (text := _plain(data)) is not None}
        return cls(project, project.index(facts, TODAY), texts, root)

    def knows(self, name: str) -> bool:
        """Whether any path or text of the site has the name, as a whole word."""
        if self._known is None:
            files = [one for one in sorted(self.root.rglob("*")) if one.is_file()]
            paths = [one.relative_to(self.root).as_posix() for one in files]
            texts = [one.read_text("utf8", "replace") for one in files if one.stat().st_size <= _LARGEST]
            self._known = "\n".join([*paths, *texts]).lower()
            self._exact = frozenset(posixpath.basename(path) for path in paths)
        spellings = {name.lower(), unquote(name).lower()}
        return any(
            one in self._known and re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", self._known) is not None
            for one in spellings
        )

    def has_file(self, name: str) -> bool:
        """Whether a file anywhere in the site has exactly that name."""
        self.knows(name)
        return name in self._exact or unquote(name) in self._exact

    def holds_such(self, folder: str, target: str) -> bool:
        """Whether a folder has, at any depth, what the target is: a page, or a file with the same ending."""
        ending = posixpath.splitext(target)[1]
        if target in self.index.pages:
            return any(page.startswith(folder) for page in self.index.pages)
        return any(path.startswith(folder) and path.endswith(ending) for path in self.index.tree.files())


def _plain(data: bytes) -> str | None:
    """The text of a page that can be written back as it was read."""
    text = file.decode(data).text
    return text if text.encode("utf8", "surrogatepass") == data else None


# What can be broken


def candidates(world: World) -> Iterator[Candidate]:
    """Every reference that leads to a file or a page of the site, with each way to break it."""
    for page in sorted(world.texts):
        seen = set()
        for reference in world.index.pages[page].references:
            if reference.templated or reference.span in seen:
                continue
            seen.add(reference.span)
            yield from _of_reference(world, page, reference)


def _of_reference(world: World, page: str, reference: Reference) -> Iterator[Candidate]:
    text = world.texts[page]
    form = "definition" if _in_definition(text, reference) else reference.form
    written = reference.span.of(text)
    address = _ADDRESS.fullmatch(written)
    named = address and _NAME.fullmatch(address[1])
    has_name = bool(named and not _HOST.fullmatch(address[1]) and named["name"].strip("."))  # type: ignore[index]
    picture = MEDIA.search(unquote(reference.destination)) is not None
    if reference.kind != "link" or picture:
        state, target = world.index.file_of(page, reference)
        if state == "found" and target and has_name:
            kind: Kind = "file" if reference.kind == "link" else reference.kind
            ways: tuple[Way, ...] = ("renamed", "wrong case", "moved") if picture else ("renamed", "moved")
            yield from (Candidate(page, reference, kind, form, way, target) for way in ways)
        return
    leads = world.index.routes.resolve(reference.destination, page, reference.lookup)
    if leads.state not in ("page", "file") or leads.path is None:
        return
    if has_name:
        kind = "file" if leads.state == "file" else "page"
        yield Candidate(page, reference, kind, form, "renamed", leads.path)
        yield Candidate(page, reference, kind, form, "moved", leads.path)
    anchors = world.index.anchors(leads.path) if leads.state == "page" else None
    if anchors and leads.fragment and "#" in written and matches(leads.fragment, anchors):
        yield Candidate(page, reference, "anchor", form, "fragment", leads.path)


def _in_definition(text: str, reference: Reference) -> bool:
    before = text[text.rfind("\n", 0, reference.span.start) + 1 : reference.span.start]
    return reference.form == "markdown" and _DEFINITION.match(before) is not None


# How it is broken


def broken(world: World, one: Candidate, random: Random) -> str | None:
    """The reference as written, but broken; None where that cannot be."""
    written = one.reference.span.of(world.texts[one.page])
    for _ in range(_TRIES):
        new = _WAYS[one.way](world, one, written, random)
        if new is not None and new != written:
            return new
    return None


def _renamed(world: World, one: Candidate, written: str, random: Random) -> str | None:  # noqa: ARG001
    def rename(name: str) -> str | None:
        ending = _ENDING.search(name)
        stem = name[: ending.start()] if ending else name
        new = _letter_changed(stem, random)
        return None if new is None or world.knows(new) else new + name[len(stem) :]

    return _with_name(written, rename)


def _wrong_case(world: World, one: Candidate, written: str, random: Random) -> str | None:  # noqa: ARG001
    def capital(name: str) -> str | None:
        place = _place_of_letter(name, random)
        new = None if place is None else name[:place] + name[place].swapcase() + name[place + 1 :]
        return None if new is None or world.has_file(new) else new

    return _with_name(written, capital)


def _moved(world: World, one: Candidate, written: str, random: Random) -> str | None:
    """With another folder of the site for the last one that is written."""
    address = _ADDRESS.fullmatch(written)
    named = address and _NAME.fullmatch(address[1])
    if not named or named["folder"].count("/") == 0:
        return None
    above, _, last = named["folder"][:-1].rpartition("/")
    parts = one.target.split("/")[:-1]
    if not last or last.lower() not in [part.lower() for part in parts]:
        return None
    depth = max(place for place, part in enumerate(parts) if part.lower() == last.lower())
    beside = [name for name, folder in world.index.tree.names("/".join(parts[:depth])) if folder]
    others = [name for name in beside if name.lower() != last.lower() and re.fullmatch(r"[\w-]+", name)]
    # A page that is not translated may be shown in the folder of another language.
    others = [name for name in others if not normalise(name)]
    # Nobody looks for a page among the style sheets.
    above_all = "".join(f"{part}/" for part in parts[:depth])
    others = [name for name in others if world.holds_such(f"{above_all}{name}/", one.target)]
    if not others:
        return None
    folder = random.choice(others)
    stem = _ENDING.sub("", named["name"])
    if world.knows(f"{folder}/{stem}") or world.knows(f"{folder}/{named['name']}"):
        return None
    start = len(above) + 1 if "/" in named["folder"][:-1] else 0
    return written[:start] + folder + written[start + len(last) :]


def _fragment_changed(world: World, one: Candidate, written: str, random: Random) -> str | None:
    before, mark, fragment = written.partition("#")
    new = _letter_changed(fragment, random)
    anchors = world.index.anchors(one.target) or ()
    if new is None or world.knows(new) or matches(unquote(new), anchors):
        return None
    return before + mark + new


_WAYS: dict[Way, Callable[[World, Candidate, str, Random], str | None]] = {
    "renamed": _renamed,
    "wrong case": _wrong_case,
    "moved": _moved,
    "fragment": _fragment_changed,
}


def _with_name(written: str, change: Callable[[str], str | None]) -> str | None:
    """The address with its last part changed."""
    address = _ADDRESS.fullmatch(written)
    named = address and _NAME.fullmatch(address[1])
    new = named and change(named["name"])
    return written[: named.start("name")] + new + written[named.end("name") :] if named and new else None


def _letter_changed(name: str, random: Random) -> str | None:
    place = _place_of_letter(name, random)
    if place is None:
        return None
    letter = random.choice([one for one in string.ascii_lowercase if one != name[place].lower()])
    return name[:place] + letter + name[place + 1 :]


def _place_of_letter(name: str, random: Random) -> int | None:
    escaped = {place for match in _ESCAPE.finditer(name) for place in range(*match.span())}
    letters = [place for place, one in enumerate(name) if one in string.ascii_letters and place not in escaped]
    return random.choice(letters) if letters else None


# The run


def break_site(site: str, root: Path, seed: int, count: int) -> list[Break]:
    """Break references of the site at the root, a copy, and say which of them the default rules report."""
    with chdir(root):
        world = World.of(root)
        chosen = list(_chosen(world, Random(f"{seed} {site}"), count))
        breaks = list(_written(site, world, chosen))
        _report(world, breaks)
    return breaks


def _chosen(world: World, random: Random, count: int) -> Iterator[tuple[Candidate, str]]:
    """References and what they become, in turns from all kinds, forms and ways."""
    cells: dict[tuple[str, str, str], list[Candidate]] = defaultdict(list)
    for one in candidates(world):
        cells[one.cell].append(one)
    order = sorted(cells)
    random.shuffle(order)
    for cell in order:
        random.shuffle(cells[cell])
    taken: set[tuple[str, Span]] = set()
    while any(cells.values()):
        for cell in order:
            while cells[cell] and len(taken) < count:
                one = cells[cell].pop()
                place = (one.page, one.reference.span)
                if place not in taken and (new := broken(world, one, random)) is not None:
                    taken.add(place)
                    yield one, new
                    break
        if len(taken) >= count:
            return


def _written(site: str, world: World, chosen: Iterable[tuple[Candidate, str]]) -> Iterator[Break]:
    """Write the broken pages."""
    by_page: dict[str, list[tuple[Candidate, str]]] = defaultdict(list)
    for one, new in chosen:
        by_page[one.page].append((one, new))
    for page, ones in sorted(by_page.items()):
        text, lines, pieces, position, moved = world.texts[page], LineIndex(world.texts[page]), [], 0, 0
        for one, new in sorted(ones, key=lambda pair: pair[0].reference.span):
            span = one.reference.span
            pieces += [text[position : span.start], new]
            position = span.end
            place = Span(span.start + moved, span.start + moved + len(new))
            moved += len(new) - (span.end - span.start)
            old = span.of(text)
            yield Break(site, one, old, new, lines.position(span.start).line, place, _reading(world, one, old, new))
        data = "".join([*pieces, text[position:]]).encode("utf8", "surrogatepass")
        (world.project.root / page).write_bytes(data)


def _reading(world: World, one: Candidate, old: str, new: str) -> str:
    destination = one.reference.destination.replace(old, new)
    if one.kind in ("image", "media"):
        return str(world.index.file_of(one.page, _at(one.reference, destination)).state)
    leads = world.index.routes.resolve(destination, one.page, one.reference.lookup)
    return f"{leads.state} {leads.path}" if leads.path else leads.state


def _at(reference: Reference, destination: str) -> Reference:
    return Reference(destination, reference.span, reference.kind, reference.form, lookup=reference.lookup)


def _report(world: World, breaks: Sequence[Break]) -> None:
    """Lint the site again, and note which places have a finding."""
    on = tuple(rule for rule in RULES if registry.load().rules[rule].default)
    places: dict[str, list[Span]] = defaultdict(list)
    report = lint(Request(isolated=True, selection=Selection(on), language="en", today=TODAY))
    for finding in report.diagnostics:
        places[finding.path].append(finding.span)
    for one in breaks:
        at = places[world.project.shown(one.candidate.page)]
        one.found = any(span.start < one.place.end and one.place.start < span.end for span in at)


def run(corpora: Path, sites: Sequence[str], seed: int, count: int) -> list[Break]:
    """Break so many references in a copy of each of the sites."""
    breaks = []
    for site in sites:
        with TemporaryDirectory() as folder:
            copy = Path(folder).resolve() / "site"
            shutil.copytree(corpora / site, copy, symlinks=True)
            breaks += break_site(site, copy, seed, count)
    return breaks


def _table(title: str, groups: Iterable[tuple[str, bool]]) -> None:
    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for name, hit in groups:
        total[name] += 1
        found[name] += hit
    width = max(len(title), *map(len, total), 0)
    print(f"{title:<{width}}  broken  found")
    for name in sorted(total):
        print(f"{name:<{width}}  {total[name]:>6}  {found[name]:>5}")
    print()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--corpora", type=Path, default=CORPORA)
    parser.add_argument("--site", action="append", default=[], help="Only these; by default ten.")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--count", type=int, default=COUNT, help="References to break in each site.")
    parser.add_argument("--misses", action="store_true", help="List what was not found.")
    parser.add_argument("--all", action="store_true", help="List everything that was broken.")
    options = parser.parse_args(arguments)
    sites = options.site or SITES
    if unknown := [site for site in sites if not (options.corpora / site).is_dir()]:
        parser.error(f"no site {unknown[0]!r} in {options.corpora}")
    breaks = run(options.corpora, sites, options.seed, options.count)
    if not breaks:
        print("nothing to break")
        return 1
    _table("site", ((one.site, one.found) for one in breaks))
    _table("kind", ((one.candidate.kind, one.found) for one in breaks))
    _table("form", ((one.candidate.form, one.found) for one in breaks))
    _table("way", ((one.candidate.way, one.found) for one in breaks))
    for one in breaks:
        if options.all or (options.misses and not one.found):
            what = f"{one.candidate.way} {one.candidate.kind} in {one.candidate.form}"
            print(f"{'found' if one.found else 'missed'}: {one.site}/{one.candidate.page}:{one.line}  {what}")
            print(f"    {one.old} → {one.new}  ({one.reading})")
    print(f"seed {options.seed}: {sum(one.found for one in breaks)} of {len(breaks)} found")
    return 0


if __name__ == "__main__":
    sys.exit(main())
