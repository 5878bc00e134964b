"""Where Home's lines lead: to the thing that they name, and a line that counts several to the first of them, where no list shows them alone."""

from collections.abc import Callable
from datetime import date

from pytestqt.qtbot import QtBot

from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.governance.hold import LegalHold
from pupil_desk.domain.register.attendance import Session
from pupil_desk.services import holds
from pupil_desk.services.consents.trips_due import TripDue
from pupil_desk.services.home import home
from pupil_desk.services.register import Watch, WatchLine
from pupil_desk.ui.kit.context import Context, Place, place_of
from pupil_desk.ui.pages.governance import DataProtectionPage
from pupil_desk.ui.pages.home.cards import HomeCard, by_day
from pupil_desk.ui.pages.home.duty_card import DutyCard
from pupil_desk.ui.pages.home.of_pupils import records_cards
from pupil_desk.ui.pages.home.of_register import register_cards
from pupil_desk.ui.pages.home.of_unit import unit_cards
from pupil_desk.ui.pages.home.of_wishes import trips_card
from pupil_desk.ui.pages.settings import SettingsPage

TODAY = date(2026, 11, 24)


def _led(card: HomeCard, went: list[tuple[str, str | None]]) -> tuple[str, str | None]:
    """Where the line of a card leads."""
    (duty,) = [duty for duties in by_day([card], TODAY).values() for duty in duties]
    duty.go()
    return went.pop()


def _into(went: list[tuple[str, str | None]]) -> Callable[..., object]:
    return lambda page, place=None: went.append((page, place))


def test_a_line_of_sessions_leads_to_the_first_of_them() -> None:
    went: list[tuple[str, str | None]] = []
    days = [date(2026, 11, 12), date(2026, 11, 13)]
    lines = tuple(WatchLine(f"p{day.day}", "Ash, Al", "w", day, Session.PM, date(2026, 11, 20)) for day in days)
    cards = register_cards(Watch(unsettled=lines, ten_days=lines, severe=lines), TODAY, _into(went))
    led = [_led(card, went) for card in cards if card.lines]
    assert led == [("register", "p12@2026-11-12@PM")] * 3


def test_a_line_of_trips_leads_to_the_first_trip() -> None:
    went: list[tuple[str, str | None]] = []
    trips = [
        TripDue(Occasion(occasion_id=key, consent_type="trips", name=key, start=date(2026, 12, 2)), pupils_listed=3, open=2)
        for key in ("zoo", "lake")
    ]
    assert _led(trips_card(trips, _into(went)), went) == ("consents", "trips/zoo")


def test_what_does_not_stand_in_the_card_leads_to_the_next_that_does(qtbot: QtBot) -> None:
    went: list[tuple[str, str | None]] = []
    lines = tuple(WatchLine(f"p{number}", "Ash, Al", "w") for number in range(25))
    duties = [duty for duties in by_day(register_cards(Watch(severe=lines), TODAY, _into(went)), TODAY).values() for duty in duties]
    card = DutyCard("Later", duties)
    qtbot.addWidget(card)
    (line,) = card.lines
    card.show_items(line, shown=True)  # type: ignore[arg-type]
    assert card.lines[-1].words == "and 5 more"
    card.lines[-1].click()
    assert went == [("register", "p20")]


def test_a_gap_in_a_record_leads_to_its_field(context: Context, went: list[tuple[str, str | None]]) -> None:
    tasks = home.tasks(context.desk)
    gaps = records_cards(tasks, TODAY, context.go)[-1]
    places = []
    for line, lacking in zip(gaps.lines, tasks.incomplete, strict=True):
        line.go()
        place = place_of(went.pop()[1] or "")
        places.append((place.part, place.item))
        assert place.object_id == line.pupil_id == lacking.pupil.id
    assert ("details", "sex") in places
    assert all(part in ("details", "contacts") for part, _item in places)


def test_what_the_notice_lacks_leads_to_the_first_setting_that_is_empty(
    qtbot: QtBot, context: Context, went: list[tuple[str, str | None]]
) -> None:
    details = unit_cards(context.desk, home.tasks(context.desk), context.go)[-1]
    details.lines[0].go()
    page_name, setting = went.pop()
    assert (page_name, setting) == ("settings", "kind")
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.on_show("head")
    focused = page.window().focusWidget()
    assert page.form.fields["head"].isAncestorOf(focused)
    assert page.form.fields["head"].isVisible()


def test_a_hold_is_chosen_among_the_holds(qtbot: QtBot, context: Context) -> None:
    for reason in ("Inquiry", "Another"):
        holds.set_hold(context.desk, LegalHold(reason=reason, review_on=date(2026, 12, 1)))
    page = DataProtectionPage(context)
    qtbot.addWidget(page)
    page.show()
    wanted = page.keeping.holding
    page.on_show("keeping")
    page.keeping.view_box.set_key("holds")
    second = wanted.table.rows[1].id
    page.keeping.view_box.set_key("to-do")
    page.on_show(str(Place("", "keeping", "legal_hold", second)))
    assert page.keeping.view is wanted
    assert wanted.table.current().id == second  # type: ignore[union-attr]
