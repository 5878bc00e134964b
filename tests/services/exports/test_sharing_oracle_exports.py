"""What stands in the files for youth support and for colleges is what the oracle of the rule of sharing says, cell by cell."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import count, product
from pathlib import Path

from pupil_desk.domain.catalogue.identifiers import upn_letter
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import Choice
from pupil_desk.domain.sharing.sharing import Rules, SharingCase
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.previewing import preview
from pupil_desk.services.imports.run import run_import
from pupil_desk.services.notices import notices
from tests.domain.sharing_oracle import Expected, expected, reached
from tests.services.exports.made import DAY, Unit

A_DAY = timedelta(1)
BIRTHS = [reached(DAY, -age) + off for age, off in product((13, 16, 18), (A_DAY, 0 * A_DAY))] + [date(2011, 5, 4)]
SEPTEMBER, OCTOBER = date(2026, 9, 10), date(2026, 10, 10)
HISTORIES: Sequence[Sequence[tuple[str, str, str, date]]] = (
    (),
    (("parent", "Ann", "restrict", SEPTEMBER),),
    (("parent", "Ann", "allow", SEPTEMBER),),
    (("parent", "Ann", "allow", OCTOBER), ("parent", " ANN", "restrict", SEPTEMBER)),
    (("parent", "Ann", "restrict", SEPTEMBER), ("parent", "", "allow", OCTOBER)),
    (("parent", "Ann", "restrict", OCTOBER), ("parent", "ann", "allow", OCTOBER)),
    (("parent", "Ann", "restrict", SEPTEMBER), ("pupil", "", "allow", DAY)),
    (("parent", "Ann", "allow", SEPTEMBER), ("pupil", "", "allow", SEPTEMBER), ("pupil", "", "restrict", DAY)),
)
FILLED = {
    "address_1": "94 Larkfield Rise",
    "address_2": "Flat 2",
    "locality": "Nether End",
    "town": "Coldharbour",
    "county": "Hertfordshire",
    "postcode": "AL28 2QN",
    "sex": "F",
    "ethnicity": "WBRI",
    "phone": "+44 1632 960201",
    "email": "s@example.org",
    "year_group": "9",
    "sen_provision": "K",
    "sen_need_1": "SPLD",
    "sen_need_2": "HI",
    "looked_after": "Y",
    "medical": "Asthma",
    "middle_names": "Bríd",
}


def _column(named: str) -> str:
    """The column of an item in the youth-support file."""
    record, attribute = named.split(".")
    return {"contact": f"parent_{attribute}", "enrolment": attribute.replace("status", "enrolment_status")}.get(record, attribute)


def _filled(table: bytes) -> dict[str, set[str]]:
    """By surname, the columns in which something stands."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    return {row["surname"]: {name for name, cell in row.items() if cell} for row in rows}


def _uln(number: int) -> str:
    """A learner number whose check digit is right."""
    nine = f"{100000000 + number}"
    left = 10 - sum(int(digit) * weight for digit, weight in zip(nine, range(10, 1, -1), strict=True)) % 11
    return nine + str(left) if left in range(10) else ""


def _people(unit: Unit) -> tuple[dict[str, SharingCase], int]:
    """A pupil of each birth and history, every item filled, by surname; and how many choices were refused, since they were not theirs."""
    cases, uln = dict[str, SharingCase](), filter(None, map(_uln, count()))
    tables = {"pupils": list[str](), "contacts": list[str](), "choices": list[str](), "destinations": list[str]()}
    for number, (dob, history) in enumerate(product(BIRTHS, HISTORIES)):
        rest, name = f"919200426{number:03d}", f"Surname{number:02d}"
        upn = upn_letter(rest) + rest
        tables["pupils"].append(",".join([name, "Zoë", str(dob), upn, next(uln), "2026-09-02", *FILLED.values()]))
        tables["contacts"].append(f"{upn},Penn,Ann,PAM,yes,yes,01632 960001")
        tables["destinations"].append(f"{upn},intended,230,Wyming Vale College")
        words = [
            Choice(recipient=recipient, choice=choice, by=by, on=on, giver=giver)
            for recipient in ("youth-support", "post-16")
            for by, giver, choice, on in history
        ]
        tables["choices"] += [f"{upn},{word.recipient},{word.choice},{word.by},{word.on},{word.giver},form" for word in words]
        stay = Enrolment(status="C", start_date=date(2026, 9, 2))
        cases[name] = SharingCase(Pupil(surname=name, forename="Zoë", dob=dob, upn=upn), (stay,), words, (DAY,) if number % 3 else ())
    heads = {
        "pupils": ",".join(["surname,forename,dob,upn,uln,start_date", *FILLED]),
        "contacts": "upn,surname,forename,relationship,parental_responsibility,lives_with,phone",
        "choices": "upn,recipient,choice,by,on,giver,channel",
        "destinations": "upn,kind,activity,provider",
    }
    done = {kind: run_import(unit.desk, kind, "\n".join([heads[kind], *lines]).encode()) for kind, lines in tables.items()}
    refused = [problem.code for outcome in done.values() for problem in outcome.problems if problem.severity == "error"]
    assert set(refused) == {"not_theirs_to_choose"}
    held = {row["surname"]: row["id"] for row in unit.desk.vault.rows("SELECT id, surname FROM pupil")}
    letters = [letter for name, case in cases.items() if case.notices_given for letter in notices.letters_of(unit.desk, held[name]).letters]
    notices.issue(unit.desk, [letter for letter in letters if letter.contacts], "by-hand")
    return cases, done["choices"].refused


def _words(cases: Mapping[str, SharingCase], recipient: str, rules: Rules) -> dict[str, Expected]:
    told = {name: expected(case, recipient, DAY, rules) for name, case in cases.items()}
    return {name: words for name, words in told.items() if words}


def test_each_cell_is_filled_or_empty_as_the_oracle_says(unit: Unit, stick: Path) -> None:
    cases, refused = _people(unit)
    assert len(cases) == 56
    assert refused == sum(
        (said.by == "parent") != (said.on < reached(case.pupil.dob, 16)) for case in cases.values() for said in case.choices
    )

    for rules in (Rules(), Rules(with_parent=True)):
        if rules.with_parent:
            unit.with_parent()
        words = _words(cases, "youth-support", rules)
        shown = {
            line.pupil.surname: (line.level or "none", line.decided_by)
            for line in preview(unit.desk, "youth-support", ExportOrder(reason="")).lines
        }
        assert shown == {name: (told.level, told.decided_by) for name, told in words.items()}
        made = run_export(unit.desk, "youth-support", stick, ExportOrder(reason="Termly return", plain=True))
        assert _filled((stick / made.files[0].name).read_bytes()) == {
            name: {_column(item) for item in told.items if not item.startswith("destination.")}
            for name, told in words.items()
            if told.level != "none"
        }
        assert {pupil.surname for pupil, _reason in made.left_out} == {name for name, told in words.items() if told.level == "none"}
        assert {told.level for told in words.values()} == {"none", "minimum", "full"}

    words = _words(cases, "post-16", Rules())
    made = run_export(unit.desk, "post-16", stick, ExportOrder(reason="Applications", plain=True))
    assert len(made.files) == 1
    goes = {item.removeprefix("pupil.") for item in expected_full(words)} - {
        "address_1",
        "address_2",
        "locality",
        "town",
        "county",
        "postcode",
    }
    assert _filled((stick / made.files[0].name).read_bytes()) == {
        name: goes | {"address"} for name, told in words.items() if told.level == "full"
    }
    assert {pupil.surname for pupil, _reason in made.left_out} == {name for name, told in words.items() if told.level == "none"}


def expected_full(words: Mapping[str, Expected]) -> frozenset[str]:
    """The items of whoever is told of in full."""
    return next(told.items for told in words.values() if told.level == "full")
