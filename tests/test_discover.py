from __future__ import annotations

import os
from pathlib import Path

import pytest

from conftest import Write
from contentlint import Report, lint
from contentlint.project import Planner
from contentlint.registry import Selection


def pages(*paths: str, force_exclude: bool = False) -> list[str]:
    """The pages that would be linted, relative to the working directory."""
    plan = Planner(None, False, Selection(), force_exclude).plan(paths)
    return sorted(project.shown(page) for project in plan.projects for page in project.pages)


def unknown(*paths: str) -> list[str | None]:
    return [failure.path for failure in Planner(None, False, Selection()).plan(paths).failures]


def test_folder_is_walked_for_files_with_the_ending_of_a_page(write: Write) -> None:
    write(dict.fromkeys(["a.md", "sub/b.mdx", "sub/c.markdown", "sub/d.qmd", "e.txt", "f.MD.bak", "md"], ""))
    assert pages(".") == ["a.md", "sub/b.mdx", "sub/c.markdown", "sub/d.qmd"]


def test_endings_come_from_the_config(write: Write) -> None:
    write({"contentlint.toml": 'extensions = [".txt"]\n', "a.md": "", "b.txt": ""})
    assert pages(".") == ["b.txt"]


def test_named_file_is_linted_whatever_its_ending(write: Write) -> None:
    write({"a.txt": ""})
    assert pages("a.txt") == ["a.txt"]


def test_each_page_once(write: Write) -> None:
    write({"sub/a.md": ""})
    assert pages("sub", "sub/a.md", "./sub/../sub/a.md", "**/*.md") == ["sub/a.md"]


def test_globs(write: Write) -> None:
    write(dict.fromkeys(["a.md", "sub/b.md", "sub/deep/c.md", "sub/d.txt"], ""))
    assert pages("sub/*") == ["sub/b.md"]
    assert pages("sub/**/*.md") == ["sub/b.md", "sub/deep/c.md"]


def test_file_that_looks_like_a_glob(write: Write) -> None:
    write({"[slug].md": "", "s.md": ""})
    assert pages("[slug].md") == ["[slug].md"]


def test_path_or_glob_with_nothing_there(write: Write) -> None:
    write({"a.txt": ""})
    long = "a" * 300
    assert unknown("missing.md", "*.md", "a.txt", long) == ["missing.md", "*.md", long]


# .gitignore


def test_gitignore_below_and_above_counts(write: Write) -> None:
    write(
        {
            ".gitignore": "drafts/\n*.tmp.md\n",
            "content/.gitignore": "/old.md\n!keep.tmp.md\n",
            "content/old.md": "",
            "content/sub/old.md": "",
            "content/a.tmp.md": "",
            "content/keep.tmp.md": "",
            "content/drafts/a.md": "",
        }
    )
    assert pages("content") == ["content/keep.tmp.md", "content/sub/old.md"]
    assert pages(".") == ["content/keep.tmp.md", "content/sub/old.md"]


def test_line_that_git_makes_nothing_of_costs_only_itself(write: Write) -> None:
    write({".gitignore": "\\\n[\n[z-a]*\n\ndrafts/\n", "drafts/a.md": "", "b.md": ""})
    assert pages(".") == ["b.md"]


def test_what_is_named_is_entered_whatever_gitignore_says(write: Write) -> None:
    write({".gitignore": "drafts/\n*.tmp.md\n", "drafts/a.md": "", "drafts/b/c.md": "", "d.tmp.md": ""})
    assert pages("drafts") == ["drafts/a.md", "drafts/b/c.md"]
    assert pages("drafts/a.md", "d.tmp.md") == ["d.tmp.md", "drafts/a.md"]


def test_gitignore_outside_of_a_repository_counts_below_the_named_folder(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.md\n", encoding="utf8")
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / ".gitignore").write_text("no.md\n", encoding="utf8")
    for name in ("no.md", "yes.md"):
        (folder / name).touch()
    assert [Path(page).name for page in pages(str(folder))] == ["yes.md"]


def test_folders_where_nobody_writes_are_not_walked(write: Write) -> None:
    write({"node_modules/x/README.md": "", ".venv/a.md": "", "_site/a.md": "", "a.md": ""})
    assert pages(".") == ["a.md"]
    assert pages("node_modules/x") == ["node_modules/x/README.md"]


def test_exclude_holds_for_folders_and_not_for_what_is_named(write: Write) -> None:
    write({"contentlint.toml": 'exclude = ["old/", "*.tmp.md"]\n', "old/a.md": "", "b.tmp.md": "", "c.md": ""})
    assert pages(".") == ["c.md"]
    assert pages("old", "c.md") == ["c.md"]
    assert pages("old/a.md") == ["old/a.md"]
    assert pages("old/a.md", "c.md", force_exclude=True) == ["c.md"]


# What is no ordinary file


def test_links_to_folders_are_not_followed(write: Write) -> None:
    root = write({"sub/a.md": ""})
    (root / "loop").symlink_to(root)
    (root / "sub" / "up").symlink_to("..")
    assert pages(".") == ["sub/a.md"]


def test_link_to_a_page_is_a_page(write: Write) -> None:
    root = write({"sub/a.md": ""})
    (root / "b.md").symlink_to("sub/a.md")
    assert pages(".") == ["b.md", "sub/a.md"]


def linted(*paths: str) -> Report:
    return lint(paths, select=["file"], language="en")


def test_folder_named_like_a_page_is_walked(write: Write) -> None:
    write({"x.md/a.md": "", "b.md": ""})
    assert pages(".") == ["b.md", "x.md/a.md"]
    assert pages("x.md") == ["x.md/a.md"]


def test_broken_link_is_a_finding_and_where_it_is_named_a_failure(write: Write) -> None:
    root = write({"a.md": "words\n"})
    (root / "broken.md").symlink_to("nowhere.md")
    (root / "circle.md").symlink_to("circle.md")
    report = linted(".")
    assert [(one.path, one.rule) for one in report.diagnostics] == [
        ("broken.md", "file/unreadable"),
        ("circle.md", "file/unreadable"),
    ]
    assert report.failures == ()
    report = linted("broken.md", "a.md")
    assert [(one.path, one.message) for one in report.failures] == [("broken.md", "No such file or directory")]
    assert report.pages == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in the file system")
def test_pipe_is_never_waited_for(write: Write) -> None:
    root = write({})
    os.mkfifo(root / "pipe.md")
    assert [(one.path, one.rule) for one in linted(".").diagnostics] == [("pipe.md", "file/not-a-file")]
    assert [one.path for one in linted("pipe.md").failures] == ["pipe.md"]


# Without paths

SITE = {
    "package.json": '{"dependencies": {"next": "15.0.0"}}',
    "content/blog/a.md": "",
    "README.md": "",
    "notes/idea.md": "",
    "node_modules/next/README.md": "",
}


def test_without_paths_the_content_of_the_site_is_linted(write: Write) -> None:
    write(SITE)
    assert pages() == ["content/blog/a.md"]
    assert [site.left_out for site in lint().sites] == [2]


def test_without_paths_a_site_without_known_folders_is_linted_whole(write: Write) -> None:
    write({"texts/a.md": "", "b.md": ""})
    assert pages() == ["b.md", "texts/a.md"]


def test_include_says_what_the_content_is(write: Write) -> None:
    write({**SITE, "contentlint.toml": 'include = ["notes/", "README.md"]\n'})
    assert pages() == ["README.md", "notes/idea.md"]


def test_page_has_the_site_that_is_nearest(write: Write) -> None:
    write({"hugo.toml": "", "content/a.md": "", "blog/_config.yml": "", "blog/_posts/b.md": ""})
    plan = Planner(None, False, Selection()).plan(["."])
    assert {project.profile.name: project.pages for project in plan.projects} == {
        "hugo": ["content/a.md"],
        "jekyll": ["_posts/b.md"],
    }


NAMED_ROOT = {
    "hugo.toml": "title = 'x'\n",
    "content/a.md": "Words.\n",
    "README.md": "Words.\n",
    ".github/b.md": "Words.\n",
}


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], ["content/a.md"]),
        (["."], ["content/a.md"]),
        ([".", "README.md"], ["README.md", "content/a.md"]),
        ([".", ".github"], [".github/b.md", "content/a.md"]),
        ([".github"], [".github/b.md"]),
    ],
)
def test_the_root_of_a_site_stands_for_its_content_and_other_folders_are_entered(
    write: Write, paths: list[str], expected: list[str]
) -> None:
    write(NAMED_ROOT)
    assert pages(*paths) == expected
