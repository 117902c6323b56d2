"""The weights by which figures are told for claims are those that the labelled sentences give, on any machine."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from contentlint.source import claims

ROOT = Path(__file__).parents[2]
CORPORA = ROOT / "build" / "corpora"

sys.path.insert(0, str(ROOT / "tools"))
import train_claims  # noqa: E402 - a tool of the developers, no package

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not (CORPORA.is_dir() and train_claims.DEV.is_file()), reason="the sites are not there"),
]


def test_training_again_gives_the_weights_that_are_in_the_repository() -> None:
    examples = list(train_claims.items([train_claims.DEV, train_claims.OWN], CORPORA))
    assert len(examples) > 1000
    assert train_claims.fit(examples) == claims.weights()
