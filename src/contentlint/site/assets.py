"""Where ``/img/x.png`` lies: a reference on a page becomes a file of the site, or the reason why not."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from urllib.parse import unquote

from contentlint.site.profile import Profile
from contentlint.site.tree import Lookup, SiteTree

State = Literal["found", "other-case", "missing", "outside", "not-checkable"]


class Resolution(NamedTuple):
    """What became of a reference.

    ``found``; ``other-case``: a file of that name exists, but for upper and lower case; ``missing``: no place where
    the generator looks has it; ``outside``: it leaves the site; ``not-checkable``: it says nothing about files.
    ``path`` is the file from the site's root, where there is one.
    """

    state: State
    path: str | None = None


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# What a template fills in: Liquid, Hugo, JSX, ERB, shell-like; and the aliases that bundlers give to folders.
_EXPRESSION = re.compile(r"[{}]|<%|\$\w|^[@~]")
_NEARNESS = ("found", "other-case", "outside", "missing")


def resolve(
    reference: str,
    page: str,
    tree: SiteTree,
    profile: Profile,
    base_url: str | None = None,
    *,
    prefixed: bool = False,
) -> Resolution:
    """The file that a reference on a page names.

    Missing is said only where no reading of the reference leads to a file: root-relative in any of the profile's
    static folders, relative to the page's file or to its address. ``base_url`` is the site's own address, whose
    references are the site's. ``prefixed`` says that a template may put a folder before the name, as it does for
    names in front matter: then any file of the site that ends so is found.
    """
    reference = _own(reference.strip(), base_url)
    if not reference or reference.startswith(("#", "?", "//")) or _SCHEME.match(reference):
        return Resolution("not-checkable")
    if _EXPRESSION.search(reference):
        return Resolution("not-checkable")
    local = local_path(reference)
    if local and (local.certain or not serves(reference, tree, profile)):
        return Resolution("not-checkable")
    nearest = Lookup("missing")
    for path in _spellings(reference):
        for candidate in _candidates(path, page, tree, profile, base_url, prefixed):
            lookup = tree.exists(candidate)
            if lookup.folder:
                continue
            if lookup.state == "found":
                return Resolution("found", lookup.path)
            nearest = min(nearest, lookup, key=lambda one: _NEARNESS.index(one.state))
        if prefixed and not path.startswith("/"):
            name = posixpath.normpath(path).lstrip("./")
            for file in tree.ending(name):
                # In its own letters, or else in others: the tree says which.
                lookup = tree.exists(file[: len(file) - len(name)] + name)
                if lookup.state != "other-case":
                    return Resolution("found", file)
                nearest = min(nearest, lookup, key=lambda one: _NEARNESS.index(one.state))
    return Resolution(nearest.state, nearest.path)


def _own(reference: str, base_url: str | None) -> str:
    """A reference to the site's own address as a path from its root."""
    if not base_url:
        return reference
    origin = re.match(r"(?:[A-Za-z]+:)?//[^/?#]+", base_url)
    if origin and reference.startswith(origin[0]) and reference[len(origin[0]) :][:1] in ("", "/"):
        return reference[len(origin[0]) :] or "/"
    return reference


def _spellings(reference: str) -> Iterator[str]:
    """The reference as a path: without query and fragment, percent-encoding undone; as written first."""
    seen = set()
    address = reference.partition("#")[0].partition("?")[0]
    for path in (address, unquote(address), reference, unquote(reference)):
        path = path.replace("\\", "/")
        if path and path not in seen:
            seen.add(path)
            yield path


def _candidates(
    path: str, page: str, tree: SiteTree, profile: Profile, base_url: str | None, prefixed: bool
) -> Iterator[str]:
    """Where the file may lie, the likeliest first."""
    roots = static_roots(tree, profile)
    folder = posixpath.dirname(page)
    if path.startswith("/"):
        addresses = [_climb("/", path)]
        if base_url:
            base = re.sub(r"^(?:[A-Za-z]+:)?//[^/?#]+", "", base_url).rstrip("/")
            if base and path.startswith(base + "/"):
                addresses.append(_climb("/", path[len(base) :]))
    else:
        yield posixpath.join(folder, path)
        # The browser starts from the page's address: /posts/x/ or /posts/ for content/posts/x.md, under any root.
        stem = posixpath.splitext(posixpath.basename(page))[0]
        parts = folder.split("/") if folder else []
        # Only of a page near the root, or with a template in between, is that the top of the site for all roots.
        deepest = len(parts) + 1 if prefixed or len(parts) < 2 else len(parts)
        bases = ["/" + "/".join(parts[start:]) for start in range(deepest)]
        for root in tree.matching(*profile.relative):
            yield posixpath.join(root, _climb("/", path))
        addresses = [_climb(base, path) for base in bases]
        addresses += [_climb(posixpath.join(base, stem), path) for base in bases]
        yield posixpath.join(folder, stem, path)
    for address in dict.fromkeys(addresses):
        for root in (*roots, ""):
            yield posixpath.join(root, address.lstrip("/"))


def static_roots(tree: SiteTree, profile: Profile) -> Sequence[str]:
    """The folders of the site whose files are served from the top, each once; ``""`` is the root itself."""
    return tree.matching(*profile.static)


def serves(reference: str, tree: SiteTree, profile: Profile) -> bool:
    """Whether the site serves a folder that the address may start in: ``static/home`` for ``/home/anna/x.png``."""
    first = reference.lstrip("/").partition("/")[0]
    return any(tree.exists(posixpath.join(root, first)).state == "found" for root in static_roots(tree, profile))


def _climb(base: str, path: str) -> str:
    """The address that a browser makes of a path; ``..`` stops at the top, as it does there."""
    return posixpath.normpath(posixpath.join("/", base, path)).lstrip("/")


class LocalPath(NamedTuple):
    """A place on one machine. ``user`` is the account that it betrays; ``certain`` is false where a site could
    serve the same path.
    """

    user: str | None
    certain: bool


_URL_OF_FILE = re.compile(r"file:[\\/]", re.IGNORECASE)
_DRIVE = re.compile(r"/?[A-Za-z]:[\\/](?!/)|\\\\[^\\]")
# Folders of Linux, macOS and Windows seen from Linux; below /home and /Users at least an account and a name.
_UNIX = re.compile(r"/(?:home|Users)/[^/]+/[^/]|/(?:Volumes|mnt/[a-z]|var/folders|private/var)/[^/]+/[^/]")
_ACCOUNT = re.compile(r"[\\/](?:home|Users|Utilisateurs)[\\/]+([^\\/]+)[\\/]", re.IGNORECASE)


def local_path(reference: str) -> LocalPath | None:
    """What a reference tells of the author's machine; None where it is no path of one.

    A path such as ``/home/anna/x.png`` may also be an address of the site: it is not ``certain``, and whoever knows
    the site's files should look whether it serves ``/home``.
    """
    reference = reference.strip()
    certain = bool(_URL_OF_FILE.match(reference) or _DRIVE.match(reference))
    if not certain and not _UNIX.match(reference):
        return None
    account = _ACCOUNT.search(unquote(reference))
    return LocalPath(account[1] if account else None, certain)
