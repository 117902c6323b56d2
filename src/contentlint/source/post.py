"""Pages as the ``Post`` of python-frontmatter, for programs that already use it."""

from __future__ import annotations

import frontmatter

from contentlint.source import front_matter


def to_post(text: str) -> frontmatter.Post:
    """The page as a Post. Keys named ``content`` and ``handler`` are metadata like all others.

    The content is the body letter for letter. Malformed front matter gives what of it can be read.
    """
    matter = front_matter.read(text)
    handler = next((handler for handler in front_matter.handlers() if matter.format and handler.detect(text)), None)
    post = frontmatter.Post(text[matter.span.end :], handler)
    post.metadata.update(matter.data)
    return post


def from_post(post: frontmatter.Post) -> str:
    """The text of a page: its metadata in the format of the Post's handler (YAML if it has none), then its content."""
    handler = post.handler if post.handler is not None else front_matter.YamlHandler()
    if not post.metadata:
        return str(post.content)
    metadata = handler.export(post.metadata)
    opening, closing = handler.START_DELIMITER or "", handler.END_DELIMITER or ""
    fenced = "\n".join(part for part in (opening, metadata, closing) if part)
    return f"{fenced}\n{post.content}"
