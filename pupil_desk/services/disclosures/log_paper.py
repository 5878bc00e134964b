"""The log of disclosures as a paper: of some days; all of it, or what was told to one recipient or of one pupil."""

from collections.abc import Sequence

from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.papers import disclosure_log as layout
from pupil_desk.services import guard
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures import told
from pupil_desk.services.disclosures.told import EVER, MOST, Days, LoggedDisclosure
from pupil_desk.services.guard import Guard
from pupil_desk.services.roles import Action

LYING, BASE = layout.LYING, layout.BASE


def paper(desk: Desk, days: Days = EVER, *, recipient: str = "", pupil_id: str = "") -> tuple[list[Block], str, Guard, int]:
    """The log as a story, its title, its guard, and how many lines it has. Logged by ``log_print``. Raises NotAllowed; WrongUse for days in the wrong order or too many lines."""
    desk.require(Action.PRINT_DISCLOSURES)
    rows = told.log(desk, days, recipient=recipient, pupil_id=pupil_id)
    if len(rows) >= MOST:
        raise WrongUse(_("These are {most} lines or more. Choose fewer days, or one recipient.").format(most=f"{MOST:,}"))
    lines = [_line(row, recipient=recipient, pupil_id=pupil_id) for row in rows]
    printed_line = _("{lines}. Printed on {day} by {user}.").format(
        lines=count_of(len(rows), _("line"), _("lines")), day=show_date(desk.today), user=desk.user.name
    )
    story = layout.story(desk.settings.name, _selection_words(rows, days, recipient, pupil_id), printed_line, lines)
    return story, _("What was told to others"), guard.guard(desk, {row.pupil_id for row in rows}, "log of disclosures"), len(rows)


def _selection_words(rows: Sequence[LoggedDisclosure], days: Days, recipient: str, pupil_id: str) -> str:
    """Which part of the log it is, in a sentence."""
    if recipient:
        subject = _("To {recipient}").format(recipient=recipient)
    elif pupil_id and rows:
        subject = _("Of {pupil} ({ref})").format(pupil=rows[0].pupil, ref=rows[0].ref)
    else:
        subject = _("To everybody, of every pupil")
    since = _("from {day}").format(day=show_date(days.since)) if days.since > EVER.since else ""
    until = _("until {day}").format(day=show_date(days.until)) if days.until < EVER.until else ""
    return _("{what}, {days}. The latest first.").format(
        what=subject, days=" ".join(part for part in (since, until) if part) or _("as long as it is on file")
    )


def _line(row: LoggedDisclosure, *, recipient: str, pupil_id: str) -> layout.DisclosureLine:
    struck = _("Struck out, and counts no more: {why}").format(why=row.struck) if row.struck else ""
    lacking = _("No consent was in force.") if row.without_consent else ""
    law = _("{law}. For: {purpose}.").format(law=row.law.rstrip("."), purpose=begun_small(row.purpose.rstrip(".")))
    return layout.DisclosureLine(
        when=short_date(row.day),
        pupil="" if pupil_id else _("{name} ({ref})").format(name=row.pupil, ref=row.ref),
        recipient="" if recipient else row.recipient,
        way=row.what if row.by_hand else _("{what}, {way}").format(what=row.what, way=begun_small(row.way)),
        disclosed=join_words(list(row.fields)) or _("see the paper"),
        reason=" ".join(part for part in (struck, law, row.reason or lacking) if part),
        sender=row.told_by,
    )


def log_print(desk: Desk, days: Days, number: int, *, recipient: str = "", pupil_id: str = "") -> None:
    """Log that so many lines of it went to the printer. A recipient may be a person: the log does not name them."""
    selection = "of one pupil" if pupil_id else "to one recipient" if recipient else "all"
    span = "" if days == EVER else f", {days.since} to {days.until}"
    desk.log(
        Action.PRINT_DISCLOSURES,
        "pupil" if pupil_id else "unit",
        pupil_id,
        f"log of disclosures printed: {selection}, {number} lines{span}",
    )
