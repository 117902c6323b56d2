"""Where links lead, and under which names a site is published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

import contentlint
from contentlint.site import profile
from contentlint.site.addresses import Named
from contentlint.site.hosts import address_on_site, hosts
from contentlint.site.routes import Routes, Target
from contentlint.site.tree import SiteTree


def routes(generator: str, *files: str, own: frozenset[str] = frozenset(), **named: Named) -> Routes:
    found = profile.load(generator)
    pages = {path: Named() for path in files if path.endswith((".md", ".mdx", ".qmd"))}
    return Routes(
        {**pages, **{path: one for path, one in named.items() if path in files}}, SiteTree.of(files), found, own
    )


def lay(root: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf8")
    return root


def test_links_lead_to_files_of_pages_and_to_their_addresses() -> None:
    site = routes("hugo", "content/a/b.md", "content/a/_index.md", "content/c.md", "static/x.pdf", "content/a/y.zip")
    leads = {
        "b.md": "content/a/b.md",
        "../c.md#part": "content/c.md",
        "/c/": "content/c.md",
        "../c/": "content/c.md",
        "/a": "content/a/_index.md",
        "../": "content/a/_index.md",
        "b": "content/a/b.md",
        "/x.pdf": "static/x.pdf",
        "y.zip?v=1": "content/a/y.zip",
    }
    assert {link: site.resolve(link, "content/a/b.md").path for link in leads} == leads
    assert site.resolve("../c.md#l%27%C3%A9t%C3%A9", "content/a/b.md").fragment == "l'été"
    assert site.resolve("#top", "content/a/b.md") == Target("page", "content/a/b.md", "top")


@pytest.mark.parametrize(
    "link",
    ["https://example.org/a", "//example.org/a", "mailto:a@example.org", "tel:+33", "", "?page=2", "{url}", "${url}",
     "<url>", "...", "file:///home/anna/a.md", "~/a", "javascript:void(0)"],
)  # fmt: skip
def test_what_says_nothing_of_the_site_is_not_judged(link: str) -> None:
    assert routes("nextjs", "content/a.md").resolve(link, "content/a.md").state == "not-checkable"


def test_what_is_nowhere_is_missing_and_what_moved_is_shown() -> None:
    site = routes("zola", "content/a.md", "content/notes/b.md")
    assert site.resolve("/c/", "content/a.md").state == "missing"
    assert site.resolve("c.md", "content/a.md").state == "missing"
    assert site.resolve("/b/", "content/a.md") == Target("elsewhere", "content/notes/b.md")


def test_program_code_has_addresses() -> None:
    code = ("pages/contact.tsx", "pages/shop/[id].tsx", "app/(site)/team/page.tsx", "app/[locale]/about/page.tsx",
            "app/docs/[...all]/page.tsx", "pages/_app.tsx", "app/team/card.tsx", "pages/index.tsx")  # fmt: skip
    site = routes("nextjs", "content/blog/a.md", *code)
    found = {"/contact", "/shop/7", "/team", "/about", "/fr/about", "/docs/x/y", "/"}
    lost = {"/shop", "/_app", "/team/card", "/shop/7/8", "/contact/us"}
    assert {link for link in found | lost if site.resolve(link, "content/blog/a.md").state == "code"} == found


def test_a_route_that_shows_the_content_knows_its_pages() -> None:
    site = routes("nextjs", "content/blog/a.md", "pages/blog/[slug].tsx")
    assert site.resolve("/blog/a", "").state == "page"
    assert site.resolve("/blog/b", "").state == "missing"
    assert routes("nextjs", "pages/blog/[slug].tsx").resolve("/blog/b", "").state == "code"


def test_components_in_capitals_are_pages_with_hyphens_in_gridsome() -> None:
    assert routes("gridsome", "src/pages/ContactUs.vue").resolve("/contact-us/", "").state == "code"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("static/_redirects", "# moved\n/old /new 301\n/was/:id  /is/:id\n/all/*  /new\n/gone /404.html 404\n"),
        ("netlify.toml", '[[redirects]]\nfrom = "/old"\nto = "/new"\n[[redirects]]\nfrom = "/was/:id"\nto = "/x"\n'
         '[[redirects]]\nfrom = "/all/*"\nto = "/x"\n[[redirects]]\nfrom = "/gone"\nto = "/404"\nstatus = 404\n'),
        ("vercel.json", '{"redirects": [{"source": "/old"}], "routes": [{"src": "/was/:id"}, {"src": "/all/:r*"}]}'),
        ("next.config.mjs", "export default {redirects: () => [{source: '/old'}, {source: '/was/:id'}, `/all/:r*`]}"),
    ],
)  # fmt: skip
def test_redirects_lead_on(tmp_path: Path, file: str, text: str) -> None:
    site = Routes({}, SiteTree(lay(tmp_path, {file: text})), profile.load("nextjs"))
    states = {link: site.resolve(link, "").state for link in ("/old/", "/was/7", "/all/a/b", "/was", "/gone", "/none")}
    assert states == {
        "/old/": "redirect", "/was/7": "redirect", "/all/a/b": "redirect", "/was": "missing", "/gone": "missing",
        "/none": "missing",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["require('./data/site.json').redirects", 'import site from "./data/site.json"'])
def test_redirects_in_a_file_of_data_that_the_config_reads_lead_on(tmp_path: Path, code: str) -> None:
    data = '{"title": "A", "redirects": [{"source": "/old"}, {"source": "/was(.*)"}]}'
    tree = SiteTree(lay(tmp_path, {"next.config.js": code, "data/site.json": data, "other.json": data}))
    site = Routes({}, tree, profile.load("nextjs"))
    states = {link: site.resolve(link, "").state for link in ("/old", "/was/a/b", "/none")}
    assert states == {"/old": "redirect", "/was/a/b": "redirect", "/none": "missing"}


@pytest.mark.parametrize("name", ["./none.json", "../out.json", "./folder/x.json", "./list.json", "./broken.json"])
def test_a_file_of_data_without_redirects_is_passed_over(tmp_path: Path, name: str) -> None:
    files = {"site/next.config.js": f"require('{name}')", "out.json": '{"redirects": [{"source": "/a"}]}'}
    lay(tmp_path, files | {"site/list.json": "[1, {}]", "site/broken.json": "{", "site/folder/x.json/y": ""})
    assert Routes({}, SiteTree(tmp_path / "site"), profile.load("nextjs")).resolve("/a", "").state == "missing"


def test_a_redirect_of_everything_says_nothing_of_anything(tmp_path: Path) -> None:
    site = Routes({}, SiteTree(lay(tmp_path, {"_redirects": "/* /index.html 200\n"})), profile.load("nextjs"))
    assert site.resolve("/none", "").state == "missing"


@pytest.mark.parametrize("text", ["[[redirects]", "[[redirects]]\nfrom = 3\n", "redirects = 3\n", ""])
def test_a_broken_config_of_a_host_is_passed_over(tmp_path: Path, text: str) -> None:
    tree = SiteTree(lay(tmp_path, {"netlify.toml": text, "vercel.json": text, "firebase.json": "[" * 100_000}))
    assert Routes({}, tree, profile.load("nextjs")).resolve("/a", "").state == "missing"


def test_generators_make_lists_and_feeds() -> None:
    site = routes("hugo", "content/blog/2025/a.md")
    for link in ("/tags/bread/", "/blog/", "/blog/2025/", "/blog/page/2/", "/index.xml", "/feed.xml"):
        assert site.resolve(link, "content/blog/2025/a.md").state == "generated", link


def test_a_page_that_is_not_translated_is_shown_in_another_language_where_the_generator_does_so() -> None:
    files = ("src/content/docs/en/a.md", "src/content/docs/fr/b.md")
    assert routes("astro", *files).resolve("/fr/a/", files[0]).path == files[0]
    assert routes("hugo", "content/en/a.md", "content/fr/b.md").resolve("/fr/a/", "content/en/a.md").state != "page"


def test_constructs_name_pages_by_their_files() -> None:
    site = routes("hugo", "content/a.md", "content/fr/posts/b/index.fr.md", "content/c/_index.md")
    for name in ("b", "posts/b", "b/index.fr.md", "/fr/posts/b"):
        assert site.resolve(name, "content/a.md", "page").path == "content/fr/posts/b/index.fr.md", name
    assert site.resolve("nowhere.md", "content/a.md", "page").state == "missing"
    jekyll = routes("jekyll", "_posts/2025-03-04-a.md", "blog/_posts/2025-03-05-b.md", "about.md")
    assert jekyll.resolve("2025-03-04-a", "about.md", "post").path == "_posts/2025-03-04-a.md"
    assert jekyll.resolve("blog/2025-03-05-b", "about.md", "post").state == "missing"
    assert jekyll.resolve("_posts/2025-03-04-a.md", "about.md", "source-page").state == "page"
    assert jekyll.resolve("2025-03-04-a.md", "about.md", "source-page").state == "missing"


def test_addresses_of_the_own_host_are_the_sites_own() -> None:
    site = routes("hugo", "content/a.md", own=frozenset({"example.org"}))
    assert site.resolve("https://example.org/a/#b", "content/a.md") == Target("page", "content/a.md", "b")
    assert site.resolve("https://example.org", "content/a.md").found
    assert site.resolve("https://example.org/none", "content/a.md").state == "missing"
    assert site.resolve("https://other.example/a/", "content/a.md").state == "not-checkable"


@pytest.mark.parametrize(
    ("generator", "file", "text"),
    [
        ("nextjs", "public/robots.txt", "User-agent: *\nSitemap: https://Bakery.example/sitemap.xml\n"),
        ("nextjs", "public/robots.txt", "Host: bakery.example\n"),
        ("jekyll", "CNAME", "www.bakery.example\n"),
        ("jekyll", "_config.yml", "url: https://bakery.example\nbaseurl: /blog\n"),
        ("hugo", "config/_default/hugo.toml", 'baseURL = "https://bakery.example/"\n'),
        ("zola", "config.toml", 'base_url = "https://bakery.example"\n'),
        ("astro", "astro.config.mjs", "export default defineConfig({ site: 'https://bakery.example' })"),
        ("docusaurus", "docusaurus.config.js", 'module.exports = { url: "https://bakery.example", baseUrl: "/" }'),
        ("plain", "package.json", '{"homepage": "https://bakery.example/#readme"}'),
        ("mkdocs", "mkdocs.yml", "site_url: https://bakery.example/docs/\n"),
    ],
)
def test_the_sites_own_host_is_learned(tmp_path: Path, generator: str, file: str, text: str) -> None:
    tree = SiteTree(lay(tmp_path, {file: text}))
    fitted = profile.load(generator).fitted(tree)
    assert hosts(tree, fitted) == {"bakery.example", "www.bakery.example"}
    assert hosts(tree, fitted, "https://other.example/") == {"other.example", "www.other.example"}


def test_what_many_sites_share_is_nobodys_own_host(tmp_path: Path) -> None:
    tree = SiteTree(lay(tmp_path, {"package.json": '{"homepage": "https://github.com/bakery/site"}', "CNAME": "a b c"}))
    assert hosts(tree, profile.load("plain")) == frozenset()


def test_an_address_on_the_own_host_is_a_path() -> None:
    own = frozenset({"bakery.example"})
    assert address_on_site("https://bakery.example/a?b#c", own) == "/a?b#c"
    assert address_on_site("//bakery.example:443", own) == "/"
    assert address_on_site("https://bakery.example.evil.example/", own) is None
    assert address_on_site("/a", own) is None


# The rule


def broken(root: Path, *paths: str) -> list[tuple[str, str]]:
    report = contentlint.lint([root / path for path in paths] or [root], isolated=True, select=["links/broken-page"])
    return sorted((Path(one.path).name, str(one.data["reference"])) for one in report.diagnostics)


def test_what_something_else_serves_is_not_judged(tmp_path: Path) -> None:
    links = "".join(f"[x](/app/{name})\n" for name in "abc")
    known = "".join(f"[x](/notes/{name}/)\n" for name in "abcd")
    files = {f"content/notes/{name}.md": "Text.\n" for name in "abc"}
    lay(tmp_path, {"zola.toml": "", "content/x.md": links + known, **files})
    # Of the notes three are there and one is not; of the app nothing is.
    assert broken(tmp_path) == [("x.md", "/notes/d/")]


def test_two_files_are_judged_as_the_whole_site_is(tmp_path: Path) -> None:
    files = {f"content/notes/{name}.md": f"---\nslug: own-{name}\n---\nText.\n" for name in "abcd"}
    others = {"content/y.md": "".join(f"[x](/notes/own-{name}/)\n" for name in "abc")}
    page = {"content/x.md": "[a](/notes/own-a/) [b](/notes/none/) [c](notes/none.md) [d](/app/x)\n"}
    lay(tmp_path, {"zola.toml": "", **files, **others, **page})
    expected = [("x.md", "/notes/none/"), ("x.md", "notes/none.md")]
    assert broken(tmp_path, "content/x.md") == broken(tmp_path) == expected


def test_the_config_says_what_nothing_in_the_site_tells(tmp_path: Path) -> None:
    config = (
        '[site]\nignore = ["content/drafts/"]\nrelative = ["pictures"]\ngenerated = ["/app/**"]\n'
        '[site.addresses]\n"content/{kind}" = ["/{kind}-{name}"]\n'
    )
    links = "[a](/app/x/y) [b](/notes-b) [c](/notes/b/) [d](/none-d) ![p](p.png) [q](/drafts-q)\n"
    others = {f"content/notes/{name}.md": f"[x](/notes-{name})\n" for name in "bcef"}
    lay(tmp_path, {"zola.toml": "", "contentlint.toml": config, "content/x/a.md": links, "pictures/p.png": "",
                   "content/drafts/q.md": "Later.\n", **others})  # fmt: skip
    report = contentlint.lint([tmp_path / "content/x/a.md"], select=["links/broken-page", "images/missing-file"])
    assert [one.data["reference"] for one in report.diagnostics] == ["/none-d", "/drafts-q"]
