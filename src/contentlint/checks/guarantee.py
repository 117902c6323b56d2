"""Promises of a result to whoever reads: « ROI garanti », “double your sales”, “money back”."""

from __future__ import annotations

import re
from collections.abc import Iterator

from contentlint.check import Match, NoOptions, check
from contentlint.checks import _claims
from contentlint.source import language
from contentlint.source.document import Document
from contentlint.source.prose import Sentence
from contentlint.source.quantities import Vocabulary, fold, vocabulary

_KINDS = ("result", "compliance", "refund", "multiple")
"""What is promised: the lists of a language, and the messages."""
_REACH = 40
"""Characters before a promise in which a word can unmake it: “we cannot in any way guarantee results”."""
_CLAUSE_END = re.compile(r"[,;:.!?()]\s|\s-\s|\n")


@check("guarantee", needs={"prose", "front-matter"})
def guarantee(document: Document, options: NoOptions) -> Iterator[Match]:
    """The first promise of a sentence; of a value of the front matter too (``field``), one that is there twice once.

    A question, a quotation and a negation promise nothing, nor does a word about the warranty of a product.
    """
    del options
    spoken = language.load(document.language)
    if not spoken.claims:
        return
    words = vocabulary(spoken)
    for sentence, key in _claims.sentences(document):
        if found := _promise(sentence, words):
            kind, start, end = found
            values = {"quote": sentence.text[start:end]}
            if key:
                values["field"] = key
            yield Match(sentence.run.span(sentence.start + start, sentence.start + end), kind, values)


def _promise(sentence: Sentence, words: Vocabulary) -> tuple[str, int, int] | None:
    """What the sentence promises first, and where."""
    folded = fold(sentence.text)
    if not words.said("promise-words").search(folded) or folded.rstrip(" »”\"'*_)").endswith("?"):
        return None
    found = [(match.start(), match.end(), kind) for kind in _KINDS for match in words.said(kind).finditer(folded)]
    for start, end, kind in sorted(found):
        clause = _CLAUSE_END.split(folded[max(0, start - _REACH) : start])[-1]
        unmade = any(
            words.said(name).search(clause) for name in ("promise-unless-before", f"{kind}-unless-before")
        ) or sentence.quotes(start)
        if not unmade:
            return None if words.said("promise-unless").search(folded) else (kind, start, end)
    return None
