"""Reading ease: our syllables and sentences in textstat's formula."""

from __future__ import annotations

import socket

import pytest

from contentlint.check import Match
from contentlint.checks.readability_score import Options, flesch, readability_score, syllables
from contentlint.source.document import Conventions, Document

EASY = "The cat sat on the mat. It was warm. The dog ran off. She let him go. "
HARD = (
    "Organizational accountability necessitates interdepartmental communication methodologies, considering "
    "technological interdependencies and intercontinental administrative responsibilities. "
)


def found(text: str, code: str | None = "en", **options: float) -> list[Match]:
    document = Document("a.md", text, Conventions(language=code))
    return list(readability_score(document, Options(**options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "count", "words"),
    [
        ("en", 1, "the make walked called played rules file strength"),
        ("en", 2, "table people wanted science client pages being quiet"),
        ("en", 3, "computer radio idea customers video media company created"),
        ("en", 4, "information society reality usually variable"),
        ("fr", 1, "le table langue vie août quatre bien"),
        ("fr", 2, "maison maisons clients système pays voyage Noël musée"),
        ("fr", 3, "entreprise création numérique employés aérien énergie qualité"),
        ("fr", 4, "intelligence européen réalité artificielle"),
    ],
)
def test_syllables(code: str, count: int, words: str) -> None:
    assert {word: syllables(word, code) for word in words.split()} == dict.fromkeys(words.split(), count)


def test_compounds_and_elisions_count_in_parts() -> None:
    assert syllables("c'est-à-dire", "fr") == 3
    assert syllables("2000", "fr") == 1


def test_the_formula_is_textstats() -> None:
    assert flesch(20, 1.5, "en") == pytest.approx(206.835 - 1.015 * 20 - 84.6 * 1.5)
    assert flesch(20, 1.5, "fr") == pytest.approx(207 - 1.015 * 20 - 73.6 * 1.5)


def test_our_score_is_near_textstats_where_it_works_offline() -> None:
    import textstat

    text = (
        "Le boulanger de notre village prépare la pâte pendant la soirée, puis il attend patiemment le lendemain. "
        "La fermentation naturelle développe les arômes et améliore la conservation des produits. "
        "Les habitants apprécient particulièrement la qualité exceptionnelle de ses spécialités régionales. "
    )
    textstat.set_lang("fr")
    try:
        theirs = textstat.flesch_reading_ease(text)
    finally:
        textstat.set_lang("en_US")
    ours = found(text, "fr", minimum=100, min_words=1)[0].values["score"]
    assert ours == pytest.approx(theirs, abs=12)


def test_a_hard_page_is_reported_at_its_hardest_paragraph() -> None:
    text = f"{EASY * 3}\n\n{HARD * 6}\n\n{EASY * 3}\n"
    (match,) = found(text)
    assert match.span.of(text) == (HARD * 6).strip()
    assert match.values["score"] < 30
    assert found(text, minimum=0) == []


def test_an_easy_page_is_silent() -> None:
    assert found(EASY * 10) == []


def test_headings_tables_and_code_do_not_count() -> None:
    noise = f"# {HARD}\n\n| {HARD} |\n|---|\n| {HARD} |\n\n```\n{HARD}\n```\n"
    assert found(f"{EASY * 10}\n\n{noise}") == []


def test_short_pages_and_unknown_languages_are_not_judged() -> None:
    assert found(HARD) == []
    assert found(HARD * 10, "de") == []
    assert found("* * *\n", None) == []


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was touched")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert len(found(HARD * 10)) == 1
