"""Promises of results, and sums that a page does before its readers, in French and in English alike."""

from __future__ import annotations

import pytest

from contentlint.check import Match, NoOptions
from contentlint.checks.arithmetic import Options, arithmetic
from contentlint.checks.guarantee import guarantee
from contentlint.site import profile as profiles
from contentlint.source.document import Conventions, Document


def page(text: str, language: str) -> Document:
    return Document("page.md", text, Conventions(keys=profiles.load("plain").keys, language=language))


def promises(text: str, language: str) -> list[str]:
    return [match.span.of(text) for match in guarantee(page(text, language), NoOptions())]


def sums(text: str, language: str = "en", **options: float) -> list[Match]:
    return list(arithmetic(page(text, language), Options(**options)))


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        ("fr", "Un ROI garanti en six mois.", "ROI garanti"),
        ("fr", "Nous garantissons des résultats.", "garantissons des résultats"),
        ("fr", "Cette méthode garantit l'atteinte des objectifs de rentabilité.", "garantit l'atteinte des objectifs"),
        ("fr", "Un outil 100\u00a0% conforme.", "100\u00a0% conforme"),
        ("fr", "Découvrez comment doubler votre productivité.", "doubler votre productivité"),
        ("en", "Guaranteed results in six months.", "Guaranteed results"),
        ("en", "We guarantee a higher return of 9%.", "We guarantee a higher return"),
        ("en", "Our tool is completely GDPR-compliant.", "completely GDPR-compliant"),
        ("en", "10x your monthly revenue.", "10x your monthly revenue"),
    ],
)
def test_a_promise_of_a_result_is_found_at_its_words(language: str, text: str, promised: str) -> None:
    (found,) = promises(text, language)
    assert promised in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "La colle garantit une cohérence des assemblages."),
        ("fr", "Personne ne garantit un ROI."),
        ("fr", "Méfiez-vous d'un ROI garanti."),
        ("fr", "Pour être entièrement conforme au RGPD, tenez un registre."),
        ("fr", "> Un ROI garanti, disait l'annonce."),
        ("en", "The glue guarantees a consistent finish."),
        ("en", "Results cannot be and never are guaranteed results."),
        ("en", "To be fully GDPR compliant, keep a register."),
        ("en", "Is it fully GDPR compliant?"),
        ("en", "An agency that promises guaranteed results is one to leave."),
    ],
)
def test_what_promises_nothing_is_left_alone(language: str, text: str) -> None:
    assert promises(text, language) == []


def test_a_promise_in_two_fields_with_the_same_text_is_reported_once() -> None:
    text = "---\ntitle: Guaranteed results\nogTitle: Guaranteed results\ndescription: Money back.\n---\n\nBread.\n"
    assert promises(text, "en") == ["Guaranteed results", "Money back"]


def test_a_return_is_told_with_its_sum_and_its_terms() -> None:
    text = (
        "Un ROI de 580\u00a0% en 24 mois. L'investissement de 320\u202f000\u00a0€ a payé le four. "
        "Les bénéfices annuels de 650\u202f000\u00a0€ viennent de la farine.\n"
    )
    (match,) = sums(text, "fr")
    assert match.message == "return-years"
    assert (match.values["expected"], match.values["stated"]) == (306, 580)
    assert [place.span.of(text) for place in match.related] == ["320\u202f000", "650\u202f000", "24"]


@pytest.mark.parametrize("stated", ["306", "406", "310"])
def test_a_return_may_count_the_investment_or_not_and_be_rounded(stated: str) -> None:
    text = f"An ROI of {stated}% in 2 years. An investment of $320,000 brings annual savings of $650,000.\n"
    assert sums(text) == []


def test_sections_do_not_lend_each_other_terms() -> None:
    text = "An ROI of 580% in 2 years. An investment of $320,000.\n\n## Later\n\nAnnual savings of $650,000.\n"
    assert sums(text) == []
    assert len(sums(text.replace("\n\n## Later\n\n", " "))) == 1


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "3 × 20 + 5 = 90 loaves", 65),
        ("en", "It is 150 * 1.50 = $300/mo.", 225),
        ("fr", "1,5 million × 2 = 5 millions de pains", 3_000_000),
        ("fr", "12 € × 30 jours, soit 450 €.", 360),
        ("fr", "Passer de 60 à 40 pains, soit une baisse de 50\u00a0%.", None),
        ("fr", "Passer de 60 à 40 pains, soit une baisse de 10\u00a0%.", 100 / 3),
        ("en", "We went from 40 to 60 loaves, a 90% increase.", 50),
        ("en", "We went from 40 to 60 loaves, a 90% increase in flour and a 5% decrease in salt.", None),
        ("en", "From $20 to $40 (+100%).", None),
        ("en", "Bake 12 × 30 = 380 loaves.", None),
        ("en", "Each of 90 × 20 minutes = 30 hours.", None),
        ("en", "A picture of 1200 x 630, and y / 3 × 4 = 90.", None),
        ("en", "(40 + 20) × 3 = 180", None),
    ],
)
def test_the_sums_of_a_sentence(language: str, text: str, expected: float | None) -> None:
    found = sums(text, language)
    assert [match.values["expected"] for match in found] == ([pytest.approx(expected)] if expected else [])


def test_how_far_a_result_may_be_off_is_an_option() -> None:
    assert sums("12 × 30 = 380 loaves") == []
    assert len(sums("12 × 30 = 380 loaves", tolerance=0.01)) == 1


@pytest.mark.parametrize(
    ("total", "reported"), [("400", ["400"]), ("300", []), ("400 %", []), ("3 kg", [])], ids=["sum", "right", "%", "kg"]
)
def test_the_last_row_of_a_table_is_its_total(total: str, reported: list[str]) -> None:
    text = f"| Month | Loaves |\n|---|---|\n| May | 100 |\n| June | 200 |\n| Total | {total} |\n"
    assert [match.span.of(text) for match in sums(text)] == reported


def test_the_other_value_at_a_price_must_be_the_only_one() -> None:
    text = "For $20 we bake 5000 buns, that is 10 times more than Miller for the same price. Miller: $20 for 750 rolls."
    (match,) = sums(text)
    assert (match.values["larger"], match.values["smaller"]) == (5000, 750)
    assert sums(text + " Smith: $20 for 900 rolls.") == []
