from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.site import profile
from contentlint.site.assets import local_path, resolve
from contentlint.site.tree import Lookup, SiteTree

PLAIN = profile.load("plain")
NEXTJS = profile.load("nextjs")
HUGO = profile.load("hugo")


def touch(root: Path, *files: str) -> Path:
    for file in files:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).touch()
    return root


# The tree


def test_a_file_is_found_under_its_own_name_only(tmp_path: Path) -> None:
    tree = SiteTree(touch(tmp_path, "static/Img/Logo.png"))
    assert tree.exists("static/Img/Logo.png") == Lookup("found", "static/Img/Logo.png")
    assert tree.exists("static/img/logo.png") == Lookup("other-case", "static/Img/Logo.png")
    assert tree.exists("static/img/other.png").state == "missing"
    assert tree.exists("static/Img") == Lookup("found", "static/Img", folder=True)


def test_accents_are_the_same_however_they_are_stored(tmp_path: Path) -> None:
    tree = SiteTree(touch(tmp_path, unicodedata.normalize("NFD", "équipe.png")))
    assert tree.exists("équipe.png").state == "found"
    assert tree.exists("Équipe.png").state == "other-case"


def test_nothing_outside_the_root_is_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "secret.png", "site/a.png")
    read: list[str] = []
    scandir = os.scandir

    def watched(path: str) -> object:
        read.append(os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", watched)
    tree = SiteTree(tmp_path / "site")
    assert tree.exists("../secret.png").state == "outside"
    assert tree.exists("x/../../secret.png").state in ("outside", "missing")
    assert tree.exists("a.png").state == "found"
    assert all(Path(folder).is_relative_to(tmp_path / "site") for folder in read)


@pytest.mark.parametrize("path", ["a\0b.png", "x" * 5000, "/".join("d" * 3000), "\udcff.png", "con", "a.png/b.png"])
def test_hostile_paths_are_only_missing(tmp_path: Path, path: str) -> None:
    assert SiteTree(touch(tmp_path, "a.png")).exists(path).state == "missing"


def test_links_are_followed_inside_the_root_and_never_walked(tmp_path: Path) -> None:
    root = touch(tmp_path / "site", "content/images/a.png")
    touch(tmp_path, "elsewhere/b.png")
    (root / "public").mkdir()
    (root / "public/images").symlink_to(root / "content/images")
    (root / "public/out").symlink_to(tmp_path / "elsewhere")
    (root / "public/loop").symlink_to(root / "public")
    (root / "public/self").symlink_to(root / "public/self")
    (root / "public/gone.png").symlink_to(root / "nowhere.png")
    tree = SiteTree(root)
    assert tree.exists("public/images/a.png") == Lookup("found", "content/images/a.png")
    assert tree.exists("public/out/b.png").state == "outside"
    assert tree.exists("public/loop/loop/images/a.png").state == "found"
    assert tree.exists("public/self/x.png").state == "missing"
    assert tree.exists("public/gone.png").state == "missing"
    assert tree.files() == ("content/images/a.png",)


def test_a_pipe_is_no_picture(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.png")
    assert SiteTree(tmp_path).exists("a.png").state == "missing"


def test_a_file_is_opened_once_for_its_size_and_its_beginning(tmp_path: Path) -> None:
    touch(tmp_path, "static/a.png")
    (tmp_path / "static/a.png").write_bytes(b"x" * 100_000)
    tree = SiteTree(tmp_path)
    head = tree.head("static/a.png")
    assert head is not None
    assert (head.size, len(head.start)) == (100_000, 65_536)
    (tmp_path / "static/a.png").unlink()
    assert tree.head("static/a.png") == head
    assert tree.head("static") is None
    assert tree.head("static/b.png") is None


def test_a_link_out_of_the_root_is_not_opened(tmp_path: Path) -> None:
    touch(tmp_path, "site/a.png", "secret.png")
    (tmp_path / "site/b.png").symlink_to(tmp_path / "secret.png")
    (tmp_path / "site/c.png").symlink_to("a.png")
    tree = SiteTree(tmp_path / "site")
    assert tree.head("../secret.png") is None
    assert tree.head("b.png") is None
    assert tree.head("c.png") == (0, b"")


def test_outside_a_project_nothing_is_walked(tmp_path: Path) -> None:
    tree = SiteTree(touch(tmp_path, "img/a.png", "b.md"), project=False)
    assert tree.exists("img/a.png").state == "found"
    assert tree.files() == ()
    assert tree.ending("a.png") == []


def test_installed_packages_are_not_walked(tmp_path: Path) -> None:
    tree = SiteTree(touch(tmp_path, "node_modules/x/a.md", ".git/a.md", "content/a.md"))
    assert tree.files() == ("content/a.md",)
    assert tree.exists("node_modules/x/a.md").state == "found"


def test_a_tree_in_memory_answers_as_one_on_disk() -> None:
    tree = SiteTree.of(["public/img/A.png", "content/a.md"])
    assert tree.exists("public/img/A.png").state == "found"
    assert tree.exists("public/img/a.png").state == "other-case"
    assert tree.files() == ("content/a.md", "public/img/A.png")


# Where a reference leads

SITE = SiteTree.of(
    [
        "public/images/a b.png",
        "public/images/été.png",
        "public/images/100%.png",
        "content/blog/post.md",
        "content/blog/near.png",
        "content/blog/post/inside.png",
    ]
)


@pytest.mark.parametrize(
    "reference",
    [
        "/images/a%20b.png",
        "/images/a b.png?width=3#top",
        "\\images\\a b.png",
        "/images/%C3%A9t%C3%A9.png",
        "/images/100%.png",
        "/images/./x/../a b.png",
        "/../images/a b.png",
        "near.png",
        "./near.png",
        "../blog/near.png",
        "inside.png",
        "../images/a b.png",
        "https://example.org/images/a%20b.png",
    ],
)
def test_every_spelling_of_a_file_finds_it(reference: str) -> None:
    assert resolve(reference, "content/blog/post.md", SITE, NEXTJS, "https://example.org/").state == "found"


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "#top",
        "?x=1",
        "//cdn.example.com/a.png",
        "https://example.com/a.png",
        "https://example.org.evil.com/a.png",
        "http://[",
        "data:image/png;base64,AAAA",
        "mailto:a@b.c",
        "{{ site.baseurl }}/a.png",
        "{% link a.png %}",
        "${logo}",
        "<%= image %>",
        "@site/static/a.png",
        "~/assets/a.png",
        "file:///home/anna/a.png",
        "C:\\a.png",
        "/home/anna/a.png",
    ],
)
def test_what_names_no_file_of_the_site_is_not_judged(reference: str) -> None:
    assert resolve(reference, "content/a.md", SITE, NEXTJS, "https://example.org").state == "not-checkable"


def test_a_missing_file_is_missing_and_other_capitals_are_seen() -> None:
    assert resolve("/images/b.png", "content/a.md", SITE, NEXTJS).state == "missing"
    assert resolve("/Images/A b.png", "content/a.md", SITE, NEXTJS) == ("other-case", "public/images/a b.png")
    assert resolve("../../../x.png", "content/a.md", SITE, NEXTJS).state == "outside"
    assert resolve("/images", "content/a.md", SITE, NEXTJS).state == "missing"


def test_hugo_finds_static_files_resources_of_themes_and_of_bundles() -> None:
    tree = SiteTree.of(["static/a.png", "assets/b.png", "content/en/posts/x/c.png", "themes/t/static/d.png"])
    for reference in ("/a.png", "/b.png", "/posts/x/c.png", "/d.png"):
        assert resolve(reference, "content/en/posts/x/index.md", tree, HUGO).state == "found"
    assert resolve("c.png", "content/en/posts/x/index.md", tree, HUGO).state == "found"
    assert resolve("/e.png", "content/en/posts/x/index.md", tree, HUGO).state == "missing"


def test_a_relative_path_is_looked_up_where_the_generator_does() -> None:
    tree = SiteTree.of(["assets/post/a.png", "static/b.png", "public/b.png", "public/blog/c.png"])
    page = "content/blog/post/index.md"
    assert resolve("post/a.png", page, tree, HUGO).state == "found"
    assert resolve("b.png", page, tree, HUGO).state == "missing"
    assert resolve("b.png", page, tree, NEXTJS).state == "missing"
    assert resolve("../c.png", page, tree, NEXTJS).state == "found"


def test_a_path_below_the_address_of_the_site() -> None:
    tree = SiteTree.of(["public/a.png"])
    assert resolve("/blog/a.png", "content/a.md", tree, NEXTJS, "https://example.org/blog/").state == "found"
    assert resolve("/blog/a.png", "content/a.md", tree, NEXTJS).state == "missing"


def test_a_name_in_front_matter_may_get_its_folder_from_a_template() -> None:
    tree = SiteTree.of(["public/uploads/2025/anna.jpg"])
    assert resolve("anna.jpg", "content/a.md", tree, NEXTJS, prefixed=True).state == "found"
    assert resolve("anna.jpg", "content/a.md", tree, NEXTJS).state == "missing"
    assert resolve("nna.jpg", "content/a.md", tree, NEXTJS, prefixed=True).state == "missing"
    assert resolve("Anna.jpg", "content/a.md", tree, NEXTJS, prefixed=True).state == "other-case"


# Paths of a machine


@pytest.mark.parametrize(
    ("reference", "user"),
    [
        ("file:///home/anna/a.png", "anna"),
        ("file:///C:/Users/Anna%20B/a.png", "Anna B"),
        ("FILE:/tmp/a.png", None),
        ("C:\\Users\\anna\\a.png", "anna"),
        ("d:/photos/a.png", None),
        ("\\\\nas\\photos\\a.png", None),
        ("/home/anna/a.png", "anna"),
        ("/Users/anna/Desktop/a.png", "anna"),
        ("/Volumes/Disk/a.png", None),
        ("/mnt/c/Users/anna/a.png", "anna"),
    ],
)
def test_paths_of_a_machine(reference: str, user: str | None) -> None:
    found = local_path(reference)
    assert found is not None
    assert found.user == user


@pytest.mark.parametrize(
    "reference", ["/home/", "/home/a.png", "/users/anna/a.png", "profile:/x", "c:a", "https://x.org/home/anna/a.png"]
)
def test_addresses_are_no_paths_of_a_machine(reference: str) -> None:
    assert local_path(reference) is None


def test_a_site_may_serve_a_folder_named_home() -> None:
    tree = SiteTree.of(["public/home/hero/a.png"])
    assert resolve("/home/hero/a.png", "content/a.md", tree, NEXTJS).state == "found"
    assert resolve("/home/hero/b.png", "content/a.md", tree, NEXTJS).state == "missing"
    assert resolve("file:///home/hero/a.png", "content/a.md", tree, NEXTJS).state == "not-checkable"


@given(st.text(), st.text())
def test_any_reference_on_any_page_gets_an_answer(reference: str, page: str) -> None:
    for generator in (PLAIN, HUGO):
        state = resolve(reference, page, SITE, generator, "https://example.org/x/", prefixed=True).state
        assert state in ("found", "other-case", "missing", "outside", "not-checkable")


def test_endless_references_take_no_endless_time() -> None:
    for reference in (
        "../" * 100_000 + "a.png",
        "/a" * 100_000,
        "content/../" * 50_000 + "a.png",
        "a/" * 100_000,
        "%2e" * 100_000,
    ):
        assert resolve(reference, "content/a.md", SITE, PLAIN).state in ("missing", "outside")
