"""Which files a run is about: paths named by the user become pages, and .gitignore is respected below them."""

from __future__ import annotations

import glob
import itertools
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contentlint.site.tree import SKIPPED_FOLDERS


@dataclass(slots=True)
class Found:
    """What the named paths hold."""

    pages: list[Path] = field(default_factory=list)
    """Absolute, in the order found, each once."""
    named: set[Path] = field(default_factory=set)
    """Those that the user named one by one: they are linted whatever the site's profile says of them."""
    folders: list[Path] = field(default_factory=list)
    """Those that the user named."""
    unknown: list[str] = field(default_factory=list)
    """Named paths where there is nothing."""


def find(paths: Iterable[str], is_page: Callable[[Path], bool]) -> Found:
    """The pages at the paths: files as they are, folders walked, globs expanded where no file has that very name."""
    found = Found()
    seen: set[Path] = set()
    for name in paths:
        path = Path(os.path.abspath(name))
        is_folder = os.path.isdir(path)  # Path.is_dir() raises for a name that is too long
        if is_folder:
            matches = list(_walk(path, is_page))
            found.folders.append(path)
        elif os.path.lexists(path):
            matches = [path]
            found.named.add(path)
        elif glob.has_magic(name):
            below = (Path(os.path.abspath(match)) for match in sorted(glob.glob(name, recursive=True)))
            matches = [file for file in below if file.is_file() and is_page(file)]
            found.named.update(matches)
        else:
            matches = []
        if not matches and not is_folder:
            found.unknown.append(name)
        for page in matches:
            if page not in seen:
                seen.add(page)
                found.pages.append(page)
    return found


def below(top: Path, is_page: Callable[[Path], bool]) -> Iterator[Path]:
    """The pages below a folder, in order, but for those that .gitignore leaves out."""
    return _walk(top, is_page)


class Scope:
    """What lies in any of the folders, and the folders themselves, but for what .gitignore leaves out in them."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._folders = [(folder, _Ignores(folder)) for folder in folders]

    def __bool__(self) -> bool:
        return bool(self._folders)

    def __contains__(self, path: Path) -> bool:
        return any(
            path == folder or (path.is_relative_to(folder) and not ignores.leave_out(path))
            for folder, ignores in self._folders
        )


def _walk(top: Path, is_page: Callable[[Path], bool]) -> Iterator[Path]:
    """Pages below a folder, in order. Links to folders are not followed: they may lead anywhere, or round in circles.

    A folder named like a page, a broken link or a pipe that is named like one is given too: whoever reads it says so.
    """
    ignores = _Ignores(top)
    stack = [top]
    while stack:
        folder = stack.pop()
        rules = ignores.at(folder)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            continue
        below = []
        for entry in entries:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in SKIPPED_FOLDERS and not rules.match(path, folder=True):
                    below.append(path)
            elif is_page(path) and not os.path.isdir(path) and not rules.match(path, folder=False):
                yield path
        stack.extend(reversed(below))


@dataclass(frozen=True, slots=True)
class _Rules:
    """The .gitignore files that count in a folder, the nearest first: it has the last word."""

    specs: tuple[tuple[Path, Any], ...] = ()

    def match(self, path: Path, *, folder: bool) -> bool:
        for base, spec in self.specs:
            relative = path.relative_to(base).as_posix() + ("/" if folder else "")
            verdict = spec.check_file(relative).include
            if verdict is not None:
                return bool(verdict)
        return False


class _Ignores:
    """Reads the .gitignore files on the way from the repository's root to each folder of a walk."""

    def __init__(self, top: Path) -> None:
        self._top = top
        self._known: dict[Path, _Rules] = {}
        self._hidden: dict[Path, bool] = {top: False}
        repository = next((folder for folder in (top, *top.parents) if (folder / ".git").exists()), None)
        rules = _Rules()
        if repository is not None:
            between = [folder for folder in reversed(top.parents) if folder.is_relative_to(repository)]
            for folder in between:
                rules = _with(rules, folder)
        # A named folder is entered whatever .gitignore says of it, so what hides it from above hides nothing in it.
        self._above = _Rules() if top != repository and rules.match(top, folder=True) else rules

    def at(self, folder: Path) -> _Rules:
        """What counts in a folder of the walk, its own file included."""
        if folder not in self._known:
            self._known[folder] = _with(self._known.get(folder.parent, self._above), folder)
        return self._known[folder]

    def leave_out(self, path: Path) -> bool:
        """Whether a walk from the top would not come to the file at a path below it."""
        unknown = list(itertools.takewhile(lambda folder: folder not in self._hidden, path.parents))
        for folder in reversed(unknown):
            above = self._hidden[folder.parent]
            self._hidden[folder] = above or self.at(folder.parent).match(folder, folder=True)
        return self._hidden[path.parent] or self.at(path.parent).match(path, folder=False)


def _with(rules: _Rules, folder: Path) -> _Rules:
    try:
        text = (folder / ".gitignore").read_text(encoding="utf8", errors="replace")
    except OSError:
        return rules
    from pathspec import GitIgnoreSpec

    try:
        spec = GitIgnoreSpec.from_lines(text.splitlines())
    except (ValueError, re.error):
        spec = GitIgnoreSpec.from_lines(line for line in text.splitlines() if _is_pattern(line))
    return _Rules(((folder, spec), *rules.specs))


def _is_pattern(line: str) -> bool:
    """Whether git could make something of a line; what it cannot, it passes over."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except (ValueError, re.error):  # `[z-a]` reaches the regular expressions of Python
        return False
    return True


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path with ``/`` matches any of the globs, which are written as in .gitignore."""
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns).match_file
