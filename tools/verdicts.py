"""The verdict ledger: which findings on the real sites were read by a person, and found right or wrong.

    tools/verdicts.py sample --rule claims/* --count 20     findings to read, each with its id and its line
    tools/verdicts.py record < verdicts.txt                 lines of: ID right|wrong [note]
    tools/verdicts.py report                                precision by rule and by site, and what is unread

The sample of a rule is the first findings in an order that depends on the seed and on each finding alone: it is the
same on every machine, and other findings that come or go do not change it. What is judged is left out when the sample
is shown again. The ledger holds no text of the sites, only a hash of each line.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import chdir
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from contentlint import registry
from contentlint.config import Config, ConfigError, RuleSetting
from contentlint.diagnostic import Diagnostic
from contentlint.linter import Request, lint
from contentlint.registry import Selection
from contentlint.source import file
from contentlint.span import LineIndex

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "build" / "corpora"
LEDGER = ROOT / "tools" / "verdicts.jsonl"

SEED = 1
COUNT = 30
"""Findings of a rule that are to be read: enough to tell a precision of 90 % from one of 70 %."""

TODAY = datetime.date(2025, 11, 1)
"""The day of the run, so that rules about dates say the same every day."""

VERDICTS = ("right", "wrong")


class Place(NamedTuple):
    """What identifies a finding. ``hash`` is that of the source line where it starts."""

    site: str
    path: str
    line: int
    column: int
    hash: str
    rule: str

    @property
    def id(self) -> str:
        """A short name to type."""
        return _digest("\0".join(map(str, self)))[:10]

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """The same for a finding whose line was moved up or down."""
        return (self.site, self.path, str(self.column), self.hash, self.rule)

    def rank(self, seed: int) -> str:
        """Where the finding stands in the order of a seed."""
        return _digest(f"{seed}\0{self.id}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of a finding."""

    site: str
    path: str
    line: int
    column: int
    hash: str
    rule: str
    verdict: str
    note: str = ""

    @property
    def place(self) -> Place:
        """The finding that it is about."""
        return Place(self.site, self.path, self.line, self.column, self.hash, self.rule)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding on a real site, with what it takes to judge it."""

    place: Place
    message: str
    source: str
    """The source line, with the span in ``⟦⟧``."""


def _digest(text: str) -> str:
    return sha256(text.encode("utf8", "surrogatepass")).hexdigest()


# The sites


def findings(
    corpora: Path, sites: Sequence[str], rules: Sequence[str], judged: Iterable[Verdict] = ()
) -> Iterator[Finding]:
    """What contentlint finds in the content of the sites; no rules means those that are on or were judged before."""
    known = registry.load().rules
    config = Config(rules=({one.rule: RuleSetting(True) for one in judged if one.rule in known},))
    for site in sites:
        with chdir(corpora / site):
            report = lint(Request(config=config, selection=Selection(tuple(rules)), language="en", today=TODAY))
            lines: dict[str, list[str]] = {}
            for one in report.diagnostics:
                if one.path not in lines:
                    lines[one.path] = _lines(Path(one.path))
                yield _finding(site, one, lines[one.path])


def _lines(page: Path) -> list[str]:
    try:
        text = file.decode(file.read_bytes(page)).text
    except file.Unreadable:
        return [""]
    index = LineIndex(text)
    return [index.line_span(line).of(text) for line in range(1, len(index) + 1)]


def _finding(site: str, one: Diagnostic, lines: Sequence[str]) -> Finding:
    (line, start), (last, end) = one.range
    source = lines[line - 1]
    if last > line:
        end = len(source) + 1
    marked = f"{source[: start - 1]}⟦{source[start - 1 : end - 1]}⟧{source[end - 1 :]}"
    return Finding(Place(site, one.path, line, start, _digest(source), one.rule), one.message, marked)


def sampled(found: Iterable[Finding], seed: int, count: int) -> list[Finding]:
    """The first findings of each rule in the order of the seed."""
    by_rule = defaultdict(list)
    for one in found:
        by_rule[one.place.rule].append(one)
    sample = []
    for rule in sorted(by_rule):
        sample += sorted(by_rule[rule], key=lambda one: one.place.rank(seed))[:count]
    return sample


# The ledger


def read(ledger: Path) -> list[Verdict]:
    """All verdicts, in the order in which they are kept."""
    if not ledger.is_file():
        return []
    return [Verdict(**json.loads(line)) for line in ledger.read_text(encoding="utf8").splitlines() if line]


def write(ledger: Path, verdicts: Iterable[Verdict]) -> None:
    """Keep verdicts, sorted, so that the history shows what was added."""
    ordered = sorted(verdicts, key=lambda one: (one.rule, one.place))
    lines = [json.dumps({name: value for name, value in asdict(one).items() if value != ""}) for one in ordered]
    ledger.write_text("".join(line + "\n" for line in lines), encoding="utf8")


class Judged(NamedTuple):
    """The ledger beside what is found today."""

    current: dict[Place, Verdict]
    """Verdicts on findings of today, by their place of today."""
    moved: list[tuple[Verdict, Place]]
    """Those of them whose line has moved."""
    gone: list[Verdict]
    """Verdicts on what is no longer reported."""


def matched(verdicts: Iterable[Verdict], found: Iterable[Finding]) -> Judged:
    """Which verdicts are about which findings."""
    places = {one.place for one in found}
    current = {one.place: one for one in verdicts if one.place in places}
    free: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for place in sorted(places - current.keys(), reverse=True):
        free[place.elsewhere].append(place)
    moved, gone = [], []
    for one in sorted(verdicts, key=lambda one: one.place):
        if one.place in current:
            continue
        if candidates := free.get(one.place.elsewhere):
            place = candidates.pop()
            current[place] = one
            moved.append((one, place))
        else:
            gone.append(one)
    return Judged(current, moved, gone)


# The commands


def sample(options: argparse.Namespace) -> int:
    """Print the findings of the sample that nobody has judged, and remember what their ids mean."""
    found = list(findings(options.corpora, options.site, options.rule))
    judged = matched(read(options.ledger), found).current
    unread = [one for one in sampled(found, options.seed, options.count) if one.place not in judged]
    options.pending.parent.mkdir(parents=True, exist_ok=True)
    options.pending.write_text("".join(json.dumps(one.place) + "\n" for one in unread), encoding="utf8")
    for one in unread:
        place = one.place
        print(f"{place.id}  {place.rule}  {place.site}/{place.path}:{place.line}:{place.column}")
        print(f"    {one.message}\n    {one.source.strip()}\n")
    print(f"{len(unread)} findings to judge: write lines of ID right|wrong [note] to `tools/verdicts.py record`")
    return 0


def record(options: argparse.Namespace) -> int:
    """Add the verdicts on standard input to the ledger: all of them, or none if one is not clear."""
    pending = options.pending.read_text(encoding="utf8").splitlines() if options.pending.is_file() else []
    places = {place.id: place for place in (Place(*json.loads(line)) for line in pending)}
    given: dict[Place, Verdict] = {}
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        name, verdict, note = (*line.strip().split(None, 2), "", "")[:3]
        if name not in places:
            return _refused(number, f"{name} is no id of the last sample")
        if verdict not in VERDICTS:
            return _refused(number, f"{verdict or 'nothing'} is no verdict: write right or wrong")
        if places[name] in given:
            return _refused(number, f"{name} is judged twice")
        given[places[name]] = Verdict(*places[name], verdict, note)
    kept = [one for one in read(options.ledger) if one.place not in given]
    write(options.ledger, [*kept, *given.values()])
    print(f"{len(given)} verdicts recorded, {len(kept) + len(given)} in all")
    return 0


def _refused(line: int, reason: str) -> int:
    print(f"line {line}: {reason}; nothing is recorded", file=sys.stderr)
    return 2


def report(options: argparse.Namespace) -> int:
    """Print precision by rule and by site, what of the sample is unread, and what has changed since it was read."""
    verdicts = [one for one in read(options.ledger) if one.site in options.site]
    found = list(findings(options.corpora, options.site, options.rule, verdicts))
    judged = matched(verdicts, found)
    todo = Counter(
        one.place.rule for one in sampled(found, options.seed, options.count) if one.place not in judged.current
    )
    totals = Counter(one.place.rule for one in found)
    rules = {rule: [one for place, one in judged.current.items() if place.rule == rule] for rule in sorted(totals)}
    _table("rule", [(rule, totals[rule], ones, str(todo[rule])) for rule, ones in rules.items()])
    by_site = Counter(one.place.site for one in found)
    sites = {site: [one for place, one in judged.current.items() if place.site == site] for site in sorted(by_site)}
    _table("site", [(site, by_site[site], ones, "") for site, ones in sites.items() if ones])
    for one in judged.gone:
        what = "a right finding is no longer reported" if one.verdict == "right" else "a wrong finding is gone"
        print(f"{what}: {one.rule}  {one.site}/{one.path}:{one.line}")
    for one, place in judged.moved:
        print(f"moved: {one.rule}  {one.site}/{one.path}:{one.line} → {place.line}")
    print(f"{len(judged.current)} of {len(found)} findings judged; {todo.total()} of the sample are unread")
    return 0


def _table(title: str, rows: Sequence[tuple[str, int, Sequence[Verdict], str]]) -> None:
    if not rows:
        return
    column = max(len(name) for name, _, _, _ in rows)
    print(f"{title:<{column}}  findings  right  wrong  precision  unread")
    for name, total, verdicts, unread in rows:
        right = sum(one.verdict == "right" for one in verdicts)
        precision = f"{right / len(verdicts):.0%}" if verdicts else "–"
        print(f"{name:<{column}}  {total:>8}  {right:>5}  {len(verdicts) - right:>5}  {precision:>9}  {unread:>6}")
    print()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    commands = parser.add_subparsers(required=True)
    for command in (sample, record, report):
        one = commands.add_parser(command.__name__, help=command.__doc__)
        one.set_defaults(command=command)
        one.add_argument("--ledger", type=Path, default=LEDGER)
        one.add_argument("--pending", type=Path, default=ROOT / "build" / "verdicts-pending.jsonl")
        one.add_argument("--corpora", type=Path, default=CORPORA)
        one.add_argument("--rule", action="append", default=[], help="Only these: ids, packs, globs.")
        one.add_argument("--site", action="append", default=[], help="Only these; by default all.")
        one.add_argument("--seed", type=int, default=SEED)
        one.add_argument("--count", type=int, default=COUNT, help="Findings of each rule in the sample.")
    options = parser.parse_args(arguments)
    known = sorted(site.name for site in options.corpora.iterdir()) if options.corpora.is_dir() else []
    if unknown := [site for site in options.site if site not in known]:
        parser.error(f"no site {unknown[0]!r} in {options.corpora}")
    options.site = options.site or known
    try:
        status: int = options.command(options)
    except ConfigError as error:
        parser.error(str(error))
    return status


if __name__ == "__main__":
    sys.exit(main())
