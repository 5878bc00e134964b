"""The words of a template: which fields it has, and what is wrong with it, in a sentence."""

import pytest

from pupil_desk.domain.papers.letter import (
    FIELDS,
    LetterTemplate,
    TemplatePiece,
    asked_by,
    check_template,
    fields_of,
    pieces,
    tidied_template,
)

GOOD = LetterTemplate(
    name="Trip", subject="Trip to {{ask: Where}}", body="Dear {{ Salutation }}\n\n{{forename}} may come: {{ask:  Where }}."
)


def test_a_text_falls_into_words_and_fields() -> None:
    assert list(pieces("Dear {{ Forename  }}, on {{ask: Day}}.")) == [
        TemplatePiece("Dear "),
        TemplatePiece(field="forename"),
        TemplatePiece(", on "),
        TemplatePiece(field="ask:Day"),
        TemplatePiece("."),
    ]


def test_fields_and_questions_are_named_once() -> None:
    assert fields_of(GOOD) == ["ask:Where", "salutation", "forename"]
    assert asked_by(GOOD) == ["Where"]
    assert check_template(GOOD) == ()


def test_every_field_of_the_closed_list_is_accepted() -> None:
    body = " ".join(f"{{{{{field}}}}}" for field in FIELDS)
    assert check_template(LetterTemplate(name="All", subject="All", body=body)) == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{address}}", "There is no field called “address”. Take one from Insert a field."),
        ("{{}}", "A field begins with {{ and ends with }}. One of the two is missing."),
        ("Dear {{forename", "A field begins with {{ and ends with }}. One of the two is missing."),
        ("Dear forename}}", "A field begins with {{ and ends with }}. One of the two is missing."),
        ("{{ask: }}", "Say after “ask:” what is to be asked, such as {{ask: day and time}}."),
        ("", "Write what the letter says."),
        ("a" * 8001, "Shorten this to 8000 characters."),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(body: str, said: str) -> None:
    problems = check_template(LetterTemplate(name="Trip", subject="Trip", body=body))
    assert [(problem.column, problem.message) for problem in problems] == [("body", said)]


def test_name_and_heading_are_wanted() -> None:
    assert [problem.column for problem in check_template(LetterTemplate(body="Words"))] == ["name", "subject"]


def test_no_field_gives_an_address_or_a_telephone_of_a_family() -> None:
    assert not [
        field for field in FIELDS if ("address" in field or "telephone" in field or "mail" in field) and not field.startswith("unit ")
    ]


def test_blanks_are_tidied_and_paragraphs_stay() -> None:
    tidied = tidied_template(LetterTemplate(name=" A  b ", subject=" S ", body="One \n\n\n\nTwo  \n"))
    assert (tidied.name, tidied.subject, tidied.body) == ("A b", "S", "One\n\nTwo")
