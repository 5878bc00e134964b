"""Types of consent: those that ship, the unit's own editions, what the law fixes, and what cannot be kept."""

from dataclasses import replace

import pytest

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.catalogue.validation import Refused, problems_of
from pupil_desk.domain.consents.checks import check_type, tidied_type
from pupil_desk.domain.consents.consent import ConsentType
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.consents import types
from pupil_desk.store.tables import consents as store
from tests.services.consents.conftest import Family, Unit
from tests.services.exports.made import DAY


def names(unit: Unit) -> list[str]:
    return [one.consent_type for one in types.types(unit.desk)]


def test_the_types_of_the_domain_ship_in_order(unit: Unit) -> None:
    assert names(unit) == [
        "photographs",
        "record-photograph",
        "trips",
        "trip",
        "medicines",
        "biometrics",
        "acceptable-use",
        "named-sharing",
        "access-arrangements",
        "transport",
        "sex-education",
        "worship",
    ]
    assert unit.count("consent_type") == 0  # nothing is kept before it is used


@pytest.mark.parametrize("key", types.shipped())
def test_each_that_ships_is_whole_and_says_how_sure_we_are_and_whence(key: str) -> None:
    made = types.shipped()[key].type
    assert (*problems_of(made, DAY), *check_type(made)) == ()
    assert made == tidied_type(made)
    assert made.source
    assert codelist("consent_sure").get(made.sure)
    assert made.easy_intro
    assert made.easy_question
    assert types.shipped()[key].fixed <= {item.name for item in items_of(ConsentType)}


def test_what_the_domain_marks_as_less_than_sure_says_so() -> None:
    assert {key for key, one in types.shipped().items() if one.type.sure != "high"} == {
        "access-arrangements",
        "transport",
        "sex-education",
        "worship",
    }


def test_a_change_is_a_further_edition_and_the_first_stays(unit: Unit) -> None:
    held = types.type_named(unit.desk, "photographs")
    types.save_type(unit.desk, replace(held, name="  Pictures  of pupils "))
    now = types.type_named(unit.desk, "photographs")
    assert (now.name, now.edition) == ("Pictures of pupils", 2)
    assert [(one.edition, one.actor) for one in types.history(unit.desk, "photographs")] == [(2, "Ann Officer"), (1, "Ann Officer")]
    assert store.edition(unit.desk.vault, held.id) == held
    types.save_type(unit.desk, now)
    assert unit.count("consent_type") == 2  # nothing changed, nothing kept
    assert unit.log()[-1] == ("edit-consent-types", "photographs", "saved")


def test_the_units_own_type_stands_after_those_that_ship(unit: Unit) -> None:
    made = replace(types.type_named(unit.desk, "transport"), id="", consent_type="", name="School bus", months=4, lapses="months")
    types.save_type(unit.desk, made)
    last = types.types(unit.desk)[-1]
    assert (last.name, last.edition, last.months) == ("School bus", 1, 4)
    assert last.consent_type not in types.shipped()


def test_out_of_use_and_in_use_again(unit: Unit) -> None:
    types.retire(unit.desk, "worship")
    assert "worship" not in names(unit)
    assert "worship" in [one.consent_type for one in types.types(unit.desk, retired=True)]
    with pytest.raises(WrongUse, match="no longer in use"):
        types.retire(unit.desk, "worship")
    types.bring_back(unit.desk, "worship")
    assert "worship" in names(unit)
    with pytest.raises(WrongUse, match="in use already"):
        types.bring_back(unit.desk, "worship")


def test_a_later_program_brings_its_own_words_unless_the_unit_has_changed_them(unit: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("trips", "transport"):
        types.save_type(unit.desk, replace(types.type_named(unit.desk, key), title="Ours"))
        types.save_type(unit.desk, types.shipped()[key].type)
    types.save_type(unit.desk, replace(types.type_named(unit.desk, "transport"), title="Ours"))
    with unit.desk.act(types.Action.EDIT_CONSENT_TYPES) as work:
        types.keep_edition(work, types.shipped()["worship"].type)
    later = {key: replace(one, type=replace(one.type, id=f"shipped-{key}-later", title="Theirs")) for key, one in types.shipped().items()}
    monkeypatch.setattr(types, "shipped", lambda: later)
    assert types.type_named(unit.desk, "worship").title == "Theirs"  # on file as it shipped
    assert types.type_named(unit.desk, "worship").edition == 2
    assert types.type_named(unit.desk, "photographs").title == "Theirs"  # never used
    assert types.type_named(unit.desk, "transport").title == "Ours"


@pytest.mark.parametrize("name", sorted(types.shipped()["biometrics"].fixed))
def test_what_the_act_fixes_of_biometrics_cannot_be_changed(shared: Family, name: str) -> None:
    held = types.type_named(shared.unit.desk, "biometrics")
    other = {
        "basis": "agreement",
        "per": "occasion",
        "parents": "each",
        "parent_no": "latest",
        "notify_each": False,
        "written": False,
        "pupil_too": True,
        "pupil_yes": "competent",
        "pupil_no": "own",
        "pupil_no_from": 12,
        "own_from": 16,
        "own_competence": "recorded",
    }[name]
    with pytest.raises(Refused, match=r"the law fixes this|cannot change"):
        types.save_type(shared.unit.desk, replace(held, **{name: other}))


def test_biometrics_must_offer_something_instead(shared: Family) -> None:
    with pytest.raises(Refused, match="“What is offered instead” is missing"):
        types.save_type(shared.unit.desk, replace(types.type_named(shared.unit.desk, "biometrics"), alternative=" "))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": ""}, "Name of the consent is missing"),
        ({"name": "photographs AND videos"}, "Another consent has this name"),
        ({"own_from": 2}, "an age from 3 to 18"),
        ({"competent_from": 19}, "an age from 3 to 18"),
        ({"lapses": "months"}, "how many months"),
        ({"lapses": "occasion"}, "goes with a consent to an occasion"),
        ({"lapses": "change"}, "is of a medicine"),
        ({"per": "occasion", "lapses": "occasion"}, "cannot change"),
        ({"withdrawal": ""}, "as easy as giving it"),
        ({"uses": "website on our website"}, "a colon"),
        ({"uses": "web: one\nweb: two"}, "the same key"),
        ({"uses": "\n".join(f"use-{number}: it" for number in range(7))}, "At most 6 uses"),
        ({"intro": "Dear {parent}"}, "“parent” is nothing that can be filled in"),
        ({"parents": "most"}, "Choose one from the list"),
    ],
)
def test_what_cannot_be_kept_says_why(shared: Family, changes: dict[str, object], message: str) -> None:
    with pytest.raises(Refused, match=message):
        types.save_type(shared.unit.desk, replace(types.type_named(shared.unit.desk, "transport"), **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSISTANT_HEAD])
def test_only_a_data_officer_changes_types(shared: Family, role: Role) -> None:
    desk = shared.unit.as_role(role)
    held = types.type_named(desk, "trips")
    for act in (
        lambda: types.save_type(desk, replace(held, name="Outings")),
        lambda: types.retire(desk, "trips"),
        lambda: types.bring_back(desk, "trips"),
    ):
        with pytest.raises(NotAllowed, match="data officer"):
            act()


def test_one_that_there_is_not_is_said_with_those_there_are(shared: Family) -> None:
    with pytest.raises(WrongUse, match=r"There are: .*photographs"):
        types.type_named(shared.unit.desk, "swimming")
