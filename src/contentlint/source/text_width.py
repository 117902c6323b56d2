"""How wide a line of text is on the screen, in Arial: what decides where a search engine cuts a title.

The widths are data (``arial_widths.toml``); kerning, which narrows a title by about one per cent, is left out.
"""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache

from contentlint.resources import package_file

ELLIPSIS = "…"


def width(text: str, font_size: float) -> float:
    """The width of one line of text in pixels, at a font size in pixels."""
    units, advances = _arial()
    return sum(_advance(char, advances, units) for char in text) * font_size / units


def shown(text: str, font_size: float, room: float) -> str:
    """What is seen of a text in a room of that many pixels: all of it, or whole words and an ellipsis.

    A first word that does not fit is cut inside.
    """
    if width(text, font_size) <= room:
        return text
    units, advances = _arial()
    left = (room - width(ELLIPSIS, font_size)) * units / font_size
    fitting = 0
    for char in text:
        left -= _advance(char, advances, units)
        if left < 0:
            break
        fitting += 1
    kept = text[:fitting]
    if not text[fitting : fitting + 1].isspace():
        whole_words = kept.rpartition(" ")[0]
        kept = whole_words or kept
    return kept.rstrip(" \u00a0,;:–—-|·(«“") + ELLIPSIS


@cache
def _arial() -> tuple[int, dict[str, int]]:
    data = tomllib.loads(package_file("source", "arial_widths.toml").read_text(encoding="utf8"))
    return data["units"], {char: int(units) for units, chars in data["widths"].items() for char in chars}


def _advance(char: str, advances: dict[str, int], units: int) -> int:
    """The width in font units. What Arial lacks comes from another font: East Asian letters and emoji fill the em."""
    known = advances.get(char)
    if known is not None:
        return known
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return units
    return advances["n"]


def ending(text: str, words: int = 5) -> str:
    """The last words of a text, enough to show where it is cut; without the ellipsis."""
    return " ".join(text.removesuffix(ELLIPSIS).split(" ")[-words:])
