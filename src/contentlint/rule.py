"""A rule is a page: its front matter defines it, its body documents it, its examples test it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from contentlint import resources
from contentlint.diagnostic import Severity

if TYPE_CHECKING:
    from contentlint.source.front_matter import FrontMatter

ENGINE = "engine"
"""The ``check`` of rules whose findings come from the engine itself (``file/``, ``suppressions/``)."""

AUDIENCES = ("redaction", "juridique", "seo", "integration")
"""Who acts on a finding, in the order of the first screen."""

Wording = Mapping[str, str]
"""A sentence by language."""


class RuleError(ValueError):
    """A rule page that defines no rule. ``path`` is the page, ``line`` where it goes wrong, 1-based."""

    def __init__(self, path: Path, message: str, line: int = 1) -> None:
        super().__init__(f"{path}:{line}: {message}")
        self.path = path
        self.line = line


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked of content, and how to say that it is not so."""

    id: str
    summary: Wording
    check: str
    severity: Severity
    default: bool
    """Whether the rule runs when the config does not name it."""
    messages: Mapping[str, Wording]
    advice: Wording
    fold: Wording
    """One line for all findings of the rule together; ``{count}`` is how many there are."""
    audience: str
    options: Mapping[str, Any] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    """The languages of the pages that the rule is for; empty means all."""
    tags: tuple[str, ...] = ()
    since: str = ""
    aliases: tuple[str, ...] = ()
    """Former ids, which configs and suppressions may still name."""
    path: Path = Path()
    body: str = ""

    @property
    def pack(self) -> str:
        """The first part of the id: ``images`` of ``images/missing-file``."""
        return self.id.split("/", 1)[0]

    def message(self, name: str) -> Wording:
        """The message of that name; the summary where the page has none, for a finding must not be lost."""
        return self.messages.get(name, self.summary)


def read_pack(folder: Path, *, verify: bool = True) -> dict[str, Rule]:
    """All rules whose pages are below a folder, by id. Raises RuleError for a page that defines none."""
    rules = {}
    for page in sorted(folder.glob("*/*.md")):
        rule = read(page, f"{page.parent.name}/{page.stem}", verify=verify)
        rules[rule.id] = rule
    return rules


def read(page: Path, rule_id: str, *, verify: bool = True) -> Rule:
    """The rule that a page defines. Raises RuleError.

    Without ``verify`` the page is taken to be valid against ``schemas/rule.schema.json``: our tests see to ours.
    """
    from contentlint.source import front_matter

    text = page.read_text(encoding="utf8")
    matter = front_matter.read(text)
    for problem in matter.problems:
        line = text.count("\n", 0, problem.span.start) + 1
        raise RuleError(page, problem.reason, line)
    data = matter.data
    if verify:
        _verify(page, text, matter)
    try:
        return Rule(
            id=rule_id,
            summary=_wording(data["summary"]),
            check=data["check"],
            severity=Severity.parse(data["severity"]),
            default=data.get("default", True) is True,
            messages={name: _wording(wording) for name, wording in data["messages"].items()},
            advice=_wording(data["advice"]),
            fold=_wording(data.get("fold") or data["summary"]),
            audience=data["audience"],
            options=data.get("options") or {},
            languages=tuple(data.get("languages") or ()),
            tags=tuple(data.get("tags") or ()),
            since=str(data.get("since", "")),
            aliases=tuple(data.get("aliases") or ()),
            path=page,
            body=text[matter.span.end :],
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise RuleError(page, f"a value has the wrong type ({error})") from error


def _verify(page: Path, text: str, matter: FrontMatter) -> None:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    schema = json.loads((resources.folder("schemas") / "rule.schema.json").read_text(encoding="utf8"))
    error = best_match(Draft202012Validator(schema).iter_errors(matter.data))
    if error is None:
        return
    entry = matter.get(tuple(error.absolute_path)) if error.absolute_path else None
    line = text.count("\n", 0, entry.span.start) + 1 if entry else 1
    raise RuleError(page, f"{entry.name}: {error.message}" if entry else error.message, line)


def _wording(value: str | Wording) -> Wording:
    return {"en": value} if isinstance(value, str) else value


def worded(wording: Wording, language: str) -> str:
    """A wording in that language, else in English, else in whatever language it exists."""
    return wording.get(language) or wording.get("en") or next(iter(wording.values()), "")
