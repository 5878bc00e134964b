"""Fields of the unit's own: one of each kind is made, and is then wherever items of the record are. No file of the program is touched by it."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.rulefiles import SHIPPED, put_in_force
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.catalogue import every_item, label_of
from pupil_desk.domain.catalogue.items import Basis, Purpose, Special, items_of
from pupil_desk.domain.catalogue.own_values import is_own
from pupil_desk.domain.catalogue.validation import Refused, problems_of
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport, check_own_export
from pupil_desk.domain.plans.plan import PupilPlan
from pupil_desk.domain.pupils.conditions import OVER, YES, Condition, read_condition
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.recipients import register
from pupil_desk.services import bin as recycle_bin
from pupil_desk.services import sheet
from pupil_desk.services.changes import recent, undo
from pupil_desk.services.exports import EXPORTS
from pupil_desk.services.exports.whole import WHOLE_UNIT
from pupil_desk.services.exports.whole.tables import whole_tables
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.services.notices import notice_text
from pupil_desk.services.plans import plan_papers, recording
from pupil_desk.services.pupils import bulk, finding, lists, pupils
from pupil_desk.services.rules.loading import open_rules
from pupil_desk.services.unit import own_fields
from pupil_desk.services.unit.units import sign_in, sign_out
from pupil_desk.store.rows import erasing
from pupil_desk.store.tables import contacts as contact_store
from pupil_desk.store.tables import pupils as pupil_store
from pupil_desk.store.tables import whole
from tests.services.exports.made import MOMENT, OFFICER, PASSWORD, Unit, another_unit
from tests.services.imports.made import table
from tests.services.unit.own_fields.made import LABELS, NAMES, SAID, VALUES, ada, field, stored


def test_they_are_items_like_any_other_from_then_on_and_when_the_file_is_opened_again(with_fields: Unit) -> None:
    assert [item.name for item in items_of(Pupil)][-5:] == list(NAMES.values())
    item = every_item()["pupil.own_code_4"]
    assert (label_of("pupil.own_code_4"), item.facts.purpose, item.facts.basis) == ("House", Purpose.CARE, Basis.PUBLIC_TASK)
    put_in_force(SHIPPED)
    assert "pupil.own_code_4" not in every_item()
    open_rules(with_fields.desk.vault)
    assert "pupil.own_code_4" in every_item()


def test_they_are_the_open_files_alone_however_it_is_closed_and_another_unit_has_none_of_them(with_fields: Unit, tmp_path: Path) -> None:
    with_fields.desk.vault.close()  # as after a fault, or of a unit that was made for a look: nobody signed out
    assert not any(map(is_own, item_names()))
    desk = sign_in(with_fields.file, name=OFFICER, password=PASSWORD, clock=FixedClock(MOMENT))
    assert item_names()[-5:] == list(NAMES.values())
    sign_out(desk)
    assert not any(map(is_own, item_names()))
    desk = sign_in(with_fields.file, name=OFFICER, password=PASSWORD, clock=FixedClock(MOMENT))
    other = another_unit(tmp_path / "other" / "unit.pupildesk")  # while the first one is open yet
    assert not any(map(is_own, item_names()))
    desk.vault.close()
    own_fields.make(other.desk, field("date"))
    assert item_names()[-1] == "own_date_1"
    other.desk.vault.close()


def item_names() -> list[str]:
    return [item.name for item in items_of(Pupil)]


def test_what_is_entered_is_kept_by_kind_and_checked_like_the_rest(with_fields: Unit) -> None:
    kept = stored(with_fields, ada(with_fields))
    assert {name: getattr(kept, name) for name in VALUES} == VALUES
    assert dataclasses.replace(kept, own_flag_3=None).own_flag_3 is None  # type: ignore[call-arg, attr-defined]
    wrong = dataclasses.replace(kept, own_code_4="Stoat", own_text_1="x" * 256)  # type: ignore[call-arg]
    assert {problem.code for problem in problems_of(wrong, with_fields.desk.today)} == {"unknown_code", "too_long"}
    with pytest.raises(Refused):
        pupils.save_pupil(with_fields.desk, wrong)


def test_a_change_is_in_the_history_item_by_item_and_is_undone(with_fields: Unit) -> None:
    desk, kept = with_fields.desk, stored(with_fields, ada(with_fields))
    pupils.save_pupil(desk, dataclasses.replace(kept, own_code_4="Otter", own_date_2=None, own_flag_3=False))  # type: ignore[call-arg]
    act = recent(desk)[0]
    assert act.summary == "Changed: swimming badge on, has a locker and house"
    undo(desk, act.key)
    assert stored(with_fields, kept) == kept


def test_the_list_has_them_as_columns_and_filters(with_fields: Unit) -> None:
    desk, pupil = with_fields.desk, ada(with_fields)
    other = with_fields.pupil("Nib", "Ben", date(2012, 4, 1))
    lists.choose_columns(desk, list(NAMES.values()))
    columns = lists.columns(desk)
    cells = lists.cells(desk, columns)
    assert [lists.words(column, cells[column.key].get(pupil.id)) for column in columns] == [
        "KX 4471 =1+1",
        "20 May 2026",
        "Yes",
        "Badger",
        "38",
    ]
    for name, answer in (
        ("own_text_1", "kx 4471 =1+1"),
        ("own_date_2", OVER),
        ("own_flag_3", YES),
        ("own_code_4", "badger"),
        ("own_number_5", "38"),
    ):
        condition, wrong = read_condition(name, answer, desk.today)
        assert condition is not None, wrong
        assert lists.meeting(desk, [condition]) == {pupil.id}, name
    assert lists.meeting(desk, [Condition("own_flag_3", "empty")]) == {other.id}


def test_those_of_contacts_and_plans_are_columns_and_filters_too(unit: Unit) -> None:
    own_fields.make(unit.desk, field("text", "contact", label="Best reached by"))
    own_fields.make(unit.desk, field("date", "plan", label="Funding until"))
    first, second = unit.pupil("Quill", "Ada", date(2012, 3, 1)), unit.pupil("Nib", "Ben", date(2012, 4, 1))
    for surname, way in (("Ash", "text message"), ("Bell", "telephone"), ("Cole", "text message")):
        unit.contact(first, surname, own_text_1=way)
    recording.add(unit.desk, PupilPlan(pupil_id=second.id, kind="risk", made_on=unit.desk.today, own_date_2=date(2027, 1, 5)))  # type: ignore[call-arg]
    columns = [lists.all_columns()[name] for name in ("own_text_1", "own_date_2")]
    assert [column.title for column in columns] == ["Contact: Best reached by", "Plan: Funding until"]
    cells = lists.cells(unit.desk, columns)
    assert lists.words(columns[0], cells["own_text_1"].get(first.id)) == "text message; telephone"
    assert lists.words(columns[1], cells["own_date_2"].get(second.id)) == "5 January 2027"
    for name, answer, found in (
        ("own_text_1", "Telephone", first.id),
        ("own_text_1", "post", None),
        ("own_date_2", "to-come", second.id),
        ("own_date_2", "over", None),
        ("own_date_2", "empty", first.id),
    ):
        assert lists.meeting(unit.desk, [Condition(name, answer)]) == ({found} - {None}), (name, answer)


def test_a_list_read_in_fills_them_and_the_template_has_them(with_fields: Unit) -> None:
    desk = with_fields.desk
    assert template("pupils").strip().endswith(",".join(NAMES.values()))
    outcome = run_import(
        desk,
        "pupils",
        table(
            """surname|forename|dob|Bus pass number|Swimming badge on|Has a locker|house|Shoe size|Contact 1 Name
               Quill|Ada|1/3/2012|KX 4471 =1+1|20/5/26|y|BADGER|38|Mrs Jo Quill"""
        ),
    )
    assert outcome.added == 1
    (pupil,) = pupil_store.all_pupils(desk.vault)
    assert {name: getattr(pupil, name) for name in VALUES} == VALUES


def test_the_sheet_and_so_the_copy_for_a_family_say_them_with_what_they_were(with_fields: Unit) -> None:
    desk, kept = with_fields.desk, stored(with_fields, ada(with_fields))
    pupils.save_pupil(desk, dataclasses.replace(kept, own_code_4="Otter"))  # type: ignore[call-arg]
    sections = {section.name: section for section in sheet.everything(desk, kept.id)}
    said = {label: words for _name, label, _value, words in sections["pupil"].entries[0].facts}
    assert {label: said[label] for label in SAID} == {**SAID, "House": "Otter"}
    history = [{name: words for name, _label, _value, words in entry.facts} for entry in sections["history"].entries]
    assert [(entry["item"], entry["old"], entry["new"]) for entry in history if entry["item"] == "House"] == [("House", "Badger", "Otter")]


def test_somebody_is_found_by_them_but_not_by_what_the_law_protects(with_fields: Unit) -> None:
    desk = with_fields.desk
    own_fields.make(desk, field("text", label="Inhaler kept where", special="HEALTH"))
    pupil = ada(with_fields, own_text_6="cupboard")
    (hit,) = finding.find(desk, "kx 4471")
    assert (hit.pupil_id, hit.words) == (pupil.id, "bus pass number KX 4471 =1+1")
    assert [found.pupil_id for found in finding.find(desk, "badger")] == [pupil.id]
    assert not finding.find(desk, "cupboard")
    assert every_item()["pupil.own_text_6"].facts.special is Special.HEALTH


def test_an_erasure_of_the_record_empties_them_but_for_those_that_are_kept_longer(with_fields: Unit) -> None:
    own_fields.make(with_fields.desk, field("text", label="Laptop lent for needs", retention="sen"))
    pupil = ada(with_fields, own_text_6="L7")
    vault = with_fields.desk.vault
    with vault.transaction():
        erasing.empty(vault, pupil.id, ["own_text_6"])
    kept = stored(with_fields, pupil)
    assert (kept.surname, kept.own.pairs) == ("Quill", (("own_text_6", "L7"),))
    with vault.transaction():
        erasing.empty(vault, pupil.id)
    assert stored(with_fields, pupil).own.pairs == ()
    assert vault.first_row("SELECT own FROM pupil")["own"] is None  # type: ignore[index]


def test_several_pupils_are_changed_at_once(with_fields: Unit) -> None:
    pupil = ada(with_fields)
    bulk.change_all(with_fields.desk, [pupil.id], "own_code_4", "Fox")
    assert stored(with_fields, pupil).own_code_4 == "Fox"  # type: ignore[attr-defined]


def test_nobody_is_told_them_but_by_consent(with_fields: Unit) -> None:
    told = [path for recipient in register().values() for path in (*recipient.minimum, *recipient.full, *recipient.parent_items)]
    told += [path for export in EXPORTS if export is not WHOLE_UNIT for path in export.items]
    assert not [path for path in told if is_own(path.partition(".")[2])]
    assert set(WHOLE_UNIT.items) >= {f"pupil.{name}" for name in NAMES.values()}
    export = OwnExport(
        title="Buses",
        recipient="Acme Buses",
        purpose="Passes",
        basis="public-task",
        law="Some Act",
        columns=(OwnColumn("pupil.own_text_1", "Pass"),),
    )
    assert [problem.code for problem in check_own_export(export)] == ["only_by_consent"]
    by_consent = dataclasses.replace(export, basis="consent", consent="x||")
    assert check_own_export(by_consent) == ()


def test_the_notice_names_them_and_is_a_new_edition_then(unit: Unit) -> None:
    before = notice_text.edition_text(unit.desk.settings, unit.desk.today)
    own_fields.make(unit.desk, field("code"))
    own_fields.make(unit.desk, field("text", special="BELIEF"))
    after = notice_text.edition_text(unit.desk.settings, unit.desk.today)
    assert {path for path in after.items if path not in before.items} == {"pupil.own_code_1", "pupil.own_text_2"}
    rows = [row for row in notice_text.annex_from(after).items if "House" in row.labels or LABELS["text"] in row.labels]
    assert "other facts that our unit asks for" in after.filling["categories"]
    assert "other facts that our unit asks for" not in before.filling["categories"]
    assert len(rows) == 2
    assert [row.purpose.endswith("(to know it at the door)") for row in rows] == [True, True]


def test_the_export_of_the_whole_unit_has_a_column_for_each(with_fields: Unit) -> None:
    ada(with_fields)
    (table,) = [table for table in whole_tables(with_fields.desk.vault) if table.name == "pupil"]
    columns = {field.name: (field.type, field.title) for field in table.fields()}
    assert {name: columns[name] for name in NAMES.values()} == {
        "own_text_1": ("string", "Bus pass number"),
        "own_date_2": ("date", "Swimming badge on"),
        "own_flag_3": ("boolean", "Has a locker"),
        "own_code_4": ("string", "House"),
        "own_number_5": ("integer", "Shoe size"),
    }
    (row,) = whole.rows_of_pupil(with_fields.desk.vault, table.shape, pupil_store.all_pupils(with_fields.desk.vault)[0].id)
    cells = dict(zip([column.name for column in table.shape.columns], row, strict=True))
    assert [cells[name] for name in NAMES.values()] == ["KX 4471 =1+1", "2026-05-20", 1, "Badger", 38]
    assert "own" not in cells


def test_a_plan_has_them_in_each_version_on_paper_and_on_the_sheet(unit: Unit) -> None:
    desk = unit.desk
    own_fields.make(desk, field("text", "plan", label="Room agreed"))
    pupil = unit.pupil("Quill", "Ada", date(2012, 3, 1))
    plan = PupilPlan(pupil_id=pupil.id, kind="risk", made_on=date(2026, 9, 10), needs="Leaves the building", own_text_1="Blue room")  # type: ignore[call-arg]
    recording.add(desk, plan)
    (case,) = recording.of_pupil(desk, pupil.id)
    recording.amend(desk, dataclasses.replace(case.now, own_text_1="Red room"))  # type: ignore[call-arg]
    (case,) = recording.of_pupil(desk, pupil.id)
    assert [version.record.own_text_1 for version in case.wordings] == ["Blue room", "Red room"]  # type: ignore[attr-defined]
    assert "Red room" in plain_text(plan_papers.paper(desk, case.now.entry_id)[0])
    (section,) = [section for section in sheet.everything(desk, pupil.id) if section.name == "plans"]
    assert [{label: words for _name, label, _value, words in entry.facts}["Room agreed"] for entry in section.entries] == [
        "Blue room",
        "Red room",
    ]


def test_a_contact_has_them_too_and_comes_back_from_the_bin_with_them(unit: Unit) -> None:
    _news, made = own_fields.make(unit.desk, field("yes-no", "contact", label="Needs an interpreter"))
    pupil = unit.pupil("Quill", "Ada", date(2012, 3, 1))
    contact = unit.contact(pupil, "Quill", own_flag_1=True)
    assert made.name == "own_flag_1"
    recycle_bin.take_away(unit.desk, "contact", contact.id, "Twice")
    recycle_bin.put_back(unit.desk, f"contact|{contact.id}")
    (kept,) = contact_store.of_pupil(unit.desk.vault, pupil.id)
    assert kept.own_flag_1 is True


def test_one_that_is_withdrawn_is_entered_no_more_and_stays_readable(with_fields: Unit) -> None:
    desk, kept = with_fields.desk, stored(with_fields, ada(with_fields))
    own_fields.withdraw(desk, "own_code_4", "There are no houses any more")
    assert "own_code_4" not in template("pupils")
    assert stored(with_fields, kept).own_code_4 == "Badger"  # type: ignore[attr-defined]
    assert lists.all_columns()["own_code_4"].label == "House (withdrawn)"
    assert every_item()["pupil.own_code_4"].withdrawn
    assert [(state.own_field.name, state.record_count) for state in own_fields.fields(desk)][-1] == ("own_code_4", 1)
