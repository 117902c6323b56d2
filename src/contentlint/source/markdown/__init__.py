"""Markdown to nodes, each with its exact place in the file. The only room that knows the Markdown library.

``parser`` runs markdown-it-py so that every token knows its place; ``placement`` leads from the content of a block
back to the file; ``tree`` makes blocks into nodes, ``inlines`` what stands in them, ``target`` where links lead.
"""

from __future__ import annotations

from contentlint.source.markdown.tree import Tree
from contentlint.source.mask import Mask
from contentlint.source.nodes import Root
from contentlint.span import LineIndex

__all__ = ["parse"]


def parse(text: str, lines: LineIndex, mask: Mask) -> Root:
    """The body of the page as a tree. ``mask`` holds the text without what is no Markdown; spans are those of ``text``.

    Any text has a tree: nothing is raised, whatever the input.
    """
    return Tree(text, lines, mask).root()
