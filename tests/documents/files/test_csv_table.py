"""CSV for people: right letters in a spreadsheet, and no cell of it runs."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.documents.files import csv_table
from pupil_desk.documents.files.csv_table import csv_bytes, guard, machine_csv, machine_refuses

RUNS = [
    "=cmd|' /C calc'!A0", "=1+1", "+1", "-1", "-1+2", "@SUM(A1)", "\t=1", "\tplain", "\rplain", "\nplain", " =1", "   @A1",
    "\u00a0=1", "\u3000=1", "\u200b=1", "\ufeff=1", "\u202e=1", "＝1+1", "＋1", "－1", "＠A1", "﹦1", "﹢1", "﹣1", "﹫A", "⁼1", "⁺1", "−1",
    "'=1", "''+1", "+44-20", "+44 20 A1", "+cmd", "+4420/7946", "+442079460000+1", "+", "-", "+12 34", "+1234567890123456", "+44  2079460000",
]  # fmt: skip


def unguard(text: str) -> str:
    """The original of a text that ``guard`` may have guarded."""
    return text[1:] if text.startswith("'") and guard(text[1:]) == text else text


@pytest.mark.acceptance(41)
@pytest.mark.parametrize("text", RUNS)
def test_what_could_run_gets_an_apostrophe(text: str) -> None:
    assert guard(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "O’Brien",
        "O'Brien",
        "'t Hooft",
        "Smith-Jones",
        "a=b",
        "1+1",
        "01632 960201",
        "AL28 2QN",
        "(0)20",
        "’=",
        "Ł=",
        " plain",
        "+44 7700 900123",
        "+447700900123",
        "+353 1 555 0100",
    ],
)
def test_plain_text_and_a_plain_telephone_number_stay(text: str) -> None:
    assert guard(text) == text


@given(st.text(alphabet=st.sampled_from("='+-@ \t\r\n7a＝\u200b\ufeff"), max_size=12))
def test_the_original_comes_back(text: str) -> None:
    assert unguard(guard(text)) == text


@given(st.text(alphabet=" \u00a0\u200b\ufeff\u202e", max_size=4), st.sampled_from("=+-@＝＋－＠"), st.text(max_size=8))
def test_whatever_follows_the_sign_and_whatever_unseen_precedes_it(before: str, sign: str, after: str) -> None:
    guarded = guard(before + sign + after)
    assert guarded.startswith("'") or (guarded[0] == "+" and guarded[1:].replace(" ", "").isdecimal())


def test_the_bytes_of_a_file() -> None:
    header = ("name", "dob", "looked_after", "sessions", "note")
    rows = [
        ("Béranger, A", date(2012, 2, 29), True, -3, None),
        ('the "other"', None, False, 0, "two\nlines"),
        ("=1;2", None, None, None, " led by a blank"),
    ]
    expected = (
        "\ufeffname,dob,looked_after,sessions,note\r\n"
        '"Béranger, A",2012-02-29,Y,-3,\r\n'
        '"the ""other""",,N,0,"two\nlines"\r\n'
        '"\'=1;2",,,," led by a blank"\r\n'
    )
    assert csv_bytes(header, rows) == expected.encode("utf-8")


def test_a_header_alone_is_a_file() -> None:
    assert csv_bytes(["a", "b"], []) == b"\xef\xbb\xbfa,b\r\n"


@given(st.lists(st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))), min_size=2, max_size=2), max_size=5))
def test_another_reader_gets_the_same_cells(rows: list[list[str]]) -> None:
    text = csv_bytes(["a", "b"], rows).decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [[unguard(cell) for cell in row] for row in read[1:]] == rows


def test_a_long_table_is_the_same_as_one_written_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"a,{number}", number, number % 2 == 0, Decimal(number)) for number in range(7)]
    whole = csv_bytes(["a", "b", "c", "d"], rows)
    monkeypatch.setattr(csv_table, "_AT_ONCE", 3)
    assert csv_bytes(["a", "b", "c", "d"], iter(rows)) == whole
    assert whole.splitlines()[2] == b'"a,1",1,N,1'


@pytest.mark.parametrize("cell", ["a\x00b", "\x1b[31m", "a\x7f"])
def test_a_control_character_never_passes(cell: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        csv_bytes(["a"], [[cell]])


def test_a_row_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="length"):
        csv_bytes(["a", "b"], [["1"]])


@pytest.mark.acceptance(41)
def test_a_file_for_a_machine_is_as_given_or_not_at_all() -> None:
    rows = [("O’Brien, Z", date(2012, 2, 29), "007"), ("+44 7700 900123", None, "1E2")]
    assert machine_csv(("a", "b", "c"), rows).decode() == 'a,b,c\r\n"O’Brien, Z",2012-02-29,007\r\n+44 7700 900123,,1E2\r\n'
    assert machine_csv(("a",), [], with_mark=True) == b"\xef\xbb\xbfa\r\n"
    for text in ("=1", "-", "two\nlines", "a\tb", "nul\0", "\u200b=1"):
        assert machine_refuses(text)
        with pytest.raises(ValueError):
            machine_csv(("a",), [(text,)])
    assert machine_refuses("O’Brien") is None
