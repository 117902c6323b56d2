"""The data at the top of a page: where it is, what it says, and the place of every key and value.

Detection and loading go through handlers in the sense of python-frontmatter (detect, split, load, export): its classes
are the extension point, the offsets and the limits are ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from frontmatter.default_handlers import BaseHandler

from contentlint.source import json, toml, yaml
from contentlint.source.values import Entry, Parsed, Problem
from contentlint.span import Span

__all__ = ["Entry", "FrontMatter", "Handler", "Problem", "handlers", "read", "second_block"]

Format = Literal["yaml", "toml", "json", "javascript"]
_NOWHERE = Span(0, 0)
# With these, every key is there all the same.
_HARMLESS = frozenset({"duplicate-key", "invalid-date", "unknown-tag", "control-character"})


class Block(NamedTuple):
    """Where a block of front matter is."""

    span: Span
    """From the opening fence to the end of the closing line, its line ending included; empty if it is never closed."""
    opening: Span
    content: Span
    closed: bool = True


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The front matter of a page. Without one, the spans are empty and stand at the start of the text."""

    format: Format | None = None
    span: Span = _NOWHERE
    """The whole block, fences and last line ending included: the body begins at its end.

    Empty where the block is never closed: then all of the text is body.
    """
    opening: Span = _NOWHERE
    """The opening fence: what is missing is reported there."""
    content: Span = _NOWHERE
    """Between the fences."""
    root: Entry | None = None
    """The mapping at the top; None if there is none, or nothing of it could be read."""
    problems: tuple[Problem, ...] = ()
    comments: tuple[Span, ...] = ()
    """The ``#`` comments of YAML and TOML, from the sign to the end of the line."""

    @property
    def present(self) -> bool:
        """Whether the author wrote front matter, be it empty, malformed or never closed."""
        return self.format is not None

    @property
    def complete(self) -> bool:
        """Whether all that the author wrote was read: only then is a key that is not found really missing."""
        return self.format != "javascript" and all(problem.kind in _HARMLESS for problem in self.problems)

    @property
    def data(self) -> dict[str, Any]:
        """The values as plain Python data. Of malformed front matter, what could be read."""
        return self.root.value if self.root else {}

    def get(self, path: str | Sequence[str | int]) -> Entry | None:
        """The entry of a key: ``title``, ``seo.metaTitle``, ``images[0]``, or a sequence of keys and indices.

        A key that has a dot of its own is found too, and wins. Of a key that is there twice, the last.
        """
        return self.root.get(path) if self.root else None

    def entries(self) -> Iterator[Entry]:
        """Every value at any depth in the order of the text, each once, where it is written."""
        return self.root.walk() if self.root else iter(())


def read(text: str) -> FrontMatter:
    """The front matter of a page's text (without byte order mark). Never raises: what is wrong is among the problems.

    Found are ``---`` (YAML, or what a word after it names), ``+++`` (TOML), ``;;;`` (JSON as Hexo wants it) and a bare
    JSON object (as Hugo wants it), after blank lines at most, closed by a line equal to the opening one; for YAML,
    ``...`` closes too. That is what Hugo, Jekyll, gray-matter and Astro have in common.
    """
    for handler in handlers():
        block = handler.block(text) if handler.detect(text) else None
        if block is not None:
            return _read_block(text, handler, block)
    return FrontMatter()


def _read_block(text: str, handler: Handler, block: Block) -> FrontMatter:
    if not block.closed:
        problem = Problem("unclosed", block.opening, f"no line {handler.END_DELIMITER} closes the front matter")
        return FrontMatter(handler.name, block.span, block.opening, block.content, None, (problem,))
    parsed = handler.read(text, block.content)
    root, problems = parsed.root, list(parsed.problems)
    if root is not None and root.kind != "map":
        if root.kind != "null" or root.tag:
            problems.append(Problem("not-a-mapping", root.span, f"a {_NAMES[root.kind]} where keys are expected"))
        root = None
    found = tuple(_comments(text, block.content, handler.comment, root)) if handler.comment else ()
    return FrontMatter(handler.name, block.span, block.opening, block.content, root, tuple(problems), found)


def _comments(text: str, content: Span, comment: re.Pattern[str], root: Entry | None) -> Iterator[Span]:
    places = [place for entry in (root.walk() if root else ()) for place in _scalar_places(entry)]
    scalars = iter(sorted(places))
    scalar = next(scalars, None)
    match = comment.search(text, content.start, content.end)
    while match:
        while scalar and scalar.end <= match.start():
            scalar = next(scalars, None)
        inside = scalar is not None and scalar.start <= match.start()
        if not inside:
            yield Span(match.start(), match.end())
        match = comment.search(text, scalar.end if inside and scalar else match.end(), content.end)


def _scalar_places(entry: Entry) -> Iterator[Span]:
    if entry.key_span:
        yield entry.key_span
    if entry.kind not in ("map", "list"):
        yield entry.span


_NAMES = {"list": "list", "str": "text"} | dict.fromkeys(("int", "float", "bool", "date", "datetime", "null"), "value")


# Where a block is

_BLANK_LINES = r"\A(?:[ \t]*(?:\r\n|\n|\r))*"
_REST = r"[ \t]*(?:(?=[\r\n])|\Z)"
_LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
# A key with a name of one word, as all site generators have: prose like "Note to self: ..." is none.
_YAML_KEY = re.compile(r"[ ]*(?:[\w.$@/-]+|\"[^\"\r\n]+\"|'[^'\r\n]+')[ \t]*:(?:[ \t]|$)")
_TOML_KEY = re.compile(r"[ \t]*(?:[\w\"'.-]+[ \t]*=|\[)")
_JSON_KEY = re.compile(r"[ \t]*(?:\{|\}|\"[^\"\r\n]*\"[ \t]*:)")


class Handler(BaseHandler):
    """A format of front matter between fences, or a bare object."""

    name: Format
    key: re.Pattern[str]
    """What a line with a key looks like: a rule across the page at its top is no fence."""
    ends: tuple[str, ...] = ()
    comment: re.Pattern[str] | None = None

    def block(self, text: str) -> Block | None:
        """Where the block is; None where the text only looks as if it had one."""
        opening = self._opening(text)
        if opening is None:
            return None
        first = _line_after(text, opening.end)
        for line, start, end in _lines(text, first):
            if line.rstrip(" \t") in self.ends:
                content = Span(first, start)
                if self._is_rule(text, content):
                    return None
                return Block(Span(opening.start, end), opening, content)
        if self._is_unclosed(text, first):
            return Block(Span(0, 0), opening, Span(opening.end, opening.end), False)
        return None

    def _opening(self, text: str) -> Span | None:
        assert self.FM_BOUNDARY is not None
        match = self.FM_BOUNDARY.match(text)
        return Span(*match.span(1)) if match else None

    def _is_rule(self, text: str, content: Span) -> bool:
        """Whether the two fences are thematic breaks: no key between them, and a blank line after the first.

        The blank line is Pandoc's rule. https://pandoc.org/MANUAL.html#extension-yaml_metadata_block
        """
        written = content.of(text)
        if not written.strip() or (written.lstrip(" \t") or "x")[0] not in "\r\n":
            return False
        return not any(self.key.match(line) or line.startswith(("#", "- ")) for line, _, _ in _lines(written, 0))

    def _is_unclosed(self, text: str, first: int) -> bool:
        """Whether what follows the only fence is data: a first paragraph that begins with a key."""
        keys = lines = 0
        set_off = False
        for line, _, _ in _lines(text, first):
            if not line.strip():
                if lines:
                    break
                set_off = True
                continue
            lines += 1
            keys += self.key.match(line) is not None
            if not keys and not line.startswith("#"):
                return False
        # After a blank line, one key may be prose with a colon under a rule across the page.
        return keys > set_off

    def read(self, text: str, content: Span) -> Parsed:
        """The data between the fences, with its places."""
        raise NotImplementedError

    def detect(self, text: str) -> bool:
        """Whether the text begins with such a block."""
        assert self.FM_BOUNDARY is not None
        return self.FM_BOUNDARY.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """What is between the fences, and the body, both letter for letter. Raises ValueError if there is no block."""
        block = self.block(text)
        if block is None or not block.closed:
            raise ValueError("no front matter that is closed")
        return block.content.of(text), text[block.span.end :]

    def load(self, fm: str) -> dict[str, Any]:
        """The data. Raises ValueError where it is malformed or no mapping."""
        parsed = self.read(fm, Span(0, len(fm)))
        if parsed.root is None and not parsed.problems:
            return {}
        serious = [problem for problem in parsed.problems if problem.kind not in _HARMLESS]
        if serious or parsed.root is None or parsed.root.kind not in ("map", "null"):
            raise ValueError(serious[0].reason if serious else "the front matter is no mapping")
        return dict(parsed.root.value or {})


class YamlHandler(Handler):
    """YAML between ``---`` lines; ``...`` closes too."""

    name = "yaml"
    FM_BOUNDARY = re.compile(_BLANK_LINES + r"(---(?:[ \t]*ya?ml)?)" + _REST)
    START_DELIMITER = END_DELIMITER = "---"
    key = _YAML_KEY
    comment = re.compile(r"(?<!\S)#[^\r\n]*")
    ends = ("---", "...")

    def read(self, text: str, content: Span) -> Parsed:
        """The data between the fences, with its places."""
        return yaml.read(text, content)

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """The data as YAML, keys in their order."""
        import yaml as pyyaml

        options: dict[str, Any] = {"sort_keys": False, "allow_unicode": True, "width": 1_000_000, **kwargs}
        return str(pyyaml.safe_dump(metadata, **options)).strip() if metadata else ""


class TomlHandler(Handler):
    """TOML between ``+++`` lines."""

    name = "toml"
    FM_BOUNDARY = re.compile(_BLANK_LINES + r"(\+\+\+)" + _REST)
    START_DELIMITER = END_DELIMITER = "+++"
    key = _TOML_KEY
    comment = re.compile(r"#[^\r\n]*")
    ends = ("+++",)

    def read(self, text: str, content: Span) -> Parsed:
        """The data between the fences, with its places."""
        return toml.read(text, content)

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """The data as TOML. What is null is left out: TOML has no word for it."""
        import tomli_w

        options: dict[str, Any] = dict(kwargs)
        return tomli_w.dumps(_without_null(metadata), **options).strip()


class NamedTomlHandler(TomlHandler):
    """TOML between ``---toml`` and ``---``, as gray-matter has it."""

    FM_BOUNDARY = re.compile(_BLANK_LINES + r"(---[ \t]*toml)" + _REST)
    START_DELIMITER = "---toml"
    END_DELIMITER = "---"
    ends = ("---",)


class JsonHandler(Handler):
    """JSON between ``;;;`` lines, with or without braces, as Hexo has it."""

    name = "json"
    FM_BOUNDARY = re.compile(_BLANK_LINES + r"(;;;)" + _REST)
    START_DELIMITER = END_DELIMITER = ";;;"
    key = _JSON_KEY
    ends = (";;;",)

    def read(self, text: str, content: Span) -> Parsed:
        """The data between the fences, with its places."""
        written = content.of(text).lstrip()
        if not written:
            return Parsed(None)
        return json.read(text, content, braces=written[0] in "{[")

    def export(self, metadata: dict[str, object], **kwargs: object) -> str:
        """The data as JSON."""
        import json as stdlib

        options: dict[str, Any] = {"indent": 2, "ensure_ascii": False, "default": str, **kwargs}
        return stdlib.dumps(metadata, **options)


class NamedJsonHandler(JsonHandler):
    """JSON between ``---json`` and ``---``, as gray-matter has it."""

    FM_BOUNDARY = re.compile(_BLANK_LINES + r"(---[ \t]*json)" + _REST)
    START_DELIMITER = "---json"
    END_DELIMITER = "---"
    ends = ("---",)


class ObjectHandler(JsonHandler):
    """A bare JSON object, as Hugo has it: its braces are the fences."""

    FM_BOUNDARY = re.compile(_BLANK_LINES + r"(\{)\s*(?:\"(?:[^\"\\\r\n]|\\.)*\"\s*:|\}" + _REST + ")")
    START_DELIMITER = END_DELIMITER = ""

    def block(self, text: str) -> Block | None:
        """Where the block is; None where the text only looks as if it had one."""
        opening = self._opening(text)
        if opening is None:
            return None
        end = json.end_of_object(text, opening.start)
        if end is None:
            return Block(Span(0, 0), opening, Span(opening.end, opening.end), False)
        line = _LINE.match(text, end)
        assert line is not None
        # The end of the line belongs to the block, unless the body begins there.
        rest = end if line[1].strip() else line.end()
        return Block(Span(opening.start, rest), opening, Span(opening.start, end))


class JavaScriptHandler(Handler):
    """A program between ``---js`` and ``---``, as gray-matter has it: it is found, never run, and gives no data."""

    name = "javascript"
    FM_BOUNDARY = re.compile(_BLANK_LINES + r"(---[ \t]*(?:js|javascript))" + _REST)
    START_DELIMITER = "---js"
    END_DELIMITER = "---"
    key = re.compile("")
    ends = ("---",)

    def read(self, text: str, content: Span) -> Parsed:  # noqa: ARG002 - the handlers' signature
        """Nothing."""
        return Parsed(None)


_HANDLERS: tuple[Handler, ...] = (
    YamlHandler(),
    TomlHandler(),
    ObjectHandler(),
    JsonHandler(),
    NamedJsonHandler(),
    NamedTomlHandler(),
    JavaScriptHandler(),
)


def handlers() -> tuple[Handler, ...]:
    """Our handlers, in the order in which they are tried."""
    return _HANDLERS


def _lines(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The lines from an offset on: text without ending, start, end with ending."""
    while start < len(text):
        match = _LINE.match(text, start)
        assert match is not None
        yield match[1], start, match.end()
        start = match.end()


def _line_after(text: str, offset: int) -> int:
    match = _LINE.match(text, offset)
    return match.end() if match else len(text)


def _without_null(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_null(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_null(item) for item in value if item is not None]
    return value


# A block that was pasted into the body

_CODE_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})(.*)")
_MAX_LINES = 100


def second_block(text: str, body: Span) -> Span | None:
    """The first block of front matter that stands in the body, where a page shows it as text; None if there is none.

    Two or more keys between ``---`` lines that read as a YAML mapping without fault, in no code block, set off by a
    blank line (else the first ``---`` underlines a heading or opens the data of a component).
    """
    fence = ""
    before = ""
    skip_to = body.start
    for line, start, end in _lines(text[: body.end], body.start):
        if start < skip_to:
            continue
        code = _CODE_FENCE.match(line)
        if fence:
            if code and code[1].startswith(fence) and not code[2].strip():
                fence = ""
        elif code and ("`" not in code[2] or code[1][0] == "~"):
            fence = code[1]
        elif line.rstrip(" \t") == "---" and not before.strip():
            content = _pasted(text[: body.end], end)
            if content is not None:
                return Span(start, _line_after(text, content.end))
        before = line
    return None


def _pasted(text: str, start: int) -> Span | None:
    keys = 0
    for count, (line, line_start, _) in enumerate(_lines(text, start)):
        if line.rstrip(" \t") == "---":
            content = Span(start, line_start)
            parsed = yaml.read(text, content) if keys > 1 else Parsed(None)
            is_mapping = parsed.root is not None and parsed.root.kind == "map" and not parsed.problems
            return content if is_mapping and parsed.root and len(parsed.root.children) > 1 else None
        is_key = _YAML_KEY.match(line) is not None and not line.startswith(" ")
        keys += is_key
        nested = line.startswith((" ", "\t", "- ", "-\t", "]", "}"))
        if count >= _MAX_LINES or not (is_key or (keys and nested) or line.startswith("# ")):
            return None
    return None
