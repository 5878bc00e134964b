"""What a file looks like is told by its first bytes, and never by its name."""

import pytest

from pupil_desk.basics.filekinds import looks_like


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"MZ\x90\x00", "a program"),
        (b"MZ begins this sentence", "a plain text"),
        (b"#!/bin/sh\n", "a program"),
        (b"PK\x03\x04 x", "a ZIP"),
        (b"PK\x03\x04 [Content_Types].xml", "a document or a workbook"),
        (b"\xd0\xcf\x11\xe0\x00", "an old Word or Excel file"),
        ("Zoë’s list".encode(), "a plain text"),
        (("ë" * 600).encode()[:1025], "a plain text"),
        (b"<html>", "a web page, or another file of XML"),
        (b'{"a": 1}', "another file of JSON"),
        (b"\x87\x34\xe9\x5d\xcb\xe6\x9c\x9d\x36\xf6\x28\x22\x89\xda\x5d\x64\x17\x4e", "nothing that is known here"),
    ],
)
def test_what_a_file_looks_like(data: bytes, words: str) -> None:
    assert looks_like(data) == words
