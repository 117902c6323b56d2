"""Which addresses a site has, and where a link on one of its pages leads.

An address comes from a page of the content, from a page that is program code, from a file that is served as it is, from
a redirect, or from what the generator makes by itself (lists by tag, feeds).
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Literal, NamedTuple
from urllib.parse import unquote

from contentlint.site import addresses
from contentlint.site.addresses import Named, key
from contentlint.site.assets import local_path, resolve, static_roots
from contentlint.site.hosts import address_on_site
from contentlint.site.profile import CodeRoutes, Profile, RedirectFile
from contentlint.site.tree import SiteTree
from contentlint.source.language import normalise
from contentlint.source.references import Lookup

State = Literal["page", "file", "code", "redirect", "generated", "elsewhere", "missing", "not-checkable"]


class Target(NamedTuple):
    """Where a link leads.

    ``page``, ``file``, ``code``, ``redirect``, ``generated``: what is there. ``elsewhere``: nothing, but a page of that
    name has another address. ``missing``: nothing. ``not-checkable``: the link is none to this site, or none at all.
    """

    state: State
    path: str | None = None
    """The file of the page or the file itself, from the site's root."""
    fragment: str = ""
    """What follows the ``#``, percent-encoding undone."""

    @property
    def found(self) -> bool:
        """Whether the link leads somewhere."""
        return self.state in ("page", "file", "code", "redirect", "generated")


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# What a template or a bundler fills in, and what is written where an address is to come.
_EXPRESSION = re.compile(r"[{}<>|]|\$\w|^~|^\.{3}$")
_SITE = re.compile(r"^@(?:site|source)?/")
_PARAMETER = re.compile(r":[A-Za-z_]\w*[*+?]?|\*+|\(.*\)")
_HTML_ENDING = re.compile(r"\.html?$")
_QUOTED_PATH = re.compile(r"""(["'`])(/[^"'`\s\\$]*)\1""")
_DATA_FILE = re.compile(r"""["'`](\.{1,2}/[^"'`\s\\$]+\.json)["'`]""")
"""A file of data that program code reads: a long list of redirects is often one."""
_WILD, _REST = "*", "**"


class Routes:
    """The addresses of one site."""

    def __init__(
        self, pages: Mapping[str, Named], tree: SiteTree, profile: Profile, hosts: frozenset[str] = frozenset()
    ) -> None:
        self._pages = pages
        self._tree = tree
        self._profile = profile
        self._hosts = hosts
        path = profile.base_path or address_on_site(profile.base_url or "", hosts) or ""
        self._base = key(path) if path.strip("/") else ""
        self._addresses = {
            path: addresses.of_page(path, named, profile.addresses, numbered=profile.numbered)
            for path, named in pages.items()
        }
        self._page_at: dict[str, str] = {}
        for path, ones in self._addresses.items():
            for one in ones:
                self._page_at.setdefault(one, path)
        self._folders = addresses.above(self._page_at)
        self._targets: dict[tuple[str, str, Lookup], Target] = {}

    def of_page(self, path: str) -> list[str]:
        """The addresses of a page, as ``addresses.key`` has them."""
        return self._addresses.get(path, [])

    @cached_property
    def sections(self) -> Counter[str]:
        """How many pages have an address below each first folder."""
        firsts = {
            (address[1:].partition("/")[0], path) for address, path in self._page_at.items() if "/" in address[1:]
        }
        return Counter(first for first, _ in firsts)

    @cached_property
    def listed(self) -> bool:
        """Whether the site's program code lists its pages, so that what is not there does not exist."""
        return bool(self._code_routes)

    @cached_property
    def hidden(self) -> bool:
        """Whether the site may have addresses that nothing tells: of an empty page or an empty list of redirects."""
        lists = (file for one in self._profile.redirects if one.whole for file in self._tree.matching(one.file))
        return bool(self._empty) or any(self._tree.read(file) == "" for file in lists)

    def hides(self, first: str) -> bool:
        """Whether a page below that first folder is empty, so that it does not tell its address."""
        return first in self._empty

    @cached_property
    def _empty(self) -> frozenset[str]:
        """The first folders of the templates that are empty."""
        endings = tuple(f".{one}" for one in self._profile.templates)
        empty = (path for path in self._pages if path.endswith(endings) and self._tree.read(path) == "")
        return frozenset(one[1:].partition("/")[0] for path in empty for one in ("/" + path, *self.of_page(path)))

    @cached_property
    def hooked(self) -> bool:
        """Whether a template of the site gives a meaning of its own to what pages link to."""
        return any(map(self._tree.matching, self._profile.link_hooks))

    def misspelt(self, address: str) -> bool:
        """Whether one letter in a word of the last part makes an address of the site of one that is none."""
        folder, _, name = key(address.partition("#")[0].partition("?")[0]).rpartition("/")
        return not self._gaps.isdisjoint(_gaps(folder, name))

    @cached_property
    def _gaps(self) -> frozenset[str]:
        """The addresses of the site with each letter in turn left open."""
        known = (address.rpartition("/") for address in (*self._page_at, *self._code))
        return frozenset(gap for folder, _, name in known for gap in _gaps(folder, name))

    def resolve(self, reference: str, page: str, lookup: Lookup = "address") -> Target:
        """Where a reference on the page at that path leads. Relative ones start at its file or at its address."""
        # Kept, for several rules ask; from the top of the site it leads to the same on all pages.
        place = (reference, "" if reference.startswith("/") else page, lookup)
        if place not in self._targets:
            found = self._by_address(reference, page) if lookup == "address" else self._by_file(reference, page, lookup)
            self._targets[place] = found
        return self._targets[place]

    def _by_address(self, reference: str, page: str) -> Target:
        """Where a reference leads that is followed as a browser does."""
        reference = reference.strip()
        reference = address_on_site(reference, self._hosts) or reference
        address, _, fragment = reference.partition("#")
        fragment = unquote(fragment)
        path = address.partition("?")[0]
        if not path:
            return Target("page", page, fragment) if "#" in reference else Target("not-checkable")
        if _SCHEME.match(path) or _EXPRESSION.search(path) or local_path(path):
            return Target("not-checkable")
        found = self._file_of_page(path, page) or self._at(path, page) or self._asset(path, page)
        if found:
            return found._replace(fragment=fragment)
        name = key(path).rpartition("/")[2]
        twins = self._by_name.get(name, ())
        return Target("elsewhere", twins[0], fragment) if len(twins) == 1 else Target("missing", None, fragment)

    def _by_file(self, reference: str, page: str, lookup: Lookup) -> Target:
        """The page whose file a construct of the generator names."""
        name, _, fragment = reference.partition("#")
        if not name:
            return Target("page", page, fragment)
        if _SCHEME.match(name) or _EXPRESSION.search(name):
            return Target("not-checkable")
        found = None if lookup == "post" else self._file_of_page(name, page if lookup == "page" else "", anywhere=True)
        if found is None and lookup != "source-page":
            found = self._named(name)
        if found is None and lookup == "page":
            found = self._at(name if name.startswith("/") else f"/{name}", page)
        return found._replace(fragment=unquote(fragment)) if found else Target("missing", None, fragment)

    def _named(self, name: str) -> Target | None:
        """The page of that name, with or without the folders that it lies in, its ending and its language."""
        wanted = re.sub(rf"\.(?:{'|'.join(self._endings)})$", "", name.strip("/")).lower()
        last = wanted.rpartition("/")[2]
        for stem, path in self._by_stem.get(last, ()):
            if f"/{stem}".endswith(f"/{wanted}"):
                return Target("page", path)
        return None

    @cached_property
    def _by_stem(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """The pages by the last part of what their files are called: without ending and language, a folder for its
        index page.
        """
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for path in self._pages:
            stem = path.rpartition(".")[0].lower()
            short, _, suffix = stem.rpartition(".")
            for one in (stem, short) if short and normalise(suffix) else (stem,):
                folder, _, name = one.rpartition("/")
                whole = folder if name in addresses.INDEX else one
                found[whole.rpartition("/")[2]].append((whole, path))
        return found

    def _file_of_page(self, path: str, page: str, *, anywhere: bool = False) -> Target | None:
        """The page whose source file is named, from the top of the site or of its content, or beside the page;
        ``anywhere`` tries all of them.
        """
        for written in dict.fromkeys((path, unquote(path))):
            named = _SITE.sub("/", written)
            folders = [] if named.startswith("/") else [posixpath.dirname(page)]
            for folder in (*folders, "", *self._content_roots) if anywhere or not folders else folders:
                place = posixpath.normpath(posixpath.join(folder, named.lstrip("/")))
                if place in self._pages:
                    return Target("page", place)
                if (file := self._by_place.get(_HTML_ENDING.sub("", place))) is not None:
                    return Target("page", file)
        return None

    @cached_property
    def _by_place(self) -> Mapping[str, str]:
        """The pages by their paths without ending; an index page by its folder."""
        found: dict[str, str] = {}
        for path in self._pages:
            stem = path.rpartition(".")[0]
            folder, _, name = stem.rpartition("/")
            found.setdefault(folder or "." if name.lower() in addresses.INDEX else stem, path)
        return found

    def _at(self, path: str, page: str) -> Target | None:
        """What is at the address."""
        readings = list(dict.fromkeys(self._readings(path, page)))
        for address in (*readings, *(other for one in readings for other in self._in_other_languages(one))):
            if (file := self._page_at.get(address)) is not None:
                return Target("page", file)
        for address in readings:
            if address == "/" or address in self._code or any(map(_matches(address), self._code_patterns)):
                return Target("code")
            if address in self._redirects or any(map(_matches(address), self._redirect_patterns)):
                return Target("redirect")
            if address in self._folders or any(map(_matches(address), self._generated)):
                return Target("generated")
        return None

    def _readings(self, path: str, page: str) -> Iterator[str]:
        """The addresses that a path may mean, as ``addresses.key`` has them."""
        if path.startswith("/"):
            rooted = key(posixpath.normpath(path))
            yield rooted
            if self._base and (rooted + "/").startswith(self._base + "/"):
                yield rooted[len(self._base) :] or "/"
            return
        for own in self.of_page(page):
            for address in addresses.beside(own, path):
                yield key(address)

    def _in_other_languages(self, address: str) -> Iterator[str]:
        """The same page in the other languages of the site, where the generator shows one that is not translated."""
        first, slash, rest = address[1:].partition("/")
        if self._profile.language_fallback and normalise(first):
            yield from (f"/{language}{slash}{rest}" for language in self._languages if language != first)
            yield "/" + rest

    @cached_property
    def _languages(self) -> list[str]:
        """The languages that addresses begin with; that of most pages, from which others are translated, first."""
        firsts = Counter(address[1:].partition("/")[0] for address in self._page_at)
        return [first for first, _ in firsts.most_common() if normalise(first)]

    def _asset(self, path: str, page: str) -> Target | None:
        """The file of the site that is served as it is."""
        state, file = resolve(path, page, self._tree, self._profile)
        if state == "found":
            return Target("file", file)
        for root in self._static_folders:
            # A folder of files: the server shows its index.html.
            place = posixpath.join(root, unquote(path).strip("/"))
            if path.startswith("/") and self._tree.exists(posixpath.join(place, "index.html")).state == "found":
                return Target("file", posixpath.join(place, "index.html"))
            if path.startswith("/") and self._tree.exists(f"{place}.html").state == "found":
                return Target("file", f"{place}.html")
        return None

    @cached_property
    def _static_folders(self) -> Sequence[str]:
        return static_roots(self._tree, self._profile)

    @cached_property
    def _content_roots(self) -> list[str]:
        return list(dict.fromkeys(folder for one in self._profile.addresses for folder in self._literal(one.folder)))

    def _literal(self, folder: str) -> Sequence[str]:
        if "**" in folder:
            return ()
        return self._tree.matching(re.sub(r"\{[^}]*\}", "*", folder))

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(path.rpartition(".")[2] for path in self._pages))

    @cached_property
    def _by_name(self) -> Mapping[str, Sequence[str]]:
        """The pages by the last part of their addresses."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for path, ones in self._addresses.items():
            for one in ones:
                found[one.rpartition("/")[2]][path] = None
        return {name: tuple(paths) for name, paths in found.items()}

    # Pages that are program code

    @cached_property
    def _code_routes(self) -> list[tuple[str, ...]]:
        return [route for routes in self._profile.code_routes for route in code_routes(routes, self._tree)]

    @cached_property
    def _code(self) -> set[str]:
        return {key("/".join(route)) for route in self._code_routes if not _is_pattern(route)}

    @cached_property
    def _code_patterns(self) -> list[tuple[str, ...]]:
        """The routes with parameters, but for those that show pages of the content: these pages are known."""
        patterns = [route for route in self._code_routes if _is_pattern(route)]
        content = [address[1:].split("/") for address in self._page_at]
        return [pattern for pattern in patterns if not any(_fits(parts, pattern) for parts in content)]

    # Redirects

    @cached_property
    def _redirect_sources(self) -> list[tuple[str, ...]]:
        sources = [source for rule in self._profile.redirects for source in _redirects(rule, self._tree)]
        return [parts for parts in map(_as_pattern, sources) if parts and parts[0] not in (_WILD, _REST)]

    @cached_property
    def _redirects(self) -> set[str]:
        return {key("/".join(parts)) for parts in self._redirect_sources if not _is_pattern(parts)}

    @cached_property
    def _redirect_patterns(self) -> list[tuple[str, ...]]:
        return [parts for parts in self._redirect_sources if _is_pattern(parts)]

    @cached_property
    def _generated(self) -> list[tuple[str, ...]]:
        return [tuple(filter(None, pattern.lower().split("/"))) for pattern in self._profile.generated]


# A shorter word may differ from another in one letter and be right: part-a, part-b.
_WORD = re.compile(r"[a-z]{4,}")
_LONGEST_NAME = 200
"""Letters of an address's last part: no longer one was typed."""


def _gaps(folder: str, name: str) -> Iterator[str]:
    for word in _WORD.finditer(name) if len(name) <= _LONGEST_NAME else ():
        for place in range(*word.span()):
            yield f"{folder}/{name[:place]}\0{name[place + 1 :]}"


def _is_pattern(parts: Sequence[str]) -> bool:
    return _WILD in parts or _REST in parts


def _as_pattern(source: str) -> tuple[str, ...]:
    """The source of a redirect, its parameters as wildcards: ``/blog/:slug``, ``/old/*``."""
    path = source.partition("#")[0].partition("?")[0]
    parts: list[str] = []
    # `/old(.*)` is whatever begins so: `/old` and what is below it. Taken for all of its folder it would hide mistakes.
    for part in filter(None, path.replace("(.*)", "/(.*)").split("/")):
        if _PARAMETER.search(part):
            parts.append(_REST if part.endswith("*") or "(.*)" in part else _WILD)
        else:
            parts.append(part)
    return tuple(parts)


def _matches(address: str) -> Callable[[Sequence[str]], bool]:
    parts = address.strip("/").split("/")

    def match(pattern: Sequence[str]) -> bool:
        return _fits(parts, pattern)

    return match


def _fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether an address fits a pattern; ``**`` stands for any number of parts."""
    if _REST in pattern:
        cut = list(pattern).index(_REST)
        head, tail = pattern[:cut], pattern[cut + 1 :]
        return (
            len(parts) >= len(head) + len(tail)
            and all(map(_same, parts, head))
            and (not tail or all(map(_same, parts[len(parts) - len(tail) :], tail)))
        )
    return len(parts) == len(pattern) and all(map(_same, parts, pattern))


def _same(part: str, wanted: str) -> bool:
    return wanted == _WILD or part == wanted.lower()


_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LANGUAGE_PARAMETER = re.compile(r"\[{1,2}(?:lang|locale|language|lng)\]{1,2}")


def code_routes(routes: CodeRoutes, tree: SiteTree) -> Iterator[tuple[str, ...]]:
    """The addresses of the files of program code that are pages, part by part; parameters as ``*`` and ``**``."""
    roots = tree.matching(*routes.folders)
    for file in tree.files() if roots else ():
        root = next((root for root in roots if file.startswith(f"{root}/")), None)
        if root is None:
            continue
        *folders, name = file[len(root) + 1 :].split("/")
        stem, _, ending = name.rpartition(".")
        if ending not in routes.endings or (routes.names and stem not in routes.names):
            continue
        parts = folders if routes.names or stem in ("index", "+page", "+server") else [*folders, stem]
        parts = [part for part in parts if not re.fullmatch(r"\(.*\)|@.*", part)]
        if routes.hyphens:
            parts = [_CAPITAL.sub("-", part).lower() for part in parts]
        if any(part.startswith("_") for part in parts):
            continue
        if parts and _LANGUAGE_PARAMETER.fullmatch(parts[0]):
            yield tuple(map(_parameter, parts[1:]))
        yield tuple(map(_parameter, parts))


def _parameter(part: str) -> str:
    if part.startswith(("[...", "[[...", "$.")) or part == "$":
        return _REST
    return _WILD if "[" in part or part.startswith(("$", "{", ":")) else part


def _redirects(rule: RedirectFile, tree: SiteTree) -> Iterator[str]:
    """The addresses that the files of a kind redirect."""
    for file in tree.matching(rule.file):
        text = tree.read(file)
        if text is None:
            continue
        yield from _READERS[rule.format](text)
        for name in _DATA_FILE.findall(text) if rule.format == "code" else ():
            yield from _json(tree.read(posixpath.normpath(posixpath.join(posixpath.dirname(file), name))) or "")


def _lines(text: str) -> Iterator[str]:
    """Netlify's and Cloudflare's ``_redirects``: source, target, status."""
    for line in text.splitlines():
        words = line.partition("#")[0].split() if line.lstrip().startswith("#") else line.split()
        if len(words) >= 2 and words[0].startswith("/") and words[-1] != "404":
            yield words[0]


def _table(text: str) -> Iterator[str]:
    """Netlify's netlify.toml."""
    import tomllib

    try:
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    redirects = data.get("redirects")
    for one in redirects if isinstance(redirects, list) else ():
        if isinstance(one, dict) and isinstance(one.get("from"), str) and one.get("status") != 404:
            yield one["from"]


def _json(text: str) -> Iterator[str]:
    """Vercel's vercel.json, Firebase's firebase.json, and what program code reads in the same form."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    tables: list[Any] = [data, data.get("hosting")] if isinstance(data, dict) else []
    for table in tables:
        for name in ("redirects", "rewrites", "routes"):
            rules = table.get(name) if isinstance(table, dict) else None
            for one in rules if isinstance(rules, list) else ():
                source = one.get("source") or one.get("src") if isinstance(one, dict) else None
                if isinstance(source, str):
                    yield source


def _code_text(text: str) -> Iterator[str]:
    """Program code: every path that it names in quotes may be one that it makes or redirects."""
    for match in _QUOTED_PATH.finditer(text):
        yield match[2]


_ADDRESS_KEY = re.compile(
    r"""^\s*(?:-\s*)?["']?(?:url|pageRef|href|link|path)["']?\s*[:=]\s*["']?(/[^"'\s#?]+)""", re.MULTILINE
)


def _menu(text: str) -> Iterator[str]:
    """YAML, TOML or JSON that makes the site's navigation."""
    for match in _ADDRESS_KEY.finditer(text):
        yield match[1]


_READERS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "lines": _lines,
    "toml": _table,
    "json": _json,
    "code": _code_text,
    "menu": _menu,
}
