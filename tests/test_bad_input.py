"""Whatever a page holds, it gives findings and costs no other page its own."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from conftest import Write
from contentlint import Report, lint, lint_text, page, registry
from contentlint.source.file import MAX_SIZE

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n" for level in range(1, 10)
)
MERGES = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 30))

BAD: dict[str, tuple[str | bytes, str, tuple[int, int]]] = {
    "Latin-1": (b"# Title\n\nCaf\xe9\n", "file/invalid-utf8", (3, 4)),
    "UTF-16": ("# Title\n".encode("utf-16"), "file/utf-16", (1, 1)),
    "NUL": (b"# Title\n\na\0b\n", "file/nul", (3, 2)),
    "binary": (bytes(range(256)) * 64, "file/binary", (1, 1)),
    "a line of 50 MB": ("a" * 50_000_000, "file/too-large", (1, 1)),
    "quotes nested too deep": (">" * 3000 + " words\n", "file/too-deep", (1, 1)),
    "front matter never closed": ("---\ntitle: A\n\n## \n", "front-matter/unclosed", (1, 1)),
    "front matter that is a list": ("---\n- a\n- b\n---\n", "front-matter/not-a-mapping", (2, 1)),
    "duplicate keys in YAML": ("---\ntitle: A\nseo:\n  x: 1\n  x: 2\n---\n", "front-matter/duplicate-key", (5, 3)),
    "duplicate keys in TOML": ('+++\ntitle = "A"\ntitle = "B"\n+++\n', "front-matter/duplicate-key", (3, 1)),
    "duplicate keys in JSON": ('{\n  "title": "A",\n  "title": "B"\n}\n\ntext\n', "front-matter/duplicate-key", (3, 3)),
    "alias bomb": (f"---\n{BOMB}---\n", "front-matter/too-complex", (6, 5)),
    "merge bomb": (f"---\n{MERGES}---\n", "front-matter/too-complex", (14, 16)),
    "nesting in YAML": ("---\na: " + "[" * 30_000 + "\n---\n", "front-matter/too-complex", (2, 67)),
    "nesting in TOML": ("+++\na = " + "[" * 30_000 + "\n+++\n", "front-matter/too-complex", (2, 1)),
    "nesting in JSON": ('{"a": ' + "[" * 30_000 + "\n}\n", "front-matter/too-complex", (1, 70)),
    "too much front matter": ("---\na: " + "b" * 300_000 + "\n---\n", "front-matter/too-large", (2, 1)),
    "alias to itself": ("---\na: &a [*a]\n---\n", "front-matter/too-complex", (2, 8)),
}


@pytest.mark.parametrize(("content", "rule", "place"), BAD.values(), ids=BAD)
def test_bad_page_is_a_finding(write: Write, content: str | bytes, rule: str, place: tuple[int, int]) -> None:
    write({"bad.md": content})
    report = lint(["bad.md"], select=["file", "front-matter"])
    assert [(one.rule, one.range.start[0]) for one in report.diagnostics] == [(rule, place[0])]
    assert report.diagnostics[0].range.start == place
    assert report.failures == ()


def test_one_bad_page_never_stops_the_others(write: Write) -> None:
    write({f"{number}-bad.md": content for number, (content, _, _) in enumerate(BAD.values())})
    write({"good.md": "##\n", "0.md": "##\n"})
    report = lint(["."])
    assert report.pages == len(BAD) + 2
    assert report.failures == ()
    assert {one.path for one in report.diagnostics if one.rule == "structure/empty-heading"} >= {"0.md", "good.md"}
    assert {one.rule for one in report.diagnostics} >= {rule for _, rule, _ in BAD.values()}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="whoever is root may read every file")
def test_page_that_may_not_be_read(write: Write) -> None:
    root = write({"a.md": "##\n", "secret.md": "##\n"})
    (root / "secret.md").chmod(0)
    report = lint(["."])
    assert {one.rule for one in report.diagnostics if one.path == "secret.md"} == {"file/unreadable"}
    assert [one.path for one in lint(["secret.md"]).failures] == ["secret.md"]


def test_names_that_are_no_utf8_or_hold_controls(write: Write) -> None:
    root = write({})
    for name in (b"bad\xff.md", b"new\nline.md", b"esc\x1b[31m.md"):
        Path(os.fsdecode(os.path.join(os.fsencode(root), name))).write_bytes(b"##\n")
    assert len(lint(["."], select=["structure/empty-heading"]).diagnostics) == 3


@pytest.mark.parametrize(
    "text", ["", "---", "---\n---", "\ufeff", "\r", "\0", "+++", "{", ";;;", "\ud800", "[", "<!--"]
)
def test_smallest_pages(text: str) -> None:
    data = text.encode("utf8", "surrogatepass")
    assert lint_text(data).failures == ()


# Our own faults


def test_check_that_breaks_costs_only_its_own_findings(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"a.md": "##\n\n![](x:y)\n"})
    load = registry.load_check

    def broken(name: str) -> object:
        if name == "empty-heading":
            raise RuntimeError("out of order")
        return load(name)

    monkeypatch.setattr(registry, "load_check", broken)
    report = lint(["a.md"], select=["structure/empty-heading", "images/missing-alt"])
    assert [one.rule for one in report.diagnostics] == ["images/missing-alt"]
    [failure] = report.failures
    assert (failure.path, failure.rule) == ("a.md", "structure/empty-heading")
    assert "out of order" in failure.message
    assert report.exit_code() == 2


def test_page_that_breaks_the_parser_costs_no_other_page(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write({"sub/a.md": "break\n", "sub/b.md": "##\n"})

    def document(path: str, text: str, conventions: object) -> object:
        if "break" in text:
            raise RecursionError("too deep")
        return Document(path, text, conventions)  # type: ignore[arg-type]

    from contentlint.source.document import Document

    monkeypatch.setattr(page, "Document", document)
    report = lint(["sub"], select=["structure/empty-heading"])
    assert [one.path for one in report.diagnostics] == ["sub/b.md"]
    assert [(one.path, one.message) for one in report.failures] == [("sub/a.md", "RecursionError: too deep")]


def dies(task: page.PageTask) -> page.PageResult:
    if task.data and b"kill" in task.data:
        os._exit(1)
    return lint_page(task)


lint_page = page.lint_page


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the fault is brought into the other process by a fork")
def test_process_that_dies_costs_only_the_page_that_killed_it(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    import multiprocessing

    from contentlint import executor

    monkeypatch.setattr(executor, "lint_page", dies)
    monkeypatch.setattr(executor, "ProcessPoolExecutor", forking)
    write({f"{number}.md": "##\n" for number in range(executor.BATCH + 3)} | {"kill.md": "kill\n"})
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork")) as pool:
        report: Report = lint(["."], select=["structure/empty-heading"], executor=pool)
    assert [one.path for one in report.failures] == ["kill.md"]
    assert len(report.diagnostics) == executor.BATCH + 3


def forking(workers: int) -> ProcessPoolExecutor:
    import multiprocessing

    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork"))


def test_limit_of_a_page_is_in_bytes(write: Write) -> None:
    write({"fits.md": "é" * (MAX_SIZE // 2), "not.md": "é" * (MAX_SIZE // 2) + "x"})
    assert [one.path for one in lint(["."], select=["file"]).diagnostics] == ["not.md"]
