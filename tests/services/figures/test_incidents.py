"""Figures of incidents, rewards and restrictive interventions, counted a second time from what was entered; and what is printed of them."""

import dataclasses
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from pupil_desk.domain.care.needs import SenNeed
from pupil_desk.domain.incidents.incident import Incident, IncidentEvent, IncidentEventKind
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import figures
from pupil_desk.services.care import needs
from pupil_desk.services.figures import Blank, Figure
from pupil_desk.services.incidents import recording
from tests.services.exports.made import DAY, Unit
from tests.services.figures.known import AUTUMN, cells, look, pupils_of

THREAT, DISRUPTION, EFFORT = "threat", "disruption", "effort"


def happened(unit: Unit, *people: Pupil, kind: str = THREAT, day: date = DAY, **items: object) -> list[Incident]:
    """Enter one incident of these pupils, and give its entries."""
    entry = {"kind": kind, "day": day, "account": "Words", "part": "took-part", "time": "9:15", **items}
    changed = recording.enter(unit.desk, [Incident(pupil_id=pupil.id, **entry) for pupil in people])  # type: ignore[arg-type]
    assert changed.ids
    return [recording.of_pupil(unit.desk, pupil.id)[-1].now for pupil in people]


WHOLE = {
    "place": "The hall", "staff": "Ms Reed", "minutes": 3, "necessary": "To keep them safe", "needs": "None known", "injury": "None",
    "support": "Rest", "led_to_it": "A row", "triggers": "None known", "tried": "Words", "force_kind": "guided", "force_degree": "light",
}  # fmt: skip


def step(unit: Unit, entry: Incident, kind: IncidentEventKind, **items: object) -> None:
    event = {"on": entry.day, "who": "Ms Reed", **items}
    recording.record(unit.desk, [IncidentEvent(entry_id=entry.entry_id, pupil_id=entry.pupil_id, kind=kind, **event)])  # type: ignore[arg-type]


def test_an_incident_of_three_is_one_and_rewards_stand_beside(unit: Unit) -> None:
    pupils = pupils_of(unit)
    happened(unit, *pupils[:3])
    happened(unit, pupils[0], pupils[7])
    happened(unit, pupils[1], kind=DISRUPTION)
    for pupil in (pupils[1], pupils[1], pupils[2]):
        happened(unit, pupil, kind=EFFORT)
    found = look(unit, "incidents", "terms")
    keys = ("pupils", "incidents", "took-part", "hurt", "ordinary", "ordinary-pupils", "rewards", "rewarded")
    assert cells(found, "Whole period", *keys) == ["8", "2", "4", "0", "1", "1", "3", "2"]
    by_sex = look(unit, "incidents", "sex")
    assert [cells(by_sex, label, "incidents", "took-part") for label in ("Male", "Female", "All pupils")] == [
        ["2", "3"],
        ["1", "1"],
        ["2", "4"],
    ]


def test_who_was_hurt_took_no_part(unit: Unit) -> None:
    one, other = pupils_of(unit)[:2]
    entries = [Incident(pupil_id=one.id, kind=THREAT, day=DAY, account="W", part="took-part")]
    entries += [Incident(pupil_id=other.id, kind=THREAT, day=DAY, account="W", part="hurt")]
    recording.enter(unit.desk, entries)
    assert cells(look(unit, "incidents", "terms"), "Whole period", "incidents", "took-part", "hurt") == ["1", "1", "1"]


def test_what_was_struck_out_or_happened_off_roll_is_left_out(unit: Unit) -> None:
    (one, other, *_rest) = pupils_of(unit)
    (entry,) = happened(unit, one)
    recording.strike(unit.desk, [entry.entry_id], "A mistake")
    happened(unit, other, day=date(2026, 8, 20))  # the pupils came in September
    assert look(unit, "incidents", "incident-kinds").rows == ()


def test_by_place_names_spelt_alike_are_one_row_with_the_usual_spelling(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    for place in ("The hall", "the  hall", "The hall", "Hall", "Taxi", None):
        happened(unit, pupil, place=place)
    found = look(unit, "incidents", "places")
    assert [(row.label, row.cells[0]) for row in found.lines] == [("The hall", 4), ("Taxi", 1), ("Not recorded", 1), ("All together", 6)]


def test_by_staff_an_incident_counts_for_each_who_was_there(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    happened(unit, pupil, staff="Ms Reed\nMr Holt")
    happened(unit, pupil, staff="MR HOLT")
    happened(unit, pupil, staff="Mr Holt")
    found = look(unit, "incidents", "staff")
    assert [(row.label, row.cells[0]) for row in found.lines] == [("Mr Holt", 3), ("Ms Reed", 1), ("All together", 3)]


def test_the_need_is_that_of_the_day(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    for need, rank, start, end in (("SEMH", 1, None, date(2026, 10, 31)), ("SLCN", 1, date(2026, 11, 1), None), ("ASD", 2, None, None)):
        needs.add_need(unit.desk, SenNeed(pupil_id=pupil.id, need=need, rank=rank, start_date=start, end_date=end))
    happened(unit, pupil, day=date(2026, 10, 31))
    happened(unit, pupil, day=date(2026, 11, 1))
    found = look(unit, "incidents", "needs")
    assert [row.cells[0] for row in found.lines] == [1, 1, 2, 2]
    assert [row.label for row in found.lines][-1] == "All together"


def test_signed_and_told_on_the_day_and_withheld(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    mother, father = (unit.contact(pupil, "Boy", forename=name, parental_responsibility=True) for name in ("Ada", "Tom"))
    days = [DAY - timedelta(days=back) for back in range(5)]
    entries = [happened(unit, pupil, day=day, force=True, **WHOLE)[0] for day in days]
    whole, late, withheld, half, _nothing = entries
    for entry in (whole, withheld, half):
        step(unit, entry, IncidentEventKind.SIGNED)
    step(unit, late, IncidentEventKind.SIGNED, on=DAY)
    told = {"kind": IncidentEventKind.REPORTED, "way": "hand"}
    for entry, parent, items in (
        (whole, mother, told), (whole, father, told),
        (late, mother, {**told, "on": DAY}), (late, father, {**told, "on": DAY}),
        (withheld, mother, told), (withheld, father, {"kind": IncidentEventKind.WITHHELD, "note": "Risk"}),
        (half, mother, told),
    ):  # fmt: skip
        step(unit, entry, contact_id=parent.id, **items)  # type: ignore[arg-type]
    found = look(unit, "interventions", "terms")
    keys = ("interventions", "held", "force", "seclusion", "signed", "told", "withheld")
    assert cells(found, "Whole period", *keys) == ["5", "1", "5", "0", "3", "2", "1"]
    recording.amend(unit.desk, [dataclasses.replace(recording.of_pupil(unit.desk, pupil.id)[0].now, place="Gym")])
    assert cells(look(unit, "interventions", "terms"), "Whole period", "signed") == ["3"], "signed that day, though amended since"
    step(unit, whole, IncidentEventKind.SIGNED, done=False)
    assert cells(look(unit, "interventions", "terms"), "Whole period", "signed") == ["2"], "a signature taken back is none"


@dataclass(frozen=True)
class Told:
    """What the oracle knows of one entry, told as it was entered."""

    incident: int
    pupil: int
    entry: Incident


KINDS, PLACES = ("threat", "damage", "assault-adult", "disruption", "effort"), ("Hall", "Taxi", None)
TIMES, STAFF = ("8:50", "9:05", "9:59", "14:00", None), ("Ms Reed", "Ms Reed\nMr Holt", None)
LENGTHS = {
    1: "1 to 4",
    4: "1 to 4",
    5: "5 to 9",
    19: "10 to 19",
    20: "20 to 29",
    59: "30 to 59",
    60: "60 minutes or longer",
    None: "Not rec",
}


@pytest.fixture
def told(unit: Unit) -> list[Told]:
    """Sixty incidents of one to three pupils, drawn from one seed and entered as people enter them."""
    drawn, pupils, told = random.Random(41), pupils_of(unit), []
    for number in range(60):
        account = {
            "kind": drawn.choice(KINDS), "day": date(2026, 9, 3) + timedelta(days=drawn.randrange(80)), "time": drawn.choice(TIMES),
            "place": drawn.choice(PLACES), "staff": drawn.choice(STAFF), "account": "Words",
        }  # fmt: skip
        entries = []
        for at in drawn.sample(range(len(pupils)), drawn.randint(1, 3)):
            restrictive = account["kind"] in KINDS[:3] and drawn.random() < 0.6
            own = {"force": restrictive and drawn.random() < 0.7, "minutes": drawn.choice(list(LENGTHS)) if restrictive else None}
            own["seclusion"] = restrictive and (drawn.random() < 0.3 or not own["force"])
            entries.append((at, Incident(pupil_id=pupils[at].id, part=drawn.choice(("took-part", "hurt", "saw")), **account, **own)))  # type: ignore[arg-type]
        recording.enter(unit.desk, [entry for _at, entry in entries])
        told += [Told(number, at, entry) for at, entry in entries]
    return told


def oracle_of_incidents(rows: list[Told]) -> tuple[int, ...]:
    serious = [row for row in rows if row.entry.kind in KINDS[:3]]
    lines = [row for row in rows if row.entry.part == "took-part"]
    ordinary, rewards = ([row for row in lines if row.entry.kind == kind] for kind in ("disruption", "effort"))
    of_part = [{row.pupil for row in serious if row.entry.part == part} for part in ("took-part", "hurt")]
    return (
        len({row.incident for row in serious}), *(len(people) for people in of_part),
        *(number for part in (ordinary, rewards) for number in (len(part), sum(row.entry.points or 0 for row in part), len({row.pupil for row in part}))),
    )  # fmt: skip


def oracle_of_interventions(rows: list[Told]) -> tuple[int, ...]:
    held = [row for row in rows if row.entry.force or row.entry.seclusion]
    return (
        len(held),
        len({row.pupil for row in held}),
        sum(row.entry.force for row in held),
        sum(row.entry.seclusion for row in held),
        0,
        0,
        0,
        0,
    )


HOURS = {"8:50": "8:00 to 8:59", "9:05": "9:00 to 9:59", "9:59": "9:00 to 9:59", "14:00": "14:00 to 14:59", None: "Not recorded"}
LABELS = {
    "threat": "Threatening behaviour or verbal abuse", "damage": "Damage to property", "assault-adult": "Physical assault on an adult",
    "disruption": "Disruption", "effort": "Effort",
}  # fmt: skip
WAYS: dict[str, Callable[[Told], list[str]]] = {
    "incident-kinds": lambda row: [LABELS[row.entry.kind]],
    "places": lambda row: [row.entry.place or "Not recorded"],
    "hours": lambda row: [HOURS[row.entry.time]],
    "staff": lambda row: (row.entry.staff or "Not recorded").split("\n"),
    "sex": lambda row: ["Male" if row.pupil < 5 else "Female"],
    "months": lambda row: [f"{('September', 'October', 'November')[row.entry.day.month - 9]} 2026"],
}


@pytest.mark.parametrize("kind", ["incidents", "interventions"])
def test_every_way_comes_to_what_was_entered(unit: Unit, told: list[Told], kind: str) -> None:
    oracle = oracle_of_incidents if kind == "incidents" else oracle_of_interventions
    ways = dict(WAYS)
    if kind == "interventions":
        ways["minutes"] = lambda row: [LENGTHS[row.entry.minutes]]
    for way, labels_of in ways.items():
        expected: defaultdict[str, list[Told]] = defaultdict(list)
        for row in told:
            for label in labels_of(row):
                expected[label].append(row)
        found = look(unit, kind, way)
        with_roll = found.columns[0].key == "pupils"
        shown = {row.label: tuple(row.cells[with_roll:]) for row in found.rows}
        counted = {label: oracle(rows) for label, rows in expected.items()}
        if way == "minutes":
            shown = {next(text for text in LENGTHS.values() if label.startswith(text)): numbers for label, numbers in shown.items()}
        assert {label: numbers for label, numbers in shown.items() if any(numbers)} == {
            label: numbers for label, numbers in counted.items() if any(numbers)
        }, way
        assert found.total_row is not None
        assert found.total_row.cells[with_roll:] == oracle(told)


def every(unit: Unit) -> Iterator[Figure]:
    for kind in figures.FIGURES:
        if kind.name in ("incidents", "interventions"):
            yield from (look(unit, kind.name, way, AUTUMN) for way, _label in kind.ways)


@pytest.mark.usefixtures("told")
def test_printed_for_others_nothing_small_is_left_and_rows_come_to_their_whole(unit: Unit) -> None:
    for figure in every(unit):
        for place, column in enumerate(figure.columns):
            assert figure.total_row is not None
            numbers = [row.cells[place] for row in figure.rows]
            if column.adds_up:
                assert sum(number for number in numbers if isinstance(number, int)) == figure.total_row.cells[place], (
                    figure.way,
                    column.key,
                )
        printed = figures.as_printed(figure, 5)
        for line in printed.lines:
            for cell, column in zip(line.cells, printed.columns, strict=True):
                if column.sort.value in ("pupils", "events"):
                    assert cell is Blank.SMALL or cell not in (1, 2, 3, 4)
                elif cell is not Blank.SMALL:
                    assert line.cells[printed.place(column.head)] is not Blank.SMALL, "what is counted of few pupils goes with them"


def test_of_whom_no_parent_can_be_told_the_authority_counts(unit: Unit) -> None:
    pupil, *_rest = pupils_of(unit)
    parent: Contact = unit.contact(pupil, "Boy", forename="Ada", parental_responsibility=True)
    (entry,) = happened(unit, pupil, seclusion=True, **{**WHOLE, "force_kind": None, "force_degree": None})
    step(unit, entry, IncidentEventKind.SIGNED)
    step(unit, entry, IncidentEventKind.WITHHELD, contact_id=parent.id, note="Risk")
    assert cells(look(unit, "interventions", "terms"), "Whole period", "told", "withheld") == ["0", "1"]
    step(unit, entry, IncidentEventKind.TOLD_AUTHORITY, way="email")
    assert cells(look(unit, "interventions", "terms"), "Whole period", "told", "withheld") == ["1", "1"]


def test_who_did_it_counts_where_that_is_said_and_not_all_who_were_there(unit: Unit) -> None:
    pupil, other, *_rest = pupils_of(unit)
    happened(unit, pupil, done_by="Ms Reed", **{**WHOLE, "force": True, "staff": "Ms Reed\nMr Hart"})
    happened(unit, other, **{**WHOLE, "force": True, "staff": "Ms Reed\nMr Hart"})
    found = look(unit, "interventions", "staff")
    assert cells(found, "Ms Reed", "interventions") == ["2"]
    assert cells(found, "Mr Hart", "interventions") == ["1"]
