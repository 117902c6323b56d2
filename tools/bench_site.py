"""How long the site stage takes: synthetic sites of many pages, each stage measured apart in CPU time.

    tools/bench_site.py                       a site of Hugo and one of Next.js, 5,000 pages and 20,000 references each
    tools/bench_site.py --pages 500 --runs 5
    tools/bench_site.py --profile             and where the site stage spends its time

Of the references one in a hundred is broken, but for the remote ones. A run starts from nothing but the files: folders
are read and the site is recognised anew. One process does it all, so that seconds can be compared.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

from contentlint.linter import Request, lint

PAGES = 5_000
REFERENCES = 4
"""References a page: a picture in front matter, one in the text, and two links."""
BROKEN = 100
"""One reference of so many leads nowhere, if it leads to the site."""
PICTURES = 2_000
SECTIONS = ("blog", "guides", "news", "products")
RULES = ("images/missing-file", "images/wrong-case", "links/broken-page", "links/broken-anchor")
RUNS = 3


@dataclass(frozen=True, slots=True)
class Kind:
    """What the sites of two generators differ in."""

    name: str
    files: dict[str, str]
    """The config and the program code."""
    page: Callable[[int], str]
    """The path of a page by its number."""
    static: str
    """The folder of the pictures."""


def _section(number: int) -> str:
    return f"{SECTIONS[number % len(SECTIONS)]}/{2015 + number // len(SECTIONS) % 10}"


HUGO = Kind(
    "hugo",
    {"hugo.toml": 'baseURL = "https://www.bakery.example/"\ntitle = "Bakery"\n', "themes/crust/static/logo.svg": ""},
    lambda number: f"content/{_section(number)}/loaf-{number}.md",
    "static",
)
NEXT = Kind(
    "nextjs",
    {
        "package.json": '{"dependencies": {"next": "15.0.0"}}',
        "next.config.mjs": "export default {}\n",
        "pages/index.tsx": "",
        "pages/contact.tsx": "",
        "pages/[...slug].tsx": "",
    },
    lambda number: f"content/{_section(number)}/loaf-{number}.mdx",
    "public",
)


def write(kind: Kind, root: Path, pages: int) -> None:
    """Write a site of that many pages; the same each time."""
    random = Random(pages)
    for path, text in kind.files.items():
        _write(root / path, text)
    for number in range(PICTURES):
        _write(root / kind.static / "images" / str(number % 20) / f"oven-{number}.png", "")
    for number in range(pages):
        _write(root / kind.page(number), _page(kind, number, pages, random))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf8")


def _page(kind: Kind, number: int, pages: int, random: Random) -> str:
    def broken(reference: str) -> str:
        return reference if random.randrange(BROKEN) else reference.replace("loaf-", "l0af-").replace("oven-", "0ven-")

    def picture() -> str:
        chosen = random.randrange(PICTURES)
        return broken(f"/images/{chosen % 20}/oven-{chosen}.png")

    def link() -> str:
        other = random.randrange(pages)
        address = kind.page(other).partition("/")[2].rpartition(".")[0]
        near = os.path.relpath(kind.page(other), os.path.dirname(kind.page(number)))
        forms = (f"/{address}/", f"/{address}", near, f"/{address}/#how-it-is-baked", "https://flour.example/mills/")
        return broken(random.choice(forms))

    return (
        f"---\ntitle: Loaf number {number}\ndate: 2024-05-{number % 28 + 1:02}\n"
        f"description: What goes into loaf number {number}, and how long it stays in the oven.\n"
        f"image: {picture()}\n---\n\n"
        f"Every loaf has its own story. This one began in [the mill]({link()}) by the river.\n\n"
        f"## How it is baked\n\n![The oven on the day of loaf {number}]({picture()})\n\n"
        f"Before you light the oven, read [how we do it]({link()}) on a cold morning.\n"
    )


class Run(NamedTuple):
    """The CPU time of one run in seconds, and what it found."""

    before: float
    """Until the last page is through the page stage: finding and reading the pages and the rules is in it."""
    after: float
    """From then on: reading the site's folders, its addresses, the checks of the site, and dressing what they found."""
    findings: Counter[str]


def measure(site: Path, profiler: cProfile.Profile | None = None) -> Run:
    """Lint a site in this process, from nothing."""
    between = 0.0

    def progress(finished: int, total: int) -> None:
        nonlocal between
        if finished == total:
            between = time.process_time()
            if profiler:
                profiler.enable()

    with chdir(site):
        start = time.process_time()
        report = lint(Request(jobs=1, progress=progress, language="en"))
        end = time.process_time()
        if profiler:
            profiler.disable()
    return Run(between - start, end - between, Counter(one.rule for one in report.diagnostics))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--runs", type=int, default=RUNS, help="The median of so many is given.")
    parser.add_argument("--profile", action="store_true", help="Show what takes the time of the site stage.")
    options = parser.parse_args(arguments)
    print("site     pages  references  page stage  site stage  found broken")
    for kind in (HUGO, NEXT):
        with TemporaryDirectory() as folder:
            site = Path(folder)
            write(kind, site, options.pages)
            runs = [measure(site) for _ in range(options.runs)]
            before, after = median(run.before for run in runs), median(run.after for run in runs)
            broken = sum(runs[0].findings[rule] for rule in RULES)
            print(
                f"{kind.name:<7}{options.pages:>7,}{options.pages * REFERENCES:>12,}"
                f"{before:>10.2f} s{after:>10.2f} s{broken:>14}"
            )
            if options.profile:
                profiler = cProfile.Profile()
                measure(site, profiler)
                pstats.Stats(profiler).sort_stats("cumulative").print_stats(40)
    return 0


if __name__ == "__main__":
    sys.exit(main())
