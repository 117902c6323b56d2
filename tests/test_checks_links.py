"""What is said of addresses, references and calls to action, and of alternative texts."""

from __future__ import annotations

from typing import Any

import pytest

from contentlint import registry
from contentlint.check import Match
from contentlint.site import profile
from contentlint.source.document import Document


def matches(rule_id: str, text: str, generator: str = "plain", **options: Any) -> list[Match]:
    rule = registry.load().rules[rule_id]
    check = registry.load_check(rule.check)
    document = Document("content/a.md", text, profile.load(generator).conventions("content/a.md"))
    return list(check.run(document, registry.bind(check, {**rule.options, **options})))


def found(rule_id: str, text: str, generator: str = "plain", **options: Any) -> list[str]:
    """The text of each match."""
    return [match.span.of(text) for match in matches(rule_id, text, generator, **options)]


# Addresses by http


@pytest.mark.parametrize(
    "address",
    [
        "https://bread.fr",
        "http://localhost/a",
        "http://127.0.0.1/",
        "http://[::1]/",
        "http://bread.fr:8080/",
        "http://intranet/",
        "http://example.org/a",
        "http://www.example.com",
        "http://oven.local/",
        "http://{host}/a",
        "http://www.w3.org/2000/svg",
        "//bread.fr",
    ],
)
def test_http_is_right_where_no_public_host_is_meant(address: str):
    assert found("links/insecure", f"[a](<{address}>)\n") == []


def test_http_is_found_in_links_definitions_html_and_pictures():
    text = "[a](http://a.fr) [b][c] <http://d.fr/x> ![e](HTTP://f.fr/g.png) <a href='http://h.fr'>i</a>\n\n[c]: http://c.fr\n"
    assert set(found("links/insecure", text)) == {
        "http://a.fr",
        "http://c.fr",
        "http://d.fr/x",
        "HTTP://f.fr/g.png",
        "http://h.fr",
    }


def test_http_in_code_and_front_matter_is_no_link():
    assert (
        found("links/insecure", "---\nhomepage: http://a.fr\n---\n\n`http://b.fr`\n\n```\n[c](http://d.fr)\n```\n")
        == []
    )


def test_hosts_may_be_excepted():
    assert found("links/insecure", "[a](http://old.a.fr) [b](http://a.fr)\n", hosts=(".a.fr",)) == []


# Tracking parameters


def fixed(text: str) -> str:
    edits = [edit for one in matches("links/tracking-parameters", text) if one.fix for edit in one.fix.edits]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("?utm_source=x", ""),
        ("?utm_source=x#c", "#c"),
        ("?a=%C3%A9&utm_source=x", "?a=%C3%A9"),
        ("?utm_source=x&a=+", "?a=+"),
        ("?a=1&fbclid=x&b=2&gclid=y&c", "?a=1&b=2&c"),
        ("?a=1&amp;utm_id=x&amp;b=2#d", "?a=1&amp;b=2#d"),
        (r"?utm_source=x\&utm_term=y\&a=1", "?a=1"),
        ("?utm_source=x&#45;y&b=2", "?b=2"),
        ("?UTM_Source=x&a", "?a"),
        ("?a=1&&mc_cid=x&", "?a=1"),
    ],
)
def test_the_fix_removes_only_tracking_parameters(before: str, after: str):
    assert fixed(f"[a](https://a.fr/b{before} 'c')\n") == f"[a](https://a.fr/b{after} 'c')\n"


@pytest.mark.parametrize("query", ["?ref=menu", "?source=chat", "?a=utm_source", "?utmost=1", "#?utm_source=x", "?"])
def test_other_parameters_stay(query: str):
    assert found("links/tracking-parameters", f"[a](https://a.fr/{query})\n") == []


@pytest.mark.parametrize("source", ["ref=chatgpt.com", "utm_source=chatgpt.com", "utm_source=perplexity"])
def test_a_link_copied_from_an_assistant_says_so(source: str):
    [match] = matches("links/tracking-parameters", f"[a](https://a.fr/?{source})\n")
    assert match.message == "copied"
    assert match.values["source"] == source.partition("=")[2]


def test_a_page_about_tracking_may_show_it():
    assert found("links/tracking-parameters", "Add `utm_source`: [a](https://a.fr/?utm_source=x)\n") == []
    assert found("links/tracking-parameters", "[a](https://unsplash.com/@b?utm_source=x)\n") == []
    assert found("links/tracking-parameters", "[a](https://notunsplash.com/@b?utm_source=x)\n") == ["utm_source=x"]


# Definitions and references


def test_labels_are_compared_without_case_and_white_space():
    text = "[ẞ  b]: /a\n[SS B]: /c\n[ss b]: /a\n"
    second, third = matches("links/duplicate-definition", text)
    assert (second.message, third.message) == ("other", "same")
    assert second.related[0].span.of(text) == third.related[0].span.of(text) == "[ẞ  b]: /a"


def test_comments_written_as_definitions_may_repeat():
    assert found("links/duplicate-definition", "[//]: # (a)\n[//]: # (b)\n\n[note]: <> (a)\n[note]: <> (b)\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "matrix[row][column]",
        "[text][1] and [x][0]",
        "[text][] and [text]",
        "`[text][label]`",
        r"\[text\]\[label\]",
        r"[text]\[label]",
        "- [ ] [task][]",
        "- [x][done]",
        "[note][^label]",
        "[@one][@two]",
        "[[wiki]][[link]]",
        "[one][two](three)",
        "[quote][center]hello[/center][/quote]",
        "[Class][package.module.Class]",
        "<p>[text][label]</p>",
        "[text][label]\n\n{% include links.md %}",
        '[text][label]\n\n--8<-- "links.md"',
    ],
)
def test_what_only_looks_like_a_reference_is_none(text: str):
    assert found("links/undefined-reference", f"{text}\n", generator="jekyll") == []


def test_a_reference_without_definition_is_found_with_its_markup_and_over_lines():
    text = "See [*our\nflour*][the mill], ![an oven][oven].\n\n| a |\n|---|\n| [before][label] |\n\n[oven ]: /x\n"
    assert found("links/undefined-reference", text) == ["[*our\nflour*][the mill]", "[before][label]"]


# Alternative texts


@pytest.mark.parametrize(
    "alt",
    [
        "IMG_1234",
        "img-20250314-wa0001",
        "DSC_0042",
        "oven.JPG",
        "new_oven",
        "PXL_20250314_101112",
        "our-new-oven",
        "Capture d’e\N{COMBINING ACUTE ACCENT}cran 2021-01-27 à 09 59 29",
    ],
)
def test_file_names_are_no_alternative_texts(alt: str):
    assert found("images/alt-is-filename", f"![{alt}](</img/{alt.lower()}.png?w=2>)\n") == [alt]


@pytest.mark.parametrize(
    "alt", ["Oven", "e-commerce", "Open config.png in the editor", "{{ page.image }}", "image 1:1"]
)
def test_words_are_alternative_texts(alt: str):
    assert found("images/alt-is-filename", f"![{alt}](</img/{alt.lower()}.png>)\n", generator="jekyll") == []


def test_only_the_length_that_is_read_counts():
    text = f"![{'a ' * 62}b](c.png) ![{'a ' * 62}bc](c.png) <img src=c.png alt='{'é' * 126}'>\n"
    assert [match.values["characters"] for match in matches("images/alt-too-long", text)] == [126, 126]


# Calls to action

FILLER = "La pâte repose deux jours et le pain se garde une semaine dans un linge.\n\n" * 4


@pytest.mark.parametrize(
    "call",
    [
        "Une question ? {}Contactez-nous{}.",
        "Venez et {}prenez rendez-vous{} avec le meunier.",
        "**{}Réservez votre{} place**",
        "- {}Appelez-nous{} le matin.",
        "## {}Écrivez-nous{}\n\nNous lisons tout.\n\n## Suite\n\n[Lien](/a)",
    ],
)
def test_a_call_at_the_end_without_a_link_is_found(call: str):
    phrase = call.split("{}")[1]
    text = f"---\nlang: fr\n---\n\n{FILLER}{call.format('', '')}\n"
    assert found("links/call-to-action-without-link", text) == [phrase]


@pytest.mark.parametrize(
    "call",
    [
        "Contactez-nous : [formulaire](/contact).",
        "Contactez-nous : pain@example.org.",
        "Contactez-nous au 01 02 03 04 05.",
        "Contactez-nous au +33 1 02 03 04 05.",
        "Contactez-nous.\n\n[Formulaire](/contact)",
        "Contactez-nous.\n\n<button>Écrire</button>",
        "Contactez-nous.\n\n{{< formulaire >}}",
        "## Contactez-nous\n\nNous lisons tout.\n\nVoir [le formulaire](/contact).",
        "> Contactez-nous.",
        "Le bouton « Contactez-nous » est vert.",
        "`Contactez-nous`",
        "Contactez votre meunier.",
        "Ne contactez pas nous contactez.",
    ],
)
def test_a_call_that_can_be_followed_or_is_none_is_not_reported(call: str):
    text = f"---\nlang: fr\n---\n\n{FILLER}{call}\n"
    assert found("links/call-to-action-without-link", text, generator="hugo") == []


def test_before_the_last_third_only_bold_counts():
    assert found("links/call-to-action-without-link", f"---\nlang: fr\n---\n\nContactez-nous.\n\n{FILLER}") == []
    text = f"---\nlang: fr\n---\n\n**Contactez-nous.**\n\n{FILLER}"
    assert found("links/call-to-action-without-link", text) == ["Contactez-nous"]


def test_the_name_of_the_author_is_a_first_person():
    text = "---\nlang: fr\nauthor: {}\n---\n\n**Contactez Fournil pour un essai.**\n"
    assert found("links/call-to-action-without-link", text.format("Équipe Fournil")) == ["Contactez Fournil"]
    assert found("links/call-to-action-without-link", text.format("Ana")) == []
    assert found("links/call-to-action-without-link", text.format("Ana"), brands=("Fournil",)) == ["Contactez Fournil"]


def test_a_page_in_a_language_without_the_list_is_left_alone():
    assert found("links/call-to-action-without-link", "---\nlang: de\n---\n\n**Contact us**\n") == []
