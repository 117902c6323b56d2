"""What users install. ``make wheel`` builds and runs all tests on it; here the archives are only looked into.

CONTENTLINT_DIST names a folder with the archives; without it they are built from the checkout.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest

from contentlint import __version__, resources

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if given := os.environ.get("CONTENTLINT_DIST"):
        return Path(given)
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed; make wheel tests the archives too")
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def wheel(dist: Path) -> zipfile.ZipFile:
    [file] = dist.glob("*.whl")
    return zipfile.ZipFile(file)


@pytest.fixture(scope="module")
def sdist(dist: Path) -> set[str]:
    [file] = dist.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        return {name.split("/", 1)[1] for name in archive.getnames() if "/" in name}


def below(folder: Path, pattern: str) -> set[str]:
    """The files below a folder, with ``/``."""
    return {file.relative_to(folder).as_posix() for file in folder.glob(pattern) if file.is_file()}


def without_prefix(names: Iterable[str], prefix: str) -> set[str]:
    return {name.removeprefix(prefix) for name in names if name.startswith(prefix)}


def test_wheel_has_all_modules_and_data(wheel: zipfile.ZipFile) -> None:
    names = {name for name in wheel.namelist() if not name.endswith("/")}
    package = without_prefix(names, "contentlint/")
    own = {"py.typed"}.union(*(below(resources.package_file(), f"**/*.{kind}") for kind in ("py", "toml", "html")))
    assert {name for name in package if not name.startswith("_data/")} == own
    for data in ("rules", "schemas"):
        assert without_prefix(package, f"_data/{data}/") == below(resources.folder(data), "**/*.*")
    assert {"languages/fr.toml", "locales/fr.toml", "site/profiles/hugo.toml"} <= package


def test_wheel_has_nothing_else(wheel: zipfile.ZipFile) -> None:
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {"contentlint", f"contentlint-{__version__}.dist-info"}
    assert not [name for name in wheel.namelist() if "test_" in name or name.endswith(".pyc")]


def test_metadata(wheel: zipfile.ZipFile) -> None:
    info = f"contentlint-{__version__}.dist-info"
    metadata = wheel.read(f"{info}/METADATA").decode()
    assert f"\nVersion: {__version__}\n" in metadata
    assert "\nRequires-Python: >=3.11\n" in metadata
    assert "\nLicense-Expression: MIT\n" in metadata
    assert "contentlint = contentlint.cli:main" in wheel.read(f"{info}/entry_points.txt").decode()
    assert wheel.read(f"{info}/licenses/LICENSE")


def test_sdist_has_what_it_takes_to_build_and_test(sdist: set[str]) -> None:
    assert {"pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile", ".pre-commit-hooks.yaml"} <= sdist
    assert {f"tests/{name}" for name in below(ROOT / "tests", "*.py")} <= sdist
    assert {f"examples/{name}" for name in below(ROOT / "examples", "**/*.md")} <= sdist
    assert {f"rules/{name}" for name in below(resources.folder("rules"), "**/*.md")} <= sdist
    assert not [name for name in sdist if name.startswith(("build/", ".venv/", ".git/")) or name.endswith(".pyc")]
