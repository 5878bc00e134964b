"""Home's lines about suspensions, reviews and medicines: counted, late ones red, each leading into the record."""

from datetime import date
from types import SimpleNamespace

import pytest

from pupil_desk.services.home.deadlines import ReviewDue
from pupil_desk.services.incidents.incidents_due import OpenIncident
from pupil_desk.services.register import Watch, WatchLine
from pupil_desk.services.safeguarding.due import SafeguardingDue
from pupil_desk.services.suspensions.suspension_due import OpenSteps
from pupil_desk.ui.kit.context import place_of
from pupil_desk.ui.pages.home.cards import When, by_day, when
from pupil_desk.ui.pages.home.data_protection import exports_cards
from pupil_desk.ui.pages.home.of_deadlines import incidents_card, reviews_cards, safeguarding_card, steps_card
from pupil_desk.ui.pages.home.of_register import register_cards

WENT: list[tuple[str, str]] = []


def go(page: str, place: str | None = None) -> None:
    WENT.append((page, place or ""))


def test_what_is_left_of_a_decision_leads_to_it() -> None:
    four = ("tell the parents", "send the letter", "tell the authority", "education from day six by 2 Dec 2026")
    (line,) = steps_card(
        [OpenSteps("p1", "d1", "Zoë Penn", "Suspension from 24 Nov 2026", four, (date(2026, 11, 24),), late=True)], go
    ).lines
    assert line.words == "Zoë Penn: tell the parents, send the letter, tell the authority and 1 more (suspension from 24 Nov 2026)"
    assert line.tone == "bad"
    line.go()
    page, text = WENT.pop()
    place = place_of(text)
    assert (page, place.object_id, place.part, place.kind, place.row_id) == ("pupils", "p1", "suspensions", "suspension", "d1")


def open_incident(key: str, day: date, words: tuple[str, ...], *, late: bool) -> OpenIncident:
    return OpenIncident(
        pupil_id=f"p{key}",
        incident_id=f"i{key}",
        entry_id=f"e{key}",
        name="Bea Quill",
        subject="Sexual misconduct, 24 Nov 2026",
        day=day,
        duties=(),
        words=words,
        due=day,
        late=late,
    )


def test_what_is_left_of_an_incident_leads_to_it_and_does_not_say_what_it_was() -> None:
    left = ("sign the account", "report to Ada Quill", "report to Ned Quill", "talk it over with Bea by 1 Dec 2026")
    incident = open_incident("1", date(2026, 11, 24), left, late=True)
    (line,) = incidents_card([incident], go).lines
    assert line.words == "Bea Quill: sign the account, report to Ada Quill, report to Ned Quill and 1 more (incident of 24 Nov 2026)"
    assert (line.tone, line.due, line.pupil_id) == ("bad", date(2026, 11, 24), "p1")
    line.go()
    assert WENT.pop() == ("incidents", "i1")


def test_several_incidents_are_one_line_and_late_ones_are_overdue() -> None:
    today = date(2026, 11, 25)
    incidents = [
        open_incident(str(n), due, ("sign the account",), late=due < today)
        for n, due in enumerate((date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 25)))
    ]
    groups = by_day([incidents_card(incidents, go)], today)
    assert [(duty.words, duty.tone) for duty in groups[When.OVERDUE]] == [
        ("2 incidents: sign, report to the parents, and talk them over", "bad")
    ]
    assert [(duty.words, duty.tone) for duty in groups[When.TODAY]] == [("Bea Quill: sign the account (incident of 25 Nov 2026)", "check")]


def test_all_exports_to_confirm_lead_to_the_list_of_those_made() -> None:
    tasks = SimpleNamespace(unconfirmed=[], files_kept=[], confirm_days=14)
    for card in exports_cards(tasks, go):  # type: ignore[arg-type]
        assert card.all is not None
        card.all()
        assert WENT.pop() == ("exports", "made")


def test_a_line_each_of_what_is_to_be_reviewed_and_late_ones_are_red() -> None:
    record, today = SimpleNamespace(id="m1", pupil_id="p1"), date(2026, 11, 24)
    reviews = [
        ReviewDue("enrolment", "review_day", record, "Bo Hay", date(2026, 11, 1)),
        ReviewDue("sen_period", "review_date", record, "Al Reed", date(2026, 11, 22)),
        ReviewDue("sen_period", "review_date", record, "Cy Dunn", date(2026, 11, 24)),
        ReviewDue("sen_period", "review_date", record, "Di Fenn", date(2026, 11, 21)),
        ReviewDue("medicine", "expiry", record, "Zoë Penn", date(2026, 12, 20)),
    ]
    groups = by_day(reviews_cards(reviews, today, go), today)
    told = {when: [(duty.name, duty.words, duty.tone) for duty in duties] for when, duties in groups.items()}
    assert told == {
        When.OVERDUE: [
            ("SEN provision", "2 to be reviewed", "bad"),
            ("Placements", "Bo Hay, 1 Nov 2026: the placement to be reviewed", "bad"),
        ],
        When.TODAY: [("SEN provision", "Cy Dunn, 24 Nov 2026: the plan to be reviewed", "accent")],
        When.WEEK: [],
        When.LATER: [("Medicines", "Zoë Penn, 20 Dec 2026: a medicine to be used up or replaced", "accent")],
    }
    groups[When.LATER][0].go()
    place = place_of(WENT.pop()[1])
    assert (place.object_id, place.part, place.kind, place.row_id, place.item) == ("p1", "health", "medicine", "m1", "expiry")


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (date(2026, 11, 23), When.OVERDUE),
        (date(2026, 11, 24), When.TODAY),
        (date(2026, 11, 25), When.WEEK),
        (date(2026, 12, 1), When.WEEK),
        (date(2026, 12, 2), When.LATER),
        (None, When.LATER),
    ],
)
def test_the_day_decides_the_group(due: date | None, group: When) -> None:
    assert when(due, date(2026, 11, 24)) is group


def test_several_sessions_without_a_mark_are_one_line_that_counts_pupils_and_marks() -> None:
    """A session of today is for today, an earlier one overdue; the line leads to the first of them."""
    before, today = date(2026, 11, 20), date(2026, 11, 24)
    unmarked = [
        WatchLine("p1", "Ash, Al", "w", before, None, before, missing=2),
        WatchLine("p2", "Birch, Bo", "w", before, None, before, missing=1),
        WatchLine("p1", "Ash, Al", "w", today, None, today, missing=1),
        WatchLine("p2", "Birch, Bo", "w", today, None, today, missing=1),
    ]
    groups = by_day(register_cards(Watch(tuple(unmarked)), today, go), today)
    assert [duty.words for duty in groups[When.OVERDUE]] == ["2 pupils, 3 marks missing"]
    assert [duty.words for duty in groups[When.TODAY]] == ["2 pupils, 2 marks missing"]
    groups[When.OVERDUE][0].go()
    assert WENT.pop() == ("register", "p1@2026-11-20")


def test_safeguarding_is_counted_and_names_nobody() -> None:
    due = SafeguardingDue(undecided=2, since=date(2026, 11, 20), actions=1, due=date(2026, 11, 24))
    assert [line.words for line in safeguarding_card(due, go).lines] == [
        "Safeguarding: 2 concerns to decide, the oldest of 20 Nov 2026",
        "Safeguarding: 1 action due",
    ]
    card = safeguarding_card(SafeguardingDue(meetings=[date(2026, 12, 3), date(2026, 12, 9)], unwritten=[date(2026, 11, 20)]), go)
    assert [(line.words, line.due) for line in card.lines] == [
        ("Safeguarding: 1 meeting to be written up", date(2026, 11, 20)),
        ("Safeguarding: 2 meetings, the next on 3 Dec 2026", date(2026, 12, 3)),
    ]
    assert safeguarding_card(SafeguardingDue(), go).lines == []
