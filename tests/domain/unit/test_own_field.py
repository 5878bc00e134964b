"""What a field of the unit's own can be says the same as the catalogue does, and its texts from outside are read back as they are."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.rulefiles import RuleSet, apart
from pupil_desk.basics.text import capital
from pupil_desk.domain.catalogue.items import Basis, Kind, Purpose, Special, entered_items_of, item_named, items_of
from pupil_desk.domain.catalogue.own_values import NOTHING, OwnValues, name_for
from pupil_desk.domain.governance.retention import proposed_schedule
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.own_field import _SLUGS, KEPT, OF_RECORD, OwnField, check_own_field, named, texts_of

HOUSE = OwnField(
    record="pupil",
    label="House",
    kind="code",
    values="Badger\nOtter",
    reason="Teams",
    purpose="CARE",
    basis="PUBLIC_TASK",
    special="NONE",
    retention="pupil-record",
)


def test_the_lists_of_the_form_say_what_the_catalogue_says() -> None:
    labels = {
        name: {code.code: code.label for code in codelist(f"own_field_{name}").codes.values()}
        for name in ("purpose", "basis", "kept", "kind", "record", "special")
    }
    assert labels["purpose"] == {purpose.name: capital(purpose.value) for purpose in Purpose}
    assert labels["basis"] == {basis.name: capital(basis.value) for basis in (Basis.PUBLIC_TASK, Basis.LEGAL_OBLIGATION)}
    assert set(labels["kept"]) == {name for names in KEPT.values() for name in names} <= set(proposed_schedule().classes)
    assert set(labels["kind"]) == {kind.value for kind in _SLUGS}
    assert list(labels["record"]) == list(OF_RECORD) == list(KEPT)
    said = {special.name: capital(special.value.partition(":")[0]) for special in Special}
    assert {name: label for name, label in labels["special"].items() if name != "NONE"} == {
        name: said[name] for name in ("HEALTH", "ETHNIC", "BELIEF")
    }


def test_its_item_and_its_list_are_read_while_its_unit_is_open() -> None:
    field = named(HOUSE, 1)
    with apart(RuleSet({}, texts_of([field]))):
        assert item_named(Pupil, "own_code_1").label == "House"
        assert [code.label for code in codelist("own_code_1").choices(date(2026, 11, 24))] == ["Badger", "Otter"]
        assert codelist("own_code_1").match("badger") is codelist("own_code_1").codes["Badger"]
    with apart(RuleSet({}, texts_of([replace(field, withdrawn="Over")]))):
        assert items_of(Pupil)[-1].withdrawn
        assert "own_code_1" not in {item.name for item in entered_items_of(Pupil)}
    assert "own_code_1" not in {item.name for item in items_of(Pupil)}
    assert texts_of([]) == {}


@given(st.text(max_size=60), st.text(max_size=70))
def test_any_text_is_read_back_as_it_is_or_refused(label: str, value: str) -> None:
    field = replace(HOUSE, label=label, values=f"{value}\nOtter")
    if check_own_field(field):
        return
    assert not set('<>&{}="\\|`;') & set(label + value)
    with apart(RuleSet({}, texts_of([named(field, 1)]))):
        assert item_named(Pupil, "own_code_1").label == label
        assert set(codelist("own_code_1").codes) == set(field.codes)


@given(st.dictionaries(st.integers(1, 99), st.one_of(st.text(max_size=20), st.dates(), st.booleans(), st.integers(0, 9999)), max_size=6))
def test_values_are_kept_and_read_back_by_kind(values: dict[int, object]) -> None:
    kinds = {str: "text", date: "date", bool: "flag", int: "number"}
    own = NOTHING.replaced({name_for(kinds[type(value)], number): value for number, value in values.items()})
    assert OwnValues.of_kept(own.as_kept()) == own
    assert (own.as_kept() is None) == (not values)


def test_a_record_takes_them_by_name_and_answers_to_no_other() -> None:
    pupil = Pupil(surname="Quill", forename="Ada", dob=date(2012, 1, 1), own_flag_3=False)  # type: ignore[call-arg]
    assert (pupil.own_flag_3, pupil.own_text_9) == (False, None)  # type: ignore[attr-defined]
    other = replace(pupil, own_flag_3=None, surname="Nib")  # type: ignore[call-arg]
    assert (other.own, other.surname, pupil.own.pairs) == (NOTHING, "Nib", (("own_flag_3", False),))
    with pytest.raises(AttributeError):
        pupil.house  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(TypeError):
        Pupil(surname="Quill", forename="Ada", dob=date(2012, 1, 1), house="Otter")  # type: ignore[call-arg]


def test_each_kind_of_item_that_a_field_can_be_has_a_name_that_tells_it() -> None:
    assert [named(replace(HOUSE, kind=kind.value), 7).name for kind in (Kind.TEXT, Kind.DATE, Kind.YES_NO, Kind.CODE, Kind.NUMBER)] == [
        "own_text_7", "own_date_7", "own_flag_7", "own_code_7", "own_number_7",
    ]  # fmt: skip
