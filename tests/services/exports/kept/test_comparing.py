"""An export made in autumn and compared in spring names exactly what is another now.

Digests of what an export said: two values have one digest just where a file has the same in both places.
"""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import exports as registry
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.duplicates import merging
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.export import Ask, Export, ExportColumn, ExportedPupil, ExportRow, LeftOut, Option, Selection, single
from pupil_desk.services.exports.kept import comparing, differing
from pupil_desk.services.exports.kept.comparing import Comparison, compare
from pupil_desk.services.exports.kept.differing import Digests
from pupil_desk.services.exports.layouts import TABLE
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.register import REGISTER
from pupil_desk.services.exports.youth_support import YOUTH_SUPPORT
from pupil_desk.services.pupils import pupils
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.store.tables import frozen as store
from pupil_desk.store.tables import pupils as pupil_store
from tests.services import erased_at_once
from tests.services.exports.made import Unit, new_unit

SPRING = datetime(2027, 4, 20, 9, 0, tzinfo=UTC)


def in_spring(unit: Unit) -> Desk:
    return dataclasses.replace(unit.desk, clock=FixedClock(SPRING))


def edit(desk: Desk, pupil: Pupil, **items: object) -> None:
    pupils.save_pupil(desk, dataclasses.replace(pupils.record(desk, pupil.id).pupil, **items))


def told_of(made: Comparison) -> dict[str, object]:
    return {
        "gone": {one.pupil.forename: one.reason for one in made.removed},
        "new": {one.pupil.forename: one.reason for one in made.new},
        "altered": {one.pupil.forename: {field.column.heading: field.now for field in one.fields} for one in made.altered},
    }


def test_autumn_compared_in_spring_names_exactly_the_changes(unit: Unit, stick: Path) -> None:
    people = {
        name: unit.pupil("Quill", name, date(2011, 9, 5), address_1="1 High Street", town="Leicester", phone="0116 496 0001")
        for name in ("Ada", "Bea", "Cleo", "Dora", "Ella", "Fay", "Gus", "Hal")
    }
    for one in people.values():
        unit.said(one, "allow")
    unit.pupil("Quill", "Young", date(2014, 3, 1))
    done = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Autumn"))
    assert compare(unit.desk, done.export_id).is_same
    assert compare(unit.desk, done.export_id).sentence == "Nothing differs: 8 pupils would go as they did."

    spring = in_spring(unit)
    later = Unit(spring, unit.file)
    edit(spring, people["Ada"], address_1="2 Low Street", town="Oadby")
    edit(spring, people["Bea"], address_1="3 Low Street")
    edit(spring, people["Cleo"], phone=None)
    later.protect(people["Dora"])
    later.said(people["Ella"], "restrict", on=date(2027, 3, 1))
    [stay] = pupils.record(spring, people["Fay"].id).stays
    pupils.save_stay(spring, dataclasses.replace(stay, end_date=date(2027, 2, 1)))
    erased_at_once.erase_pupil(spring, people["Gus"].id, authority="A court")
    made = compare(spring, done.export_id)
    told = told_of(made)
    assert told["gone"] == {
        "Dora": "Protected (address withheld), and not confirmed by name.",
        "Fay": "No longer among those whom the export covers.",
    }
    assert told["new"] == {"Young": "because of the pupil’s age on that day"}
    altered = told["altered"]
    assert isinstance(altered, dict)
    assert altered.pop("Ada") == {"address_1": "2 Low Street", "town": "Oadby"}
    assert altered.pop("Bea") == {"address_1": "3 Low Street"}
    assert altered.pop("Cleo") == {"phone": ""}
    assert "phone" in altered["Ella"]  # the minimum now: what is beyond it is empty
    assert set(altered) == {"Ella"}
    assert [(one.pupil.forename, one.level) for one in made.altered if one.level] == [("Ella", "minimum")]
    assert (made.unchanged, made.off_file, made.columns_new, made.columns_gone) == (1, 1, (), ())
    assert made.sentence == (
        "2 pupils would now be left out, 1 is new, 2 have a new address, 1 no longer has: telephone, 1 would now go at the level minimum and "
        "1 is no longer on file; 1 is the same."
    )


FIELDS = ("forename", "address_1", "postcode", "phone")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Unit, list[Pupil], str]]:
    """Five pupils who were told in full, and the export."""
    folder = tmp_path_factory.mktemp("comparing")
    unit = new_unit(folder / "unit" / "unit.pupildesk")
    people = [
        unit.pupil("Quill", f"Bea{n}", date(2011, 1, 5), address_1=f"{n} Row", postcode="LE1 1AA", phone=f"0116 496 000{n}")
        for n in range(5)
    ]
    for one in people:
        unit.said(one, "allow")
    (folder / "stick").mkdir()
    yield unit, people, run_export(unit.desk, "youth-support", folder / "stick", ExportOrder(reason="Autumn")).export_id
    unit.desk.vault.close()


EDITS = st.dictionaries(st.tuples(st.integers(0, 4), st.sampled_from(FIELDS)), st.sampled_from(["", "a", "b"]), max_size=8)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_any_set_of_edits_is_found_and_nothing_else(shared: tuple[Unit, list[Pupil], str], edits: dict[tuple[int, str], str]) -> None:
    unit, people, export_id = shared
    values = {
        "forename": lambda n, how: {"": f"Bea{n}", "a": "Zoë", "b": "O’Brien"}[how],
        "address_1": lambda n, how: {"": None, "a": f"{n} Row", "b": "9 Court"}[how],
        "postcode": lambda _n, how: {"": None, "a": "LE1 1AA", "b": "LE2 2BB"}[how],
        "phone": lambda n, how: {"": None, "a": f"0116 496 000{n}", "b": "0116 496 0009"}[how],
    }
    expected: dict[str, dict[str, str]] = {}
    with_changes = []
    for number, pupil in enumerate(people):
        new = {name: values[name](number, how) for (who, name), how in edits.items() if who == number}
        now = dataclasses.replace(pupil, **new)
        with_changes.append(now)
        different = {name: getattr(now, name) or "" for name in new if getattr(now, name) != getattr(pupil, name)}
        if different:
            expected[pupil.id] = different
    for now in with_changes:
        pupils.save_pupil(unit.desk, now)
    try:
        made = compare(unit.desk, export_id)
        assert {one.pupil.id: {field.column.heading: field.now for field in one.fields} for one in made.altered} == expected
        assert (made.removed, made.new, made.unchanged) == ((), (), 5 - len(expected))
        assert made.is_same == (not expected)
    finally:
        for pupil in people:
            pupils.save_pupil(unit.desk, pupil)


def test_a_period_is_compared_with_the_same_period(unit: Unit, stick: Path) -> None:
    ann = unit.pupil("Abel", "Ann", date(2012, 1, 5), upn="M919110026002")
    days = [date(2026, 11, day) for day in (3, 4, 5, 6, 9, 10, 11, 12, 13, 16)]
    register.mark(unit.desk, [Mark(pupil_id=ann.id, day=day, session=Session.AM, code="/") for day in days])
    done = run_export(unit.desk, "register", stick, ExportOrder(reason="Half-term"))
    register.mark(unit.desk, [Mark(pupil_id=ann.id, day=days[2], session=Session.AM, code="I")], reason="A letter came")
    spring = in_spring(unit)
    register.mark(spring, [Mark(pupil_id=ann.id, day=date(2027, 4, 19), session=Session.AM, code="/")])
    made = compare(spring, done.export_id)
    (one,) = made.altered
    assert [(field.column.heading, field.key, field.now) for field in one.fields if field.column.heading == "code"] == [
        ("code", "2026-11-05 AM", "Ill (not an appointment)")
    ]
    assert (one.rows_new, one.rows_gone) == ((), ())
    assert made.export.period is not None


def test_two_records_merged_since_are_one_and_one_taken_out_is_off_file(unit: Unit, stick: Path) -> None:
    ann, anne = (unit.pupil("Abel", name, date(2012, 1, 5)) for name in ("Ann", "Anne"))
    done = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Autumn"))
    merging.merge(unit.desk, ann.id, anne.id, reason="One girl")
    made = compare(unit.desk, done.export_id)
    assert (made.removed, made.new, made.altered, made.unchanged, made.off_file) == ((), (), (), 1, 0)


def test_a_return_is_compared_as_if_it_had_not_been_made_and_a_later_stay_is_an_entry_more(unit: Unit, stick: Path) -> None:
    ann, _bob = (unit.pupil("Abel", name, date(2012, 1, 5)) for name in ("Ann", "Bob"))
    done = run_export(unit.desk, "la-new-pupil", stick, ExportOrder(reason="Daily", plain=True))
    assert (
        compare(unit.desk, done.export_id).sentence
        == "Nothing differs: 2 pupils would go as they did. What this export told of counts as not told yet."
    )
    [stay] = pupils.record(unit.desk, ann.id).stays
    pupils.save_stay(unit.desk, dataclasses.replace(stay, end_date=date(2026, 10, 30)))
    pupils.add_stay(unit.desk, Enrolment(pupil_id=ann.id, status="C", start_date=date(2026, 11, 23)))
    unit.pupil("Abel", "Cat", date(2012, 1, 5))
    made = compare(unit.desk, done.export_id)
    (one,) = made.altered
    assert (one.pupil.forename, one.fields, len(one.rows_new), one.rows_gone) == ("Ann", (), 1, ())
    assert (made.removed, [new.pupil.forename for new in made.new], made.unchanged) == ((), ["Cat"], 1)
    run_export(unit.desk, "la-new-pupil", stick, ExportOrder(reason="Daily", plain=True))
    assert compare(unit.desk, done.export_id).is_same, "what another export returned since is nothing that this one would tell"

    # by a setting of later the two are not due; Dot, who is, has columns more
    settings_service.save_settings(unit.desk, dataclasses.replace(unit.desk.settings, returns_from=date(2026, 11, 24)))
    dot = unit.pupil("Abel", "Dot", date(2012, 1, 5), Enrolment(status="C", start_date=date(2026, 11, 24)))
    for number in range(3):
        unit.contact(dot, f"Parent{number}", parental_responsibility=True)
    made = compare(unit.desk, done.export_id)
    assert ([new.pupil.forename for new in made.new], made.removed, made.altered, made.unchanged) == (["Dot"], (), (), 2)


def made_up(columns: tuple[ExportColumn, ...], choose: object) -> Export:
    return dataclasses.replace(YOUTH_SUPPORT, name="made-up", layouts=TABLE, select=choose, options=frozenset({Option.PUPILS}), once=True)  # type: ignore[arg-type]


def test_those_sent_since_are_asked_for_by_name_and_columns_that_come_and_go_are_said(
    unit: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ann, bob, cat = (unit.pupil("Abel", name, date(2012, 1, 5)) for name in ("Ann", "Bob", "Cat"))
    due, columns = [ann.id, bob.id], [ExportColumn("surname", "pupil.surname"), ExportColumn("dob", "pupil.dob")]

    def choose(desk: Desk, ask: Ask) -> Selection:
        selection = Selection(single(tuple(columns)))
        for pupil in pupil_store.all_pupils(desk.vault):
            if pupil.id == cat.id:
                selection.left_out.append(LeftOut(pupil, "No UPN.", "no UPN"))
            elif pupil.id in (due if ask.pupils is None else ask.pupils):
                cells = tuple(getattr(pupil, column.item.split(".")[1]) for column in columns)
                selection.exported.append(ExportedPupil(pupil, "Due", (), (ExportRow(cells),)))
        return selection

    monkeypatch.setattr(registry, "EXPORTS", (*registry.EXPORTS, made_up((), choose)))
    done = run_export(unit.desk, "made-up", stick, ExportOrder(reason="Daily", plain=True))
    due.clear()  # returned
    columns[:] = [ExportColumn("upn", "pupil.upn"), ExportColumn("surname", "pupil.surname")]
    edit(unit.desk, ann, surname="Cain")
    made = compare(unit.desk, done.export_id)
    assert told_of(made) == {"gone": {}, "new": {}, "altered": {"Ann": {"surname": "Cain"}}}
    assert (made.unchanged, made.columns_new, made.columns_gone) == (1, ("upn",), ("dob",))
    assert made.sentence == (
        "1 pupil has a new legal surname; 1 is the same. Columns that are new: upn. Columns that are no longer there: dob. "
        "What this export told of counts as not told yet."
    )
    monkeypatch.setattr(registry, "EXPORTS", (REGISTER,))
    with pytest.raises(WrongUse, match="no export of that name"):
        compare(unit.desk, done.export_id)


def test_an_export_of_before_cannot_be_compared(unit: Unit, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pupil_desk.services.exports.kept.frozen.keep", lambda _work, _kept: None)
    done = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Autumn"))
    with pytest.raises(WrongUse, match="older program"):
        compare(unit.desk, done.export_id)


def test_what_is_kept_holds_no_value_and_two_exports_no_digest_in_common(unit: Unit, stick: Path) -> None:
    pupil = unit.pupil("Quillfeather", "Ottoline", date(2012, 1, 5), address_1="1 High Street")
    unit.said(pupil, "allow")
    ids = [run_export(unit.desk, "youth-support", stick, ExportOrder(reason=reason)).export_id for reason in ("One", "Two")]
    first, second = (
        unit.desk.vault.rows("SELECT r.* FROM export_row r JOIN export_frozen f ON f.number = r.frozen WHERE f.export_id = ?", (one,))
        for one in ids
    )
    for word in ("Quillfeather", "Ottoline", "High Street", "2012-01-05"):
        assert word not in str(tuple(first[0])) + str(tuple(store.of_export(unit.desk.vault, ids[0]) or ()))
        assert word.encode() not in first[0]["rows"]
    cells = [set(differing.thawed(rows[0]["rows"])[0].cells) for rows in (first, second)]
    assert not cells[0] & cells[1]
    assert comparing.compare(unit.desk, ids[0]).is_same


@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 255),
            st.text(max_size=4),
            st.lists(
                st.one_of(st.none(), st.booleans(), st.integers(), st.decimals(-1000, 1000, places=2), st.text(max_size=3), st.dates()),
                max_size=4,
            ),
        ),
        max_size=12,
    )
)
@settings(max_examples=40, deadline=None)
def test_rows_come_back_as_they_were_kept(rows: list[tuple[int, str, list[object]]]) -> None:
    made = [ExportRow(tuple(cells), key, sheet) for sheet, key, cells in rows]  # type: ignore[arg-type]
    digest = differing.Digests(b"salt" * 4)
    kept, number = digest.frozen(made)
    assert number == sum(cell not in (None, "") for row in made for cell in row.cells)
    assert [(row.sheet, row.key, row.cells) for row in differing.thawed(kept)] == [
        (row.sheet, row.key, tuple(map(digest.digest_of, row.cells))) for row in made
    ]
    assert [digest.digest_of(cell) for cell in (None, True, 1, date(2026, 1, 2), Decimal("93.0"), Decimal("93.40"))] == [
        digest.digest_of(text) for text in ("", "1", "1", "2026-01-02", "93", "93.4")
    ]


def test_each_value_has_a_digest_of_its_own_and_the_same_value_the_same() -> None:
    of = Digests(b"salt" * 4).digest_of
    apart = ("", "85.4", Decimal("85.9"), Decimal("0.854"), 85, 100, Decimal("-85.4"), "Y", True, date(2026, 11, 24))
    assert len({of(value) for value in apart}) == len(apart)
    for value, same in (
        (Decimal("85.4"), "85.4"),
        (Decimal("85.0"), 85),
        (Decimal("1E+2"), 100),
        (None, ""),
        (True, 1),
        (date(2026, 11, 24), "2026-11-24"),
    ):
        assert of(value) == of(same) == Digests(b"salt" * 4).digest_of(same)


def test_a_census_is_compared_for_its_reference_day_not_the_day_it_was_asked(unit: Unit, stick: Path) -> None:
    unit.pupil("Quill", "Ada", date(2012, 5, 6), upn="E919200420040", sex="F")
    done = run_export(unit.desk, "school-census", stick, ExportOrder(reason="Autumn"))
    assert compare(unit.desk, done.export_id).sentence.endswith("The same reference day is compared: 1 October 2026.")
