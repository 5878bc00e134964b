"""Hostile and damaged files: refused, named, and nothing of them kept."""

import contextlib
import gzip
import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupil_desk.documents.reading import xml_tree
from pupil_desk.documents.reading.table import MOST_BYTES, Unreadable
from pupil_desk.documents.reading.xml_tree import Unsafe, safe_tree
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.ctf import CTF
from pupil_desk.services.imports.run import run_import
from pupil_desk.store.tables import pupils
from tests.services.imports.ctf_made import CONTACT, NAME, RESULT, contacts_of, ctf_of, pupil_of
from tests.services.imports.made import ANN, CLOCK, counts, errors

GOOD = ctf_of(pupil_of(ANN, rest=contacts_of(CONTACT) + RESULT.format(result=94)))
UNIT = UnitSettings(name="Larkfield", la="919", estab="1100")
_LAUGHS = '<!DOCTYPE CTfile [<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"


def _zipped(data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(NAME, data)
    return packed.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {  # made when they are needed: some are large
    "a harmless DOCTYPE": (lambda: ctf_of(pupil_of(ANN), prolog="<!DOCTYPE CTfile>"), "unsafe_file"),
    "an entity from outside": (
        lambda: ctf_of(pupil_of(ANN, surname="&x;"), prolog='<!DOCTYPE CTfile [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        "unsafe_file",
    ),
    "a parameter entity": (
        lambda: ctf_of(pupil_of(ANN), prolog='<!DOCTYPE CTfile [<!ENTITY % x SYSTEM "http://example.org/x.dtd"> %x;]>'),
        "unsafe_file",
    ),
    "a DOCTYPE in UTF-16": (
        lambda: ctf_of(pupil_of(ANN), prolog="<!DOCTYPE CTfile>").decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "unsafe_file",
    ),
    "a billion laughs": (lambda: ctf_of(pupil_of(ANN, surname="&j;"), prolog=_LAUGHS), "unsafe_file"),
    "100,000 deep": (lambda: b"<CTfile>" + b"<a>" * 100_000, "unsafe_file"),
    "100 deep and whole": (lambda: ctf_of(pupil_of(ANN, rest="<a>" * 100 + "</a>" * 100)), "unsafe_file"),
    "millions of tags": (lambda: b"<CTfile>" + b"<a/>" * 2_000_000 + b"</CTfile>", "unsafe_file"),
    "a great many attributes": (lambda: b"<CTfile " + b" ".join(b'a%d=""' % n for n in range(200_000)) + b"/>", "unsafe_file"),
    "an entity that nobody declares": (lambda: ctf_of(pupil_of(ANN, surname="&school;")), "unreadable_file"),
    "over 20 MB": (lambda: GOOD + b" " * MOST_BYTES, "unreadable_file"),
    "cut short": (lambda: GOOD[:-200], "unreadable_file"),
    "another root": (lambda: ctf_of(pupil_of(ANN), root="Other"), "unreadable_file"),
    "the root in other letters": (lambda: ctf_of(pupil_of(ANN), root="CTFile"), "unreadable_file"),
    "no pupils": (ctf_of, "unreadable_file"),
    "nothing": (lambda: b"", "unreadable_file"),
    "gzip by another name": (lambda: gzip.compress(GOOD), "unreadable_file"),
    "zip by another name": (lambda: _zipped(GOOD), "unreadable_file"),
    "a program by another name": (lambda: b"MZ" + bytes(500), "unreadable_file"),
    "a wrong label of the letters": (lambda: GOOD.replace(b">Hall<", b">H\xe4ll<"), "unreadable_file"),
    "a label nobody uses": (lambda: GOOD.replace(b"UTF-8", b"UTF-7"), "unreadable_file"),
    "NUL": (lambda: GOOD.replace(b"Hall", b"Ha\x00ll"), "unreadable_file"),
}


@pytest.mark.acceptance(52, 54)
@pytest.mark.parametrize("what", HOSTILE)
@pytest.mark.parametrize("kind", ["auto", "ctf"])
def test_a_hostile_or_damaged_file_is_refused_and_named(desk: Desk, what: str, kind: str) -> None:
    make, code = HOSTILE[what]
    outcome = run_import(desk, kind, make(), NAME)
    assert (counts(outcome), errors(outcome), outcome.status) == ((0, 0, 0, 0, 0), {(None, "", code)}, 1)
    assert pupils.all_pupils(desk.vault) == []


@pytest.mark.acceptance(53)
@pytest.mark.parametrize("what", ["a DOCTYPE in UTF-16", "a billion laughs", "millions of tags", "a great many attributes", "over 20 MB"])
def test_what_would_take_long_never_reaches_the_parser(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    parsed: list[str] = []
    monkeypatch.setattr(xml_tree, "_parsed", parsed.append)
    with pytest.raises((Unsafe, Unreadable)):
        safe_tree(HOSTILE[what][0]())
    assert parsed == []


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("9194003_CTF_9191100_001 (1).xml", "9194003_CTF_9191100_001.xml"),
        ("Copy of 919LLLL_CTF_9191100_001.xml", "919LLLL_CTF_9191100_001.xml"),
        ("9191100_CTF_9194001_001 (1).xml", "9191100_CTF_9194001_001.xml"),
        ("9191100_CTF_9194001_1.xml", "such as 9194003_CTF_9191100_001.xml"),
        ("transfer.xml", "such as 9194003_CTF_9191100_001.xml"),
    ],
)
def test_a_wrong_name_is_refused_and_the_right_one_shown(desk: Desk, name: str, right: str) -> None:
    outcome = run_import(desk, "auto", GOOD, name)
    assert errors(outcome) == {(None, "", "bad_file_name")}
    assert right in outcome.problems[0].message


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        NAME.replace(".xml", ".XML"),
        "919LLLL_CTF_9191100_001.xml",
        "9194003_CTF_XXXXXXX_001.xml",
        "9194003_ctf_MMMMMMM_999.xml",
        "9191100_CTF_9194001_001.xml",
        "9191100_CTF_MMMMMMM_002.xml",
    ],
)
def test_a_right_name_is_taken(desk: Desk, name: str) -> None:
    assert counts(run_import(desk, "auto", GOOD, name)) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    "source",
    [
        b"\xef\xbb\xbf" + GOOD,
        GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        GOOD.decode().replace("UTF-8", "windows-1252").replace("Hall", "Hällé").encode("windows-1252"),
    ],
)
def test_honest_files_in_other_letters_are_read(desk: Desk, source: bytes) -> None:
    assert counts(run_import(desk, "auto", source, NAME)) == (1, 1, 0, 0, 0)


def test_a_comment_does_not_cut_a_name_and_is_never_data(desk: Desk) -> None:
    run_import(desk, "auto", GOOD.replace(b"<Surname>Hall</Surname>", b"<Surname>O<!-- x -->Neil</Surname><!-- <UPN>no</UPN> -->", 1), NAME)
    assert [pupil.surname for pupil in pupils.all_pupils(desk.vault)] == ["ONeil"]


_PIECES = st.sampled_from(
    [
        b"<",
        b">",
        b"&",
        b"&#0;",
        b"&#x110000;",
        b"<!DOCTYPE x>",
        b"<![CDATA[",
        b"]]>",
        b"<!--",
        b"<?xml ",
        b"\x00",
        b"\xff\xfe",
        b"</Pupil>",
        b"<Pupil>",
        b"<UPN/>",
        b'"',
        b"xmlns='a'",
        b"\xed\xa0\x80",
        b"&amp;",
        b"=",
        b"\xe2\x80\xae",
        b"A" * 300,
    ]
)
_EDITS = st.lists(
    st.tuples(st.integers(0, len(GOOD)), st.integers(0, 40), st.one_of(_PIECES, st.binary(max_size=12))), min_size=1, max_size=6
)


@settings(max_examples=300, deadline=2000)
@given(_EDITS)
def test_no_mutated_file_raises_or_takes_long(edits: list[tuple[int, int, bytes]]) -> None:
    data = GOOD
    for place, gone, put in edits:
        data = data[:place] + put + data[place + gone :]
    assert CTF.file is not None
    read = CTF.file.read(data, NAME, UNIT, CLOCK.today())
    assert read.rows or {problem.code for problem in read.problems if problem.stops} <= {"unsafe_file", "unreadable_file"}
    assert all(not row.problems or all(problem.message for problem in row.problems) for row in read.rows)


@settings(max_examples=200, deadline=2000)
@given(st.binary(max_size=400))
def test_no_bytes_at_all_raise_but_the_known(data: bytes) -> None:
    for source in (data, b"<CTfile>" + data):
        with contextlib.suppress(Unsafe, Unreadable):
            safe_tree(source)
