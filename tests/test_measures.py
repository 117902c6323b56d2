"""What figures are of, and which of them contradict each other."""

from __future__ import annotations

import pytest

from contentlint.source import language, measures
from contentlint.source.document import Conventions, Document
from contentlint.source.measures import Measure


def read(text: str, spoken: str = "en") -> list[Measure]:
    document = Document("page.md", text, Conventions(language=spoken))
    return [one for claim in document.claims for one in measures.of(claim, language.load(spoken))]


@pytest.mark.parametrize(
    ("spoken", "text", "value", "unit", "subject"),
    [
        ("en", "61% of bakers work at night.", 61, "%", "bakers work at night"),
        ("en", "The average return on investment is 280%.", 280, "%", "average return on investment"),
        ("en", "One in four shops closes.", 0.25, "", "shops closes"),
        ("en", "Half of all bakers smile.", 0.5, "", "bakers smile"),
        ("en", "The mills lost $4.45 million.", 4.45e6, "USD", "mills lost"),
        ("en", "Sales of bread have tripled.", 3, "x", "Sales of bread"),
        ("en", "Last year 12,000 companies closed.", 12000, "companies", "companies closed"),
        ("fr", "Les résultats : 340 % de ROI moyen.", 340, "%", "ROI moyen"),
        ("fr", "On observe un retour sur investissement moyen de 380 %.", 380, "%", "retour sur investissement moyen"),
        ("fr", "Neuf sur dix dorment mal.", 0.9, "", "dorment mal"),
        ("fr", "Deux tiers des PME ferment.", 0.6667, "", "PME ferment"),
        ("fr", "Le taux d’ouverture des lettres est de 21 %.", 21, "%", "taux d’ouverture des lettres"),
        ("fr", "Le secteur perd 1,5 Md€ de farine.", 1.5e9, "EUR", "farine"),
        ("fr", "Quarante-deux pour cent des boulangers dorment.", 42, "%", "boulangers dorment"),
    ],
)
def test_a_figure_is_read_with_its_value_its_unit_and_what_it_is_of(
    spoken: str, text: str, value: float, unit: str, subject: str
) -> None:
    one = read(text, spoken)[0]
    assert (one.low, one.high, one.unit, one.subject) == (value, value, unit, subject)


@pytest.mark.parametrize(
    ("spoken", "text", "expected"),
    [
        ("en", "Ovens save 20 to 30% of flour.", (20, 30, "")),
        ("en", "Ovens save up to 30% of flour.", (30, 30, "at-most")),
        ("en", "Ovens save nearly 30% of flour.", (30, 30, "about")),
        ("fr", "Plus de 300 entreprises ferment.", (300, 300, "at-least")),
        ("fr", "Près de 30 % des fours chauffent.", (30, 30, "about")),
        ("fr", "Jusqu’à 30 % des fours chauffent.", (30, 30, "at-most")),
    ],
)
def test_ranges_and_bounds_are_kept(spoken: str, text: str, expected: tuple[float, float, str]) -> None:
    one = read(text, spoken)[0]
    assert (one.low, one.high, one.bound) == expected


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("On average, 61% of bakers work at night.", "Today 61% of bakers work at night.", False),
        ("On average, 61% of bakers work at night.", "On average, 48% of bakers work at night.", True),
        ("On average, 61% of bakers work at night.", "On average, 60% of bakers work at night.", False),
        ("On average, 61% of bakers work at night.", "On average, 50 to 70% of bakers work at night.", False),
        ("On average, 61% of bakers work at night.", "On average, 48% of millers work at night.", False),
        ("In 2020, 61% of bakers work at night.", "In 2024, 48% of bakers work at night.", False),
        (
            "On average, 61% of bakers in Lyon work at night.",
            "On average, 48% of bakers in Brest work at night.",
            False,
        ),
        ("Before, 61% of bakers work at night.", "After, 48% of bakers work at night.", False),
        ("On average, up to 61% of bakers work at night.", "On average, 48% of bakers work at night.", False),
    ],
)
def test_what_contradicts(one: str, other: str, conflict: bool) -> None:
    first, second = read(one)[0], read(other)[0]
    assert measures.contradict(first, second) is conflict
    assert measures.contradict(second, first) is conflict


@pytest.mark.parametrize(
    ("spoken", "text", "expected"),
    [
        ("fr", "Plus de 300 entreprises françaises nous font confiance.", ("clients", "")),
        ("fr", "Les 200 PME que nous avons accompagnées sourient.", ("clients", "")),
        ("fr", "Levain accompagne plus de 200 entreprises.", ("clients", "levain")),
        ("fr", "Notre étude de 200 PME le montre.", ("studied clients", "")),
        ("fr", "Notre accompagnement de 180 PME dans leur mise en conformité.", ("", "")),
        ("fr", "En 2020, nous avons accompagné 80 PME.", ("", "")),
        ("en", "More than 300 companies trust us.", ("clients", "")),
        ("en", "Last year 12,000 companies closed.", ("", "")),
    ],
)
def test_an_own_count_is_told_from_others(spoken: str, text: str, expected: tuple[str, str]) -> None:
    one = read(text, spoken)[0]
    assert (one.own_count, one.counted_by) == expected


def test_a_page_in_a_language_without_words_for_measures_has_no_measures() -> None:
    assert read("73 % der Betriebe", "de") == []
