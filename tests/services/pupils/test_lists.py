"""A list of pupils is narrowed by conditions; filters and columns are kept for each colleague."""

from collections.abc import Iterator
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.conditions import AnswerKind, Condition, questions, read_condition
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.duplicates import merging
from pupil_desk.services.plans import recording as plan_recording
from pupil_desk.services.pupils import lists, pupils
from tests.services.exports.made import DAY, Unit, new_unit

GUEST = Enrolment(status="G", start_date=date(2026, 10, 5), main_school="919/4001")
LEFT = Enrolment(status="C", start_date=date(2025, 9, 3), end_date=date(2026, 7, 17))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unit]:
    """One unit for all that only ask."""
    made = fill(new_unit(tmp_path_factory.mktemp("lists") / "unit" / "unit.pupildesk"))
    yield made
    made.desk.vault.close()


@pytest.fixture
def filled(unit: Unit) -> Unit:
    return fill(unit)


def fill(unit: Unit) -> Unit:
    unit.pupil(
        "Alder",
        "Ada",
        date(2012, 11, 24),
        year_group="9",
        sex="F",
        sen_provision="K",
        upn="Y919110026001",
        tutor_group="9A",
        subject_sets="Maths 2 , English 1",
    )  # 14 today
    ben = unit.pupil(
        "Birch", "Ben", date(2012, 11, 25), year_group="9", sex="M", looked_after=True, site="Annexe", subject_sets="Maths 21"
    )  # 13, and 14 tomorrow
    unit.pupil("Cedar", "Cai", date(2010, 3, 1), GUEST, year_group="11", sen_provision="N")
    unit.pupil("Dogwood", "Dot", date(2009, 3, 1), LEFT, year_group="11", sen_provision="E")
    unit.protect(ben)
    for forename, kind, made_on in (("Ada", "risk", "2026-05-31"), ("Ada", "pep", "2026-11-02"), ("Ben", "reintegration", "2026-09-07")):
        pupil_id = next(pupil.id for pupil in pupils.all_pupils(unit.desk) if pupil.forename == forename)
        plan = PupilPlan(pupil_id=pupil_id, kind=kind, made_on=date.fromisoformat(made_on), provision="Words")
        plan_recording.add(unit.desk, plan)
    return unit


def met(unit: Unit, *wanted: tuple[str, str]) -> list[str]:
    """The forenames of those who meet all of it."""
    ids = lists.meeting(unit.desk, [Condition(*one) for one in wanted])
    return [pupil.forename for pupil in pupils.all_pupils(unit.desk) if pupil.id in ids]


@pytest.mark.parametrize(
    ("question", "value", "who"),
    [
        ("here", "on-roll", ["Ada", "Ben"]),
        ("here", "guest", ["Cai"]),
        ("here", "gone", ["Dot"]),
        ("year-group", "9", ["Ada", "Ben"]),
        ("tutor-group", "9a", ["Ada"]),
        ("site", "annexe", ["Ben"]),
        ("subject-set", "maths 2", ["Ada"]),
        ("status", "G", ["Cai"]),
        ("main-school", "919/4001", ["Cai"]),
        ("age", "14", ["Ada"]),
        ("age", "13-14", ["Ada", "Ben"]),
        ("age", "16-17", ["Cai", "Dot"]),
        ("born-in", "3", ["Cai", "Dot"]),
        ("sex", "M", ["Ben"]),
        ("sen", "N", ["Cai"]),
        ("any-sen", "", ["Ada", "Dot"]),
        ("plan-kind", "risk", ["Ada"]),
        ("plan-kind", "ehc", []),
        ("plan-due", "late", ["Ben"]),
        ("plan-due", "soon", ["Ada", "Ben"]),
        ("looked-after", "", ["Ben"]),
        ("protected", "", ["Ben"]),
        ("no-notice", "", ["Ada", "Ben", "Cai", "Dot"]),
        ("attendance-below", "90", []),
    ],
)
def test_each_question_finds_whom_it_means(asked: Unit, question: str, value: str, who: list[str]) -> None:
    assert met(asked, (question, value)) == who


def test_every_question_is_tried_above() -> None:
    tried = {param[0] for mark in test_each_question_finds_whom_it_means.pytestmark for param in mark.args[1]}  # type: ignore[attr-defined]
    assert tried == set(questions())


def test_the_plans_that_run_are_a_column_with_their_reviews_and_guarded_ones_for_their_roles(asked: Unit) -> None:
    ada = next(pupil.id for pupil in pupils.all_pupils(asked.desk) if pupil.forename == "Ada")
    column, office = lists.all_columns()[lists.PLANS], asked.as_role(Role.OFFICE)
    assert column.special
    assert lists.cells(asked.desk, [column])[lists.PLANS][ada].startswith(
        "Risk assessment, review by 30 Nov 2026; Education plan, review by "
    )  # type: ignore[union-attr]
    assert lists.words(column, lists.cells(office, [column])[lists.PLANS][ada]) == "Risk assessment, review by 30 Nov 2026"
    assert lists.meeting(asked.desk, [Condition("plan-kind", "pep")]) == {ada}
    assert lists.meeting(office, [Condition("plan-kind", "pep")]) == set()


def test_all_conditions_must_hold_and_none_is_everyone(asked: Unit) -> None:
    assert met(asked, ("year-group", "9"), ("sex", "F")) == ["Ada"]
    assert met(asked, ("year-group", "9"), ("sen", "E")) == []
    assert len(met(asked)) == 4


def test_a_condition_nobody_knows_is_told_and_never_left_out(asked: Unit) -> None:
    with pytest.raises(WrongUse, match="shoe-size"):
        met(asked, ("year-group", "9"), ("shoe-size", "42"))
    with pytest.raises(WrongUse):
        met(asked, ("age", "14' OR '1'='1"))


def test_two_records_of_one_person_are_found_by_what_either_says(filled: Unit) -> None:
    ada = next(pupil for pupil in pupils.all_pupils(filled.desk) if pupil.forename == "Ada")
    other = filled.pupil("Alder", "Ada", date(2012, 11, 24), Enrolment(status="S", start_date=date(2026, 9, 2), main_school="919/4007"))
    merging.merge(filled.desk, ada.id, other.id, reason="One girl")
    assert lists.meeting(filled.desk, [Condition("main-school", "919/4007")]) == {ada.id}
    assert other.id not in lists.meeting(filled.desk, [])


@pytest.mark.parametrize(
    ("question", "typed", "value"),
    [
        ("age", "14", "14-14"),
        ("age", "14 to 16", "14-16"),
        ("attendance-below", "90 %", "90"),
        ("year-group", "Year 9", "9"),
        ("main-school", "9194001", "919/4001"),
    ],
)
def test_an_answer_is_read_as_people_write_it(question: str, typed: str, value: str) -> None:
    assert read_condition(question, typed, DAY) == (Condition(question, value), "")


@pytest.mark.parametrize(
    ("question", "typed"),
    [("age", "16-14"), ("age", "old"), ("attendance-below", "0"), ("attendance-below", "101"), ("year-group", ""), ("here", "x")],
)
def test_an_answer_that_cannot_be_is_told(question: str, typed: str) -> None:
    condition, wrong = read_condition(question, typed, DAY)
    assert condition is None
    assert wrong


def test_conditions_say_themselves_in_words() -> None:
    assert Condition("year-group", "9").words == "Year group: Year 9"
    assert Condition("age", "14-16").words == "Age today: 14 to 16"
    assert Condition("born-in", "3").words == "Born in March"
    assert all(question.says for question in questions().values())
    assert all(question.choices for question in questions().values() if question.answer is AnswerKind.CHOICE)


class TestSaved:
    def test_ones_own_and_those_for_everyone_are_offered(self, filled: Unit) -> None:
        lists.save_filter(filled.desk, " Year  9 ", [Condition("year-group", "9")], for_all=False)
        lists.save_filter(filled.desk, "Boys", [Condition("sex", "M"), Condition("age", "13-13")], for_all=True)
        mine = lists.saved_filters(filled.desk)
        assert [(one.name, one.is_own, one.conditions) for one in mine] == [
            ("Boys", True, (Condition("sex", "M"), Condition("age", "13-13"))),
            ("Year 9", True, (Condition("year-group", "9"),)),
        ]
        assert [(one.name, one.is_own) for one in lists.saved_filters(filled.as_role(Role.OFFICE))] == [("Boys", False)]

    def test_a_name_that_is_taken_or_no_condition_is_refused(self, filled: Unit) -> None:
        lists.save_filter(filled.desk, "Boys", [Condition("sex", "M")], for_all=True)
        with pytest.raises(WrongUse, match="has this name"):
            lists.save_filter(filled.desk, "boys", [Condition("sex", "M")], for_all=False)
        with pytest.raises(WrongUse, match="Add a condition"):
            lists.save_filter(filled.desk, "Nothing", [], for_all=False)

    def test_a_filter_with_a_question_of_a_later_program_says_so(self, filled: Unit) -> None:
        one = lists.save_filter(filled.desk, "Boys", [Condition("sex", "M"), Condition("age", "13-13")], for_all=False)
        with filled.desk.vault.transaction():
            filled.desk.vault.execute(
                "UPDATE list_filter_condition SET question = 'shoe-size' WHERE filter_id = ? AND place = 1", (one.id,)
            )
        assert "shoe-size" in lists.saved_filters(filled.desk)[0].wrong

    def test_another_colleagues_is_removed_by_a_data_officer_alone(self, filled: Unit) -> None:
        office = filled.as_role(Role.OFFICE)
        mine = lists.save_filter(filled.desk, "Boys", [Condition("sex", "M")], for_all=True)
        theirs = lists.save_filter(office, "Girls", [Condition("sex", "F")], for_all=True)
        with pytest.raises(WrongUse):
            lists.remove_filter(office, mine.id)
        lists.remove_filter(filled.desk, theirs.id)
        assert [one.name for one in lists.saved_filters(office)] == ["Boys"]
        assert filled.count("list_filter_condition") == 1


class TestColumns:
    def test_each_colleague_has_columns_of_their_own(self, filled: Unit) -> None:
        lists.choose_columns(filled.desk, ["sex", "dob", "no such column"])
        assert [column.key for column in lists.columns(filled.desk)] == ["dob", "sex"]
        assert lists.columns(filled.as_role(Role.OFFICE)) == []

    def test_cells_say_what_is_held_in_words(self, asked: Unit) -> None:
        found = lists.cells(asked.desk, list(lists.all_columns().values()))
        by_name = {pupil.forename: pupil.id for pupil in pupils.all_pupils(asked.desk)}
        said = {
            key: lists.words(lists.all_columns()[key], found[key].get(by_name["Ada"]))
            for key in ("ref", "dob", "upn", "sex", "sen_provision", "status", "start_date", "main_school")
        }
        assert said == {
            "ref": "P0001",
            "dob": "24 Nov 2012",
            "upn": "Y919110026001",
            "sex": "Female",
            "sen_provision": "SEN support",
            "status": "Current (single registration here)",
            "start_date": "2 Sep 2026",
            "main_school": "",
        }
        assert lists.words(lists.all_columns()["looked_after"], found["looked_after"][by_name["Ben"]]) == "Yes"
        assert by_name["Dot"] not in found["status"]

    def test_special_columns_and_questions_are_logged_once(self, filled: Unit) -> None:
        for _again in range(2):
            lists.cells(filled.desk, [lists.all_columns()["sen_provision"], lists.all_columns()["dob"]])
            lists.meeting(filled.desk, [Condition("any-sen"), Condition("sex", "M")])
        assert [row[1] for row in filled.log() if row[0] == "view"] == ["sen_provision", "any-sen"]


def test_an_address_to_be_withheld_is_in_no_column(unit: Unit) -> None:
    kept, other = (unit.pupil("Elm", name, date(2012, 1, 5), town="Ware", postcode="SG12 0AA") for name in ("Eve", "Una"))
    with_her = unit.pupil("Elm", "Ida", date(2012, 1, 5), town="Ware")
    unit.protect(with_her, contact=unit.contact(with_her, "Elm", lives_with=True))
    unit.protect(kept)
    chosen = [lists.all_columns()[key] for key in ("town", "postcode")]
    held = lists.cells(unit.desk, chosen)
    assert [lists.words(column, held[column.key][kept.id]) for column in chosen] == ["kept back", "kept back"]
    assert [lists.words(column, held[column.key][other.id]) for column in chosen] == ["Ware", "SG12 0AA"]
    assert lists.words(chosen[0], held["town"][with_her.id]) == "kept back"


def test_groups_are_columns_of_the_list() -> None:
    assert {"tutor_group", "site", "subject_sets"} <= set(lists.all_columns())
