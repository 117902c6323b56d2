"""`contentlint explain --why`: why a line is reported, or is not."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from contentlint import locale as locales
from contentlint import why
from contentlint.cli import group
from contentlint.cli.explain import _sign
from contentlint.linter import Request
from contentlint.source import claims

PAGE = """---
title: Chatbots
lang: fr
---
# Chatbots

Selon [l’Insee](https://www.insee.fr/fr/statistiques/123), 12 % des entreprises utilisent l’IA.

Rien à compter ici.

## Usages

Aujourd’hui, 73 % des entreprises utilisent déjà un chatbot.
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / ".git").mkdir()
    (tmp_path / "page.md").write_text(PAGE, encoding="utf8")
    monkeypatch.chdir(tmp_path)
    return "page.md"


def explained(*arguments: str) -> tuple[str, int]:
    result = CliRunner().invoke(group, ["explain", *arguments])
    return result.output, result.exit_code


def test_a_reported_figure_is_told_with_what_made_it_likely(page: str) -> None:
    output, code = explained("--why", f"{page}:13", "--lang", "fr")
    assert code == 0
    assert "claims/unsupported-statistic" in output
    assert (
        "« Aujourd’hui, 73 % des entreprises utilisent déjà un chatbot. »".replace("« ", "«\u00a0").replace(
            " »", "\u00a0»"
        )
        in output
    )
    assert "une part de personnes ou d’entreprises" in output
    assert "Pas de source à proximité" in output


def test_a_figure_with_a_source_is_told_with_its_source(page: str) -> None:
    output, _ = explained("--why", f"{page}:7", "--lang", "en")
    assert "Nothing is reported on this line." in output
    assert "Source: https://www.insee.fr/fr/statistiques/123" in output


def test_the_weights_that_are_told_add_up_to_the_likelihood(page: str) -> None:
    account = why.account(Request(), page, 13)
    (sentence,) = account.sentences
    (figure,) = sentence.figures
    assert claims.likelihood(sign.name for sign in figure.signs) == pytest.approx(figure.likelihood)


def test_a_line_without_figures_says_so(page: str) -> None:
    output, _ = explained("--why", f"{page}:9", "--lang", "en")
    assert "No figure on this line." in output


def test_a_page_in_an_unknown_language_says_so(page: str) -> None:
    Path(page).write_text("73 %\n", encoding="utf8")
    assert "Figures are not read here" in explained("--why", f"{page}:1", "--lang", "en")[0]


def test_a_page_that_the_rule_does_not_look_at_says_so(page: str) -> None:
    Path("contentlint.toml").write_text('[rules]\n"claims/*" = "off"\n', encoding="utf8")
    output, _ = explained("--why", f"{page}:13", "--lang", "en")
    assert "claims/unsupported-statistic does not look at this page" in output


@pytest.mark.parametrize("place", ["page.md", "page.md:", ":3", "page.md:x", "page.md:0", "none.md:3"])
def test_a_place_that_is_none_is_an_error(page: str, place: str) -> None:
    output, code = explained("--why", place)
    assert code == 2
    assert "Traceback" not in output


@pytest.mark.parametrize("arguments", [[], ["claims/unsupported-statistic", "--why", "page.md:3"]])
def test_a_rule_or_a_line_is_explained(page: str, arguments: list[str]) -> None:
    assert explained(*arguments)[1] == 2


def test_nothing_on_a_page_can_steer_the_terminal(page: str) -> None:
    Path(page).write_text(
        "---\nlang: en\n---\nToday 73% of companies \x1b[31muse\x1b[0m bots already.\n", encoding="utf8"
    )
    output, _ = explained("--why", f"{page}:4")
    assert "73%" in output
    assert "\x1b" not in output


@pytest.mark.parametrize("code", locales.known())
def test_every_sign_is_told_in_words(code: str) -> None:
    locale = locales.load(code)
    assert [name for name in claims.weights() if name != "bias" and _sign(name, locale) == name] == []
