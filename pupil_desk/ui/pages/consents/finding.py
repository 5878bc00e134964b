"""Finding a pupil on the page of consents: type, Enter. Nobody's consents are opened until one is chosen."""

from pupil_desk.basics.dates import age_on
from pupil_desk.basics.text import tokens as words_of
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents.standings import OpenConsents
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import NAME, Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState


def pupil_table(context: Context) -> Table[OpenConsents]:
    """The pupils to choose from, with how much is open of each."""
    today = context.desk.today
    empty = EmptyState(
        "magnifying-glass", _("No pupil on roll has a name or number like that"), _("Try the beginning of a surname, or a UPN.")
    )
    columns = (
        badged(
            context.desk,
            Column[OpenConsents]("name", _("Pupil"), lambda row: row.pupil.surname_first, stretch=True, most=NAME),
            lambda row: row.pupil.id,
            in_colour=True,
        ),
        Column[OpenConsents]("year", _("Year"), lambda row: row.pupil.year_group or "", align="right"),
        Column[OpenConsents]("age", _("Age"), lambda row: str(age_on(row.pupil.dob, today)), align="right"),
        Column[OpenConsents](
            "waiting", _("No reply, or lapsed"), lambda row: str(row.waiting or ""), icon=lambda row: "clock" if row.waiting else ""
        ),
        Column[OpenConsents]("unasked", _("Not asked"), lambda row: str(row.unasked or ""), width=10, stretch=True),
    )
    return Table(columns, name=_("Pupils to choose from"), id_of=lambda row: row.pupil.id, empty=empty, stands_on_first=False)


def has(pupil: Pupil, text: str) -> bool:
    """Whether a pupil has a name or number that begins with each word typed."""
    words = words_of(text)
    if not words:
        return True
    names = (pupil.surname, pupil.forename, pupil.preferred_forename, pupil.preferred_surname, pupil.ref, pupil.upn)
    parts = words_of(" ".join(filter(None, names)))
    return all(any(part.startswith(word) for part in parts) for word in words)
