"""The exports as the window offers them: grouped by whom they are for, with whom each has not told of yet, when it was made last, and for what reasons."""

from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.words import _
from pupil_desk.domain.register.authority_returns import DELETION, ENTRY
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.exports import all_exports
from pupil_desk.services.exports.export import Export, Format, Period
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.previewing import Preview, preview
from pupil_desk.services.home import deadlines
from pupil_desk.services.roles import Action, who_may
from pupil_desk.services.unit import calendars
from pupil_desk.store.tables import ledger

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (_("Local authority"), ("la-new-pupil", "la-leaver", "la-attendance", "la-sickness", "la-part-time")),
    (_("Youth support, colleges"), ("youth-support", "post-16")),
    (_("Schools"), ("school-week", "ctf", "register")),
    (_("Department for Education"), ("school-census", "lrs-uln")),
    (_("Inside the unit"), ("contact-sheet",)),
    (_("Moving on"), ("whole-unit",)),
)
OWN = _("Our own exports")
_REASONS = 3  # earlier reasons that are offered


@dataclass(frozen=True, slots=True)
class ExportOffer:
    """An export with its group, when it was made last, the reasons it was made for (the latest first), who may make it in words, and whether the person at the desk may."""

    export: Export
    group: str
    last: date | None
    reasons: tuple[str, ...]
    who_may: str
    allowed: bool

    @property
    def id(self) -> str:
        return self.export.name


def offers(desk: Desk) -> list[ExportOffer]:
    """The exports there are, a group after the other. Raises NotAllowed."""
    desk.require(Action.LIST_EXPORTS)
    history = grouped((row["name"], (local_time(row["at"]).date(), row["reason"])) for row in ledger.exports(desk.vault))
    listing = []
    for export in all_exports(desk):
        before = history.get(export.name, [])
        reasons = tuple(dict.fromkeys(reason for _day, reason in before))[:_REASONS]
        listing.append(
            ExportOffer(
                export,
                group_of(export.name),
                before[0][0] if before else None,
                reasons,
                who_may(export.action),
                allowed=desk.may(export.action),
            )
        )
    return sorted(listing, key=_place)


def group_of(name: str) -> str:
    """In which group an export stands: one that is in none of ours is the unit's own."""
    return next((group for group, names in GROUPS if name in names), OWN)


def _place(offer: ExportOffer) -> int:
    order = [name for _group, names in GROUPS for name in names]
    return order.index(offer.id) if offer.id in order else len(order)


def not_sent_yet(desk: Desk, *, progress: Progress = unwatched) -> dict[str, int]:
    """Of each export that of itself holds only what is due and not sent yet (``once``), how many pupils wait for it today, the protected ones too."""
    names = [export.name for export in all_exports(desk) if export.once]
    waiting = {}
    for number, name in enumerate(names):
        progress(number, len(names), _("Looking who was not sent yet"))
        waiting[name] = len(_waiting(preview(desk, name, ExportOrder(reason=""))))
    return waiting


def _waiting(seen: Preview) -> set[str]:
    return {line.pupil.id for line in seen.lines if line.level or line.held_back}


def beside_home(desk: Desk, seen: Preview) -> str:
    """Why Home counts fewer than an export would tell of, as a sentence; empty where it does not. Home has those of this school year alone."""
    if seen.export.name not in (ENTRY, DELETION) or seen.ask.by_name:
        return ""
    due, waiting_ids = deadlines.returns_due(desk), _waiting(seen)
    number = len(waiting_ids & {due_return.pupil.id for due_return in (due.entries if seen.export.name == ENTRY else due.deletions)})
    if number == len(waiting_ids):
        return ""
    if not number:
        return _("Home counts none of them: all are earlier ones that were never returned.")
    return _("Home counts the {number} of this school year; the others are earlier ones that were never returned.").format(
        number=f"{number:,}"
    )


def proposed_format(export: Export) -> Format:
    """The format that the window proposes: for a table to people a workbook, which can be locked so that Excel opens it by itself."""
    if export.format is Format.CSV and Format.XLSX in export.layouts and not export.upload:
        return Format.XLSX
    return export.format


def periods(desk: Desk, export: Export) -> list[tuple[str, Period]]:
    """The periods that are asked for most, in words, up to today; the export's usual one first. None for one that tells of a day."""
    if export.usual is None:
        return []
    today = desk.today
    usual = export.usual(today)
    choices = [(export.usual_title, usual)]
    for weeks_back in range(export.earlier_weeks):
        week = export.usual(usual.since - timedelta(days=1 + 7 * weeks_back))
        words = _("The week from {monday}").format(monday=short_date(week.since)) if weeks_back else _("The week before")
        choices.append((words, week))
    begun_terms = [term for term in calendars.terms(desk) if term.start <= today]
    for words, term in zip((_("This half term so far"), _("The half term before")), reversed(begun_terms), strict=False):
        choices.append((words, Period(term.start, min(term.end, today))))
    return choices
