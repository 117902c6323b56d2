"""The hook, with the real pre-commit. It installs the package and so takes a while: ``make wheel`` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

DIST = os.environ.get("CONTENTLINT_DIST")

pytestmark = pytest.mark.skipif(not DIST, reason="make wheel runs it, for it installs the package")

CLEAN = "---\ntitle: Opening hours\ndescription: When the bakery is open.\n---\n\nWe open at eight.\n"
WARNED = CLEAN + "\n##\n"


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Martha", "-c", "user.email=martha@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *who, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose pre-commit runs the hook of our own."""
    folder = tmp_path_factory.mktemp("hook")
    [archive] = Path(DIST or "").glob("*.tar.gz")
    with tarfile.open(archive) as source:
        source.extractall(folder, filter="data")
    [hook] = folder.iterdir()
    git(hook, "init", "--quiet")
    git(hook, "add", "--all", "--force")
    git(hook, "commit", "--quiet", "--message", "The hook")
    pages = tmp_path_factory.mktemp("pages")
    git(pages, "init", "--quiet")
    config = f"repos:\n- repo: {hook}\n  rev: {git(hook, 'rev-parse', 'HEAD')}\n  hooks:\n  - id: contentlint\n"
    (pages / ".pre-commit-config.yaml").write_text(config, encoding="utf8")
    return pages


def commit(repository: Path, pages: dict[str, str], home: Path) -> subprocess.CompletedProcess[str]:
    """What pre-commit says of pages that are about to be committed."""
    git(repository, "rm", "-r", "--quiet", "--cached", "--ignore-unmatch", ".")
    for name, content in pages.items():
        (repository / name).write_text(content, encoding="utf8")
    git(repository, "add", ".pre-commit-config.yaml", *pages)
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "LANG": "en_GB.UTF-8"}
    command = [sys.executable, "-m", "pre_commit", "run"]
    return subprocess.run(command, cwd=repository, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_clean_pages_pass(repository: Path, home: Path) -> None:
    result = commit(repository, {"a.md": CLEAN, "b.mdx": CLEAN, "notes.txt": WARNED}, home)
    assert result.returncode == 0, result.stdout
    assert "Passed" in result.stdout


@pytest.mark.parametrize("name", ["a.md", "b.mdx", "c.qmd", "d.markdown"])
def test_warning_stops_the_commit(repository: Path, home: Path, name: str) -> None:
    result = commit(repository, {name: WARNED, "clean.md": CLEAN}, home)
    assert result.returncode == 1
    assert "without a text" in result.stdout
    assert name.split(".")[0] in result.stdout


def test_other_files_are_left_alone(repository: Path, home: Path) -> None:
    result = commit(repository, {"notes.txt": WARNED}, home)
    assert result.returncode == 0
    assert "no files to check" in result.stdout
