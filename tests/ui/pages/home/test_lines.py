"""Home's lines about suspensions, reviews and medicines: counted, late ones red, each leading into the record."""

from datetime import date
from types import SimpleNamespace

from pupil_desk.services.home.deadlines import ReviewsDue
from pupil_desk.services.suspensions.suspension_due import OpenSteps
from pupil_desk.ui.kit.context import place_of
from pupil_desk.ui.pages.home.data_protection import exports_cards
from pupil_desk.ui.pages.home.of_deadlines import reviews_card, steps_card

WENT: list[tuple[str, str]] = []


def go(page: str, place: str | None = None) -> None:
    WENT.append((page, place or ""))


def test_what_is_left_of_a_decision_leads_to_it() -> None:
    four = ("tell the parents", "send the letter", "tell the authority", "education from day six by 2 Dec 2026")
    (line,) = steps_card([OpenSteps("p1", "d1", "Zoë Penn", "Suspension from 24 Nov 2026", four, date(2026, 11, 24), late=True)], go).lines
    assert line.words == "Zoë Penn: tell the parents, send the letter, tell the authority and 1 more (suspension from 24 Nov 2026)"
    assert line.tone == "bad"
    line.go()
    page, text = WENT.pop()
    place = place_of(text)
    assert (page, place.object_id, place.part, place.kind, place.row_id) == ("pupils", "p1", "suspensions", "suspension", "d1")


def test_all_exports_to_confirm_lead_to_the_list_of_those_made() -> None:
    tasks = SimpleNamespace(unconfirmed=[], files_kept=[])
    for card in exports_cards(tasks, go):  # type: ignore[arg-type]
        assert card.all is not None
        card.all()
        assert WENT.pop() == ("exports", "made")


def test_one_line_a_kind_leads_to_the_first() -> None:
    first = SimpleNamespace(id="m1", pupil_id="p1")
    lines = reviews_card(
        [
            ReviewsDue("sen_period", "review_date", 3, 1, first, "Al Reed", date(2026, 11, 22)),
            ReviewsDue("medicine", "expiry", 1, 0, first, "Zoë Penn", date(2026, 11, 27)),
            ReviewsDue("enrolment", "review_day", 1, 1, first, "Bo Hay", date(2026, 11, 1)),
        ],
        go,
    ).lines
    assert [(line.words, line.tone) for line in lines] == [
        ("3 plans to be reviewed, 1 of them late: the first is Al Reed, 22 Nov 2026", "bad"),
        ("1 medicine to be used up or replaced: Zoë Penn, 27 Nov 2026", "accent"),
        ("1 placement to be reviewed, late: Bo Hay, 1 Nov 2026", "bad"),
    ]
    lines[1].go()
    place = place_of(WENT.pop()[1])
    assert (place.object_id, place.part, place.kind, place.row_id, place.item) == ("p1", "health", "medicine", "m1", "expiry")
