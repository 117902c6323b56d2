"""Bytes to text and back: encoding, byte order mark, limits. The one place that opens the files of a site."""

from __future__ import annotations

import codecs
import os
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contentlint.span import Span

MAX_SIZE = 5 * 1024 * 1024
"""Bytes of a page. The longest of 13,900 real pages has 0.5 MB; what is longer is data or a mistake."""

_BOM = codecs.BOM_UTF8
# The longer first: UTF-32 in little endian begins with the mark of UTF-16.
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_ESCAPED = re.compile("[\udc80-\udcff]+")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"
_SAMPLE = 8000
"""Bytes at the start of a file that tell text from binary data, as git does with its first 8,000."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """What is wrong with a file as a file.

    ``kind`` is ``invalid-utf8``, ``utf-16`` (UTF-32 too), ``nul``, ``binary`` or ``too-large``; of a file that cannot
    be read, ``unreadable`` or ``not-a-file``.
    """

    kind: str
    span: Span
    reason: str
    offset: int | None = None
    """The first byte concerned, counted from 0 with the byte order mark."""
    values: Mapping[str, float | str] = field(default_factory=dict)
    """What the reason is made of, to word it in any language: ``offset``, ``count``, ``size`` and ``limit`` in
    megabytes, ``encoding``."""


class Unreadable(OSError):  # noqa: N818 - a state of the file, not a fault of the program
    """A file that cannot be read, or is not worth it; ``problem`` says why."""

    def __init__(self, problem: FileProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as text. Bytes that are not UTF-8 are kept as surrogate escapes (PEP 383)."""

    text: str
    """Without the byte order mark; line endings as they are. Empty where the file is no text or too large."""
    bom: bool = False
    """Whether the file begins with the byte order mark of UTF-8."""
    problems: tuple[FileProblem, ...] = ()
    encoding: str = "utf-8"

    @property
    def fixable(self) -> bool:
        """Whether the file may be written back: never where its bytes are in doubt."""
        return not self.problems

    def encode(self, text: str) -> bytes:
        """The bytes of an edited text in the file's own form. Raises ValueError where the file gave no text."""
        if any(problem.kind in ("binary", "too-large") for problem in self.problems):
            raise ValueError("the file was not read as text")
        for mark, encoding, _ in _WIDE:
            if encoding == self.encoding:
                return mark + text.encode(encoding, "surrogatepass")
        return (_BOM if self.bom else b"") + text.encode("utf-8", "surrogateescape")


def read_bytes(path: str | os.PathLike[str], limit: int = MAX_SIZE) -> bytes:
    """The content of a regular file of at most ``limit`` bytes. Never blocks on a pipe. Raises Unreadable."""
    try:
        # Without O_NONBLOCK, opening a FIFO waits for its writer.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | _BINARY)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise Unreadable(_unreadable(path, error)) from error
    try:
        with os.fdopen(descriptor, "rb") as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise Unreadable(FileProblem("not-a-file", Span(0, 0), "not a regular file"))
            if status.st_size > limit:
                raise Unreadable(_too_large(status.st_size, limit))
            data = stream.read(limit + 1)
    except Unreadable:
        raise
    except OSError as error:
        raise Unreadable(_unreadable(path, error)) from error
    if len(data) > limit:
        raise Unreadable(_too_large(len(data), limit))
    return data


_BINARY = getattr(os, "O_BINARY", 0)


def decode(data: bytes, limit: int = MAX_SIZE) -> SourceText:
    """The text of a file's bytes. Never raises: what is wrong is among the problems."""
    if len(data) > limit:
        return SourceText("", problems=(_too_large(len(data), limit),))
    for mark, encoding, name in _WIDE:
        if data.startswith(mark):
            return _wide(data, mark, encoding, name)
    bom = data.startswith(_BOM)
    body = data[len(_BOM) :] if bom else data
    if _is_binary(body):
        return SourceText("", bom, (FileProblem("binary", Span(0, 0), "not a text file", 0),))
    text = body.decode("utf-8", "surrogateescape")
    problems = []
    if match := _ESCAPED.search(text):
        problems.append(_invalid(text, match, len(_BOM) if bom else 0))
    if (nul := text.find("\0")) >= 0:
        offset = len(text[:nul].encode("utf-8", "surrogateescape")) + (len(_BOM) if bom else 0)
        problems.append(
            FileProblem("nul", Span(nul, nul + 1), f"a NUL character at byte {offset}", offset, {"offset": offset})
        )
    return SourceText(text, bom, tuple(problems))


def _wide(data: bytes, mark: bytes, encoding: str, name: str) -> SourceText:
    """UTF-16 and UTF-32 are decoded, so that what else is found in the page has its place; no generator reads them."""
    problem = FileProblem("utf-16", Span(0, 0), f"{name}, not UTF-8", 0, {"encoding": name})
    try:
        text = data[len(mark) :].decode(encoding, "surrogatepass")
    except UnicodeDecodeError:
        return SourceText("", problems=(problem, FileProblem("binary", Span(0, 0), "not a text file", 0)))
    return SourceText(text, problems=(problem,), encoding=encoding)


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    # One stray NUL is a finding in a text; a tenth of control characters is an image or an archive.
    return b"\0" in sample and 10 * (len(sample) - len(sample.translate(None, _CONTROLS))) > len(sample)


def _invalid(text: str, match: re.Match[str], mark: int) -> FileProblem:
    offset = mark + len(text[: match.start()].encode("utf-8"))
    count = sum(len(run[0]) for run in _ESCAPED.finditer(text))
    first = ord(match[0][0]) - 0xDC00
    reason = f"byte {offset} (0x{first:02X}) is not UTF-8" + (f", and {count - 1} more" if count > 1 else "")
    return FileProblem("invalid-utf8", Span(*match.span()), reason, offset, {"offset": offset, "count": count})


def _too_large(size: int, limit: int) -> FileProblem:
    reason = f"{size / 1e6:.1f} MB, more than the limit of {limit / 1e6:.1f} MB"
    return FileProblem("too-large", Span(0, 0), reason, None, {"size": size / 1e6, "limit": limit / 1e6})


def _unreadable(path: str | os.PathLike[str], error: OSError | ValueError) -> FileProblem:
    kind = "not-a-file" if isinstance(error, IsADirectoryError) or _is_folder(path) else "unreadable"
    reason = getattr(error, "strerror", None) or str(error)
    return FileProblem(kind, Span(0, 0), reason)


def _is_folder(path: str | os.PathLike[str]) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False
