from __future__ import annotations

import importlib.util
import io
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from contentlint import registry

TOOL = Path(__file__).parents[1] / "tools" / "verdicts.py"
PAGE = "---\ntitle: {title}\ntags:\n---\n\n{headings}\n![x](file:///home/martha/a.png)\n"


@pytest.fixture
def verdicts() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verdicts", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["verdicts"] = module  # its dataclasses look their annotations up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for site in ("bakery", "garden"):
        folder = tmp_path / "corpora" / site
        (folder / ".git").mkdir(parents=True)
        for number in range(4):
            text = PAGE.format(title=f"{site} {number}", headings="##\n\n" * number)
            (folder / f"{number}.md").write_text(text, encoding="utf8")
    return tmp_path / "corpora"


class Tool:
    """The tool on a corpus and a ledger of its own."""

    def __init__(self, module: ModuleType, corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.module = module
        self.capsys = capsys
        self.ledger = corpora.parent / "verdicts.jsonl"
        self.paths = ["--corpora", str(corpora), "--ledger", str(self.ledger)]
        self.paths += ["--pending", str(corpora.parent / "build" / "pending.jsonl")]

    def __call__(self, *arguments: str) -> str:
        self.capsys.readouterr()
        assert self.module.main([*arguments, *self.paths]) == 0
        return self.capsys.readouterr().out

    def ids(self, *arguments: str) -> list[str]:
        lines = self("sample", *arguments).splitlines()
        return [line.split()[0] for line in lines if line and not line[0].isspace()][:-1]

    def record(self, monkeypatch: pytest.MonkeyPatch, text: str) -> int:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        status: int = self.module.main(["record", *self.paths])
        return status

    def entries(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.ledger.read_text(encoding="utf8").splitlines()]


@pytest.fixture
def tool(verdicts: ModuleType, corpora: Path, capsys: pytest.CaptureFixture[str]) -> Tool:
    return Tool(verdicts, corpora, capsys)


HEADINGS = ("--rule", "structure/empty-heading")


def test_sample_shows_each_finding_with_its_line(tool: Tool) -> None:
    shown = tool("sample", "--rule", "images/local-path", "--site", "bakery")
    assert "images/local-path  bakery/0.md:7:6\n" in shown
    assert "![x](⟦file:///home/martha/a.png⟧)" in shown
    assert "garden" not in shown
    assert "4 findings to judge" in shown


def test_sample_depends_on_the_seed_alone(tool: Tool, corpora: Path) -> None:
    first = tool.ids(*HEADINGS, "--count", "5")
    assert len(first) == 5
    assert tool.ids(*HEADINGS, "--count", "5") == first
    assert tool.ids(*HEADINGS, "--count", "5", "--seed", "2") != first
    assert tool.ids(*HEADINGS, "--count", "7")[:5] == first
    (corpora / "garden" / "3.md").unlink()
    kept = [one for one in first if one in tool.ids(*HEADINGS, "--count", "12")]
    assert [one for one in tool.ids(*HEADINGS, "--count", "5") if one in first] == kept


def test_verdicts_are_kept_without_text_and_shown_no_more(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, *others = tool.ids("--rule", "images/local-path")
    assert tool.record(monkeypatch, f"{first} right\n\n{second} wrong a sample, not a page\n") == 0
    assert tool.ids("--rule", "images/local-path") == others
    right, wrong = sorted(tool.entries(), key=lambda one: str(one["verdict"]))
    assert set(right) == {"site", "path", "line", "column", "hash", "rule", "verdict"}
    assert wrong["note"] == "a sample, not a page"
    assert "martha" not in tool.ledger.read_text(encoding="utf8")


def test_verdict_may_be_changed(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    first = tool.ids("--rule", "images/local-path")[0]
    tool.record(monkeypatch, f"{first} right\n")
    tool.record(monkeypatch, f"{first} wrong\n")
    assert [one["verdict"] for one in tool.entries()] == ["wrong"]


@pytest.mark.parametrize("line", ["0000000000 right", "{id} maybe", "{id}", "{id} right\n{id} wrong"])
def test_nothing_is_recorded_where_a_line_is_not_clear(
    tool: Tool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    first, second, *_ = tool.ids("--rule", "images/local-path")
    assert tool.record(monkeypatch, f"{second} right\n" + line.format(id=first) + "\n") == 2
    assert "nothing is recorded" in capsys.readouterr().err
    assert not tool.ledger.exists()


def test_report_gives_precision_by_rule_and_site_and_what_is_unread(
    tool: Tool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = tool.ids("--rule", "images/local-path", "--site", "bakery")
    tool.record(monkeypatch, "".join(f"{one} {'wrong' if one == ids[0] else 'right'}\n" for one in ids))
    lines = [line.split() for line in tool("report", "--count", "6").splitlines()]
    assert ["images/local-path", "8", "3", "1", "75%"] in [line[:5] for line in lines]
    assert ["structure/empty-heading", "12", "0", "0", "–", "6"] in lines
    assert ["bakery", "3", "1", "75%"] in [[line[0], *line[2:]] for line in lines if line]
    assert lines[-1][:1] == ["4"]


def test_report_tells_what_moved_and_what_is_gone(tool: Tool, corpora: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = tool.ids("--rule", "images/local-path", "--site", "bakery")
    shown = tool("sample", "--rule", "images/local-path", "--site", "bakery")
    wrong = next(line.split()[0] for line in shown.splitlines() if "bakery/2.md" in line)
    tool.record(monkeypatch, "".join(f"{one} {'wrong' if one == wrong else 'right'}\n" for one in ids))
    moved = corpora / "bakery" / "0.md"
    moved.write_text(moved.read_text(encoding="utf8").replace("\n\n", "\n\nNew words.\n\n", 1), encoding="utf8")
    for name in ("1.md", "2.md"):
        page = corpora / "bakery" / name
        page.write_text(page.read_text(encoding="utf8").replace("file:///home/martha", ""), encoding="utf8")
    told = tool("report")
    assert "moved: images/local-path  bakery/0.md:7 → 9" in told
    assert "a right finding is no longer reported: images/local-path  bakery/1.md:9" in told
    assert "a wrong finding is gone: images/local-path  bakery/2.md:11" in told
    assert "100%" in told


def test_rule_that_is_off_is_looked_at_where_it_was_judged(tool: Tool, monkeypatch: pytest.MonkeyPatch) -> None:
    off = next(rule for rule in registry.load().rules.values() if not rule.default)
    entry = {"site": "bakery", "path": "0.md", "line": 1, "column": 1, "hash": "x", "rule": off.id, "verdict": "right"}
    tool.ledger.write_text(json.dumps(entry) + "\n" + json.dumps(entry | {"rule": "no/more"}) + "\n")
    told = tool("report")
    assert f"a right finding is no longer reported: {off.id}" in told
    assert "a right finding is no longer reported: no/more" in told


def test_empty_ledger(tool: Tool) -> None:
    assert tool("report").splitlines()[-1].startswith("0 of ")
