"""Transfer files, lists and workbooks that ask for hours of work, or for all memory, or that are not what they say: each is made when it is needed."""

import gzip
import io
import zipfile
from collections.abc import Callable, Mapping

from tests.hostile import transfer_file

type Makers = Mapping[str, Callable[[], bytes]]

_M = 1_000_000


def _ctf(inside: bytes, *, before: bytes = b"") -> bytes:
    head = b"<Header><DestSchool><LEA>919</LEA><Estab>1100</Estab></DestSchool></Header>"
    return b"%s<CTfile>%s<CTFpupilData><Pupil>%s</Pupil></CTFpupilData></CTfile>" % (before, head, inside)


_LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>"

TRANSFER_FILES: Makers = {
    "blanks after a comment": lambda: transfer_file(195_000, before="<!-- -->"),
    "blanks before the declaration": lambda: transfer_file(195_000),
    "blanks after a declaration": lambda: transfer_file(195_000, before="<?xml version='1.0'?>"),
    "blanks and no declaration": lambda: transfer_file(9 * _M, declared=False, before="<!-- -->"),
    "a declaration without an end": lambda: b"<?xml " + b"x" * 15 * _M,
    "a long attribute": lambda: b"<CTfile a='" + b"x" * 15 * _M + b"'/>",
    "instructions": lambda: b"<CTfile>" + b"<?x y?>" * 700_000 + b"</CTfile>",
    "a long comment": lambda: b"<CTfile><!--" + b"-" * 15 * _M + b"--></CTfile>",
    "a billion laughs": lambda: _ctf(b"<Surname>&j;</Surname>", before=_LAUGHS),
    "a billion laughs in UTF-16": lambda: _ctf(b"<Surname>&j;</Surname>", before=_LAUGHS).decode().encode("utf-16"),
    "an entity from outside": lambda: _ctf(b"&x;", before=b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "100,000 deep": lambda: b"<CTfile>" + b"<a>" * 100_000,
    "deep and whole": lambda: _ctf(b"<a>" * 5_000 + b"</a>" * 5_000),
    "millions of tags": lambda: b"<CTfile>" + b"<a/>" * 2 * _M + b"</CTfile>",
    "as many tags as may be": lambda: _ctf((b"<a>" + b"<b/>" * 4_000 + b"</a>") * 49),
    "as many pupils as may be": lambda: _ctf(b"</Pupil><Pupil>" * 4_900),
    "more pupils than may be": lambda: _ctf(b"</Pupil><Pupil>" * 90_000),
    "as many contacts as may be": lambda: _ctf(b"<Contacts>" + b"<Contact><Surname>A</Surname></Contact>" * 4_900 + b"</Contacts>"),
    "a great many attributes": lambda: b"<CTfile " + b" ".join(b'a%d=""' % n for n in range(200_000)) + b"/>",
    "as many attributes as may be": lambda: _ctf(b"<a " + b" ".join(b'a%d=""' % n for n in range(99_000)) + b"/>"),
    "name spaces": lambda: _ctf(b"<a " + b" ".join(b'xmlns:a%d="b"' % n for n in range(60_000)) + b"/>"),
    "a long name": lambda: _ctf(b"<" + b"a" * 5 * _M + b"/>"),
    "long names within long names": lambda: _ctf(
        b"<"
        + b"a" * 900_000
        + b"><"
        + b"b" * 900_000
        + b">"
        + b"<c>1</c>" * 100_000
        + b"</"
        + b"b" * 900_000
        + b"></"
        + b"a" * 900_000
        + b">"
    ),
    "a long text": lambda: _ctf(b"<BasicDetails><Surname>" + b"A " * 8 * _M + b"</Surname></BasicDetails>"),
    "a long text that is marked": lambda: _ctf(b"<![CDATA[" + b"]]" * 8 * _M + b"]]>"),
    "letters by number": lambda: _ctf(b"<UPN>" + b"&#65;" * 3 * _M + b"</UPN>"),
    "brackets": lambda: b"<CTfile>" + b"<" * 15 * _M,
    "ampersands": lambda: b"<CTfile>" + b"&" * 15 * _M + b"</CTfile>",
    "a label that nobody uses": lambda: b"<?xml version='1.0' encoding='utf-7'?><CTfile/>",
    "packed": lambda: gzip.compress(_ctf(b"<a/>" * _M)),
}

_HEAD = b"surname,forename,dob\n"
LISTS: Makers = {
    "one line": lambda: b"x" * 20 * _M,
    "a quotation mark left open": lambda: _HEAD + b'"' + b"Hall,Ann\n" * 2 * _M,
    "quotation marks": lambda: b'"' * 20 * _M,
    "a cell without end": lambda: _HEAD + b'"' + b"x" * 19 * _M + b'",Ann,2012-03-04\n',
    "commas": lambda: b"," * 20 * _M,
    "as many columns as may be": lambda: b",".join(b"c%d" % n for n in range(999)) + b"\n" + (b"x," * 999 + b"\n") * 1_000,
    "the same heading": lambda: b"surname," * 999 + b"\n" + b"Hall," * 999 + b"\n",
    "short lines": lambda: b"surname,forename\n" + b"a\n" * 5 * _M,
    "lines of nobody": lambda: b"surname,forename,dob\n" + b"a,b,\n" * 49_000,
    "empty lines": lambda: b"\n" * 20 * _M,
    "old line ends": lambda: b"\r" * 20 * _M,
    "blanks": lambda: b" " * 20 * _M,
    "a separator and blanks": lambda: b"sep=;" + b" " * 19 * _M + b"\n",
    "NUL": lambda: _HEAD + b"\0" * 10 * _M,
    "UTF-16 without its mark": lambda: b"a\0" * 9 * _M,
    "half a letter": lambda: b"\xff\xfe" + b"\x00\xd8" * 9 * _M,
    "letters of no kind": lambda: _HEAD + b"\xe9\xff\x81" * 6 * _M,
    "accents alone": lambda: _HEAD + "\u0301".encode() * 30_000 + b",Ann,2012-03-04\n",
    "a long date": lambda: _HEAD + b"Hall,Ann," + b"1" * 32_000 + b"\n",
    "a long name": lambda: _HEAD + b"A " * 16_000 + b",Ann,2012-03-04\n",
    "a web page": lambda: b"<html>" * 3 * _M,
    "tabs and bars": lambda: b"a\t|;,\n" * 3 * _M,
}


def _zip(parts: Mapping[str, bytes], *, level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def _book(sheet: bytes, *, sheets: int = 1, **more: bytes) -> bytes:
    """A workbook whose sheets are all the same part."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    listed = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="r1"/>' % (n, n + 1) for n in range(sheets))
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    relations = b'<Relationship Id="r1" Type="%sworksheet" Target="worksheets/sheet1.xml"/>' % kind
    relations += b'<Relationship Id="r2" Type="%ssharedStrings" Target="sharedStrings.xml"/>' % kind if "strings" in more else b""
    package = b'xmlns="http://schemas.openxmlformats.org/package/2006/'
    parts = {
        "[Content_Types].xml": b'<Types %scontent-types"/>' % package,
        "_rels/.rels": b'<Relationships %srelationships"><Relationship Id="r" Type="%sofficeDocument" Target="xl/workbook.xml"/></Relationships>'
        % (package, kind),
        "xl/workbook.xml": b"<workbook %s><sheets>%s</sheets></workbook>" % (space, listed),
        "xl/_rels/workbook.xml.rels": b'<Relationships %srelationships">%s</Relationships>' % (package, relations),
        "xl/worksheets/sheet1.xml": b"<worksheet %s>%s</worksheet>" % (space, sheet),
    }
    return _zip(parts | ({"xl/sharedStrings.xml": more["strings"]} if "strings" in more else {}))


def _rows(cell: bytes, across: int, down: int) -> bytes:
    return b"<sheetData>" + (b"<row>" + cell * across + b"</row>") * down + b"</sheetData>"


_TEXT = b'<c t="inlineStr"><is><t>%s</t></is></c>'
WORKBOOKS: Makers = {
    "a sheet that unfolds": lambda: _book(b"<sheetData/>" + b" " * 110 * _M),
    "a text that stands in every cell": lambda: _book(
        _rows(b'<c t="s"><v>0</v></c>', 1_000, 900), strings=b"<sst><si><t>" + b"x" * 30_000 + b"</t></si></sst>"
    ),
    "a text of all memory": lambda: _book(_rows(_TEXT % (b"x" * 90 * _M), 1, 1)),
    "texts by the million": lambda: _book(_rows(_TEXT % b"x", 100, 18_000)),
    "cells by the million": lambda: _book(_rows(b"<c/>", 1_000, 3_900)),
    "a corner far away": lambda: _book(b'<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
    "a measure that is said": lambda: _book(b'<dimension ref="A1:XFD1048576"/>' + _rows(_TEXT % b"x", 2, 2)),
    "cells beyond any sheet": lambda: _book(b'<sheetData><row r="99999999999"><c r="ZZZZZZ99999999999"><v>1</v></c></row></sheetData>'),
    "a million cells made one": lambda: _book(
        _rows(_TEXT % b"x", 2, 2) + b"<mergeCells>" + b'<mergeCell ref="A1:XFD1048576"/>' * _M + b"</mergeCells>"
    ),
    "one part for many sheets": lambda: _book(_rows(_TEXT % b"x", 100, 1_000), sheets=400),
    "thousands of sheets": lambda: _book(_rows(_TEXT % b"x", 1, 1), sheets=60_000),
    "an entity": lambda: _book(b"&a;" + _rows(_TEXT % b"&a;", 1, 1)),
    "100,000 deep": lambda: _book(b"<a>" * 100_000),
    "tags without an end": lambda: _book(b"<c t=" * 4 * _M),
    "blanks within a place": lambda: _book(b"<sheetData><row r" + b" " * 40 * _M + b"='1'>" + b"</row></sheetData>"),
    "errors": lambda: _book(_rows(b'<c r="A1" t="e"><v>#REF!</v></c>', 50, 10_000)),
    "numbers without end": lambda: _book(_rows(b"<c><v>" + b"9" * 300_000 + b"</v></c>", 10, 20)),
    "100,000 parts": lambda: _zip({f"xl/{n}": b"" for n in range(100_000)} | {"xl/workbook.xml": b""}, level=1),
    "no parts": lambda: b"PK\x05\x06" + bytes(18),
    "the parts of another": lambda: b"PK\x03\x04" + b"\0" * 5 * _M,
    "cut short": lambda: _book(_rows(_TEXT % b"x", 10, 1_000))[:-300],
    "wrong sums": lambda: _book(_rows(_TEXT % b"xyz", 10, 100)).replace(b"\x00\x00", b"\x00\x01", 3),
}

LONG: Mapping[str, frozenset[str]] = {
    "transfer file": frozenset(
        {"ampersands", "as many attributes as may be", "as many contacts as may be", "as many pupils as may be", "as many tags as may be"}
    ),
    "list": frozenset(
        {
            "UTF-16 without its mark",
            "a cell without end",
            "a quotation mark left open",
            "a separator and blanks",
            "as many columns as may be",
            "lines of nobody",
            "blanks",
            "commas",
            "empty lines",
            "letters of no kind",
            "old line ends",
            "one line",
            "quotation marks",
            "tabs and bars",
            "the same heading",
        }
    ),
    "workbook": frozenset(
        {
            "100,000 parts",
            "a text of all memory",
            "a text that stands in every cell",
            "blanks within a place",
            "cells by the million",
            "errors",
            "numbers without end",
            "one part for many sheets",
            "texts by the million",
        }
    ),
}
"""Those of each kind that take a second or more, which are torture."""
