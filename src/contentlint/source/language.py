"""Which language a page is written in, and what contentlint knows of that language: ``languages/<code>.toml``."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from contentlint.resources import package_file

if TYPE_CHECKING:
    from contentlint.source.document import Conventions
    from contentlint.source.front_matter import FrontMatter
    from contentlint.source.prose import Run

UNDETERMINED = "und"
"""The code of a language that is not known, as in BCP 47."""

FIELDS = ("lang", "language", "locale")
"""The front-matter keys that name a page's language."""


@dataclass(frozen=True, eq=False)
class Language:
    """What differs by language. All of it is data; the languages that exist are the files that exist."""

    code: str
    names: tuple[str, ...] = ()
    """What people call it in front matter, besides its code: ``french``, ``français``."""
    function_words: frozenset[str] = frozenset()
    """Frequent words that tell it from other languages, in lower case."""
    least_share: float = 0.10
    """The least share of these among the words of a text in the language. Measured on the pages of 28 sites whose
    folders tell their language: pages in 12 other languages have at most 9 % (French words in Italian), 98 % of the
    English and French ones of 40 words and more have at least 10 %; English lists of noun phrases have 6 %."""
    abbreviations: frozenset[str] = frozenset()
    """What is written with a full stop that ends no sentence; with a capital (``Dr``) only as written."""
    number_abbreviations: frozenset[str] = frozenset()
    """The same, only where a number follows: ``p. 12``."""
    elisions: frozenset[str] = frozenset()
    """What is joined to the next word by an apostrophe, without the apostrophe: ``l``, ``qu``."""
    clitics: tuple[str, ...] = ()
    """What is joined to the end of a word without being part of it: ``'s``."""
    endings: tuple[str, ...] = ()
    """Endings of inflected forms whose plain form stands for them in a word list."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """What may be written in two ways, and the way that word lists have: ``i`` for ``î``, ``our`` for ``or``."""
    words_per_minute: int = 184
    """How fast adults read prose silently; 184 is the mean of 17 languages of the IReST study (IOVS 53, 2012)."""
    readability: Mapping[str, str] | None = None
    """What syllables are made of: ``vowels``, and expressions for ``mute-endings`` and ``hiatus``."""
    vocabularies: Mapping[str, frozenset[str]] = field(default_factory=dict)
    picture_kinds: tuple[frozenset[str], ...] = ()
    """What pictures show, by the words that may be said of one and the same (``team``, ``colleagues``). After ``^`` a
    word counts at the beginning of a text only."""
    claims: Mapping[str, Any] = field(default_factory=dict)
    """What the language says figures, sources and hedges with; read by the check of claims."""

    def vocabulary(self, name: str) -> frozenset[str]:
        """The words of a list by its name, in lower case; empty where the language has no such list."""
        return self.vocabularies.get(name, frozenset())

    def abbreviates(self, token: str, *, before_number: bool = False) -> bool:
        """Whether a full stop after the token belongs to it and does not end the sentence."""
        forms = (token, token.lower())
        if before_number and any(form in self.number_abbreviations for form in forms):
            return True
        return any(form in self.abbreviations for form in forms)


@cache
def known() -> tuple[str, ...]:
    """The codes of the languages that contentlint knows."""
    return tuple(sorted(file.stem for file in package_file("languages").glob("*.toml")))


@cache
def load(code: str | None) -> Language:
    """The language of that code or name, regions ignored (``fr-CA``); for others one that knows no word."""
    code = normalise(code)
    if code not in known():
        return Language(code or UNDETERMINED)
    data = tomllib.loads(package_file("languages", f"{code}.toml").read_text(encoding="utf8"))
    return Language(
        code=code or UNDETERMINED,
        names=tuple(data["names"]),
        function_words=frozenset(data["detection"]["function-words"]),
        least_share=data["detection"].get("least-share", Language.least_share),
        abbreviations=frozenset(data["sentences"]["abbreviations"]),
        number_abbreviations=frozenset(data["sentences"]["abbreviations-before-number"]),
        elisions=frozenset(data["words"]["elisions"]),
        clitics=tuple(data["words"]["clitics"]),
        endings=tuple(data["words"]["endings"]),
        variants=data["words"]["variants"],
        words_per_minute=data["reading"]["words-per-minute"],
        readability=data.get("readability"),
        vocabularies={name: frozenset(entries) for name, entries in data.get("vocabulary", {}).items()},
        picture_kinds=tuple(frozenset(group) for group in data.get("pictures", {}).get("kinds", ())),
        claims=data.get("claims", {}),
    )


@cache
def _codes() -> frozenset[str]:
    file = package_file("source", "language_codes.toml")
    return frozenset(tomllib.loads(file.read_text(encoding="utf8"))["codes"])


@cache
def _codes_by_name() -> Mapping[str, str]:
    return {
        name: code
        for code in known()
        for name in tomllib.loads(package_file("languages", f"{code}.toml").read_text(encoding="utf8"))["names"]
    }


# fr, fr-FR, fr_FR.UTF-8, zh-Hans-CN
_TAG = re.compile(r"([a-z]{2})(?:[-_](?:[A-Za-z]{4}|[A-Za-z]{2}|\d{3})){0,2}(?:\.[\w-]{1,16})?", re.IGNORECASE)


def normalise(name: str | None) -> str | None:
    """The two-letter code of a language given as a tag (``fr-CA``) or by its name; None for what names none."""
    if name is None:
        return None
    name = name.strip()
    if (match := _TAG.fullmatch(name)) and match[1].lower() in _codes():
        return match[1].lower()
    return _codes_by_name().get(name.lower())


def of_page(front_matter: FrontMatter, path: str, conventions: Conventions, runs: Sequence[Run]) -> str | None:
    """The language of a page: what its front matter says, else its path, else the config, else its words.

    None where nothing tells.
    """
    declared = _of_front_matter(front_matter.data)
    if declared:
        return declared
    by_path = of_path(path)
    if by_path and by_path not in known():
        # The folder it/ may hold pages in Italian, or the pages of the department of IT.
        return of_text(runs, _WHOLE_PAGE) or by_path
    return by_path or normalise(conventions.language) or of_text(runs)


def _of_front_matter(data: Mapping[str, Any]) -> str | None:
    for key in FIELDS:
        value = data.get(key)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        if isinstance(value, str) and (code := normalise(value)):
            return code
    return None


def of_path(path: str) -> str | None:
    """The language that a path names: ``about.fr.md``, ``content/fr/about.md``, ``i18n/fr-CA/about.md``."""
    *folders, name = path.split("/")
    suffixes = name.split(".")[1:-1]
    for part in [*suffixes[-1:], *folders]:
        if (match := _TAG.fullmatch(part)) and part[:2].islower() and match[1] in _codes():
            return match[1]
    return None


_WHOLE_PAGE = 0.20
"""Their share on a page wholly in that language; quoted error messages reach less."""
_ENOUGH_EVIDENCE = 8
"""How many must be seen before the text may decide."""
_CLEARLY = 2
"""How many times as many as of any other language."""
_WORDS_READ = 500
# Scripts without spaces between words count by the character.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+'?")


def of_text(runs: Sequence[Run], least_share: float | None = None) -> str | None:
    """The language whose function words the text is full of; None for too little text, or for no known language.

    ``least_share`` replaces what each language asks for.
    """
    words: Counter[str] = Counter()
    for run in runs:
        words.update(_WORD.findall(run.text.lower().replace("’", "'")))
        if words.total() >= _WORDS_READ:
            break
    seen = {code: _function_words_in(words, load(code)) for code in known()}
    best = max(seen, key=lambda code: seen[code])
    others = max((count for code, count in seen.items() if code != best), default=0)
    share = load(best).least_share if least_share is None else least_share
    enough = seen[best] >= max(_ENOUGH_EVIDENCE, share * words.total())
    return best if enough and seen[best] >= _CLEARLY * others else None


def _function_words_in(words: Counter[str], language: Language) -> int:
    forms = {*language.function_words, *(f"{word}'" for word in language.function_words | language.elisions)}
    return sum(words[form] for form in forms)
