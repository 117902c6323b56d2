"""The files of a site: asked for one by one, each folder read once, and nothing outside the root ever touched."""

from __future__ import annotations

import fnmatch
import os
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

State = Literal["found", "other-case", "missing", "outside"]

_VERSION_CONTROL = (".git", ".hg", ".svn")
_PACKAGES = ("node_modules", "bower_components", "vendor", ".venv", "venv")
_CACHES = (
    "__pycache__",
    ".tox",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".cache",
    ".jekyll-cache",
    ".sass-cache",
)
_OUTPUT = (
    ".next",
    ".nuxt",
    ".output",
    ".astro",
    ".docusaurus",
    ".quarto",
    ".vercel",
    ".netlify",
    "_site",
    "_book",
    "dist",
)
SKIPPED_FOLDERS = frozenset((*_VERSION_CONTROL, *_PACKAGES, *_CACHES, *_OUTPUT))
"""Never walked: nobody writes there. A reference into one of them is still looked up."""

_MAX_LINKS = 8  # links to links to follow in one look-up: beyond what anyone builds on purpose


class Lookup(NamedTuple):
    """What the tree says of a path. ``path`` is the name on disk, with ``/``, where there is one."""

    state: State
    path: str | None = None
    folder: bool = False


class Head(NamedTuple):
    """How a file begins: its size in bytes, and its first ones."""

    size: int
    start: bytes


_HEAD = 64 * 1024  # a picture's header, with the profiles and previews that cameras and programs put before it


class _Name(NamedTuple):
    name: str
    folder: bool
    link: bool


class _Folder:
    """The names in one folder. Names are compared in NFC: macOS may store an accent as two code points."""

    def __init__(self, names: list[_Name]) -> None:
        self.names = sorted(names)
        self.exact = {unicodedata.normalize("NFC", name.name): name for name in self.names}
        self.folded = {_fold(name.name): name for name in reversed(self.names)}

    def find(self, wanted: str) -> tuple[_Name | None, Literal["found", "other-case"]]:
        """The name in its own letters, else in others."""
        wanted = unicodedata.normalize("NFC", wanted)
        name = self.exact.get(wanted)
        return (name, "found") if name else (self.folded.get(wanted.casefold()), "other-case")


class SiteTree:
    """The files below the site's root.

    ``root`` is None for a site of which no files are known: a text that was handed over. With ``project=False`` (a
    page that lies in no project: a download, a temporary file) nothing is ever walked, only the folders that
    references name are read. Symbolic links to folders are followed in look-ups where they stay in the root, never
    in walks.
    """

    def __init__(self, root: Path | None, *, project: bool = True) -> None:
        self.root = root
        self.project = project and root is not None
        self._folders: dict[str, _Folder | None] = {}
        self._inside: dict[str, Lookup] = {}
        self._matching: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._files: tuple[str, ...] | None = None
        self._by_name: dict[str, list[str]] | None = None
        self._heads: dict[str, Head | None] = {}

    @classmethod
    def of(cls, files: Iterable[str]) -> SiteTree:
        """A tree that exists in memory only, of these files."""
        folders: dict[str, set[_Name]] = {"": set()}
        for file in files:
            parts = file.strip("/").split("/")
            for depth, part in enumerate(parts):
                names = folders.setdefault("/".join(parts[:depth]), set())
                names.add(_Name(part, depth < len(parts) - 1, False))
        tree = cls(None)
        tree.project = True
        tree._folders.update({path: _Folder(list(names)) for path, names in folders.items()})
        return tree

    @property
    def known(self) -> bool:
        """Whether there are files to look up at all."""
        return self.root is not None or self.project

    def exists(self, path: str) -> Lookup:
        """What lies at a path relative to the root (``static/img/x.png``); ``..`` out of the root is ``outside``.

        The case of names counts on every system, because it does where sites are served.
        """
        folder, _, name = path.rpartition("/")
        if name in ("", ".", ".."):
            return self._exists(path)
        # A reference may lie in many folders, few of which exist, and they are the same for the next one.
        inside = self._inside.get(folder)
        if inside is None:
            inside = self._inside[folder] = self._exists(f"{folder}/.")
        if inside.path is None:
            return inside
        listing = self._folder(inside.path) if inside.folder else None
        found, state = listing.find(name) if listing else (None, inside.state)
        if found is None:
            return Lookup("missing")
        whole = f"{inside.path}/{found.name}" if inside.path else found.name
        return Lookup(inside.state if state == "found" else state, whole, found.folder)

    def _exists(self, path: str) -> Lookup:
        """What lies at a path, walked from the root."""
        state: State = "found"
        real: list[str] = []
        wanted = path.split("/")[::-1]
        folder, links = True, 0
        while wanted:
            part = wanted.pop()
            if part in ("", "."):
                continue
            if part == "..":
                if not real:
                    return Lookup("outside")
                real.pop()
                folder = True
                continue
            listing = self._folder("/".join(real)) if folder else None
            name, letters = listing.find(part) if listing else (None, state)
            if name is None:
                return Lookup("missing")
            state = state if letters == "found" else letters
            if name.link and (wanted or not name.folder):
                target = self._link_target("/".join([*real, name.name])) if name.folder else None
                if name.folder and (target is None or links == _MAX_LINKS):
                    return Lookup("outside")
                if target is not None:
                    links += 1
                    wanted.extend(target.split("/")[::-1])
                    real, folder = [], True
                    continue
            real.append(name.name)
            folder = name.folder
        return Lookup(state, "/".join(real), folder)

    def names(self, folder: str = "") -> list[tuple[str, bool]]:
        """The names in a folder, in order, each with whether it is a folder itself; none where there is no folder."""
        listing = self._folder(folder)
        return [(name.name, name.folder) for name in listing.names] if listing else []

    def matching(self, *patterns: str) -> tuple[str, ...]:
        """The paths that match globs of file or folder names, part by part: ``themes/*/static``, ``next.config.*``.

        In the order of the globs, each once. Kept, for every reference of a site asks for the same ones.
        """
        if patterns not in self._matching:
            found = dict.fromkeys(path for pattern in patterns for path in self._match(pattern))
            self._matching[patterns] = tuple(found)
        return self._matching[patterns]

    def _match(self, pattern: str) -> list[str]:
        found = [""]
        for part in filter(None, pattern.split("/")):
            below = []
            for folder in found:
                prefix = f"{folder}/" if folder else ""
                below += [prefix + name for name, _ in self.names(folder) if fnmatch.fnmatchcase(name, part)]
            found = below
        return found

    def files(self) -> tuple[str, ...]:
        """Every file of the project, relative to the root, in order; none outside a project."""
        if self._files is None:
            self._files = tuple(self._walk()) if self.project else ()
        return self._files

    def ending(self, path: str) -> list[str]:
        """The files of the project whose path ends with that path: what a template may turn a bare name into."""
        if self._by_name is None:
            self._by_name = {}
            for file in self.files():
                self._by_name.setdefault(_fold(file.rpartition("/")[2]), []).append(file)
        wanted = "/" + _fold(path.lstrip("/"))
        return [file for file in self._by_name.get(wanted.rpartition("/")[2], []) if _fold("/" + file).endswith(wanted)]

    def read(self, path: str, limit: int = 1_000_000) -> str | None:
        """The text of a small file of the site; None where there is none, or it is larger than ``limit`` bytes."""
        found = self.exists(path)
        if self.root is None or found.state != "found" or found.path is None or found.folder:
            return None
        try:
            with (self.root / found.path).open("rb") as file:
                data = file.read(limit + 1)
        except OSError:
            return None
        return data.decode("utf8", "replace") if len(data) <= limit else None

    def head(self, path: str) -> Head | None:
        """The size of a file of the site and its first 64 KiB, each file opened once.

        None where there is none, or only a link to a file out of the root.
        """
        if path not in self._heads:
            self._heads[path] = self._head(path)
        return self._heads[path]

    def _head(self, path: str) -> Head | None:
        found = self.exists(path)
        if self.root is None or found.path is None or found.folder or self._leads_out(found.path):
            return None
        try:
            with (self.root / found.path).open("rb") as file:
                return Head(os.fstat(file.fileno()).st_size, file.read(_HEAD))
        except OSError:
            return None

    def _folder(self, path: str) -> _Folder | None:
        if path not in self._folders:
            self._folders[path] = self._list(path)
        return self._folders[path]

    def _list(self, path: str) -> _Folder | None:
        if self.root is None:
            return None
        try:
            with os.scandir(self.root / path) as entries:
                return _Folder([name for name in map(_name, entries) if name])
        except (OSError, ValueError):
            return None

    def _leads_out(self, path: str) -> bool:
        """Whether a file in its own folder, which no link leads to, is a link to one out of the root."""
        folder, _, name = path.rpartition("/")
        listing = self._folder(folder)
        found = listing.find(name)[0] if listing else None
        return found is not None and found.link and self._link_target(path) is None

    def _link_target(self, path: str) -> str | None:
        """Where what lies at a path really lies, relative to the root; None where a link leads out of the root."""
        assert self.root is not None
        root = os.path.realpath(self.root)
        target = os.path.realpath(self.root / path)
        if target == root or not target.startswith(root.rstrip(os.sep) + os.sep):
            return None
        return os.path.relpath(target, root).replace(os.sep, "/")

    def _walk(self) -> Iterator[str]:
        folders = [""]
        while folders:
            folder = folders.pop()
            listing = self._folder(folder)
            prefix = f"{folder}/" if folder else ""
            below = []
            for name in listing.names if listing else ():
                if not name.folder:
                    yield prefix + name.name
                elif not name.link and name.name not in SKIPPED_FOLDERS:
                    below.append(prefix + name.name)
            folders.extend(reversed(below))


def _name(entry: os.DirEntry[str]) -> _Name | None:
    """A file or folder; None for what no site could serve: a link that leads nowhere, a pipe, a socket."""
    try:
        folder = entry.is_dir()
        return _Name(entry.name, folder, entry.is_symlink()) if folder or entry.is_file() else None
    except OSError:
        return None


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
