"""All that happened in a case, newest first; what was taken back is struck through."""

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.requests.case import RequestEventKind
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseHistoryLine, RequestState
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, TimelineView, Tone
from pupil_desk.ui.kit.words import label
from pupil_desk.ui.pages.requests.part import CasePart

_GOOD = frozenset({RequestEventKind.REPLIED, RequestEventKind.RECORD_GIVEN, RequestEventKind.CLOSED, RequestEventKind.CARRIED_OUT})
_CHECK = frozenset(
    {
        RequestEventKind.IDENTITY_ASKED,
        RequestEventKind.CLARIFICATION_ASKED,
        RequestEventKind.EXTENDED,
        RequestEventKind.REOPENED,
        RequestEventKind.TAKEN_BACK,
        RequestEventKind.EXEMPTION,
    }
)


class HappenedPart(CasePart):
    """What was asked in the person's own words, and every entry with who recorded it."""

    name = "happened"
    title = _("What &happened")

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.asked_title, self.request_label = label(_("What was said"), "subhead"), label("")
        self.timeline = TimelineView(_("What happened, newest first"), empty=_("Nothing has been done yet."))
        for part in (self.asked_title, self.request_label, label(_("What was done, newest first"), "subhead")):
            self.column.addWidget(part)
        self.column.addWidget(self.timeline, 1)

    def show_case(self, overview: RequestState | None) -> None:
        """Show what happened in a case."""
        request_text = overview.case.asked if overview else None
        self.request_label.setText(request_text or "")
        for part in (self.asked_title, self.request_label):
            part.setVisible(bool(request_text))
        self.timeline.show_events([_event(entry) for entry in looking.history(self.context.desk, overview.case.id)] if overview else ())

    def first(self) -> TimelineView:
        """The entries."""
        return self.timeline


def _event(entry: CaseHistoryLine) -> TimelineEvent:
    event = entry.event
    kind = RequestEventKind(event.kind)
    tone: Tone = "good" if kind in _GOOD else "check" if kind in _CHECK else "plain"
    parts = [
        codelist("request_answer").label_of(event.answer),
        codelist("request_outcome").label_of(event.outcome),
        codelist("exemption").label_of(event.exemption),
        event.what or "",
    ]
    moment = local_time(entry.at)
    actor = _("Recorded by {who}, {day}, {time}").format(who=entry.by, day=short_date(moment.date()), time=moment.strftime("%H:%M"))
    text = "\n".join(part for part in (*parts, event.note or "", actor) if part)
    title = codelist("request_event").label_of(event.kind)
    return TimelineEvent(
        event.on,
        _("{what} (counts no more)").format(what=title) if entry.was_taken_back else title,
        text,
        tone,
        event.id,
        struck=entry.was_taken_back,
    )
