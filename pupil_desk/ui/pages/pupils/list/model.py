"""The columns of the list of pupils, and the words about its lines."""

from collections.abc import Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.enrolment import GUEST, Enrolment
from pupil_desk.services.pupils.pupils import Listed
from pupil_desk.ui.kit.badge import PROTECTED_SIGN
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.pages.pupils.list.columns import MoreColumns
from pupil_desk.ui.pages.pupils.list.rows import PupilRow
from pupil_desk.ui.pages.pupils.list.ticks import Ticks


def standing_of(stays: Sequence[Enrolment], today: date) -> str:
    """The same words from the stays themselves, with the day where a pupil has left or is yet to come."""
    present = [stay for stay in stays if _present(stay, today)]
    on_roll = next((stay for stay in present if stay.on_roll(today)), None)
    if on_roll is not None or present:
        stay = on_roll or present[0]
        return standing_words("on roll" if on_roll else "guest", stay.status)
    starts = sorted(stay.start_date for stay in stays if stay.start_date and stay.start_date > today)
    if starts:
        return _("Starts on {day}").format(day=show_date(starts[0]))
    ends = sorted(stay.end_date for stay in stays if stay.end_date and stay.end_date < today)
    return _("Left on {day}").format(day=show_date(ends[-1])) if ends else standing_words("left", "")


def _present(stay: Enrolment, today: date) -> bool:
    has_ended = (stay.end_date is not None and stay.end_date < today) or (stay.status == "P" and stay.end_date is None)
    return not has_ended and (stay.start_date is None or stay.start_date <= today)


def standing_words(standing: str, status: str) -> str:
    """«On roll: current (single registration here)», «Not on the roll: guest …», «Not here now»."""
    if standing == "left":
        return _("Not here now")
    label = begun_small(codelist("enrolment_status").label_of(status))
    return (_("On roll: {status}") if standing == "on roll" else _("Not on the roll: {status}")).format(status=label)


def count_words(matches: Listed, *, with_leavers: bool, is_searching: bool) -> str:
    """How many are shown, in words."""
    if is_searching:
        return count_of(len(matches), _("match"), _("matches"))
    if not with_leavers:  # then all that are shown are on roll
        return _("{pupils} on roll").format(pupils=count_of(len(matches), _("pupil"), _("pupils")))
    on_roll = len(matches.on_roll())
    return _("{pupils}, {number} on roll").format(pupils=count_of(len(matches), _("pupil"), _("pupils")), number=on_roll)


def why_empty(hidden_count: int, *, narrowed: bool) -> tuple[str, str]:
    """Why nobody is shown, and what to do: so many guests and leavers are ``hidden_count``; ``narrowed`` is whether conditions are in force."""
    if hidden_count:
        leavers = _("{others} among guests and leavers.").format(others=count_of(hidden_count, _("match"), _("matches")))
        return (_("Nobody on roll is found") if narrowed else _("Nobody on roll is called that")), leavers
    if narrowed:
        return _("No pupil meets all of this"), _("Take a condition away, above.")
    return _("No pupil has a name or number like that"), _("Try the beginning of a surname, or a UPN.")


def columns(ticks: Ticks, more_columns: MoreColumns) -> tuple[Column[PupilRow], ...]:
    """Narrow enough to stand beside the record; what more there is to tell them apart is in the tip."""
    return (
        Column("name", _("Name"), _name, order="name", width=18, stretch=True, icon=_sign, tip=_tip),
        Column("age", _("Age"), lambda row: str(row.age), order="dob", align="right", tip=_tip),
        Column("year", _("Year"), lambda row: row.year_group, order="year_group", align="right", tip=_tip),
        Column("standing", _("Here"), _enrolment_words, order="status", tip=_tip),
        *more_columns.columns(),
        ticks.column(),
    )


def _name(row: PupilRow) -> str:
    return _("{name} – protected").format(name=row.name) if row.protected else row.name


def _sign(row: PupilRow) -> str:
    return PROTECTED_SIGN if row.protected else ""


def _enrolment_words(row: PupilRow) -> str:
    if row.on_roll:
        return _("On roll")
    return _("Guest") if row.status == GUEST else _("Not on roll") if row.status else _("Not here")


def _tip(row: PupilRow) -> str:
    lines = [_("{name}, {ref}").format(name=row.name, ref=row.ref), _("Born {day}").format(day=show_date(row.dob))]
    if row.upn:
        lines.append(_("UPN {upn}").format(upn=row.upn))
    if row.protected:
        lines.append(_("Protected: open the record to see how"))
    return "\n".join([*lines, standing_words(row.standing, row.status)])
