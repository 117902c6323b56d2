"""What is said of pictures, local paths and repeated titles, on sites that exist in memory only."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

import pytest

from contentlint.check import Match, NoOptions
from contentlint.checks import (
    alt_caption_disagree,
    left_placeholder,
    lighter_twin,
    local_path,
    localhost,
    missing_file,
    own_site_remote,
    title_twice,
    too_heavy,
    too_small_for_sharing,
    undescriptive_name,
)
from contentlint.diagnostic import Applicability
from contentlint.site import profile
from contentlint.site.index import SiteIndex, page_facts
from contentlint.site.tree import SiteTree
from contentlint.source.document import Conventions, Document


def document(text: str, path: str = "content/a.md", generator: str = "nextjs") -> Document:
    return Document(path, text, profile.load(generator).conventions(path))


def matches(
    check: Any,
    pages: Mapping[str, str],
    files: Iterable[str] | None = (),
    *,
    options: Any = None,
    generator: str = "nextjs",
    theme_prints_title: bool | None = None,
) -> list[Match]:
    tree = SiteTree(None) if files is None else SiteTree.of([*files, *pages])
    read = {path: document(text, path, generator) for path, text in pages.items()}
    facts = {path: page_facts(page, {}) for path, page in read.items()}
    site = SiteIndex(facts, tree, profile.load(generator), datetime.date(2025, 1, 1), theme_prints_title)
    kept = {path: check.facts(page, options) if hasattr(check, "facts") else None for path, page in read.items()}
    name = check.__name__.rpartition(".")[2]
    return list(getattr(check, name)(site, kept, options))


def look(check: Any, pages: Mapping[str, str], *arguments: Any, **named: Any) -> list[tuple[str | None, str, str]]:
    """The page, the message and the text of each match."""
    found = matches(check, pages, *arguments, **named)
    return [(match.path, match.message, match.span.of(pages[match.path or ""])) for match in found]


MISSING = missing_file.Options()
OTHER_CASE = missing_file.Options("other-case")


def missing(text: str, *files: str, generator: str = "nextjs", path: str = "content/a.md") -> list[tuple[str, str]]:
    found = look(missing_file, {path: text}, files, options=MISSING, generator=generator)
    return [(message, place) for _, message, place in found]


def test_pictures_are_found_wherever_they_are_written() -> None:
    text = (
        "---\nimage: /b.png\nseo: {ogImage: '/c.png'}\nspeakers:\n- face: /faces/d.png\n- images: [e.png]\n---\n"
        "![x](/f.png 'title') ![y][ref] ![z](</g h.png>)\n\n"
        '<img src="/i.png" srcset="/j.png 1x, /k.png 2x">\n\n[ref]: /l.png\n'
    )
    found = [place for _, place in missing(text, "public/other.png")]
    assert found == ["/b.png", "/c.png", "/faces/d.png", "/f.png", "/g h.png", "/i.png", "/j.png", "/k.png", "/l.png"]


def test_what_is_no_reference_is_not_judged() -> None:
    text = (
        "---\ntitle: How to open photo.png\nslug: /old/a.png\nname: image.png\ncaption: photo.jpg\nicon: rocket\n---\n"
        "`![x](/b.png)`\n\n```md\n![x](/c.png)\n```\n\n<!-- ![x](/d.png) <img src='/e.png'> -->\n\n"
        "![x](/api/picture?id=3) ![x](https://example.com/f.png) ![x]({{ g.png }})\n"
    )
    assert missing(text, "public/other.png") == []


def test_a_file_that_moved_is_shown_where_it_is() -> None:
    assert missing("![x](/img/a.png)", "public/img/2025/a.png") == [("elsewhere", "/img/a.png")]
    # Of two, the one further down in the folder that the page names.
    both = ("public/img/2025/a.png", "backup/a.png")
    assert missing("![x](/img/a.png)", *both) == [("elsewhere", "/img/a.png")]
    assert missing("![x](/a.png)", *both) == [("missing", "/a.png")]


def test_without_a_known_generator_only_folders_that_are_there_are_judged() -> None:
    assert missing("![x](/img/a.png)", "images/b.png", generator="plain") == []
    assert missing("![x](/img/a.png)", "static/img/b.png", generator="plain") == [("missing", "/img/a.png")]
    assert missing("![x](img/a.png)", "static/img/b.png", generator="plain") == [("missing", "img/a.png")]
    assert missing("![x](/a.png)", "static/img/b.png", generator="plain") == []


def test_a_text_that_lies_nowhere_is_not_judged() -> None:
    assert look(missing_file, {"<text>": "![x](a.png)"}, None, options=MISSING) == []


def test_other_capitals_are_a_matter_of_their_own_and_can_be_mended() -> None:
    text = "![x](../../Img/A.PNG?v=2)"
    page, files = {"content/blog/a.md": text}, ["Img/a.png"]
    assert look(missing_file, page, files, options=MISSING) == []
    (match,) = matches(missing_file, page, files, options=OTHER_CASE)
    assert match.values["file"] == "Img/a.png"
    assert match.fix is not None
    assert match.fix.applicability is Applicability.SAFE
    (edit,) = match.fix.edits
    assert text[: edit.span.start] + edit.replacement + text[edit.span.end :] == "![x](../../Img/a.png?v=2)"


def test_an_encoded_name_is_not_mended() -> None:
    text = "![x](/%41.png)"
    (match,) = matches(missing_file, {"a.md": text}, ["public/a.png"], options=OTHER_CASE)
    assert match.fix is None


def local(text: str, *files: str) -> list[tuple[str, str]]:
    return [(message, place) for _, message, place in look(local_path, {"content/a.md": text}, files)]


def test_a_local_path_is_reported_once_and_never_as_missing() -> None:
    text = "---\nimage: file:///home/anna/a.png\nsource: 'C:\\Users\\anna\\a.docx'\n---\n![x](/Users/anna/b.png)\n"
    assert local(text) == [
        ("with-account", "file:///home/anna/a.png"),
        ("with-account", "C:\\Users\\anna\\a.docx"),
        ("with-account", "/Users/anna/b.png"),
    ]
    assert missing(text, "public/other.png") == []


def test_addresses_below_home_are_left_alone() -> None:
    text = "[a](/home/offers/new) [b](/home/offers/new.html) [c](/Users/anna) ![d](/home/hero/d.png)"
    assert local(text, "public/home/hero/d.png") == []
    assert local(text) == [("with-account", "/home/hero/d.png")]
    assert local("[a](/home/anna/plan.pdf)") == [("with-account", "/home/anna/plan.pdf")]


def hosts(text: str, what: Literal["links", "pictures"] = "links") -> list[str]:
    return [match.span.of(text) for match in localhost.localhost(document(text), localhost.Options(what))]


def test_links_to_the_authors_server() -> None:
    assert hosts("[a](http://localhost:3000/x)") == ["http://localhost:3000/x"]
    assert hosts('<a href="//127.0.0.1/x">a</a>') == ["//127.0.0.1/x"]
    assert hosts("![a](http://[::1]:80/x.png)", "pictures") == ["http://[::1]:80/x.png"]
    assert hosts("![a](http://[::1]:80/x.png)") == []
    assert hosts("---\nurl: https://app.localhost/x\n---\n") == ["https://app.localhost/x"]
    assert hosts("[a](http://localhost.example.com/) [b](https://example.com/?u=http://localhost/)") == []


def test_a_tutorial_may_name_the_readers_own_server() -> None:
    assert hosts("[http://localhost:3000/](http://localhost:3000/)") == []
    assert hosts("<http://localhost:3000/>") == []
    assert hosts("```sh\ncurl http://localhost:3000\n```\n\nThen [log in](http://localhost:3000/admin).") == []
    assert hosts("Port `localhost:4000`, or [log in](http://localhost:3000/)") == ["http://localhost:3000/"]
    assert hosts("http://localhost:3000 ![x](http://localhost:3000/x.png)", "pictures") == [
        "http://localhost:3000/x.png"
    ]


WITH = "---\ntitle: Bread, butter & jam\n---\n\n# **Bread, butter** & jam!\n"
WITHOUT = "---\ntitle: Salt\n---\n\n## First\n"
OTHER = "---\ntitle: Salt\n---\n\n# Pepper\n"


def titles(pages: dict[str, str], **arguments: Any) -> list[tuple[str | None, str, str]]:
    return look(title_twice, pages, options=title_twice.Options(), **arguments)


def test_a_mixed_habit_is_said_once_a_folder() -> None:
    pages = {"blog/a.md": WITHOUT, "blog/b.md": WITH, "blog/c.md": WITH, "blog/d.md": WITHOUT, "docs/a.md": WITH}
    assert titles(pages) == [("blog/b.md", "mixed", "# **Bread, butter** & jam!")]


def test_one_habit_is_no_finding() -> None:
    assert titles({"a.md": WITH}) == []
    assert titles({"a.md": WITH, "b.md": WITH, "c.md": OTHER, "d.md": WITHOUT}) == []
    assert titles({"a/a.md": WITH, "a/b.md": WITH, "b/a.md": WITHOUT, "b/b.md": WITHOUT}) == []


def test_where_the_template_prints_the_title_every_repetition_counts() -> None:
    pages = {"a.md": WITH, "b.md": OTHER, "c.md": WITHOUT, "d.md": WITH + "\n# Another\n"}
    assert titles(pages, theme_prints_title=True) == [("a.md", "printed-twice", "# **Bread, butter** & jam!")]
    mixed = {"a.md": WITH, "b.md": WITH, "c.md": WITHOUT, "d.md": WITHOUT}
    assert titles(mixed, theme_prints_title=False) == []


# What files weigh and how large they are. Only files on disk tell.


def on_disk(check: Any, root: Path, files: Mapping[str, bytes], pages: Mapping[str, str], options: Any) -> list[Match]:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    facts = {path: page_facts(document(text, path), {}) for path, text in pages.items()}
    site = SiteIndex(facts, SiteTree(root), profile.load("nextjs"), datetime.date(2025, 1, 1))
    name = check.__name__.rpartition(".")[2]
    return list(getattr(check, name)(site, dict.fromkeys(pages), options))


def png(width: int, height: int, size: int = 0) -> bytes:
    header = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return header.ljust(size, b"\0")


def twins(root: Path, picture: bytes, twin: bytes, text: str = "![x](/a.png)", name: str = "a.webp") -> list[Any]:
    files = {"public/a.png": picture, f"public/{name}": twin}
    found = on_disk(lighter_twin, root, files, {"a.md": text}, lighter_twin.Options())
    return [match.values["twin"] for match in found]


def test_a_twin_must_be_lighter_by_forty_per_cent_and_ten_kilobytes(tmp_path: Path) -> None:
    assert twins(tmp_path, bytes(100_000), bytes(60_000)) == ["a.webp"]
    assert twins(tmp_path, bytes(100_000), bytes(60_001)) == []
    assert twins(tmp_path, bytes(20_000), bytes(10_000)) == ["a.webp"]
    assert twins(tmp_path, bytes(20_000), bytes(10_001)) == []


def test_empty_files_tell_nothing(tmp_path: Path) -> None:
    assert twins(tmp_path, b"", b"") == []
    assert twins(tmp_path, bytes(100_000), b"") == []


def test_a_twin_may_keep_the_first_ending(tmp_path: Path) -> None:
    assert twins(tmp_path, bytes(100_000), bytes(9), name="a.png.webp") == ["a.png.webp"]


def test_a_cutting_or_a_thumbnail_is_no_twin(tmp_path: Path) -> None:
    picture = png(1200, 600, 100_000)
    assert twins(tmp_path, picture, png(1200, 600)) == ["a.webp"]
    assert twins(tmp_path, picture, png(801, 400)) == ["a.webp"]
    assert twins(tmp_path, picture, png(600, 300)) == []
    assert twins(tmp_path, picture, png(1200, 1200)) == []


def test_a_name_that_is_written_encoded_is_not_mended(tmp_path: Path) -> None:
    (match,) = on_disk(
        lighter_twin,
        tmp_path,
        {"public/a b.png": bytes(50_000), "public/a b.webp": bytes(500)},
        {"a.md": "![x](/a%20b.png)"},
        lighter_twin.Options(),
    )
    assert match.fix is None


def test_a_heavy_file_is_reported_once_with_its_other_places(tmp_path: Path) -> None:
    pages = {"b.md": "![x](/a.png)", "a.md": "Hello\n\n![x](/a.png)"}
    (match,) = on_disk(too_heavy, tmp_path, {"public/a.png": bytes(1_000_001)}, pages, too_heavy.Options())
    assert (match.path, match.values["size"]) == ("a.md", 1_000_001)
    assert [place.path for place in match.related] == ["b.md"]
    assert on_disk(too_heavy, tmp_path, {"public/a.png": bytes(1_000_000)}, pages, too_heavy.Options()) == []


def test_a_heavy_twin_is_no_remedy(tmp_path: Path) -> None:
    files = {"public/a.png": bytes(9_000_000), "public/a.webp": bytes(2_000_000)}
    assert len(on_disk(too_heavy, tmp_path, files, {"a.md": "![x](/a.png)"}, too_heavy.Options())) == 1


def test_films_are_not_weighed(tmp_path: Path) -> None:
    files = {"public/a.mp4": bytes(9_000_000)}
    page = {"a.md": '<video src="/a.mp4"></video>\n\n![x](/a.mp4)'}
    assert on_disk(too_heavy, tmp_path, files, page, too_heavy.Options()) == []


def too_small(root: Path, text: str, files: Mapping[str, bytes]) -> list[str]:
    found = on_disk(too_small_for_sharing, root, files, {"a.md": text}, too_small_for_sharing.Options())
    return [match.span.of(text) for match in found]


def test_the_picture_that_a_page_is_shared_with(tmp_path: Path) -> None:
    files = {"public/a.png": png(599, 315), "public/b.png": png(600, 314), "public/c.png": png(600, 315)}
    assert too_small(tmp_path, "---\nimage: /a.png\n---\n", files) == ["/a.png"]
    assert too_small(tmp_path, "---\nseo: {ogImage: /b.png, twitterImage: /c.png}\n---\n", files) == ["/b.png"]
    assert too_small(tmp_path, "---\nimage: /a.png\nogImage: /c.png\n---\n", files) == []
    assert too_small(tmp_path, "---\ncoverImage: /c.png\nimages: [/a.png, /b.png]\n---\n", files) == ["/a.png"]
    assert too_small(tmp_path, "---\navatar: /a.png\n---\n![x](/a.png)\n", files) == []


def test_headers_that_cannot_be_read_say_nothing(tmp_path: Path) -> None:
    broken = (b"", b"GIF89a", png(0, 0), b"\x89PNG\r\n\x1a\n", b"\xff\xd8" + b"\xff" * 70_000, b"RIFF\0\0\0\0WEBPVP8 ")
    for content in broken:
        assert too_small(tmp_path, "---\nimage: /a.png\n---\n", {"public/a.png": content}) == []
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24"></svg>'
    assert too_small(tmp_path, "---\nimage: /a.svg\n---\n", {"public/a.svg": drawing}) == []


# Where pictures come from


def remote(text: str, *files: str, base_url: str | None = None) -> list[tuple[str, str, str | None]]:
    page = "content/a.md"
    facts = {page: page_facts(document(text, page), {})}
    tree = SiteTree.of([*files, page])
    site = SiteIndex(facts, tree, profile.load("nextjs"), datetime.date(2025, 1, 1), base_url=base_url)
    found = own_site_remote.own_site_remote(site, {page: None}, own_site_remote.Options())
    return [
        (match.message, match.span.of(text), match.fix.edits[0].replacement if match.fix else None) for match in found
    ]


@pytest.mark.parametrize(
    "address",
    [
        "https://raw.githubusercontent.com/me/site/main/public/img/a.png",
        "https://raw.githubusercontent.com/me/site/refs/heads/main/public/img/a.png",
        "http://www.github.com/Me/Site/blob/main/public/img/a.png?raw=true",
        "https://github.com/me/site/raw/v1/apps/web/public/img/a.png",
        "https://cdn.jsdelivr.net/gh/me/site@1.2/public/img/a.png",
        "https://gitlab.com/me/group/site/-/raw/main/public/img/a.png",
        "https://bitbucket.org/me/site/src/main/public/img/a.png",
    ],
)
def test_a_picture_by_its_address_in_the_sites_repository(address: str) -> None:
    assert remote(f"![x]({address})", "public/img/a.png") == [("repository", address, "/img/a.png")]
    assert remote(f"[x]({address})", "public/img/a.png") == []
    assert remote(f"![x]({address})", "public/img/b.png") == []


def test_a_repository_of_which_the_site_has_little_is_another_one() -> None:
    raw = "https://raw.githubusercontent.com/you/other/main/public"
    text = f"![x]({raw}/logo.png) ![y]({raw}/b.png)"
    assert remote(text, "public/logo.png") == []
    assert [place for _, place, _ in remote(text + f" ![z]({raw}/c.png)", "public/logo.png", "public/c.png")] == [
        f"{raw}/logo.png",
        f"{raw}/c.png",
    ]


def test_a_picture_by_the_full_address_of_the_site() -> None:
    text = "---\nimage: https://example.org/a.png\nogImage: https://example.org/a.png\n---\n![x](//EXAMPLE.org/b.png)\n"
    assert remote(text, "public/a.png", "public/b.png") == []
    assert remote(text, "public/a.png", "public/b.png", base_url="https://example.org/") == [
        ("own-address", "https://example.org/a.png", "/a.png"),
        ("own-address", "//EXAMPLE.org/b.png", "/b.png"),
    ]


def test_a_file_out_of_the_folders_that_are_served_has_no_path_to_give() -> None:
    address = "https://raw.githubusercontent.com/me/site/main/content/img/a.png"
    assert remote(f"![x]({address})", "content/img/a.png", "public/b.png") == [("repository", address, None)]


@pytest.mark.parametrize("address", ["http://[/a.png", "https://github.com/" + "a/" * 5000 + "x.png", "//x/" * 3000])
def test_hostile_addresses_are_no_pictures_of_the_site(address: str) -> None:
    assert remote(f"![x]({address})", "public/a.png", base_url="https://[") == []


# Placeholders

HOLES = left_placeholder.Options("pictures", (r"\[[^\[\]]+\]", "IMAGE_URL"), ("placehold.co", "example.*"))
LINKS = left_placeholder.Options("links", (r"\[[^\[\]]+\]",), ("yourdomain.*",))


def holes(text: str, options: left_placeholder.Options = HOLES, **where: str) -> list[str]:
    return [match.span.of(text) for match in left_placeholder.left_placeholder(document(text, **where), options)]


@pytest.mark.parametrize("expression", ["{{Image 3 URL}}", "{{ url }}", "${url}", "/img/${name}.png", "{% url %}"])
def test_an_expression_stays_where_no_generator_fills_it_in(expression: str) -> None:
    for generator in ("nextjs", "astro", "gatsby", "docusaurus"):
        assert holes(f"![x]({expression})", generator=generator) == [expression][: generator != "docusaurus"]
    for generator in ("jekyll", "hugo", "eleventy", "hexo", "zola", "mkdocs", "vitepress", "plain"):
        assert holes(f"![x]({expression})", generator=generator) == []


def test_expressions_of_mdx_and_code_are_no_placeholders() -> None:
    assert holes("![x]({{ url }}) <Img src={url} />", path="content/a.mdx") == []
    assert holes("`![x]({{ url }})`\n\n```md\n![x](IMAGE_URL)\n```\n\n<!-- ![x](IMAGE_URL) -->\n") == []


def test_placeholders_with_spaces_are_seen_though_markdown_sees_no_link() -> None:
    text = "See ![x]( [INSERT URL] ) `![x]([IN CODE])` [y]([A PAGE]) and ![z](/a.png) (![w]([THIS ONE]))"
    assert holes(text) == ["[INSERT URL]", "[THIS ONE]"]
    assert holes(text, LINKS) == ["[A PAGE]"]


def test_placeholders_in_the_front_matter() -> None:
    assert holes("---\nimage: IMAGE_URL\nseo: {ogImage: '{{ image }}'}\ntitle: IMAGE_URL\n---\n") == [
        "IMAGE_URL",
        "{{ image }}",
    ]


def test_servers_that_stand_for_another() -> None:
    text = "![x](https://example.org/a.png) ![y](//www.placehold.co/600x400) ![z](https://example.org.mine.net/a.png)"
    assert holes(text) == ["https://example.org/a.png", "//www.placehold.co/600x400"]
    assert holes("[x](https://www.yourdomain.fr/a) [y](https://blog.yourdomain.fr)", LINKS) == [
        "https://www.yourdomain.fr/a"
    ]


def test_a_tutorial_may_link_to_the_server_that_it_shows() -> None:
    assert holes("Open `https://yourdomain.com`, then [log in](https://yourdomain.com/login).", LINKS) == []
    assert holes("```sh\ncurl yourdomain.com\n```\n\n[log in](https://yourdomain.com/login)", LINKS) == []


def test_endless_brackets_take_no_endless_time() -> None:
    assert holes("![x]([a b" * 20_000) == []
    assert holes("![x](/a.png) ![y](b c) " * 5_000) == []


def test_a_pattern_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="unterminated"):
        left_placeholder.Options(placeholders=("[",))
    with pytest.raises(ValueError, match="unterminated"):
        undescriptive_name.Options(ids=("(",))


# Names

NAMES = undescriptive_name.Options(names=(r"screenshot 20\d\d.*", "capture d’écran.*"), ids=(r"[0-9a-f]{8}",))


def names(text: str) -> list[str]:
    found = undescriptive_name.undescriptive_name(document(text), NAMES)
    return [str(match.values["name"]) for match in found]


def test_names_are_read_as_people_see_them() -> None:
    assert names("![x](/a/Screenshot%202024-01-05%20at%209.12%E2%80%AFPM.png?w=3)") == [
        "Screenshot 2024-01-05 at 9.12\u202fPM.png"
    ]
    assert len(names("![x](<Capture d’e\u0301cran 3.png>)")) == 1
    assert names("![x](file:///home/anna/Screenshot%202024.png)") == ["Screenshot 2024.png"]


def test_a_file_is_named_once_a_page_and_those_of_others_never() -> None:
    assert names("---\nimage: /0123abcd.png\n---\n![x](/0123abcd.png) [y](/0123abcd.png)") == ["0123abcd.png"]
    assert names("![x](https://example.org/0123abcd.png) ![y](//example.org/0123abcd.png)") == []
    assert names("![x](/wp-content/2024/0123abcd.png) ![y](/Uploads/0123abcd.png)") == []
    assert names("![x](/uploads/Screenshot%202024.png)") == ["Screenshot 2024.png"]


# Captions


def captions(text: str, language: str = "fr") -> list[tuple[str, str]]:
    page = Document("a.md", text, Conventions(language=language))
    found = alt_caption_disagree.alt_caption_disagree(page, NoOptions())
    return [(match.span.of(text), match.related[0].span.of(text)) for match in found]


def test_a_caption_is_the_line_in_italics_right_below() -> None:
    assert captions("![Équipe](a.png)\n*Schéma*") == [("Équipe", "*Schéma*")]
    assert captions("![Équipe](a.png)  \n_Un **schéma** de la cuisson_\n") == [
        ("Équipe", "_Un **schéma** de la cuisson_")
    ]
    for text in (
        "![Équipe](a.png)\n\n*Schéma*",
        "![Équipe](a.png) *Schéma*",
        "![Équipe](a.png)\n*Schéma* et texte",
        "Texte ![Équipe](a.png)\n*Schéma*",
        "![](a.png)\n*Schéma*",
        "*Schéma*\n![Équipe](a.png)",
    ):
        assert captions(text) == []


def test_a_figure_has_one_picture_and_one_caption() -> None:
    figure = '<figure>\n<img src="a.png" alt="Équipe">\n{}<figcaption>Un <b>schéma</b></figcaption>\n</figure>\n'
    assert captions(figure.format("")) == [("Équipe", "Un <b>schéma</b>")]
    assert captions(figure.format('<img src="b.png" alt="Diagramme">\n')) == []
    assert captions('<img src="a.png" alt="Équipe">\n\n' + figure.replace("alt", "title").format("")) == []
    assert captions("<figcaption>Schéma</figcaption></figure><figure>") == []


def test_what_may_be_seen_together_is_no_contradiction() -> None:
    assert captions("![Interface de suivi](a.png)\n*Workflow de la cuisson*") == []
    assert captions("![Équipe devant un schéma](a.png)\n*Schéma de la cuisson*") == []
    assert captions("![Chef d’entreprise](a.png)\n*Dirigeante dans son atelier*") == []
    assert captions("![Dirigeante](a.png)\n*Notre évolution*") == []
    assert captions("![Team](a.png)\n*Diagram*", "de") == []
