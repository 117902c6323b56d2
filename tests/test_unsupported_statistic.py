"""Which figures want a source, and what counts as one, in French and in English alike."""

from __future__ import annotations

import pytest

from contentlint.check import Match
from contentlint.checks.unsupported_statistic import Options, unsupported_statistic
from contentlint.site import profile as profiles
from contentlint.source.document import Conventions, Document
from contentlint.source.language import load
from contentlint.source.quantities import fold, vocabulary


def found(text: str, language: str = "en", minimum_confidence: float = 0.55) -> list[Match]:
    document = Document("page.md", text, Conventions(language=language))
    return list(unsupported_statistic(document, Options(minimum_confidence=minimum_confidence)))


def marked(text: str, language: str = "en") -> list[str]:
    return [match.span.of(text) for match in found(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "quantities"),
    [
        ("fr", "soit 1,5 Md€ et 340\u00a0% de ROI", ["1,5 Md€", "340\u00a0%"]),
        ("fr", "une hausse de quarante-deux pour cent", ["quarante-deux pour cent"]),
        ("fr", "les ventes sont multipliées par 3", ["multipliées par 3"]),
        ("fr", "un tiers des foyers et une PME sur deux", ["un tiers", "une PME sur deux"]),
        (
            "fr",
            "12\u202f500\u202f000 personnes et 20 à 30\u00a0% des cas",
            ["12\u202f500\u202f000 personnes", "20 à 30\u00a0%"],
        ),
        ("fr", "un chatbot repond a 80% des demandes", ["80%"]),
        ("en", "worth $4.45 million, up 12 percentage points", ["$4.45 million", "12 percentage points"]),
        ("en", "forty-two percent of firms, one in four people", ["forty-two percent", "one in four"]),
        ("en", "10x the volume, three times faster, a two-fold rise", ["10x", "three times faster", "two-fold"]),
        ("en", "between 15 lakh users and ₹3,000–10,000", ["15 lakh users", "₹3,000–10,000"]),
        ("fr", "plus d'un million d'euros et 2/3 des ventes", ["un million d'euros", "2/3"]),
        ("fr", "une femme sur neuf, une hausse de 4 points par rapport à mai", ["une femme sur neuf", "4 points"]),
        ("fr", "un tiers de confiance ouvre à 100 %", []),
        ("en", "a billion users, half of them in the second half of the year", ["a billion users", "half"]),
        ("en", "the rate doubled, costs fell by half", ["doubled", "by half"]),
        ("en", "1,200 tons of CO2 and 40 km", ["1,200 tons", "40 km"]),
    ],
)
def test_quantities_in_every_written_form(language: str, text: str, quantities: list[str]) -> None:
    spoken = vocabulary(load(language)).quantities(fold(text))
    assert [text[quantity.start : quantity.end] for quantity in spoken] == quantities


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,5 million d'euros", 1.5e6),
        ("12 500 000 personnes", 12.5e6),
        ("3.500 euros", 3500),
        ("3,25 euros", 3.25),
        ("quatre-vingt-dix mille personnes", 90_000),
        ("quarante-deux pour cent", 42),
        ("un million d'euros", 1e6),
        ("deux cents euros", 200),
    ],
)
def test_the_value_of_a_number_does_not_hang_on_how_it_is_written(written: str, value: float) -> None:
    (quantity,) = vocabulary(load("fr")).quantities(fold(written))
    assert quantity.value == value


@pytest.mark.parametrize("text", ["ŒUVRE À 100 %", "İstanbul ﬁn ½", "58\u2009 469 ‑ “x” ’", "e\u0301te\u0301"])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ordering software cuts waste by 40% on average."),
        ("en", "In most towns, 61% of bakers work at night."),
        ("en", "Sourdough is popular with 12 million people worldwide."),
        ("en", "The bread market is estimated at $4.2 billion."),
        ("en", "The new oven saves bakers up to 20 hours per week."),
        ("en", "Our customers increase their sales by 30% in three months."),
        ("fr", "Le logiciel réduit le gaspillage de quarante pour cent en moyenne."),
        ("fr", "En France, 61\u00a0% des boulangers travaillent la nuit."),
        ("fr", "Près d'un tiers des clients ne reviennent pas."),
        ("fr", "Nos clients augmentent leurs ventes de 30\u00a0% en trois mois."),
        ("fr", "Les boulangers perdent en moyenne 20 heures par semaine."),
        ("fr", "Chaque année, plus d'un million d'euros est dépensé en emballages."),
    ],
)
def test_a_figure_about_the_world_is_reported(language: str, text: str) -> None:
    assert len(found(text, language)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The oven is open 24/7 and runs on 100% renewable power."),
        ("en", "Aim for 30% of wholemeal flour."),
        ("en", "Mix 20–30% of rye into the dough."),
        ("en", "If 40% of customers stayed, sales would double."),
        ("en", "The Baker plan starts at $49 per month."),
        ("en", "We grew our sales by 40% last year."),
        ("en", "Set the width to 50% of the viewport."),
        ("en", "Version 2.5 of 2024 has 3 steps and 12 recipes."),
        ("en", "How to increase sales by 30% in six months"),
        ("fr", "Ouvert 24 heures sur 24, à 100\u00a0% artisanal."),
        ("fr", "Visez 30\u00a0% de farine complète."),
        ("fr", "Un bon levain doit représenter 20\u00a0% de la pâte."),
        ("fr", "L'objectif est une hausse de 15\u00a0% des ventes."),
        ("fr", "Le forfait coûte 49\u00a0€ par mois, soit une remise de 20\u00a0%."),
        ("fr", "Nous avons augmenté nos ventes de 40\u00a0% l'an dernier."),
        ("fr", "Imaginons que 40\u00a0% des clients reviennent."),
        ("fr", "Les trois étapes durent 10 minutes depuis 2019."),
    ],
)
def test_what_states_no_fact_about_the_world_is_left_alone(language: str, text: str) -> None:
    assert found(text, language) == []


CLAIM = "In most towns, 61% of bakers work at night"


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIM} ([report](https://example.org/night-work)).",
        f"[{CLAIM}](/studies/night-work).",
        f"{CLAIM}.[^1]\n\n[^1]: Night work, 2024.\n",
        f"{CLAIM} (Bakers' Federation, 2024).",
        f"{CLAIM} (source: labour office).",
        f"According to the Bakers' Federation, {CLAIM}.",
        f"Gartner found that {CLAIM}.",
        f"{CLAIM} [@smith2024].",
        f"The labour office publishes [figures](https://example.org/figures/2024):\n\n- {CLAIM}\n- Bread rises.\n",
        f"- {CLAIM}\n- Bread rises.\n\nSource: Bakers' Federation, 2024.\n",
        f"> {CLAIM}.\n\n(Source: Ministry of Labour)\n",
        f'<p>{CLAIM} (<a href="https://example.org/night-work">study</a>).</p>\n',
        f"Our survey had 900 respondents. Most respondents are bakers.\n\n## Results of respondents\n\n{CLAIM}.\n",
    ],
)
def test_a_source_beside_the_figure_supports_it(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{CLAIM}.[^1]\n",
        f"{CLAIM}. See [our site](https://example.org/).",
        f"{CLAIM}. [Contact us](https://example.org/contact) today.",
        f"{CLAIM}. [Back to top](#top)",
        f"{CLAIM}. [Broken](http://[) link.",
        f"Some studies show it: {CLAIM.lower()}.",
        f"{CLAIM}.\n\n## Elsewhere\n\nBread rises.\n\nAccording to the Bakers' Federation, bread rises.\n",
        f"{CLAIM}.\n\n![Photo](https://example.org/photo.jpg)\n",
    ],
)
def test_what_cannot_be_the_source_does_not_support(text: str) -> None:
    assert len(found(text)) == 1


OTHER = "Gartner found that 12% of mills are old"


@pytest.mark.parametrize(
    "text",
    [
        f"{OTHER}. {CLAIM}.",
        f"{OTHER}.\n\n{CLAIM}.\n",
        f"{CLAIM}. Photo by [Jane](https://unsplash.com/photos/oven).",
        f"{CLAIM}.\n\nPhoto by [Jane](https://unsplash.com/photos/oven)\n",
        f"Teams using Acme report growth:\n\n- {CLAIM}\n",
        f"Customer data tells it. {CLAIM}.",
    ],
)
def test_the_source_of_another_thing_does_not_support(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{OTHER}. Of these mills, 40% stand still in most towns, and millers mostly know it.",
        f"{CLAIM} ([study](https://example.org/night)).\n\n## Again\n\nBread rises.\n\nThat 61% of bakers work at "
        "night in most towns tells much.\n",
        f"The labour office reports on night work ([figures](https://example.org/night)). {CLAIM}.",
        f"Bread rises. {CLAIM}. This comes from the [night report](https://example.org/night).",
    ],
)
def test_a_source_reaches_what_goes_on_about_its_figures(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "message", "source"),
    [
        (f"{CLAIM}.[^1]", "undefined-note", "1"),
        (f"{CLAIM} ([us](https://example.org/)).", "home-page", "https://example.org/"),
        (f"{CLAIM}. [Book a demo](https://example.org/demo)", "call-to-action", "https://example.org/demo"),
        (f"Studies show that {CLAIM}.", "vague-source", "Studies show"),
    ],
)
def test_the_finding_says_why_nothing_near_is_a_source(text: str, message: str, source: str) -> None:
    (match,) = found(text)
    assert (match.message, match.values["source"]) == (message, source)


def test_the_finding_tells_what_made_it_likely() -> None:
    (match,) = found("Ordering software cuts waste by 40% on average.")
    assert match.values["figures"] == ["40%"]
    assert match.values["signs"]["said average"] > 0


@pytest.mark.parametrize(
    ("head", "marks"),
    [
        ("title: Bread\ndescription: Ovens cut costs by 40% on average.\n", ["40%"]),
        ('description: "Ovens cut costs by 40% on average."\n', ["40%"]),
        ("description: >-\n  Ovens cut costs\n  by 40% on average.\n", [">-\n  Ovens cut costs\n  by 40% on average."]),
        ("title: Cut costs by 40% on average\nogTitle: Cut costs by 40% on average | Us\n", ["40%"]),
        ("faq:\n  - q: Why?\n    a: Ovens cut costs by 40% on average.\n", ["40%"]),
        ("secret: Ovens cut costs by 40% on average.\n", []),
        ("description: Gartner found that ovens cut costs by 40% on average.\n", []),
        ("description: Set the oven to 40% of its power.\n", []),
    ],
)
def test_values_of_the_front_matter_are_read_where_readers_see_them(head: str, marks: list[str]) -> None:
    text = f"---\n{head}---\nBread rises.\n"
    document = Document("page.md", text, Conventions(keys=profiles.load("plain").keys, language="en"))
    assert [match.span.of(text) for match in unsupported_statistic(document, Options())] == marks


def test_a_figure_of_the_description_that_the_text_gives_a_source_for_is_left_alone() -> None:
    body = "In 2024, ovens cut costs by 40% on average ([study](https://example.org/ovens)).\n"
    text = f"---\ndescription: Modern ovens cut costs by 40% on average.\n---\n{body}"
    document = Document("page.md", text, Conventions(keys=profiles.load("plain").keys, language="en"))
    assert list(unsupported_statistic(document, Options())) == []


def test_one_finding_a_sentence_from_its_first_quantity_to_the_last_one_near() -> None:
    text = "Bakers **save 40%** of flour and 12% of water. On average, 30% of bread is lost."
    assert marked(text) == ["40%** of flour and 12%", "30%"]


def test_the_finding_quotes_the_quantity_and_what_it_is_of() -> None:
    (match,) = found("Le logiciel garantit 340\u00a0% de ROI moyen dès la première année.", "fr")
    assert match.values["quote"] == "340\u00a0% de ROI moyen"
    assert match.message == "found"
    assert match.confidence is not None
    assert 0.55 <= match.confidence <= 1


def test_a_hint_at_a_source_that_names_nobody_is_quoted() -> None:
    (match,) = found("Une étude récente révèle que 61\u00a0% des boulangers travaillent la nuit.", "fr")
    assert (match.message, match.values["source"]) == ("vague-source", "Une étude récente révèle")


def test_escaped_and_styled_money_is_placed_in_the_file() -> None:
    text = "The bread market is worth **\\$34 trillion**.\r\n"
    assert marked(text) == ["\\$34 trillion"]


def test_the_heading_says_that_figures_are_goals() -> None:
    item = "- Sales increase of 30%\n"
    assert len(found(f"## Results seen everywhere\n\n{item}")) == 1
    assert found(f"## Goals for next year\n\n{item}") == []


def test_the_threshold_is_an_option() -> None:
    text = "Automated ordering: 35% fewer unsold loaves."
    assert found(text, minimum_confidence=0.95) == []
    assert len(found(text, minimum_confidence=0.3)) == 1


def test_a_language_without_words_for_claims_gives_nothing() -> None:
    assert found("61 % der Bäcker arbeiten nachts.", "de") == []


def test_code_holds_no_claims() -> None:
    assert found("Use `80% of users` here.\n\n    80% of users fail on average\n\n```\n80% of users fail\n```\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 20_000,
        "9" * 20_000 + "%",
        "50% of " * 5_000,
        "(" * 20_000 + "2024",
        "a-" * 20_000,
        f"{CLAIM}. " * 1_000,
        f"{CLAIM}. Gartner found that 12% of mills are old. " * 500,
        f"{CLAIM}[^1]. [Us](https://example.org/) here. " * 500,
        "".join(f"In {n} towns, {n}% of bakers work (Smith, 2024).\n\n{CLAIM}.\n\n" for n in range(500)),
    ],
)
def test_hostile_text_is_read(text: str) -> None:
    assert isinstance(found(text), list)


def test_a_citation_of_pandoc_is_a_source() -> None:
    def statistics(citation: str) -> int:
        text = f"Nearly 62% of bakers knead at night {citation}.\n"
        conventions = Conventions(language="en", dialects=frozenset({"pandoc"}))
        return len(list(unsupported_statistic(Document("page.qmd", text, conventions), Options())))

    assert [statistics(citation) for citation in ("[@baker, p. 3]", "as @baker says", "at home")] == [0, 0, 1]
