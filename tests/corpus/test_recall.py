"""What is broken in real sites is reported."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "break_references.py"
CORPORA = ROOT / "build" / "corpora"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the real sites are not unpacked"),
]


def test_of_200_references_that_are_broken_190_are_reported() -> None:
    run = subprocess.run([sys.executable, TOOL, "--misses"], capture_output=True, text=True, check=True)
    last = re.search(r"(\d+) of (\d+) found\n$", run.stdout)
    assert last is not None, run.stdout
    assert int(last[2]) == 200
    assert int(last[1]) >= 190, run.stdout
