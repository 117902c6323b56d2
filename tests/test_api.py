from __future__ import annotations

import inspect
import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import frontmatter
import pytest

import contentlint
from conftest import Write
from contentlint.locale import load
from contentlint.reporters import Context, render

PAGE = "---\ntitle: Bread\ntags:\n---\n\n##\n\n![](/home/martha/bread.png)\n"


def rules(report: contentlint.Report) -> list[str]:
    return [one.rule for one in report.diagnostics]


# The public face

PUBLIC = {
    "Applicability",
    "ConfigError",
    "Diagnostic",
    "Edit",
    "Failure",
    "Fix",
    "Position",
    "Range",
    "Related",
    "Report",
    "Severity",
    "Span",
    "__version__",
    "from_post",
    "lint",
    "lint_file",
    "lint_post",
    "lint_text",
    "to_post",
}


def test_public_names_are_promised() -> None:
    assert set(contentlint.__all__) == PUBLIC
    assert sorted(contentlint.__all__) == contentlint.__all__
    assert set(dir(contentlint)) >= PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC - {"__version__"}))
def test_public_name_is_there_and_documented(name: str) -> None:
    public = getattr(contentlint, name)
    assert inspect.getdoc(public)
    assert public.__name__ == name
    for member_name, member in vars(public).items() if inspect.isclass(public) else ():
        if inspect.isfunction(member) and not member_name.startswith("_"):
            assert inspect.getdoc(member), f"{name}.{member_name}"


def test_unknown_name() -> None:
    with pytest.raises(AttributeError, match="no attribute 'lint_folder'"):
        _ = contentlint.lint_folder


def test_package_is_typed() -> None:
    assert (Path(contentlint.__file__).parent / "py.typed").is_file()


def test_import_is_light() -> None:
    code = "import contentlint, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "contentlint" in loaded
    assert {"yaml", "markdown_it", "click", "jsonschema"}.isdisjoint(loaded)


def test_nothing_of_the_network_is_used(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def connect(*arguments: object) -> None:
        raise AssertionError("a linter does not call home")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    write({"a.md": PAGE + "Ein [](https://example.org/x) ![a](https://example.org/a.png).\n"})
    report = contentlint.lint(["."], select=["*"])
    assert report.failures == ()
    assert report.pages == 1


# Texts, files, folders


def test_lint_text_alone_looks_nothing_up(write: Write) -> None:
    write({"contentlint.toml": "broken"})
    report = contentlint.lint_text(PAGE + "![x](not-there.png)\n", language="en")
    assert rules(report) == [
        "metadata/empty-field",
        "structure/empty-heading",
        "images/missing-alt",
        "images/local-path",
    ]
    assert {one.path for one in report.diagnostics} == {"<text>"}


def test_lint_text_with_a_path_is_looked_at_where_it_would_be(write: Write) -> None:
    write({"contentlint.toml": '[rules]\n"*" = "off"\n"images/missing-file" = "info"\n', "sub/there.png": ""})
    report = contentlint.lint_text("![x](there.png) ![x](not-there.png)\n", "sub/a.md")
    assert [(one.path, one.rule, one.range.start.column) for one in report.diagnostics] == [
        ("sub/a.md", "images/missing-file", 22)
    ]


def test_lint_text_takes_bytes() -> None:
    assert "file/invalid-utf8" in rules(contentlint.lint_text(b"\xff"))
    assert "file/invalid-utf8" in rules(contentlint.lint_text("\udcff"))


def test_lint_file_and_folder(write: Write) -> None:
    root = write({"a.md": PAGE, "sub/b.md": PAGE, "c.txt": PAGE})
    by_file = contentlint.lint_file(root / "a.md", select=["images"], ignore=["*/missing-alt"])
    assert rules(by_file) == ["images/local-path"]
    by_folder = contentlint.lint([root], select=["images/local-path"])
    assert [one.path for one in by_folder.diagnostics] == ["a.md", "sub/b.md"]
    assert by_folder.pages == 2


def test_file_that_is_not_there_is_a_failure(write: Write) -> None:
    write({})
    report = contentlint.lint_file("a.md")
    assert [(one.path, one.message) for one in report.failures] == [("a.md", "no such file or folder")]
    assert report.exit_code() == 2


def test_lint_post() -> None:
    post = frontmatter.Post("##\n", title="Bread", tags=None)
    report = contentlint.lint_post(post, select=["metadata/empty-field", "structure/empty-heading"])
    text = contentlint.from_post(post)
    assert {one.rule: one.span.of(text) for one in report.diagnostics} == {
        "metadata/empty-field": "null",
        "structure/empty-heading": "##",
    }


def test_post_there_and_back() -> None:
    page = "---\ncontent: mine\nhandler: mine too\ntags: [a, b]\n---\n\n# Bread\r\nwords  \n"
    post = contentlint.to_post(page)
    assert post.metadata == {"content": "mine", "handler": "mine too", "tags": ["a", "b"]}
    assert post.content == "\n# Bread\r\nwords  \n"
    again = contentlint.to_post(contentlint.from_post(post))
    assert (again.metadata, again.content) == (post.metadata, post.content)


def test_language_of_the_messages() -> None:
    french = contentlint.lint_text("##\n", language="fr").diagnostics[0]
    english = contentlint.lint_text("##\n", language="en").diagnostics[0]
    assert french.message != english.message
    assert french.data == english.data


def test_exit_code() -> None:
    report = contentlint.lint_text("##\n", select=["structure/empty-heading"])
    assert report.exit_code() == 0
    assert report.exit_code(contentlint.Severity.WARNING) == 1
    assert report.exit_code(None) == 0
    assert report.count(contentlint.Severity.WARNING) == 1


# Executors


def site(write: Write) -> None:
    pages = {f"content/{number:03}.md": PAGE.replace("Bread", f"Bread {number % 7}") for number in range(70)}
    write({"hugo.toml": "", "static/a.png": "", "content/bad.md": b"\xff", **pages})


def as_json(**options: Any) -> str:
    return render("json", contentlint.lint(["."], select=["*"], **options), Context(load("en")))


@pytest.mark.parametrize("executor", [lambda: ThreadPoolExecutor(3), lambda: ProcessPoolExecutor(2)])
def test_every_executor_gives_the_same_report(write: Write, executor: Callable[[], Executor]) -> None:
    site(write)
    here = as_json()
    assert len(json.loads(here)["diagnostics"]) > 200
    with executor() as pool:
        assert as_json(executor=pool) == here
        assert pool.submit(int).result() == 0, "the executor of the caller is left open"


def test_own_processes_give_the_same_report(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    from contentlint import executor

    site(write)
    here = as_json(jobs=1)
    monkeypatch.setattr(executor, "WORTH_PROCESSES", 2)
    assert as_json(jobs=2) == here
