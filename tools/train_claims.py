#!/usr/bin/env python3
"""Learn the weights of the signs by which a figure is told for a claim (source/claims_weights.toml).

    tools/train_claims.py [--corpora build/corpora] [--labels FILE ...] [--write] [--errors]
    tools/train_claims.py --score [--labels FILE ...]          the weights as they are, nothing learned

Reads labelled sentences, looks each up in its page, and fits a logistic regression over the signs of its figures: a
sentence is a claim as far as its likeliest figure is one. Prints how sentences are judged by weights that were fitted
without any page of their site, fold by fold over the sites; with --write fits on all and writes the weights. Nothing is
random: the same labels give the same weights.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import pathlib
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from contentlint.checks._claims import MINIMUM_CONFIDENCE
from contentlint.project import Planner
from contentlint.registry import Selection
from contentlint.source import claims, file
from contentlint.source.document import Document
from contentlint.source.prose import Sentence
from contentlint.span import Span

ROOT = pathlib.Path(__file__).resolve().parents[1]
DEV = ROOT.parent / "shared" / "claims" / "dev.jsonl"
OWN = ROOT / "tests" / "data" / "claims.jsonl"
WEIGHTS = ROOT / "src" / "contentlint" / "source" / "claims_weights.toml"

FOLDS = 8
PRIOR = ROOT / "tools" / "claims_prior.toml"
RIDGE = 20.0
"""The pull of every weight to what the prior says: half the squared distance times this is added to the loss."""
BORDERLINE = 0.5
"""How much a sentence counts on which editors may differ."""
SUPPORTED = 0.4
"""How much a sentence counts whose source is found: whatever its figures are, it is not reported."""
LEAST_SENTENCES = 15
LEAST_SITES = 6
"""Signs seen in fewer sentences or on fewer sites than these get no weight."""
STEPS = 250
RATE = 0.06

UNSUPPORTED, NOT_CLAIM = "claim_unsupported", "not_claim"
Weights = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Item:
    """A labelled sentence, as the detector sees it."""

    name: str
    labels: str
    """The file that it was labelled in."""
    site: str
    language: str
    label: str
    borderline: bool
    figures: Sequence[frozenset[str]]
    """The signs of each figure found in it; empty where none was found."""
    support: str
    """What the detector takes for its source; empty where there is nothing."""
    text: str = field(repr=False)
    why: str = ""

    @property
    def weight(self) -> float:
        """How much it counts in the fitting."""
        return (BORDERLINE if self.borderline else 1.0) * (SUPPORTED if self.support else 1.0)


def fingerprint(sentence: Sentence) -> str:
    """What stands for the text of a sentence in labels that may not hold it."""
    return sha256(" ".join(sentence.text.split()).encode()).hexdigest()[:16]


def items(labels: Iterable[pathlib.Path], corpora: pathlib.Path) -> Iterator[Item]:
    """The sentences of the files of labels, each looked up in its page."""
    planner = Planner(None, True, Selection())
    for path in labels:
        by_page = collections.defaultdict(list)
        for line in path.read_text(encoding="utf8").splitlines():
            row = json.loads(line)
            by_page[row.get("site") or row["repo"].replace("/", "+"), row["path"]].append(row)
        for (site, page), rows in sorted(by_page.items()):
            absolute = (corpora / site / page).resolve()
            project = planner.project(absolute)
            within = absolute.relative_to(project.root).as_posix()
            text = file.decode(absolute.read_bytes()).text
            document = Document(within, text, project.profile.conventions(within))
            yield from (_item(row, path.stem, site, document) for row in rows)


def _item(row: Mapping[str, Any], labels: str, site: str, document: Document) -> Item:
    if "hash" in row:
        here = [sentence.span for sentence in document.sentences if fingerprint(sentence) == row["hash"]]
        if not here:
            raise SystemExit(f"{site}/{row['path']}:{row['line']}: the sentence is not there")
        place = min(here, key=lambda span: abs(document.lines.line_of(span.start) - row["line"]))
    else:
        place = Span(*(document.lines.offset(*row[name]) for name in ("start", "end")))
    found = [claim for claim in document.claims if claim.sentence.span.overlaps(place)]
    return Item(
        name=f"{site}/{row['path']}:{row['line']}",
        labels=labels,
        site=site,
        language=row.get("lang") or document.language or "",
        label=row["label"],
        borderline=row["borderline"],
        figures=[figure.signs for claim in found for figure in claim.figures],
        support=_support(found),
        text=" ".join(place.of(document.text).split()),
        why=row.get("why", ""),
    )


def _support(found: Sequence[claims.Claim]) -> str:
    supports = [claim.support for claim in found]
    known = [support for support in supports if support]
    return ", ".join(f"{one.kind} {one.text}" for one in known) if len(known) == len(supports) else ""


def fit(examples: Sequence[Item]) -> Weights:
    """The weights under which the labels are likeliest, weights far from the prior being unlikely."""
    prior: dict[str, float] = tomllib.loads(PRIOR.read_text(encoding="utf8"))
    examples = [item for item in examples if item.figures]
    sentences: collections.Counter[str] = collections.Counter()
    sites = collections.defaultdict(set)
    for item in examples:
        for sign in set().union(*item.figures):
            sentences[sign] += 1
            sites[sign].add(item.site)
    frequent = {s for s in sentences if sentences[s] >= LEAST_SENTENCES and len(sites[s]) >= LEAST_SITES}
    known = sorted(frequent.union(prior) - {"bias"})
    number = {sign: index for index, sign in enumerate(known, 1)}
    rows = [[[0, *sorted(number[s] for s in signs if s in number)] for signs in item.figures] for item in examples]
    truths = [item.label != NOT_CLAIM for item in examples]
    counts = [item.weight for item in examples]
    origin = [prior.get(sign, 0.0) for sign in ("bias", *known)]
    weights = origin[:]
    mean, square = [0.0] * len(weights), [0.0] * len(weights)
    for step in range(1, STEPS + 1):
        slope = [RIDGE * (weight - start) for weight, start in zip(weights, origin, strict=True)]
        for figures, truth, count in zip(rows, truths, counts, strict=True):
            score, figure = max((sum(weights[i] for i in row), row) for row in figures)
            error = count * (1 / (1 + math.exp(-score)) - truth)
            for index in figure:
                slope[index] += error
        # Adam: the steps of each weight by the size of its slopes so far.
        for index, gradient in enumerate(slope):
            mean[index] = 0.9 * mean[index] + 0.1 * gradient
            square[index] = 0.99 * square[index] + 0.01 * gradient * gradient
            size = math.sqrt(square[index] / (1 - 0.99**step)) + 1e-8
            weights[index] -= RATE * (1 - step / (STEPS + 1)) * mean[index] / (1 - 0.9**step) / size
    return {"bias": round(weights[0], 2)} | {s: w for s, i in number.items() if (w := round(weights[i], 2))}


def likelihood(item: Item, weights: Weights) -> float:
    """How likely the likeliest figure of the sentence is a claim; 0 where none was found."""
    scores = [weights["bias"] + sum(weights.get(s, 0.0) for s in signs) for signs in item.figures]
    return 1 / (1 + math.exp(-max(scores))) if scores else 0.0


def left_out(examples: Sequence[Item]) -> dict[str, Weights]:
    """The weights for each site, fitted without the sites of its fold. The largest sites are dealt out first."""
    sizes = collections.Counter(item.site for item in examples)
    folds: list[list[str]] = [[] for _ in range(FOLDS)]
    for site, _ in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0])):
        min(folds, key=lambda fold: sum(sizes[name] for name in fold)).append(site)
    found: dict[str, Weights] = {}
    for fold in folds:
        weights = fit([item for item in examples if item.site not in fold])
        found |= dict.fromkeys(fold, weights)
    return found


def report(examples: Sequence[Item], by_site: Mapping[str, Weights], errors: bool) -> None:
    """Print how the sentences are judged by the weights for their sites."""
    tables: dict[tuple[str, str], collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for item in examples:
        likely = likelihood(item, by_site[item.site])
        claim, truth = likely >= MINIMUM_CONFIDENCE, item.label == UNSUPPORTED
        said = claim and not item.support
        cell = "tp" if said and truth else "fp" if said else "fn" if truth else "tn"
        for language in (item.language, "all", f"{item.labels} {item.language}", item.labels):
            tables[language, "all items"][cell] += 1
            right = claim == (item.label != NOT_CLAIM)
            tables[language, "claim or not"]["ft"[right] + "np"[claim]] += 1
            if not item.borderline:
                tables[language, "clear items"][cell] += 1
        if errors and cell in ("fp", "fn"):
            print(f"{cell} {'(borderline) ' if item.borderline else ''}{likely:.2f} {item.label} {item.name}")
            print(f"   {item.text[:300]!r} — {item.why}")
            if not item.figures:
                print("   no figure was found")
            elif item.support:
                print(f"   taken for its source: {item.support}")
            else:
                best = max(item.figures, key=lambda s: sum(by_site[item.site].get(x, 0.0) for x in s))
                weighed = sorted(((by_site[item.site].get(sign, 0.0), sign) for sign in best), key=lambda p: -abs(p[0]))
                print("   " + ", ".join(f"{sign} {weight:+.1f}" for weight, sign in weighed[:9]))
    for (language, kind), cells in sorted(tables.items()):
        precision = cells["tp"] / max(1, cells["tp"] + cells["fp"])
        recall = cells["tp"] / max(1, cells["tp"] + cells["fn"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(f"{language:9s} {kind:12s} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {dict(sorted(cells.items()))}")


def write(weights: Weights) -> None:
    """Write the weights, the heaviest first."""
    lines = [
        "# What each sign of a figure adds to the log odds that an editor wants a source for it. Made by",
        "# tools/train_claims.py; what the signs are is written in claims.py.",
        "[weights]",
        f"bias = {weights['bias']}",
    ]
    ordered = sorted((sign for sign in weights if sign != "bias"), key=lambda sign: (-abs(weights[sign]), sign))
    lines += [f'"{sign}" = {weights[sign]}' for sign in ordered]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=pathlib.Path, default=ROOT / "build" / "corpora")
    known = [path for path in (DEV, OWN) if path.is_file()]
    parser.add_argument("--labels", type=pathlib.Path, nargs="+", default=known)
    parser.add_argument("--score", action="store_true", help="judge with the weights as they are, without fitting")
    parser.add_argument("--errors", action="store_true", help="print every sentence judged wrongly")
    parser.add_argument("--write", action="store_true", help="fit on all and write the weights")
    options = parser.parse_args()
    examples = list(items(options.labels, options.corpora))
    if options.score:
        report(examples, collections.defaultdict(claims.weights), options.errors)
        return
    report(examples, left_out(examples), options.errors)
    if options.write:
        write(fit(examples))


if __name__ == "__main__":
    main()
