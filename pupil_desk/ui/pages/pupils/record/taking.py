"""Taking away what was entered by mistake, one record or a whole pupil: what stands against it is told, else the reason is asked for."""

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services import bin as bins
from pupil_desk.ui.kit.context import Context


def take_record(context: Context, kind: str, record_id: str, title: str, pupil_name: str) -> Changed | None:
    """Ask why, and take one record away; None where it stays."""
    desk = context.desk
    if against := bins.why_record_stays(desk, kind, record_id):
        context.ask.tell(_("It cannot be taken away"), against)
        return None
    text = _("{title} goes from the record of {pupil}. The history keeps what it said, and it can be put back under Changes, Recycle bin.")
    reason = context.ask.text(
        _("Take this away?"),
        text.format(title=title, pupil=pupil_name),
        _("Why it is taken away"),
        verb=_("Take away"),
        stay=_("Keep it"),
        check=_wrong,
    )
    return context.attempt(lambda: bins.take_away(desk, kind, record_id, reason)) if reason is not None else None


def take_pupil(context: Context, pupil: Pupil) -> Changed | None:
    """Ask why, and take a pupil away who was entered by mistake; None where the pupil stays."""
    desk = context.desk
    if against := bins.why_pupil_stays(desk, pupil.id):
        context.ask.tell(_("This pupil cannot be taken away"), against)
        return None
    text = _(
        "{name} goes from every list, with stays and contacts. Use this only for a pupil who was never yours, or was typed in twice. It can be put back under Changes, Recycle bin."
    )
    reason = context.ask.text(
        _("Entered by mistake?"),
        text.format(name=pupil.legal_name),
        _("Why it was a mistake"),
        verb=_("Take away"),
        stay=_("Keep it"),
        check=_wrong,
    )
    return context.attempt(lambda: bins.take_pupil_away(desk, pupil.id, reason)) if reason is not None else None


def _wrong(reason: str) -> str:
    return "" if reason.strip() else _("Enter why.")
