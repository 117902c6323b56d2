"""Links by reference whose definition is missing: readers see the brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentlint.check import Match, NoOptions, check
from contentlint.source.document import Document
from contentlint.source.nodes import HtmlBlock
from contentlint.source.prose import Run

_FULL = re.compile(r"(?<![\w\])])!?\[(?![\s^@])([^\[\]]{2,300})\]\[(?![\s^@/!])([^\[\]]{2,200})\](?![\w\[(:])")
_WORD = re.compile(r"[^\W\d_]{2}")
# What may bring definitions from elsewhere, and names that mkdocs-autorefs finds on other pages.
_INCLUDES = re.compile(r"\binclude|--8<--|^\[abbreviations\]", re.IGNORECASE)
_DOTTED = re.compile(r"[A-Za-z_]\w*(?:(?:\.|::)\w+)+(?:\(\))?")


@check("undefined-reference", needs={"text"})
def undefined_reference(document: Document, options: NoOptions) -> Iterator[Match]:  # noqa: ARG001
    """``[text][label]``, a link or a picture, where no definition has that label; the short forms may be plain text.

    Pages that include others are left alone, for the definition may stand there; so are footnotes, citations and tags
    of forums (``[b][i]…[/i][/b]``).
    """
    if "][" not in document.text or any(_INCLUDES.search(one.span.of(document.text)) for one in document.mask.hidden):
        return
    if "--8<--" in document.text:
        return
    for run in document.prose:
        if isinstance(run.node, HtmlBlock) or "][" not in run.text:
            continue
        for match in _FULL.finditer(run.text):
            text, label = match[1], match[2]
            if _is_link(run, match) and not _DOTTED.fullmatch(label) and f"[/{label}]" not in run.text:
                yield Match(run.span(*match.span()), values={"text": text.strip(), "label": " ".join(label.split())})


def _is_link(run: Run, match: re.Match[str]) -> bool:
    """Whether both brackets hold words, and none of them is escaped."""
    brackets = (match.start(1) - 1, match.end(1), match.start(2) - 1, match.end(2))
    written = all((span := run.span(place, place + 1)).end - span.start == 1 for place in brackets)
    return written and bool(_WORD.search(match[1])) and bool(_WORD.search(match[2]))
