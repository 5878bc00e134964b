"""A case closed, opened again, or withdrawn by whoever asked."""

from functools import partial

from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import RequestCase, RequestEvent, RequestEventKind
from pupil_desk.services.requests import handling
from pupil_desk.services.requests.looking import CaseStanding, RequestState
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.pages.requests.words import case_title


def close_or_open(context: Context, overview: RequestState) -> None:
    """Close a case; a closed one is opened again, once the reason is given."""
    if overview.standing is CaseStanding.CLOSED:
        words = _("The clock goes on from the day of the answer.")
        _with_reason(context, overview, RequestEventKind.REOPENED, (_("Open this case again?"), words, _("Open it again")))
        return
    case = overview.case
    event = RequestEvent(case_id=case.id, kind=RequestEventKind.CLOSED, on=context.desk.today)
    if context.keep(lambda: handling.record(context.desk, event)):
        context.banner.success(_("{ref} is closed.").format(ref=case.ref), undo=(_("&Undo"), partial(_undo, context, case)))


def _undo(context: Context, case: RequestCase) -> None:
    context.keep(lambda: handling.undo_closing(context.desk, case.id), _("Undone: {ref} is open.").format(ref=case.ref))


def withdraw(context: Context, overview: RequestState) -> None:
    """The person no longer asks, once it is said how we know."""
    words = _("Nothing more needs doing then. The case can be closed, and opened again.")
    _with_reason(context, overview, RequestEventKind.WITHDRAWN, (_("Has the person withdrawn the request?"), words, _("Record it")))


def _with_reason(context: Context, overview: RequestState, kind: RequestEventKind, question: tuple[str, str, str]) -> None:
    """``question`` is its title, its words and the verb of its button."""
    title, words, verb = question
    reason = context.ask.text(title, f"{case_title(overview)} {words}", _("Reason"), verb=verb)
    if reason is not None:
        event = RequestEvent(case_id=overview.case.id, kind=kind, on=context.desk.today, note=reason)
        context.keep(lambda: handling.record(context.desk, event), _("Recorded."))
