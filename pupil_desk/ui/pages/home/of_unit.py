"""What Home tells of the unit itself, as cards: backup, this PC, the school year, and what the notice lacks of its details."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.register.calendar import end_of_law_term
from pupil_desk.services.backup import backups
from pupil_desk.services.desk import Desk
from pupil_desk.services.home.home import Tasks
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.translations import StandingTranslation, language_label
from pupil_desk.ui.kit.context import Place
from pupil_desk.ui.pages.home.cards import CardLine, Go, HomeCard


def unit_cards(desk: Desk, tasks: Tasks, go: Go) -> list[HomeCard]:
    """A card each; those without a line are left out by the page."""
    return [
        HomeCard(_("Backup"), _backup(tasks, desk.today, go), all=partial(go, "backup")),
        HomeCard(_("This PC"), _this_pc(tasks, desk.today, go), all=partial(go, "this-pc")),
        HomeCard(
            _("School year"),
            _school_year(desk, tasks, go),
            _("Nobody has confirmed it, so no day by which the law wants something is counted from it."),
        ),
        HomeCard(_("Details of the unit"), _details(desk, tasks, go), _("Until they are entered, neutral words stand in their place.")),
    ]


def translations_card(rows: Sequence[StandingTranslation], go: Go) -> HomeCard:
    """One line a translation that is not given, which leads to its lines."""
    words = _("{paper}, in {language}: the English has changed, so that it is not given. Translate what is new, and have it checked")
    lines = [
        CardLine(words.format(paper=row.paper.title, language=language_label(row.language)), partial(go, "notices", _place(row)), "check")
        for row in rows
    ]
    return HomeCard(_("Translations"), lines, several=_("{count} translations are not given, since their English has changed"))


def _place(row: StandingTranslation) -> str:
    kind, _slash, identity = row.paper.key.partition("/")
    return str(Place("", "translations", kind, identity, row.language))


def _backup(tasks: Tasks, today: date, go: Go) -> list[CardLine]:
    to_page = partial(go, "backup")
    if tasks.backup is None:
        return [CardLine(_("No backup has been made yet: make one now"), to_page, "bad", today)]
    made_on, days, lines = tasks.backup.moment.date(), tasks.backup.days_old(today), list[CardLine]()
    if days is None:
        words = _("The last proved backup says {day}, a day to come: make one now").format(day=show_date(made_on))
        lines.append(CardLine(words, to_page, "bad", today))
    elif days >= backups.DUE:
        words = _("The last proved backup is {days} days old: make one now").format(days=days)
        lines.append(CardLine(words, to_page, "bad" if days >= backups.LATE else "check", made_on + timedelta(days=backups.DUE)))
    if tasks.drill_due:
        words = _("The restore drill of this term: try whether a backup can be restored")
        lines.append(CardLine(words, to_page, "check", end_of_law_term(today)))
    return lines


def _school_year(desk: Desk, tasks: Tasks, go: Go) -> list[CardLine]:
    if tasks.calendar_confirmed:
        return []
    may = desk.may(Action.EDIT_SETTINGS)
    words = _("Confirm the terms, or enter those of the authority") if may else _("A data officer confirms it in Settings")
    return [CardLine(words, partial(go, "settings", "year"), "bad", desk.today)]


def _this_pc(tasks: Tasks, today: date, go: Go) -> list[CardLine]:
    damaged = _("Files of the program are damaged or missing: see which, and what to do")
    disk = _("The disk that holds the records is not encrypted: see what to ask your technician for")
    lines = [CardLine(damaged, partial(go, "this-pc"), "bad", today)] if tasks.program_is_damaged else []
    return [*lines, *([CardLine(disk, partial(go, "this-pc"), "check")] if tasks.disk_is_open else [])]


def _details(desk: Desk, tasks: Tasks, go: Go) -> list[CardLine]:
    if not tasks.missing_details or not desk.may(Action.EDIT_SETTINGS):
        return []
    words = _("Enter: {details}").format(details=join_words(list(tasks.missing_details.values())))
    return [CardLine(words, partial(go, "settings", next(iter(tasks.missing_details))), "check", desk.today)]
