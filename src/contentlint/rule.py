"""A rule is a page: its front matter defines it, its body documents it, its examples test it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from contentlint.diagnostic import Severity

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


def read_pack(folder: Path) -> dict[str, Rule]:
    """All rules whose pages are below a folder, by id. Raises RuleError for a page that defines none."""
    rules = {}
    for page in sorted(folder.glob("*/*.md")):
        rule = read(page, f"{page.parent.name}/{page.stem}")
        rules[rule.id] = rule
    return rules


def read(page: Path, rule_id: str) -> Rule:
    """The rule that a page defines. Raises RuleError; the full contract is ``schemas/rule.schema.json``."""
    from contentlint.source import front_matter

    text = page.read_text(encoding="utf8")
    matter = front_matter.read(text)
    for problem in matter.problems:
        line = text.count("\n", 0, problem.span.start) + 1
        raise RuleError(page, problem.reason, line)
    data = matter.data
    missing = [key for key in ("summary", "check", "severity", "messages", "advice", "audience") if key not in data]
    if missing:
        raise RuleError(page, f"a rule page needs {', '.join(missing)}")
    try:
        return Rule(
            id=rule_id,
            summary=_wording(data["summary"]),
            check=data["check"],
            severity=Severity.parse(data["severity"]),
            default=data.get("default", "on") in ("on", True),
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


def _wording(value: str | Wording) -> Wording:
    return {"en": value} if isinstance(value, str) else value


def worded(wording: Wording, language: str) -> str:
    """A wording in that language, else in English, else in whatever language it exists."""
    return wording.get(language) or wording.get("en") or next(iter(wording.values()), "")
