"""How wide text is, and what is left of it where it is cut."""

from __future__ import annotations

import pytest

from contentlint.source import text_width


def test_a_digit_is_as_wide_as_in_arial():
    # The digits of Arial are 1139 of 2048 units wide.
    assert text_width.width("2025", 20) == pytest.approx(4 * 1139 / 2048 * 20)


def test_wide_letters_count_for_more_than_narrow_ones():
    assert text_width.width("WWWW", 20) > 3 * text_width.width("iiii", 20)


def test_accents_cost_the_same_composed_and_decomposed():
    assert text_width.width("é", 20) == text_width.width("e\u0301", 20)


def test_characters_that_arial_lacks_fill_the_em():
    assert text_width.width("中", 20) == 20
    assert text_width.width("🚀", 14) == 14


def test_a_text_that_fits_is_shown_whole():
    assert text_width.shown("Our ovens", 20, 600) == "Our ovens"


def test_a_text_is_cut_after_a_whole_word_within_the_room():
    text = "How a small bakery in Lyon halved its energy bill in one winter without a loan"
    shown = text_width.shown(text, 20, 600)
    assert shown == "How a small bakery in Lyon halved its energy bill in one winter…"
    assert text_width.width(shown, 20) <= 600


def test_a_cut_leaves_no_punctuation_before_the_ellipsis():
    assert text_width.shown("Nos fours : électriques", 20, text_width.width("Nos fours : éle", 20)) == "Nos fours…"


def test_a_word_longer_than_the_room_is_cut_inside():
    shown = text_width.shown("Donaudampfschifffahrtsgesellschaft", 20, 100)
    assert shown.startswith("Donau")
    assert shown.endswith("…")


def test_the_end_of_a_cut_text_shows_where_it_is_cut():
    assert text_width.ending("one two three four five six seven eight nine…") == "five six seven eight nine"
    assert text_width.ending("one two") == "one two"
