"""A step about an incident that is recorded: signed, reported, withheld, the authority told, talked over. One form, as its kind asks."""

import dataclasses
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.incidents.incident import ASKED_OF, IncidentEvent, IncidentEventKind
from pupil_desk.services.incidents import known, looking, recording
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.services.program import keys
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.forms.offering import offer_names
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.pages.incidents.words import incident_title, step_name
from pupil_desk.ui.style import tokens

_Kind = IncidentEventKind


@dataclasses.dataclass(frozen=True, slots=True)
class _Asked:
    """What the form of a kind asks: its title, the items, the first to be typed, and other names of some of them.

    ``is_by_user``: whether ``who`` is the one that does it, at first whoever is at the desk.
    """

    title: str
    items: tuple[str, ...]
    first: str
    names: dict[str, str]
    is_by_user: bool = True


_ASKED: Final[dict[IncidentEventKind, _Asked]] = {
    _Kind.SIGNED: _Asked(_("Sign the account"), ("on", "time", "who"), "who", {"who": _("Signed by")}),
    _Kind.REPORTED: _Asked(
        _("The report was given or sent to {parent}"),
        ("on", "time", "way", "who", "note"),
        "way",
        {"who": _("By whom"), "note": _("What was said")},
    ),
    _Kind.WITHHELD: _Asked(
        _("Withhold the report from {parent}"),
        ("on", "who", "note"),
        "who",
        {"who": _("Who decided it"), "note": _("Why: how telling this parent would put the pupil at risk of significant harm")},
    ),
    _Kind.TOLD_AUTHORITY: _Asked(
        _("The local authority was told"),
        ("on", "time", "way", "who", "note"),
        "way",
        {"who": _("Who there was told"), "note": _("What was said")},
        is_by_user=False,
    ),
    _Kind.DEBRIEF_PUPIL: _Asked(
        _("Talked over with {pupils}"),
        ("on", "who", "note"),
        "note",
        {"who": _("By whom"), "note": _("What the pupil said, in the pupil’s own words")},
    ),
    _Kind.DEBRIEF_STAFF: _Asked(
        _("Talked over with the staff"),
        ("on", "who", "note"),
        "note",
        {"who": _("With whom"), "note": _("What came of it")},
        is_by_user=False,
    ),
}


class StepForm(QWidget):
    """``recorded`` carries the events kept, one for each entry that the step is of; ``closed`` comes on Esc."""

    recorded = Signal(object)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._state: IncidentState | None = None
        self._step: IncidentStep | None = None
        self._kind = _Kind.SIGNED
        self._defaults: dict[str, str] = {}
        self._form: Form[IncidentEvent] | None = None
        self.title, self.about = label("", "title"), label("", "muted")
        self.record_button = button(_("Rec&ord it (Ctrl+S)"), self.save, "primary", icon_name="check")
        self.back_button = button(_("&Back (Esc)"), self.closed.emit)
        self._place = QWidget()
        self._column = column_in(self._place)
        content = column_of(self._place, STRETCH, right=tokens.S)
        column_in(self, tokens.S, self.title, self.about, growing(scrolled(content)), flow_of(self.record_button, self.back_button))
        shortcut_within(self, keys.ESC.sequence, self.closed.emit)

    @property
    def form(self) -> Form[IncidentEvent]:
        """The fields in view."""
        assert self._form is not None, "begun before"
        return self._form

    def begin(self, state: IncidentState, step: IncidentStep, kind: IncidentEventKind, **defaults: str) -> None:
        """An empty form for a step; ``kind`` is its own, or that the report is withheld instead of given. Whoever is at the desk does it, now,
        and what is in ``defaults`` stands in it already, such as the way in which it was just made."""
        self.forget()
        self._state, self._step, self._kind, self._defaults = state, step, kind, defaults
        desk, asked = self.context.desk, _ASKED[kind]
        pupils, parent = join_words(list(step.names)), self._parent
        self.title.setText(asked.title.format(parent=parent, pupils=pupils))
        self.about.setText(incident_title(state))
        self._form = Form(IncidentEvent, today=desk.today, only=asked.items)
        for name, words in asked.names.items():
            self._form.fields[name].name_it(words)
        for name in ASKED_OF.get(kind, ()):
            self._form.fields[name].mark_required(required=True)
        if kind is _Kind.DEBRIEF_PUPIL:
            self._form.fields["note"].offer(_("The pupil did not want to say anything"), self._say_nothing)
        now = recording.now(desk) if "time" in asked.items else None
        self._form.show_record(None, kind=kind, on=desk.today, time=now, who=desk.user.name if asked.is_by_user else None, **defaults)
        if kind is _Kind.SIGNED:
            accounts = [case.now for case in state.counting if case.now.entry_id in step.entry_ids]
            offer_names(self._form, "who", known.may_sign(desk, accounts))
        self._form.edited.connect(self.edited)
        self._column.addWidget(self._form)
        self._form.focus(asked.first)

    def _say_nothing(self) -> None:
        self.form.take_draft({"note": _("The pupil did not want to say anything.")})
        self.form.focus("note")

    @property
    def _parent(self) -> str:
        """The parents whom the step concerns, by name."""
        state, step = self._state, self._step
        return (
            join_words([name for parent in _parents_of(step) if (name := state.parent(parent))])
            if state is not None and step is not None
            else ""
        )

    @property
    def _order(self) -> str:
        """The order or restriction on the parent to whom the report was given, in the words on file; empty for none."""
        if self._kind is not _Kind.REPORTED or self._state is None or self._step is None:
            return ""
        return self._state.orders.get(self._step.contact_id or "", "")

    @property
    def dirty(self) -> bool:
        """Whether something is typed."""
        return self._form is not None and self._form.dirty

    def forget(self) -> None:
        """No form, and nothing typed."""
        self._state = self._step = None
        self._defaults = {}
        if self._form is not None:
            self._form.hide()  # until Qt comes to delete it, it would be seen beneath the next
            self._column.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None

    def save(self) -> bool:
        """Record it, once a decision to withhold, or a report despite an order, is agreed to; what is missing is said at the fields."""
        event, step = self.form.submit(), self._step
        if event is None or step is None or not self._is_new(step) or not self._agreed(event):
            return False
        events = [
            dataclasses.replace(event, entry_id=entry_id, contact_id=contact_id)
            for contact_id in _parents_of(step)
            for entry_id in step.entry_ids
        ]
        changed = self.context.attempt(
            lambda: recording.record(self.context.desk, events, despite_order=bool(self._order)), on_refusal=self.form.show_problems
        )
        if changed is None:
            return False
        self.forget()
        self.context.news.tell(changed)
        self.recorded.emit(events)
        return True

    def _is_new(self, step: IncidentStep) -> bool:
        """Whether it was not recorded meanwhile, as by an undo; else whether the person means to record it once more."""
        incident_id = self._state.id if self._state is not None else ""
        state = self.context.attempt(lambda: looking.incident(self.context.desk, incident_id))
        on_file = next(
            (other.done[-1] for other in (state.steps if state is not None else ()) if other.key == step.key and other.done), None
        )
        if on_file is None:
            return True
        text = _("{what}: {day}. Recorded once more, it stands there twice.").format(
            what=step_name(on_file, state), day=short_date(on_file.on)
        )
        return self.context.ask.confirm(_("It is on file already"), text, _("Record it once more"), stay=_("Go back"))

    def _agreed(self, event: IncidentEvent) -> bool:
        if self._order and event.way:
            text = _("{parent} is under an order or restriction about {pupil}: {order} Record it only if {parent} really was told.").format(
                parent=self._parent, pupil=join_words(list(self._step.names if self._step else ())), order=self._order.rstrip(".") + "."
            )
            return self.context.ask.confirm(_("Was this parent told?"), text, _("Record it"), danger=True, stay=_("Go back"))
        if self._kind is not _Kind.WITHHELD or not event.who or not event.note or self._state is None or self._step is None:
            return True
        text = _("{parent} is not told of what was done to {pupil}, by decision of {who}: {why} It stays on file, with the reason.").format(
            parent=self._parent, pupil=join_words(list(self._step.names)), who=event.who, why=event.note.rstrip(".") + "."
        )
        return self.context.ask.confirm(_("Withhold the report?"), text, _("Withhold it"), danger=True, stay=_("Go back"))

    # over a lock

    def draft(self) -> dict[str, Any]:
        """For a draft: of which step, and what is typed."""
        return {
            "incident": self._state.id if self._state else "",
            **step_kept(self._step),
            "kind": self._kind.value,
            "shown": self._defaults,
            "typed": self.form.draft(),
        }

    def take_draft(self, draft: dict[str, Any], state: IncidentState) -> bool:
        """Put back what ``draft`` gave; False where the step is no longer there."""
        step = step_of(draft, state)
        if step is None:
            return False
        self.begin(state, step, IncidentEventKind(draft["kind"]), **draft.get("shown", {}))
        self.form.take_draft(draft["typed"])
        return True


def _parents_of(step: IncidentStep) -> tuple[str | None, ...]:
    """Whom it concerns; of what concerns no parent, none."""
    return (step.contact_id, *step.with_ids)


def step_kept(step: IncidentStep | None) -> dict[str, Any]:
    """What a draft keeps of a step."""
    return {"step": step.key if step is not None else "", "with": step.with_ids if step is not None else (), "letter": _letter_kept(step)}


def step_of(draft: dict[str, Any], state: IncidentState) -> IncidentStep | None:
    """The step of which a draft is; None where it is no longer there."""
    steps = (*state.steps, *_letters_home(draft.get("letter"), state))
    found = next((step for step in steps if step.key == draft["step"]), None)
    return dataclasses.replace(found, with_ids=tuple(draft.get("with", ()))) if found is not None else None


def _letter_kept(step: IncidentStep | None) -> dict[str, Any] | None:
    """What a draft keeps of a letter home, which is no step of the incident until it is recorded."""
    if step is None or step.owed:
        return None
    return {"words": step.words, "names": step.names, "entries": step.entry_ids, "contact": step.contact_id}


def _letters_home(draft_kept: dict[str, Any] | None, state: IncidentState) -> list[IncidentStep]:
    if draft_kept is None or not {*draft_kept["entries"]} <= {case.now.entry_id for case in state.counting}:
        return []
    letter_home = IncidentStep(
        kind=_Kind.REPORTED,
        words=draft_kept["words"],
        names=tuple(draft_kept["names"]),
        due=state.account.day,
        entry_ids=tuple(draft_kept["entries"]),
        contact_id=draft_kept["contact"],
        owed=False,
    )
    return [letter_home]
