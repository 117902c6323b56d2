"""contentlint as a library: lint a text, a file, or folders."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from contentlint.linter import Request
from contentlint.linter import lint as _lint
from contentlint.registry import Selection
from contentlint.report import Report

if TYPE_CHECKING:
    import frontmatter


def lint(
    paths: Iterable[str | os.PathLike[str]] = (),
    *,
    config: str | os.PathLike[str] | None = None,
    isolated: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    language: str | None = None,
    executor: Executor | None = None,
    jobs: int | None = None,
) -> Report:
    """Lint files, folders and globs; without paths, the content of the site in the working directory.

    ``config`` replaces the config files found beside the pages, ``isolated`` uses none. ``select`` and ``ignore`` take
    rule ids, packs and globs. ``language`` is that of the messages (``en``, ``fr``). The page stage runs on
    ``executor`` if one is given, else in ``jobs`` processes where there are enough pages to be worth it.

    Raises ConfigError for settings that cannot be used. Paths that cannot be read are in ``Report.failures``.
    """
    return _lint(
        Request(
            paths=tuple(os.fspath(path) for path in paths),
            config=Path(config) if config is not None else None,
            isolated=isolated,
            selection=Selection(tuple(select), tuple(ignore)),
            language=language,
            executor=executor,
            jobs=jobs,
        )
    )


def lint_file(path: str | os.PathLike[str], **options: object) -> Report:
    """Lint one file, with the keywords of :func:`lint`."""
    return lint([path], **options)  # type: ignore[arg-type]


def lint_text(
    text: str | bytes,
    path: str | os.PathLike[str] | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    isolated: bool = False,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    language: str | None = None,
) -> Report:
    """Lint a page given as text.

    ``path`` says where the page would be: its site, config and the files that it refers to are looked up from there.
    Without one the page stands alone: no config is read, and nothing is looked up.
    """
    data = text if isinstance(text, bytes) else text.encode("utf8", "surrogateescape")
    return _lint(
        Request(
            texts={os.path.abspath(path) if path is not None else "": data},
            config=Path(config) if config is not None else None,
            isolated=isolated,
            selection=Selection(tuple(select), tuple(ignore)),
            language=language,
        )
    )


def lint_post(post: frontmatter.Post, path: str | os.PathLike[str] | None = None, **options: object) -> Report:
    """Lint a ``Post`` of python-frontmatter, with the keywords of :func:`lint_text`.

    Positions are those of the text that :func:`contentlint.from_post` makes of it.
    """
    from contentlint.source.post import from_post

    return lint_text(from_post(post), path, **options)  # type: ignore[arg-type]
