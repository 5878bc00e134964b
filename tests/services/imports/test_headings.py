"""Headings: by the contract's names, the words on the screen, and the words of school systems."""

import pytest

from pupil_desk.services.imports import IMPORTS
from pupil_desk.services.imports.headings import best_kind, match_headings
from pupil_desk.services.imports.keyed import CONTACTS
from pupil_desk.services.imports.pupils import PUPILS
from pupil_desk.services.imports.run import template

CONTRACT = {  # of the kinds that the contract has; a later one has the columns that it says
    "pupils": "surname,forename,dob,upn,former_upn,uln,middle_names,preferred_surname,preferred_forename,sex,ethnicity,"
    "ethnicity_source,first_language,address_1,address_2,locality,town,county,postcode,phone,email,year_group,"
    "enrolment_status,start_date,end_date,main_school,previous_school,sen_provision,sen_need_1,sen_need_2,medical,"
    "looked_after,care_authority,service_child,young_carer",
    "contacts": "upn,surname,relationship,order,title,forename,parental_responsibility,lives_with,phone,mobile,email,"
    "address_1,address_2,locality,town,county,postcode",
    "choices": "upn,recipient,choice,by,on,giver,channel,note",
    "attendance": "upn,date,session,code,minutes_late,note",
    "suspensions": "upn,category,start,session,sessions,reason_1,reason_2,reason_3,status",
    "assessments": "upn,stage,subject,method,result,component,year,date,status,qualifier",
    "learning": "upn,kind,title,awarding_body,level,start,end,result,result_date,qualification_number",
    "destinations": "upn,kind,activity,provider,start,confirmed_on,source",
}
TABLES = [kind for kind in IMPORTS if kind.file is None]


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.name)
def test_the_template_has_the_contracts_columns_in_its_order_and_is_known_again(kind) -> None:  # type: ignore[no-untyped-def]
    contract = CONTRACT.get(kind.name, template(kind.name)).split(",")
    assert [column for column in template(kind.name).split(",") if column in contract] == contract
    headings, problems = match_headings(kind, template(kind.name).split(","))
    assert [heading.column for heading in headings] == template(kind.name).split(",")
    assert problems == ()
    assert best_kind(TABLES, template(kind.name).split(",")) is kind


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.name)
def test_each_label_on_the_screen_means_its_column(kind) -> None:  # type: ignore[no-untyped-def]
    headings, _problems = match_headings(kind, [item.label.upper() + ":" for item in kind.columns])
    assert [heading.column for heading in headings] == [item.name for item in kind.columns]


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("  Legal   Surname ", "surname"),
        ("Middle Name(s)", "middle_names"),
        ("D.O.B.", "dob"),
        ("NC Year", "year_group"),
        ("post code", "postcode"),
        ("Date of Admission", "start_date"),
        ("E-Mail Address", "email"),
        ("Primary SEN Need", "sen_need_1"),
    ],
)
def test_words_of_school_systems(heading: str, column: str) -> None:
    assert match_headings(PUPILS, [heading])[0][0].column == column


def test_two_headings_for_one_column_are_an_error_of_that_column() -> None:
    _headings, problems = match_headings(PUPILS, ["surname", "Legal Surname", "forename", "dob"])
    assert [(p.column, p.code, p.severity) for p in problems] == [("surname", "duplicate_column", "error")]


def test_a_heading_that_matches_nothing_is_named_as_written_and_a_blank_one_is_not() -> None:
    _headings, problems = match_headings(PUPILS, ["surname", "forename", "dob", "Tutor  House", ""])
    assert [(p.column, p.code, p.severity) for p in problems] == [("Tutor House", "unknown_column", "warning")]


@pytest.mark.parametrize(
    "heading", ["Court Order", "COURT ORDERS?", "Injunction", "Non-molestation order", "Restrictions", "Contact restriction"]
)
def test_a_heading_about_orders_is_known_as_one(heading: str) -> None:
    assert match_headings(CONTACTS, [heading])[0][0].tells_order


@pytest.mark.parametrize("heading", ["Dietary restrictions", "Order", "Priority", "Sort order", "Court"])
def test_a_heading_about_something_else_is_not(heading: str) -> None:
    assert not match_headings(CONTACTS, [heading])[0][0].tells_order


def test_auto_takes_no_kind_whose_required_columns_are_not_all_there() -> None:
    assert best_kind(TABLES, ["surname", "forename", "Tutor House"]) is None
    assert best_kind(TABLES, ["Pupil UPN", "Contact Surname", "Contact Forename", "Relationship"]) is CONTACTS
