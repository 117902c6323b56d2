"""What a page is read into before any rule looks at it, and how the rules about claims share a sentence."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from contentlint.check import NoOptions
from contentlint.checks import self_reported_statistic as own
from contentlint.checks import unsupported_statistic as unsupported
from contentlint.checks.vague_attribution import vague_attribution
from contentlint.source import claims
from contentlint.source.document import Conventions, Document
from contentlint.source.language import known, load

LABELS = Path(__file__).parent / "data" / "claims.jsonl"


def page(text: str, language: str = "en") -> Document:
    return Document("page.md", text, Conventions(language=language))


def said(document: Document) -> dict[str, list[str]]:
    """What each rule about claims marks."""
    found = {
        "unsupported": unsupported.unsupported_statistic(document, unsupported.Options()),
        "own": own.self_reported_statistic(document, own.Options()),
        "vague": vague_attribution(document, NoOptions()),
    }
    return {rule: marks for rule, matches in found.items() if (marks := [m.span.of(document.text) for m in matches])}


def test_a_page_is_read_into_all_its_quantities_with_their_values_and_sources() -> None:
    text = "Mills lose 12% of the grain (Mill Board, 2024). The shop sells 1,200 loaves a day at $3.50."
    first, second = page(text).claims
    assert [(figure.quantity.kind, figure.quantity.value) for figure in first.figures] == [("share", 12.0)]
    assert [(figure.quantity.kind, figure.quantity.value) for figure in second.figures] == [
        ("large", 1200.0),
        ("money", 3.5),
    ]
    assert first.support is not None
    assert first.support.text == "Mill Board, 2024"


def test_likelihoods_are_those_of_the_signs_and_their_weights() -> None:
    (claim,) = page("In most towns, 61% of bakers work at night.").claims
    (figure,) = claim.figures
    assert figure.likelihood == pytest.approx(claims.likelihood(figure.signs))
    assert figure.likelihood > claims.likelihood(figure.signs | {"said condition"})
    assert set(claims.reasons(figure)) <= figure.signs


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Our survey shows that 61% of bakers work at night.", {"own": ["61%"]}),
        ("en", "Studies show that 61% of bakers work at night.", {"unsupported": ["61%"]}),
        ("en", "Studies show that bakers work at night.", {"vague": ["Studies show"]}),
        ("en", "Studies show that bakers work at night (Smith, 2020).", {}),
        ("en", "Ask experts about bread. Do experts agree?", {}),
        ("en", "They write “studies show” too often.", {}),
        ("en", "Our analysis of 250 bakeries reveals clear patterns.", {}),
        ("fr", "Selon notre étude portant sur 200 PME, 61 % des boulangers travaillent la nuit.", {"own": ["61 %"]}),
        ("fr", "Une étude interne révèle que 61 % des boulangers travaillent la nuit.", {"own": ["61 %"]}),
        ("fr", "Les experts s'accordent à le dire.", {"vague": ["Les experts s'accordent"]}),
        ("fr", "D'après des chercheurs de l'INRAE, le levain vit.", {}),
    ],
)
def test_a_sentence_is_reported_by_one_rule(language: str, text: str, expected: dict[str, list[str]]) -> None:
    assert said(page(text, language)) == expected


def test_own_research_that_is_linked_to_or_told_in_full_is_left_alone() -> None:
    assert said(page("[Our survey](https://example.org/survey) shows that 61% of bakers work at night.")) == {}
    told = "In May 2024 we sent a questionnaire to 300 bakeries. Our survey shows that 61% of bakers work at night."
    assert said(page(told)) == {}


def test_every_sign_with_a_list_has_one_in_each_language_with_claims() -> None:
    for code in known():
        section = load(code).claims
        if section:
            listed = {*section["cues"], *section["words"], *section["sources"]}
            asked = {re.sub(r"^(said|above:|beside:) ", "", sign) for sign in claims.weights() if " " in sign}
            asked = {sign for sign in asked if sign in {*load("en").claims["cues"], *load("fr").claims["cues"]}}
            assert asked <= listed


def test_the_labels_hold_no_text_of_others() -> None:
    rows = [json.loads(line) for line in LABELS.read_text(encoding="utf8").splitlines()]
    assert len(rows) >= 300
    assert {key for row in rows for key in row} == {"site", "path", "line", "hash", "lang", "label", "borderline"}
    assert all(re.fullmatch(r"[0-9a-f]{16}", row["hash"]) for row in rows)
