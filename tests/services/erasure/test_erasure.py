"""What only grows is refused any change by the file itself; an erasure order lets exactly the rows it names go, and stays."""

import itertools
import json
from dataclasses import dataclass
from datetime import date

import pytest

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.erasure import erasure
from pupil_desk.services.sheet.sections import TABLES
from pupil_desk.store.file.errors import StoreFault
from pupil_desk.store.file.vault import Vault
from tests.services import erased_at_once
from tests.services.exports.made import Unit

GROWS = (
    "target_review", "report_comment", "wish_step", "request_case", "request_event", "request_letter",
    "consent_event", "consent_reversal", "consent_competence", "consent_invitation", "legal_hold",
    "amendment", "protection", "protection_lift", "choice", "notice_issue", "disclosure", "mark", "mark_amendment", "suspension",
    "suspension_session", "suspension_event", "incident", "incident_event", "safeguarding_entry", "safeguarding_paper", "absence_step", "leave_request", "plan", "plan_step", "assessment", "assessment_withdrawal", "dose", "former_address", "former_address_reversal", "letter_sent", "paper_form", "paper_form_asked", "paper_form_page", "paper_form_step", "merging", "pupil_mistaken", "choice_reversal", "note", "restricted_note", "attachment_content",
    "notice_copy", "notice_issue_reversal", "notice_acknowledgement", "notice_acknowledgement_reversal", "export_row", "returned", "disclosure_strike", "disclosure_family",
    "pack", "pack_mark", "pack_section", "pack_box", "pack_sealed", "pack_made", "pack_dropped",
)  # fmt: skip
"""Tables of a pupil's that only grow, save under an order."""
FOR_GOOD = (
    "wording",
    "log",
    "settings",
    "calendar_confirmed",
    "notice_edition",
    "notice_prose",
    "notice_edition_body",
    "notice_specimen",
    "letter_template",
    "paper_translation",
    "export_made",
    "export_file",
    "export_frozen",
    "export_event",
    "ctf_serial",
    "own_export",
    "own_export_condition",
    "own_export_column",
    "own_export_approval",
    "own_field",
    "own_field_withdrawal",
    "import_made",
    "import_undone",
    "entering",
    "scale",
    "erasure_order",
    "restricted_reader",
    "search_place",
    "consent_type",
    "consent_occasion",
    "erasure_step",
    "breach_event",
    "provider_check",
    "retention_rule",
    "rule_pack",
    "rule_pack_undone",
    "statistic",
    "anonymous_year",
    "figure_given",
    "register_comparison",
    "past_epoch",
    "second_key",
    "second_key_sheets",
    "second_key_on_sheets",
)
"""Tables that hold nothing on a pupil, or say what was done: not even an order reaches them."""
CHANGES = {
    "export_content": "goes on its day by a person's word, or with an erasure of anybody who is in it",
    "identity": "one row, of the file", "staff": "users leave and come", "term": "the school year", "closure": "the school year",
    "backup_made": "forgotten when proved again", "draft": "typed and not kept", "pupil": "corrected, with amendments",
    "notice_draft": "what a data officer writes, until it is made current or thrown away",
    "list_column": "a colleague's own choice", "list_filter": "kept and removed by its author",
    "list_filter_condition": "goes with its filter", "findable": "follows the records that it finds",
    "contact": "corrected, with amendments", "enrolment": "corrected, with amendments, and goes only under an order",
    "timetable": "corrected, with amendments", "sen_period": "corrected, with amendments", "sen_need": "corrected, with amendments",
    "care_period": "corrected, with amendments", "health_item": "corrected, with amendments", "disability": "corrected, with amendments", "health_none": "corrected, with amendments",
    "register_sheet": "goes half a year after its last day", "register_sheet_row": "goes with its page", "scan_batch": "goes with its last page", "scan_page": "waits for a person, and goes once it is confirmed or thrown away",
    "attachment": "corrected, with amendments, and goes only set aside or under an order",
    "medicine": "corrected, with amendments", "details_check": "corrected, with amendments", "import_file": "the name of a file, until somebody named in it is erased", "heading_choice": "what a heading means, until it is forgotten or chosen anew", "school_attended": "corrected, with amendments", "attendance_total": "corrected, with amendments", "not_taken": "added by a file, taken away with a word", "placement": "corrected, with amendments", "school_place": "corrected, with amendments", "school_place_review": "corrected, with amendments", "bought_place_review": "corrected, with amendments", "accident": "corrected, with amendments", "exam_entry": "corrected, with amendments", "exam_arrangement": "corrected, with amendments", "exam_collector": "corrected, with amendments", "school_mark": "corrected by a further file, with amendments", "journey": "corrected, with amendments", "keyed_amendment": "added by a file, goes with the route", "route": "corrected, the names of what changed in the log", "provider_return": "corrected by a further return, with amendments", "provider": "corrected, the names of what changed in the log", "school": "corrected, the names of what changed in the log", "school_password": "one for each school, until another is agreed", "learning": "corrected, with amendments", "destination": "corrected, with amendments",
}  # fmt: skip


@dataclass
class Rows:
    """Makes a row in any table, from the table's own shape, with whatever it refers to."""

    vault: Vault
    count = itertools.count(1)

    def make(self, table: str, pupil_id: str) -> dict[str, object]:
        values: dict[str, object] = {}
        for ref in self.vault.rows(f'PRAGMA foreign_key_list("{table}")'):
            if ref["from"] == "pupil_id" and ref["table"] == "pupil":
                continue
            if ref["table"] in (table, "contact") or ref["from"] in values:
                continue
            values[ref["from"]] = self.make(ref["table"], pupil_id)[ref["to"] or "id"] if ref["seq"] == 0 else None
        columns = self.vault.rows(f'PRAGMA table_info("{table}")')
        names = {column["name"] for column in columns}
        if table == "legal_hold":
            values["step"] = "lifted"  # one in force lets nothing go
        if table == "mark_amendment":
            values.update({"pupil_id": pupil_id, "day": "2026-11-02", "session": "AM"})
        for column in columns:
            name = column["name"]
            if name == "pupil_id":
                values[name] = pupil_id
            elif name in ("seq", "number") and table != "notice_edition":
                values.setdefault(name, self._next(table, name))
            elif name == "id" and column["type"] == "INTEGER":
                values[name] = self._next(table, name)
            elif (column["notnull"] or column["pk"]) and name not in values:
                values[name] = {"session": "AM", "day": "2026-11-02"}.get(name) or self._any(column["type"])
        values = {name: value for name, value in values.items() if name in names}
        marks = ", ".join("?" * len(values))
        told = ", ".join(f'"{name}"' for name in values)
        self.vault.execute(
            f'INSERT OR IGNORE INTO "{table}" ({told}) VALUES ({marks})' if table != "mark" or not self._has_mark(pupil_id) else "SELECT 1",
            tuple(values.values()) if table != "mark" or not self._has_mark(pupil_id) else (),
        )  # type: ignore[arg-type]
        return values

    def _has_mark(self, pupil_id: str) -> bool:
        return self.vault.first_row("SELECT 1 FROM mark WHERE pupil_id = ?", (pupil_id,)) is not None

    def _next(self, table: str, name: str) -> int:
        row = self.vault.first_row(f'SELECT coalesce(max("{name}"), 0) + 1 AS n FROM "{table}"')
        assert row is not None
        return 1 if name == "number" else int(row["n"])

    def _any(self, kind: str) -> object:
        number = next(self.count)
        return {"INTEGER": number, "BLOB": b"bytes"}.get(kind, f"word {number}")


@pytest.fixture
def two(unit: Unit) -> tuple[str, str]:
    """Two pupils, each with a row in every table that only grows."""
    ids: list[str] = []
    for name in ("Ada", "Bea"):
        pupil = unit.pupil("Quill", name, date(2012, 5, 6))
        unit.contact(pupil, "Quill")
        ids.append(pupil.id)
    with unit.desk.vault.transaction():
        rows = Rows(unit.desk.vault)
        for table in GROWS:
            for pupil_id in ids:
                rows.make(table, pupil_id)
        for table in FOR_GOOD:
            if table not in ("log", "settings", "erasure_order"):
                rows.make(table, ids[0])
    return ids[0], ids[1]


def count(unit: Unit, table: str, pupil_id: str) -> int:
    return len(unit.desk.vault.rows(f'SELECT 1 FROM "{table}" WHERE pupil_id = ?', (pupil_id,)))


def open_order(unit: Unit, pupil_id: str, tables: str) -> None:
    with unit.desk.vault.transaction():
        unit.desk.vault.execute(
            "INSERT INTO erasure_order (id, pupil_id, tables, opened_at, authority, opened_by) VALUES ('o', ?, ?, 'now', 'a court', 'me')",
            (pupil_id, tables),
        )


def refused(unit: Unit, table: str, *statements: str) -> None:
    for statement in statements:
        with pytest.raises(StoreFault, match=f"append-only: {table}"), unit.desk.vault.transaction():
            unit.desk.vault.execute(statement)


def test_every_table_is_one_that_grows_or_says_why_not(unit: Unit) -> None:
    rows = unit.desk.vault.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'find' AND name NOT LIKE 'find~_%' ESCAPE '~'"
    )
    tables, stated = {row["name"] for row in rows}, {*GROWS, *FOR_GOOD, *CHANGES}
    assert tables - stated == set(), "say in GROWS, FOR_GOOD or CHANGES whether such a table only grows, or why its rows change"
    assert stated - tables == set(), "there is no such table"


def test_without_an_order_the_file_refuses_every_change(unit: Unit, two: tuple[str, str]) -> None:
    gone = unit.pupil("Quill", "Cleo", date(2012, 5, 6))
    erased_at_once.erase_pupil(unit.desk, gone.id, authority="A court")
    for table in (*GROWS, *FOR_GOOD):
        assert unit.desk.vault.first_row(f'SELECT 1 FROM "{table}"') is not None
        first = unit.desk.vault.rows(f'PRAGMA table_info("{table}")')[0]["name"]
        replace = f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}" LIMIT 1'
        refused(unit, table, f'UPDATE "{table}" SET "{first}" = "{first}"', f'DELETE FROM "{table}"', replace)


def test_under_an_order_rows_go_and_are_not_changed_or_replaced(unit: Unit, two: tuple[str, str]) -> None:
    open_order(unit, two[0], "*")
    own = f"WHERE pupil_id = '{two[0]}'"
    for table in GROWS:
        refused(
            unit,
            table,
            f'UPDATE "{table}" SET pupil_id = pupil_id',
            f'INSERT OR REPLACE INTO "{table}" SELECT * FROM "{table}" {own}',
            f"DELETE FROM \"{table}\" WHERE pupil_id = '{two[1]}'",
        )


def test_an_order_for_one_table_reaches_no_other(unit: Unit, two: tuple[str, str]) -> None:
    open_order(unit, "", " contact ")
    for table in GROWS:
        refused(unit, table, f'DELETE FROM "{table}"')


def test_a_pupil_goes_whole_and_the_other_stays(unit: Unit, two: tuple[str, str]) -> None:
    gone, stays = two
    done = erased_at_once.erase_pupil(unit.desk, gone, authority="Request of 3 November")
    for table in (*GROWS, "contact", "enrolment"):
        assert count(unit, table, gone) == 0, table
        assert count(unit, table, stays) > 0, table
    assert done.counts["pupil"] == 1
    assert set(GROWS) - set(done.counts) == {"safeguarding_entry", "safeguarding_paper"}, "a count would tell that there was a file"
    assert unit.desk.vault.rows("PRAGMA foreign_key_check") == []


def test_the_order_and_the_counts_stay_in_file_and_log(unit: Unit, two: tuple[str, str]) -> None:
    done = erased_at_once.erase_pupil(unit.desk, two[0], authority="  Request of 3 November ")
    row = unit.desk.vault.first_row("SELECT * FROM erasure_order")
    assert row is not None
    assert (row["id"], row["pupil_id"], row["authority"]) == (done.order_id, two[0], "Request of 3 November")
    assert row["closed_at"]
    assert json.loads(row["counts"]) == done.counts
    told, order = unit.desk.vault.rows("SELECT action, object_id, reason FROM log ORDER BY seq DESC LIMIT 2")[::-1]
    assert (told["action"], told["object_id"]) == ("erased", two[0])
    assert "disclosure 3" in told["reason"]
    assert (order["action"], order["object_id"]) == ("erase", done.order_id)
    with pytest.raises(StoreFault, match="append-only: choice"), unit.desk.vault.transaction():
        unit.desk.vault.execute("DELETE FROM choice")


def test_a_class_of_record_goes_for_all_with_what_it_said_before(unit: Unit, two: tuple[str, str]) -> None:
    vault = unit.desk.vault
    with vault.transaction():
        vault.execute(
            "INSERT INTO amendment (kind, record_id, pupil_id, item, at, by, source) VALUES ('mark', 'r', ?, 'note', 'now', 'me', 'form')",
            (two[0],),
        )
    before = {table: count(unit, table, two[0]) for table in GROWS}
    done = erased_at_once.erase_sections(unit.desk, ["attendance"], authority="Six years have gone")
    assert done.counts == {"amendment": 1, "mark": 2, "mark_amendment": 2}
    after = {table: count(unit, table, two[0]) for table in GROWS}
    assert after == {**before, "amendment": before["amendment"] - 1, "mark": 0, "mark_amendment": 0}


def test_a_class_that_others_refer_to_does_not_go_alone(unit: Unit, two: tuple[str, str]) -> None:
    assert erasure.free(unit.desk, two[0], frozenset({"suspension"})) == frozenset()
    erased_at_once.erase_sections(
        unit.desk, [name for name in TABLES if name.startswith("suspension")], authority="A court", pupil_id=two[0]
    )
    assert count(unit, "suspension", two[0]) == 0
    assert count(unit, "suspension", two[1]) > 0


def test_what_has_no_ground_is_refused(unit: Unit, two: tuple[str, str]) -> None:
    with pytest.raises(Refused):
        erased_at_once.erase_pupil(unit.desk, two[0], authority=" ")
    assert count(unit, "disclosure", two[0]) == 3


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ASSISTANT_HEAD])
def test_only_the_data_officer_erases(unit: Unit, two: tuple[str, str], role: Role) -> None:
    desk = unit.as_role(role)
    with pytest.raises(NotAllowed):
        erased_at_once.erase_pupil(desk, two[0], authority="A court")
    with pytest.raises(NotAllowed):
        erased_at_once.erase_sections(desk, ["attendance"], authority="A court")
    assert count(unit, "mark", two[0]) == 1


def test_an_order_that_names_nobody_and_everything_is_refused_by_the_file(unit: Unit) -> None:
    for pupil_id, tables, authority in (("", "*", "a court"), ("x", "*", "")):
        with pytest.raises(StoreFault, match="append-only: erasure_order"), unit.desk.vault.transaction():
            unit.desk.vault.execute(
                "INSERT INTO erasure_order (id, pupil_id, tables, opened_at, authority, opened_by) VALUES ('o', ?, ?, 'now', ?, 'me')",
                (pupil_id, tables, authority),
            )
