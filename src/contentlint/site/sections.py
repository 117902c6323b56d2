"""Which pages of a site belong together: those that are written after one pattern, as the posts of a blog are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

FEWEST = 5
"""A folder with fewer pages than this tells no pattern: its pages count with the folder above."""

_INDEX = frozenset({"index", "_index"})
_DATED = re.compile(r"\d+")


def sections(paths: Iterable[str], fewest: int = FEWEST) -> dict[str, list[str]]:
    """The pages of each section, by its folder (empty for the site's root), both in alphabetical order.

    A page is in the section of the nearest folder above it that has enough pages. A page named ``index`` stands for
    its folder, folders of years and months are looked through, and pages that list others (``_index.md``, an
    ``index.md`` with pages beside or below it) are one of a kind: they are in no section.
    """
    paths = sorted(set(paths))
    lists = listings(paths)
    found: dict[str, list[str]] = {}
    for path in paths:
        if path not in lists:
            folder = _home(path)
            while folder and _DATED.fullmatch(folder.rpartition("/")[2]):
                folder = folder.rpartition("/")[0]
            found.setdefault(folder, []).append(path)
    # Bottom up, so that each folder is full when it is judged.
    for depth in range(max((folder.count("/") + 1 for folder in found), default=0), 0, -1):
        for folder in [one for one in found if one and one.count("/") + 1 == depth]:
            if len(found[folder]) < fewest:
                found.setdefault(folder.rpartition("/")[0], []).extend(found.pop(folder))
    return {folder: sorted(found[folder]) for folder in sorted(found)}


def listings(paths: Iterable[str]) -> frozenset[str]:
    """The pages that list others."""
    paths = list(paths)
    above = {folder for path in paths for folder in _parents(_home(path))}
    return frozenset(
        path
        for path in paths
        if _stem(path) == "_index" or (_stem(path) == "index" and path.rpartition("/")[0] in above)
    )


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _home(path: str) -> str:
    """The folder that the page is one of."""
    folder = path.rpartition("/")[0]
    return folder.rpartition("/")[0] if _stem(path) in _INDEX else folder


def _parents(folder: str) -> Iterator[str]:
    """The folder and those above it."""
    while folder:
        yield folder
        folder = folder.rpartition("/")[0]
