"""Where the rule pages and the schemas are: beside the package in a wheel, at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder of shipped data of that name: ``rules`` or ``schemas``."""
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parents[1] / name


def package_file(*parts: str) -> Path:
    """A data file that lives inside the package, such as ``languages/fr.toml``."""
    return _PACKAGE.joinpath(*parts)
