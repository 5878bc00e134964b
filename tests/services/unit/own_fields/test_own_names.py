"""What a field of the unit's own may be called, and of what it may be."""

import dataclasses

import pytest

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.basics.rulefiles import SHIPPED, in_force
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.own_field import named
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.roles import Action
from pupil_desk.services.rules.loading import open_rules
from pupil_desk.services.unit import own_fields
from pupil_desk.store.tables import contacts as contact_store
from pupil_desk.store.tables import own_fields as store
from pupil_desk.store.tables import pupils as pupil_store
from tests.services.exports.made import Unit
from tests.services.imports.made import table
from tests.services.unit.own_fields.made import field


@pytest.mark.parametrize(
    ("facts", "column"),
    [
        ({"label": "Legal surname"}, "label"),
        ({"label": "Gender"}, "label"),  # an import reads that as the sex
        ({"label": "Mother mobile"}, "label"),
        ({"label": "Mobile"}, "label"),  # the second number of a pupil
        ({"label": "Legal-surname"}, "label"),
        ({"record": "contact", "label": "City"}, "label"),
        ({"record": "contact", "label": "Relation"}, "label"),
        ({"record": "contact", "label": "Full name"}, "label"),
        ({"record": "contact", "label": "Home phone"}, "label"),
        ({"record": "contact", "label": "Fore name"}, "label"),
        ({"record": "contact", "label": "Post code"}, "label"),
        ({"record": "contact", "label": "Court order"}, "label"),
        ({"label": "=HYPERLINK(1)"}, "label"),
        ({"label": "<b>Bold</b>"}, "label"),
        ({"label": "x' OR 1=1 --"}, "label"),
        ({"label": "x" * 51}, "label"),
        ({"values": "Badger\nOtter"}, "values"),  # of a text
        ({"basis": "LEGAL_OBLIGATION"}, "law"),
        ({"basis": "CONSENT"}, "basis"),
        ({"retention": "register"}, "retention"),
        ({"record": "contact", "retention": "sen"}, "retention"),
    ],
)
def test_what_cannot_be_a_field(unit: Unit, facts: dict[str, str], column: str) -> None:
    with pytest.raises(Refused) as refused:
        own_fields.make(unit.desk, dataclasses.replace(field("text"), **facts))  # type: ignore[arg-type]
    assert column in {problem.column for problem in refused.value.problems}
    assert in_force() is SHIPPED


@pytest.mark.parametrize("values", ["Badger", "Badger\nbadger", "Badger\n=2+3", "\n".join(f"House {n}" for n in range(51))])
def test_what_cannot_be_a_list(unit: Unit, values: str) -> None:
    with pytest.raises(Refused):
        own_fields.make(unit.desk, field("code", values=values))


def test_only_a_data_officer_makes_or_withdraws_one_and_no_name_comes_twice(with_fields: Unit) -> None:
    with pytest.raises(NotAllowed):
        own_fields.make(with_fields.as_role(Role.ASSISTANT_HEAD), field("text", label="Another"))
    with pytest.raises(Refused):
        own_fields.make(with_fields.desk, field("text", label="bus PASS number"))
    own_fields.withdraw(with_fields.desk, "own_text_1", "Passes are on the telephone now")
    with pytest.raises(Refused):
        own_fields.make(with_fields.desk, field("text"))
    with pytest.raises(WrongUse):
        own_fields.withdraw(with_fields.desk, "own_text_1", "Again")
    log = [(action, name, reason) for action, name, reason in with_fields.log() if name == "own_text_1"]
    assert log == [("edit-settings", "own_text_1", "made: pupil"), ("edit-settings", "own_text_1", "withdrawn")]


@pytest.mark.parametrize("record", ["pupil", "contact", "plan"])
def test_two_names_that_are_one_heading_are_not_both_taken(unit: Unit, record: str) -> None:
    own_fields.make(unit.desk, field("text", record, label="House/Team"))
    with pytest.raises(Refused) as refused:
        own_fields.make(unit.desk, field("text", record, label="house team"))
    assert [problem.message[:13] for problem in refused.value.problems] == ["Another field"]


@pytest.mark.parametrize("label", ["Needs an interpreter", "Works at night", "House"])
def test_a_contact_s_own_field_is_read_behind_the_words_for_the_contact(unit: Unit, label: str) -> None:
    own_fields.make(unit.desk, field("text", "contact", label=label))
    run_import(
        unit.desk, "pupils", table(f"""surname|forename|dob|Contact 1 Name|Contact 1 {label}\nQuill|Ada|1/3/2012|Mrs Jo Quill|Somewhat""")
    )
    (pupil,) = pupil_store.all_pupils(unit.desk.vault)
    assert [contact.own_text_1 for contact in contact_store.of_pupil(unit.desk.vault, pupil.id)] == ["Somewhat"]  # type: ignore[attr-defined]


def test_one_whose_name_the_program_came_to_have_is_told_apart_and_still_filled(unit: Unit) -> None:
    """It was made when the program had no such item: there is no other way to have it now."""
    desk, made = unit.desk, named(field("text", label="Tutor group"), 1)
    with desk.act(Action.EDIT_SETTINGS, "own-field", made.name, "made: pupil") as work:
        store.add(desk.vault, made, moment=work.stamp, actor=work.actor)
    open_rules(desk.vault)
    labels = [item.label for item in items_of(Pupil)]
    assert (labels.count("Tutor group"), labels[-1]) == (1, "Tutor group (own)")
    run_import(desk, "pupils", table("surname|forename|dob|Tutor group|Tutor group (own)\nQuill|Ada|1/3/2012|7B|Otters"))
    (pupil,) = pupil_store.all_pupils(desk.vault)
    assert (pupil.tutor_group, pupil.own_text_1) == ("7B", "Otters")  # type: ignore[attr-defined]
    (state,) = own_fields.fields(desk)
    assert (state.own_field.label, state.label) == ("Tutor group", "Tutor group (own)")
