"""What git knows of a site: the files that are gone since the last commit."""

from __future__ import annotations

import subprocess
from pathlib import Path

_SECONDS = 30
"""More than git needs for any repository of texts."""

# A repository may come from a stranger, and its config may name programs to run.
_HARMLESS = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "diff.external=")


class NoAnswerError(Exception):
    """Git is not there, or the folder is in no repository with a commit; the message says which."""


def gone(root: Path) -> list[str]:
    """The files below a folder that the last commit has and that are deleted or renamed since, relative to it.

    Raises NoAnswerError.
    """
    command = ["git", *_HARMLESS, "diff", "--name-only", "-z", "--relative", "--no-renames", "--diff-filter=D", "HEAD"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=_SECONDS, check=False)
    except FileNotFoundError as error:
        raise NoAnswerError("git is not installed") from error
    except subprocess.TimeoutExpired as error:
        raise NoAnswerError("git does not answer") from error
    if done.returncode:
        raise NoAnswerError(done.stderr.decode("utf8", "replace").strip().partition("\n")[0] or "git failed")
    return [name for name in done.stdout.decode("utf8", "surrogateescape").split("\0") if name]


def former(root: Path, path: str) -> str:
    """The text that a file below a folder had at the last commit; empty where git does not give it."""
    command = ["git", *_HARMLESS, "show", f"HEAD:./{path}"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if done.returncode else done.stdout.decode("utf8", "replace")
