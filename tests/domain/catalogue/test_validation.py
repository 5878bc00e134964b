"""One check for each kind of item: what stops, what warns, what is kept as typed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.domain.catalogue.catalogue import item_at
from pupil_desk.domain.catalogue.validation import Reading, Refused, check_enrolment, check_pupil, problems_of, read, refuse, show
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil

TODAY = date(2026, 11, 24)


def _codes(path: str, typed: str) -> list[tuple[str, str]]:
    return [(p.code, p.severity) for p in read(item_at(path), typed, TODAY).problems]


@pytest.mark.parametrize(
    ("path", "typed", "value"),
    [
        ("pupil.surname", "  O’Brien   Smith ", "O’Brien Smith"),
        ("pupil.surname", "Ng", "Ng"),
        ("pupil.surname", "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("pupil.dob", "27/3/07", date(2007, 3, 27)),
        ("pupil.dob", "27 Mar 2012", date(2012, 3, 27)),
        ("pupil.dob", "40637", date(2011, 4, 4)),
        ("pupil.sex", "female", "F"),
        ("pupil.sex", "f", "F"),
        ("pupil.ethnicity", "White - Traveller of Irish heritage", "WIRT"),
        ("pupil.year_group", "9.0", "9"),
        ("pupil.upn", " y919110 026001 ", "Y919110026001"),
        ("pupil.looked_after", "TRUE", True),
        ("pupil.looked_after", "n", False),
        ("pupil.previous_school", "9194001", "919/4001"),
        ("pupil.medical", "One\r\ntwo  ", "One\ntwo"),
        ("pupil.uln", "", None),
    ],
)
def test_read(path: str, typed: str, value: object) -> None:
    reading = read(item_at(path), typed, TODAY)
    assert (reading.value, reading.problems) == (value, ())


@pytest.mark.parametrize(
    ("path", "typed", "code"),
    [
        ("pupil.surname", "  ", "missing"),
        ("pupil.surname", "x" * 101, "too_long"),
        ("pupil.surname", "a\x00b", "bad_text"),
        ("pupil.dob", "Mar-07", "bad_date"),
        ("pupil.dob", "29/2/2013", "bad_date"),
        ("pupil.dob", "13/13/2012", "bad_date"),
        ("pupil.dob", "25/11/2026", "future_date"),
        ("pupil.upn", "A801200005001", "bad_upn_letter"),
        ("pupil.upn", "I919110026001", "bad_upn_format"),
        ("pupil.uln", "5.98E+09", "bad_uln"),
        ("pupil.postcode", "AL10 9C", "bad_postcode"),
        ("pupil.sex", "X", "unknown_code"),
        ("pupil.sen_provision", "A", "retired_code"),
        ("contact.relationship", "Mum", "unknown_code"),
        ("contact.lives_with", "sometimes", "unknown_code"),
    ],
)
def test_stops(path: str, typed: str, code: str) -> None:
    assert _codes(path, typed) == [(code, "error")]
    assert read(item_at(path), typed, TODAY).value is None


def test_warns_and_keeps() -> None:
    assert _codes("pupil.upn", "R674123101121") == [("unknown_la", "warning")]
    assert _codes("pupil.phone", "7700900503") == [("lost_zero", "warning")]
    assert read(item_at("pupil.phone"), "7700900503", TODAY).value == "7700900503"
    assert _codes("pupil.email", "somebody at home") == [("odd_email", "warning")]


def test_every_message_says_which_item() -> None:
    for path, typed in (("pupil.dob", "x"), ("pupil.upn", "x"), ("pupil.uln", "1"), ("pupil.postcode", "x"), ("pupil.sex", "x")):
        message = read(item_at(path), typed, TODAY).problems[0].message
        assert item_at(path).label in message
        assert "{" not in message


@given(st.text(max_size=60))
def test_any_text_is_a_name_or_says_why_not(typed: str) -> None:
    reading = read(item_at("pupil.surname"), typed, TODAY)
    assert (reading.value is None) == bool(reading.problems)
    if reading.value is not None:
        assert read(item_at("pupil.surname"), reading.value, TODAY).value == reading.value


def test_a_kept_record_reads_back() -> None:
    pupil = Pupil(surname="Quill", forename="Ada", dob=date(2012, 1, 1), looked_after=False, sex="F", sen_provision="K")
    assert problems_of(pupil, TODAY) == ()
    retired = Pupil(surname="Quill", forename="Ada", dob=date(2012, 1, 1), sen_provision="A")
    assert [p.code for p in problems_of(retired, TODAY)] == ["retired_code"]
    assert problems_of(retired, TODAY, ["surname"]) == ()


def test_rules_across_items() -> None:
    pupil = Pupil(surname="Quill", forename="Ada", dob=date(2012, 1, 1), sen_provision="N", sen_need_1="SEMH")
    assert [p.code for p in check_pupil(pupil)] == ["need_without_provision"]
    stay = Enrolment(status="C", start_date=date(2026, 9, 2), end_date=date(2026, 9, 1))
    assert [(p.code, p.stops) for p in check_enrolment(stay)] == [("ends_before_start", True)]
    with pytest.raises(Refused) as refused:
        refuse(check_enrolment(stay))
    assert refused.value.status == 2
    refuse(check_pupil(pupil))


def test_words_for_values() -> None:
    contact = Contact(surname="Quill", relationship="PAM", lives_with=True)
    assert show(item_at("contact.relationship"), contact.relationship) == "Mother"
    assert show(item_at("contact.lives_with"), True) == "Yes"
    assert show(item_at("contact.lives_with"), None) == ""
    assert show(item_at("pupil.dob"), date(2012, 2, 29)) == "29 February 2012"


@pytest.mark.parametrize("label", ["What it is", "In what right", "How, and what they were told"])
def test_a_label_that_is_a_clause_stands_in_quotation_marks(label: str) -> None:
    clause = replace(item_at("pupil.surname"), label=label)
    assert [problem.message for problem in read(clause, "", TODAY).problems] == [f"“{label}” is missing. Enter it."]
    noun = replace(clause, label="Town")
    assert [problem.message for problem in read(noun, "", TODAY).problems] == ["Town is missing. Enter it."]


@pytest.mark.parametrize(
    "typed", ["0163x 960299", "01632 960299 (home)", "ask the grandmother", "01632 96O299", "07700 900123 or 07700 900124"]
)
def test_a_telephone_number_has_no_letters(typed: str) -> None:
    reading = read(item_at("contact.phone"), typed, TODAY)
    assert (reading.value, [problem.code for problem in reading.problems]) == (None, ["bad_phone"])
    assert "extension such as “ext. 12”" in reading.problems[0].message


@pytest.mark.parametrize(
    "typed",
    [
        "01632 960299",
        "+44 (0)1632 960299",
        "01632-960299",
        "01632 960299 ext. 12",
        "01632 960299 x12",
        "01632 960299, extension 7",
        "01632 960299 (ext 3)",
    ],
)
def test_a_telephone_number_may_have_an_extension(typed: str) -> None:
    assert read(item_at("contact.phone"), typed, TODAY) == Reading(typed)


def test_a_day_that_no_calendar_has_is_told_so() -> None:
    (problem,) = read(item_at("pupil.dob"), "31/02/2012", TODAY).problems
    assert problem.message == "Date of birth: February 2012 has 29 days."
