"""The log of breaches: anybody reports, the officer records, nothing is changed afterwards, and it closes only when it is done."""

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from pupil_desk.basics.clock import FixedClock
from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.governance.breach import Breach
from pupil_desk.domain.governance.breach_forms import (
    FORMS,
    BreachEventKind,
    BreachReport,
    Closing,
    Effects,
    Measures,
    NotToldIco,
    Risk,
    RiskAssessment,
    ToldIco,
    ToldOfficer,
    ToldPeople,
)
from pupil_desk.domain.unit.staff import Role
from pupil_desk.services.desk import Desk
from pupil_desk.services.governance import breaches
from tests.services.exports.made import MOMENT, Unit


def local(moment: datetime) -> tuple[date, str]:
    here = moment.astimezone()
    return here.date(), here.strftime("%H:%M")


def report(hours_ago: float = 1, **more: Any) -> BreachReport:
    day, time = local(MOMENT - timedelta(hours=hours_ago))
    return BreachReport(text="A letter about P0001 went to the wrong family", day=day, time=time, **more)


def later(unit: Unit, hours: float) -> Desk:
    """The officer's desk so many hours on."""
    return dataclasses.replace(unit.desk, clock=FixedClock(MOMENT + timedelta(hours=hours)))


def only(desk: Desk) -> Breach:
    (found,) = breaches.listing(desk)
    return found


def moment(hours: float) -> dict[str, Any]:
    day, time = local(MOMENT + timedelta(hours=hours))
    return {"day": day, "time": time}


@pytest.fixture
def breach(unit: Unit) -> Breach:
    breaches.report(unit.desk, report())
    return only(unit.desk)


def test_anybody_reports_one_and_the_clock_runs_from_when_they_knew(unit: Unit) -> None:
    office = unit.as_role(Role.OFFICE)
    breaches.report(office, report(hours_ago=2))
    found = only(unit.desk)
    assert found.number == 1
    assert found.due == (MOMENT - timedelta(hours=2)).replace(second=0) + timedelta(hours=72)
    assert breaches.clock(unit.desk, found).words.startswith("70 hours left: report it by 27 November 2026")
    assert unit.log()[-1] == ("report-breach", found.id, "reported")


def test_office_staff_see_their_own_and_no_others(unit: Unit, breach: Breach) -> None:
    office = unit.as_role(Role.OFFICE)
    assert breaches.listing(office) == []
    breaches.report(office, report())
    assert [one.number for one in breaches.listing(office)] == [2]
    assert len(breaches.listing(unit.as_role(Role.ASSISTANT_HEAD))) == 2


def test_only_the_officer_records(unit: Unit, breach: Breach) -> None:
    for role in (Role.OFFICE, Role.ASSISTANT_HEAD):
        with pytest.raises(NotAllowed):
            breaches.record(unit.as_role(role), breach.id, BreachEventKind.ACTION, Measures(text="Fetched back"))
    assert len(only(unit.desk).events) == 1


def test_the_whole_way_to_the_end(unit: Unit, breach: Breach) -> None:
    desk = later(unit, 5)
    breaches.record(desk, breach.id, BreachEventKind.ACTION, Measures(text="Fetched back"))
    breaches.record(desk, breach.id, BreachEventKind.OFFICER_TOLD, ToldOfficer(text=None, **moment(2)))
    breaches.record(desk, breach.id, BreachEventKind.EFFECTS, Effects(data="Names", people=2, entries=1, text="Embarrassment"))
    breaches.record(desk, breach.id, BreachEventKind.RISK, RiskAssessment(risk="high", text="An address to be kept"))
    breaches.record(desk, breach.id, BreachEventKind.ICO_TOLD, ToldIco(reference="IC-1", text=None, **moment(3)))
    with pytest.raises(WrongUse, match="Still to be done: tell the people, if the risk is high"):
        breaches.record(desk, breach.id, BreachEventKind.CLOSED, Closing(text="Second person checks"))
    breaches.record(desk, breach.id, BreachEventKind.PEOPLE_TOLD, ToldPeople(day=desk.today, people=2, text="By telephone"))
    breaches.record(desk, breach.id, BreachEventKind.CLOSED, Closing(text="Second person checks"))
    found = only(desk)
    assert found.risk is Risk.HIGH
    assert breaches.state_words(desk, found) == "Closed"
    assert breaches.clock(desk, found).words.startswith("Reported on ")
    with pytest.raises(WrongUse):
        breaches.record(desk, breach.id, BreachEventKind.ACTION, Measures(text="More"))
    assert found.events[0].kind is BreachEventKind.REPORTED
    assert unit.desk.vault.rows("SELECT 1 FROM breach_event WHERE text LIKE '%P0001%'")
    assert not [row for row in unit.log() if "P0001" in row[2] or "Fetched" in row[2]]


def test_a_late_report_needs_its_reason(unit: Unit, breach: Breach) -> None:
    desk = later(unit, 80)
    assert breaches.clock(desk, breach).pressing == "late"
    assert breaches.state_words(desk, breach) == "Report it now"
    said = ToldIco(reference=None, text=None, **moment(79))
    with pytest.raises(Refused, match="Enter why"):
        breaches.record(desk, breach.id, BreachEventKind.ICO_TOLD, said)
    breaches.record(desk, breach.id, BreachEventKind.ICO_TOLD, dataclasses.replace(said, text="The office was closed"))
    assert breaches.clock(desk, only(desk)).pressing == "late"


def test_it_presses_from_a_day_before(unit: Unit, breach: Breach) -> None:
    assert breaches.clock(later(unit, 40), breach).pressing == ""
    assert breaches.clock(later(unit, 48), breach).pressing == "soon"
    assert breaches.clock(later(unit, 70.5), breach).words.startswith("30 minutes left")


def test_a_risk_that_is_not_unlikely_is_not_talked_away(unit: Unit, breach: Breach) -> None:
    breaches.record(unit.desk, breach.id, BreachEventKind.RISK, RiskAssessment(risk="risk", text="Health notes"))
    breaches.record(unit.desk, breach.id, BreachEventKind.ICO_NOT, NotToldIco(text="We think it is fine"))
    assert "hours left" in breaches.clock(unit.desk, only(unit.desk)).words


_WRONG = [
    (dataclasses.replace(report(), text=" "), "text"),
    (dataclasses.replace(report(), time="9 o’clock"), "time"),
    (dataclasses.replace(report(), time="25:00"), "time"),
    (report(hours_ago=-2), "time"),
    (report(hours_ago=-48), "day"),
    (report(happened=MOMENT.date() + timedelta(days=1)), "happened"),
]


def test_what_cannot_be_is_refused(unit: Unit) -> None:
    for said, column in _WRONG:
        with pytest.raises(Refused) as refused:
            breaches.report(unit.desk, said)
        assert [problem.column for problem in refused.value.problems] == [column], said
    assert unit.count("breach_event") == 0


def test_no_pupils_name_gets_into_what_outlives_every_erasure(unit: Unit, breach: Breach) -> None:
    pupil = unit.pupil("O’Hara-Łuczak", "Zoë", date(2012, 5, 6), preferred_forename="Zo")
    for named in ("Zoë O’Hara-Łuczak’s file", "about O'HARA-LUCZAK, ZOE", "the note on Zo O’Hara-Łuczak was lost"):
        with pytest.raises(Refused, match=f"Write our reference instead: {pupil.ref}"):
            breaches.record(unit.desk, breach.id, BreachEventKind.ACTION, Measures(text=named))
    for plain in ("Zoë was told", f"{pupil.ref} was told", "The Łuczak Street office"):
        breaches.record(unit.desk, breach.id, BreachEventKind.ACTION, Measures(text=plain))


def test_nothing_was_done_before_anybody_knew(unit: Unit, breach: Breach) -> None:
    with pytest.raises(Refused, match="before we became aware"):
        breaches.record(unit.desk, breach.id, BreachEventKind.OFFICER_TOLD, ToldOfficer(text=None, **moment(-3)))


def test_every_form_shows_its_facts_again(unit: Unit, breach: Breach) -> None:
    values = {"day": MOMENT.date(), "time": local(MOMENT)[1], "risk": "risk", "people": 3, "entries": 4}
    for kind, (_words, form) in FORMS.items():
        if kind in (BreachEventKind.CLOSED, BreachEventKind.NO_BREACH, BreachEventKind.REOPENED):
            continue
        names = {field.name for field in dataclasses.fields(form)}
        said = form(**{name: values.get(name, f"words of {name}") for name in names})
        breaches.record(unit.desk, breach.id, kind, said)
        facts = dict(breaches.event_facts(only(unit.desk).events[-1]))
        assert len(facts) == len(names - {"time"}), kind


def test_the_record_on_paper_tells_all_of_it(unit: Unit, breach: Breach) -> None:
    breaches.record(unit.desk, breach.id, BreachEventKind.EFFECTS, Effects(data="Names", people=2, entries=1, text="Embarrassment"))
    words = plain_text(breaches.paper(unit.desk, breach.id)[0])
    for told in ("Breach 1", "A letter about P0001", "Embarrassment", "Report due by", "Judge the risk to people", "Ann Officer"):
        assert told in words
    with pytest.raises(NotAllowed):
        breaches.paper(unit.as_role(Role.OFFICE), breach.id)


def test_home_is_warned_of_what_still_runs(unit: Unit, breach: Breach) -> None:
    assert [one.id for one in breaches.pressing(unit.desk)] == [breach.id]
    assert breaches.pressing(unit.as_role(Role.OFFICE)) == ()
    breaches.record(unit.desk, breach.id, BreachEventKind.ICO_TOLD, ToldIco(reference=None, text=None, **moment(0)))
    assert breaches.pressing(unit.desk) == []


def test_a_moment_is_kept_as_one(unit: Unit) -> None:
    assert MOMENT.tzinfo is UTC
    breaches.report(unit.desk, report(hours_ago=2))
    row = unit.desk.vault.first_row("SELECT moment FROM breach_event")
    assert row is not None
    assert datetime.fromisoformat(row["moment"]) == (MOMENT - timedelta(hours=2))
