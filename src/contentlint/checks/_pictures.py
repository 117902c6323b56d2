"""The pictures of a site's pages that are files of the site: what they weigh, and how large they are."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

from contentlint.site.index import SiteIndex
from contentlint.site.tree import Head
from contentlint.source.references import Reference

_PICTURE = re.compile(r"\.(?:png|jpe?g|gif|webp|avif|svg|bmp|tiff?|apng|jxl|heic)$", re.IGNORECASE)


def is_picture(path: str) -> bool:
    """Whether a path has the ending of a picture."""
    return _PICTURE.search(path) is not None


class Picture(NamedTuple):
    """A picture on a page, and the file of the site that it is."""

    page: str
    reference: Reference
    file: str

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return posixpath.basename(self.file)


def own(site: SiteIndex, pages: Iterable[str]) -> Iterator[Picture]:
    """The pictures on these pages whose file the site has, in the order of pages and texts."""
    if not site.tree.known:
        return
    for page in sorted(pages):
        for reference in site.pages[page].references:
            path = unquote(re.split(r"[?#]", reference.destination, maxsplit=1)[0])
            if reference.templated or not is_picture(path):
                continue
            state, file = site.file_of(page, reference)
            if state == "found" and file is not None:
                yield Picture(page, reference, file)


class Twin(NamedTuple):
    """Another file with the same picture, and its size in bytes."""

    file: str
    size: int


def twin(site: SiteIndex, file: str, endings: Iterable[str], saving: float) -> Twin | None:
    """The lightest file beside a picture that has its name with one of those endings, and is lighter by that share.

    None for a file that holds another picture or a thumbnail: one whose form differs, or with half as many pixels a
    side. Empty files stand for files that are not there, and tell nothing.
    """
    stem = posixpath.splitext(file)[0]
    whole = site.tree.head(file)
    if not whole or not whole.size:
        return None
    found = []
    for name in dict.fromkeys(f"{base}.{other}" for other in endings for base in (stem, file)):
        if name == file or site.tree.exists(name).state != "found":
            continue
        head = site.tree.head(name)
        if head and 0 < head.size <= whole.size * (1 - saving) and _alike(whole, head):
            found.append(Twin(name, head.size))
    return min(found, key=lambda one: one.size, default=None)


def _alike(picture: Head, other: Head) -> bool:
    first, second = dimensions(picture), dimensions(other)
    if first is None or second is None:
        return True
    (width, height), (other_width, other_height) = first, second
    # Rounding to whole pixels changes the form by less than this.
    return other_width * 2 > width and abs(width * other_height / (height * other_width) - 1) < 0.02


def dimensions(head: Head) -> tuple[int, int] | None:
    """The width and the height of a picture in pixels, by its header; None where it cannot be told."""
    # Few runs come here, and it takes 40 ms to import.
    import imagesize

    try:
        width, height = imagesize.get(io.BytesIO(head.start))
    except Exception:  # a file may hold anything, and the library raises what its parsing comes upon
        return None
    return (width, height) if width > 0 and height > 0 else None


_MOST_FOLDERS = 20  # of a path in a repository: a branch and folders beyond that are no repository's


def file_at_end(site: SiteIndex, path: str) -> str | None:
    """The file of the site at the end of a path in a repository, of which a branch and folders may come first."""
    parts = path.split("/")
    for start in range(1, min(len(parts) - 1, _MOST_FOLDERS)):
        found = site.tree.exists("/".join(parts[start:]))
        if found.state == "found" and not found.folder:
            return found.path
    return None
