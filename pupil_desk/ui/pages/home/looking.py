"""Everything that Home shows, asked in one go, away from the screen."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.home import home, week
from pupil_desk.services.home.first_steps import first_steps
from pupil_desk.services.home.step import FirstStep
from pupil_desk.services.home.week import SchoolDay
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.pages.home.cards import CardLine, Duty, Go, HomeCard, LineBadges, When, by_day
from pupil_desk.ui.pages.home.data_protection import data_protection_cards, exports_cards, notes_card, requests_card
from pupil_desk.ui.pages.home.of_deadlines import (
    accidents_card,
    exams_card,
    incidents_card,
    plans_card,
    providers_card,
    reviews_cards,
    safeguarding_card,
    steps_card,
    transport_card,
)
from pupil_desk.ui.pages.home.of_pupils import notices_cards, records_cards
from pupil_desk.ui.pages.home.of_register import (
    clashes_card,
    comparison_card,
    leave_card,
    part_time_card,
    register_cards,
    returns_cards,
    unexplained_card,
    week_files_card,
)
from pupil_desk.ui.pages.home.of_unit import translations_card, unit_cards
from pupil_desk.ui.pages.home.of_wishes import answers_cards, trips_card, turning_card


@dataclass(frozen=True, slots=True)
class HomeContent:
    """The duties of each group, the attendance of this week's school days, and the first steps of a unit, in the training unit those of the first hour."""

    duties: dict[When, list[Duty]]
    week: tuple[SchoolDay, ...]
    steps: tuple[FirstStep, ...]


def look(desk: Desk, go: Go, pause: Callable[[], None]) -> HomeContent:
    """Ask everything; ``pause`` is called now and then, and raises where the work is to be stopped."""
    made = [card for card in cards(desk, go, pause) if card.lines]
    badges = ListBadges(desk)
    with_badges = [replace(card, lines=[_with_badges(line, badges) for line in card.lines]) for card in made]
    return HomeContent(by_day(with_badges, desk.today), tuple(week.attendance(desk)), tuple(first_steps(desk)))


def _with_badges(line: CardLine, badges: ListBadges) -> CardLine:
    words = badges.words(line.pupil_id) if line.pupil_id else ""
    return replace(line, badges=LineBadges(badges.signs(line.pupil_id), words)) if words else line


def cards(desk: Desk, go: Go, pause: Callable[[], None]) -> list[HomeCard]:
    """A card for each kind of thing, in the order of their weight."""
    tasks, today = home.tasks(desk), desk.today
    pause()
    watch = register.watch(desk)
    pause()
    backup, this_pc, year, details = unit_cards(desk, tasks, go)
    return [
        backup,
        this_pc,
        year,
        *data_protection_cards(desk, go),
        requests_card(tasks.requests, today, go),
        notes_card(tasks.notes_to_add, today, go),
        steps_card(tasks.open_steps, go),
        incidents_card(tasks.incidents, go),
        unexplained_card(tasks.unexplained, go),
        accidents_card(tasks.accidents, go),
        leave_card(tasks.leave, go),
        plans_card(tasks.plans, go),
        exams_card(tasks.exams, today, go),
        providers_card(tasks.providers, go),
        transport_card(tasks.transport, go),
        comparison_card(tasks.week_to_compare, today, go),
        week_files_card(tasks.week_files, today, go),
        clashes_card(tasks.clashes, today, go),
        safeguarding_card(tasks.safeguarding, go),
        *register_cards(watch, today, go),
        *returns_cards(tasks.returns, today, go),
        part_time_card(tasks.part_time, go),
        *reviews_cards(tasks.reviews, today, go),
        trips_card(tasks.trips, go),
        *exports_cards(tasks, go),
        details,
        translations_card(tasks.translations_behind, go),
        turning_card(tasks.turning, today, go),
        *answers_cards(tasks.to_remind, tasks.disagree, tasks.settled_ids, today, go),
        *notices_cards(tasks, today, go),
        *records_cards(tasks, today, go),
    ]
