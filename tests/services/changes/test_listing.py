"""What was done last: one line an act, whose, when, about whom; rows of before acts were known too."""

import dataclasses
from datetime import date, datetime, timedelta

from pupil_desk.basics.clock import FixedClock, stamp
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services import bin as bins
from pupil_desk.services import changes, register
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports import run as imports
from pupil_desk.services.pupils import bulk, contacts, explaining, pupils
from pupil_desk.store.rows import acts
from tests.services.exports.made import MOMENT, Unit

BORN = date(2011, 2, 1)


def at(desk: Desk, hours: int) -> Desk:
    """The same desk so many hours later."""
    return Desk(desk.vault, desk.user, FixedClock(MOMENT + timedelta(hours=hours)))


def test_each_act_is_one_line_in_words(unit: Unit) -> None:
    ann = unit.pupil("Hall", "Ann", BORN, sen_provision="K")
    later = at(unit.desk, 1)
    pupils.save_pupil(later, dataclasses.replace(ann, town="Ware", phone="01632 960123"))
    contacts.add_contact(at(unit.desk, 2), Contact(pupil_id=ann.id, surname="Hall", relationship="PAM"))
    register.mark(at(unit.desk, 3), [Mark(pupil_id=ann.id, day=date(2026, 11, 23), session=Session.AM, code="/")])
    imports.run_import(
        at(unit.desk, 4), "pupils", b"surname,forename,dob,town\nHall,Ann,2011-02-01,Hertford\nQuill,Bea,2011-02-01,Ware\n", "p.csv"
    )
    told = changes.recent(unit.desk)
    assert [(act.summary, act.subject, act.source) for act in told] == [
        ("Added: 2 records; Changed: 1 item", "2 pupils", "import"),
        ("1 mark entered in the register", "", "form"),
        ("Added: contact", "Hall, Ann", "form"),
        ("Changed: town and telephone", "Hall, Ann", "form"),
        ("Added: pupil", "Hall, Ann", "form"),
    ]
    assert {act.staff_name for act in told} == {"Ann Officer"}
    lines = changes.of_act(unit.desk, told[3].key)
    assert [(line.pupil, line.record, line.label, line.before, line.after) for line in lines] == [
        ("Hall, Ann", "Pupil", "Town", "", "Ware"),
        ("Hall, Ann", "Pupil", "Telephone", "", "01632 960123"),
    ]


def test_mine_the_last_days_and_a_pupil(unit: Unit) -> None:
    ann, bea = (unit.pupil("Hall", name, BORN) for name in ("Ann", "Bea"))
    office = dataclasses.replace(unit.as_role(Role.OFFICE), clock=FixedClock(MOMENT + timedelta(days=9)))
    pupils.save_pupil(office, dataclasses.replace(bea, town="Ware"))
    register.mark(office, [Mark(pupil_id=ann.id, day=date(2026, 11, 23), session=Session.AM, code="/")])
    assert len(changes.recent(office)) == 4
    assert [act.summary for act in changes.recent(office, own_only=True)] == ["Changed: town", "1 mark entered in the register"]
    assert len(changes.recent(office, days=7)) == 2
    assert len(changes.recent(office, days=30)) == 4
    assert [act.summary for act in changes.recent(office, pupil_ids=[ann.id])] == ["1 mark entered in the register", "Added: pupil"]
    assert changes.recent(office, pupil_ids=[]) == []
    assert len(changes.recent(office, limit=3)) == 3


def _old(unit: Unit, pupil: Pupil, moment: datetime, source: str, *items: str) -> None:
    """Rows as they were before acts were known."""
    with unit.desk.vault.transaction():
        for item in items:
            unit.desk.vault.execute(
                "INSERT INTO amendment (kind, record_id, pupil_id, item, old, new, at, by, source) VALUES ('pupil', ?, ?, ?, NULL, 'Ware', ?, ?, ?)",
                (pupil.id, pupil.id, item, stamp(moment), unit.desk.user.id, source),
            )


def test_rows_of_before_belong_together_by_moment_maker_and_source(unit: Unit) -> None:
    ann = unit.pupil("Hall", "Ann", BORN, town="Ware", county="Ware")
    _old(unit, ann, MOMENT + timedelta(hours=1), "form", "town", "county")
    _old(unit, ann, MOMENT + timedelta(hours=2), "import", "locality")
    told = changes.recent(unit.desk)
    assert [(act.summary, act.source) for act in told[:2]] == [("Changed: locality", "import"), ("Changed: town and county", "form")]
    changes.undo(unit.desk, told[1].key)
    assert (pupils.record(unit.desk, ann.id).pupil.town, pupils.record(unit.desk, ann.id).pupil.county) == (None, None)


def test_the_newest_are_found_by_index_among_very_many(unit: Unit) -> None:
    ann = unit.pupil("Hall", "Ann", BORN)
    with unit.desk.vault.transaction():
        unit.desk.vault.execute_many(
            "INSERT INTO amendment (kind, record_id, pupil_id, item, at, by, source, act) VALUES ('pupil', ?, ?, 'town', ?, ?, 'form', ?)",
            ((ann.id, ann.id, f"2026-11-24T10:06:{number:06}", f"u{number % 7}", f"act {number // 3}") for number in range(3000)),
        )
    plans = [
        "SELECT max(a.seq) FROM amendment a WHERE a.seq < 9 AND a.\"by\" = 'u1'",
        "SELECT count(*) FROM amendment a WHERE a.act = 'act 1'",
        "SELECT count(*) FROM amendment a WHERE a.act = '' AND a.at = 'x'",
        "SELECT 1 FROM amendment a WHERE a.record_id = 'r' AND a.kind = 'pupil'",
    ]
    for sql in plans:
        told = " ".join(str(row["detail"]) for row in unit.desk.vault.rows(f"EXPLAIN QUERY PLAN {sql}"))
        assert "INDEX amendment_by_" in told, told
    assert [row.act for row in acts.recent(unit.desk.vault, limit=2)] == ["act 999", "act 998"]
    assert acts.recent(unit.desk.vault, limit=1)[0].changed == 3


def test_explain_tells_how_each_record_came(unit: Unit) -> None:
    ann = unit.pupil("Hall", "Ann", BORN)
    contact = contacts.add_contact(unit.desk, Contact(pupil_id=ann.id, surname="Hall", relationship="PAM"))
    assert explaining.explain(unit.desk, contact, "surname") == [
        "Not changed since the record was made. Ann Officer added the contact on 24 November 2026, 10:05."
    ]
    contacts.save_contact(unit.desk, dataclasses.replace(contact, town="Ware"))
    changes.undo(unit.desk, next(act.key for act in changes.recent(unit.desk) if act.summary == "Changed: town"))
    assert (
        explaining.explain(unit.desk, contact, "town")[0] == "Ann Officer undid an earlier change on 24 November 2026, 10:05. Before: Ware."
    )
    imports.run_import(unit.desk, "pupils", b"surname,forename,dob\nQuill,Bea,2011-02-01\n", "p.csv")
    bea = next(pupil for pupil in pupils.all_pupils(unit.desk) if pupil.surname == "Quill")
    assert explaining.explain(unit.desk, bea, "dob") == [
        "Not changed since the record was made. Ann Officer read the pupil from a file of pupils on 24 November 2026, 10:05."
    ]


def test_looking_at_values_is_logged_as_for_the_record_itself(unit: Unit) -> None:
    """Once in ten minutes: what an act changed, and what lies in the recycle bin, tell of a pupil too."""
    ann, bea = (unit.pupil("Hall", name, BORN) for name in ("Ann", "Bea"))
    mother = unit.contact(ann, "Hall")
    bulk.change_all(unit.desk, [ann.id, bea.id], "commissioned_by", "Ware School")
    bins.take_away(unit.desk, "contact", mother.id, "Twice")
    for_both, of_one = (
        next(act.key for act in changes.recent(unit.desk) if act.source == source and act.subject == about)
        for source, about in (("bulk", "2 pupils"), ("form", "Hall, Bea"))
    )
    for _twice in range(2):
        changes.of_act(unit.desk, of_one)
        changes.of_act(unit.desk, for_both)
        bins.waiting(unit.desk)
    rows = unit.desk.vault.rows("SELECT kind, object_id FROM log WHERE action = 'view' ORDER BY seq")
    assert [tuple(row) for row in rows] == [("pupil", bea.id), ("act", for_both), ("recycle-bin", "")]
