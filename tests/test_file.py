"""Bytes become text and go back unchanged; what is no page is refused with a reason, and nothing hangs."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contentlint.source import file
from contentlint.span import Span


@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_come_back_unchanged_or_the_file_is_refused(data):
    source = file.decode(data)
    if {problem.kind for problem in source.problems} & {"binary"}:
        assert source.text == ""
    else:
        assert source.encode(source.text) == data


def test_the_byte_order_mark_is_outside_the_text():
    source = file.decode(b"\xef\xbb\xbf# Titre\r\n")
    assert source.text == "# Titre\r\n"
    assert source.bom
    assert source.problems == ()
    assert source.encode("# Autre\r\n") == b"\xef\xbb\xbf# Autre\r\n"


@pytest.mark.parametrize(
    ("data", "span", "offset", "reason"),
    [
        ("é".encode() + b"t\xe9 !", Span(2, 3), 3, "byte 3 (0xE9) is not UTF-8"),
        (b"\xef\xbb\xbfab\xff\xfe c \xe9", Span(2, 4), 5, "byte 5 (0xFF) is not UTF-8, and 2 more"),
        (b"\xc0\xaf overlong", Span(0, 2), 0, "byte 0 (0xC0) is not UTF-8, and 1 more"),
        (b"\xed\xa0\x80 a surrogate", Span(0, 3), 0, "byte 0 (0xED) is not UTF-8, and 2 more"),
    ],
)
def test_bytes_that_are_not_utf8_are_one_problem_at_the_first(data, span, offset, reason):
    source = file.decode(data)
    (problem,) = source.problems
    assert (problem.kind, problem.span, problem.offset, problem.reason) == ("invalid-utf8", span, offset, reason)
    assert not source.fixable
    assert source.encode(source.text) == data


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_said_and_still_read(encoding):
    data = "\ufeff# Été 😀\n".encode(encoding)
    source = file.decode(data)
    assert source.text == "# Été 😀\n"
    assert [problem.kind for problem in source.problems] == ["utf-16"]
    assert source.encode(source.text) == data


def test_a_cut_utf16_file_is_no_text():
    assert [problem.kind for problem in file.decode(b"\xff\xfea").problems] == ["utf-16", "binary"]


def test_a_stray_nul_is_found_in_a_text():
    (problem,) = file.decode("é\0 and a long enough text around it".encode()).problems
    assert (problem.kind, problem.span, problem.offset) == ("nul", Span(1, 2), 2)


def test_an_image_named_as_a_page_is_binary_and_is_not_written_back():
    source = file.decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0")
    assert [problem.kind for problem in source.problems] == ["binary"]
    assert source.text == ""
    with pytest.raises(ValueError, match="not read as text"):
        source.encode("text")


def test_what_is_too_large_is_not_decoded():
    source = file.decode(b"x" * 11, limit=10)
    assert [problem.kind for problem in source.problems] == ["too-large"]
    assert source.text == ""
    assert file.decode(b"x" * 10, limit=10).text == "x" * 10


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    page = tmp_path / "large.md"
    with page.open("wb") as stream:
        stream.truncate(50_000_000)
    monkeypatch.setattr(os, "read", None)
    with pytest.raises(file.Unreadable) as caught:
        file.read_bytes(page)
    assert caught.value.problem.kind == "too-large"
    assert "50.0 MB" in caught.value.problem.reason


def test_a_page_is_read(tmp_path):
    (tmp_path / "page.md").write_bytes(b"\xef\xbb\xbf\xff\r\n")
    assert file.read_bytes(tmp_path / "page.md") == b"\xef\xbb\xbf\xff\r\n"


def test_a_pipe_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "pipe.md")
    with pytest.raises(file.Unreadable) as caught:
        file.read_bytes(tmp_path / "pipe.md")
    assert caught.value.problem.kind == "not-a-file"


def test_folders_broken_links_and_impossible_names_are_refused(tmp_path):
    (tmp_path / "folder.md").mkdir()
    (tmp_path / "link.md").symlink_to("nowhere")
    (tmp_path / "loop.md").symlink_to("loop.md")
    kinds = {}
    for name in ("folder.md", "link.md", "loop.md", "missing.md", "nul\0.md", "a" * 300 + ".md"):
        with pytest.raises(file.Unreadable) as caught:
            file.read_bytes(tmp_path / name)
        kinds[name[:10]] = caught.value.problem.kind
        assert caught.value.problem.reason
    assert kinds.pop("folder.md") == "not-a-file"
    assert set(kinds.values()) == {"unreadable"}
