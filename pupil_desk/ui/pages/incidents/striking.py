"""An incident struck out as a mistake, whole or for one pupil in it; a step taken back; whose record is opened of several."""

import dataclasses
from collections.abc import Sequence

from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.incidents.incident import IncidentEvent, IncidentEventKind
from pupil_desk.services.incidents import recording
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.message import Act
from pupil_desk.ui.pages.incidents.words import incident_title, step_name

_WHOLE, _NONE = "whole", "none"


def strike(context: Context, state: IncidentState) -> bool:
    """Strike it out once it is said for whom, and why; False where the person thought better of it."""
    counting = state.counting
    key = _WHOLE
    if len(counting) > 1:
        choices = [
            Choice(_WHOLE, _("The whole incident")),
            *(Choice(case.now.entry_id, state.name(case.now.pupil_id)) for case in counting),
        ]
        question = _("What is struck out?"), _("{which} One pupil of it can be struck out alone.").format(which=incident_title(state))
        key = context.ask.choose(*question, [*choices, Choice(_NONE, _("Keep it"))], safe=_NONE)
    if key == _NONE:
        return False
    entries = [case for case in counting if key in (_WHOLE, case.now.entry_id)]
    whom = ", ".join(state.name(case.now.pupil_id) for case in entries)
    words = _("{which} Struck out for: {whom}. It stays on file with the reason, and counts no more.").format(
        which=incident_title(state), whom=whom
    )
    reason = context.ask.text(_("Strike this out?"), words, _("Why it is struck out"), verb=_("Strike it out"), stay=_("Keep it"))
    if reason is None:
        return False
    return context.keep(lambda: recording.strike(context.desk, [case.now.entry_id for case in entries], reason), _("Struck out."))


def is_asked(step: IncidentStep) -> bool:
    """Whether to take a step back is asked first: it lets somebody be told, or strikes a disclosure out."""
    return step.done[0].kind in (IncidentEventKind.WITHHELD, IncidentEventKind.TOLD_AUTHORITY)


def means_to_take_back(context: Context, state: IncidentState, step: IncidentStep) -> bool:
    """Whether the person means to take a step back; True at once where it is not asked."""
    if not is_asked(step):
        return True
    pupils, parent = join_words(list(step.names)), state.parent(step.contact_id)
    if step.done[0].kind == IncidentEventKind.WITHHELD:
        title = _("Take the decision to withhold back?")
        words = _(
            "The report about {pupil} is withheld from {parent}. Taken back, it is owed to {parent} again. The decision stays on file."
        )
    else:
        title = _("Was the authority not told?")
        words = _("That the authority was told about {pupil} is taken back, and struck out in the log of disclosures.")
    return context.ask.confirm(title, words.format(pupil=pupils, parent=parent), _("Take it back"), danger=True, stay=_("Keep it"))


def take_back(context: Context, state: IncidentState | None, events: Sequence[IncidentEvent], undo: Act | None = None) -> None:
    """Say that what was recorded was not so, with a way to undo that."""
    today = context.desk.today
    back = [dataclasses.replace(event, done=False, on=today, time=None, note=None, who=None, way=None) for event in events]
    if context.keep(lambda: recording.record(context.desk, back)):
        context.banner.success(_("Taken back: {what}.").format(what=step_name(events[0], state)), undo=undo)


def record_again(context: Context, events: Sequence[IncidentEvent]) -> None:
    """Undo the taking back."""
    context.keep(lambda: recording.record(context.desk, events), _("Undone."))


def whose_record(context: Context, state: IncidentState) -> str:
    """The pupil whose record is to be opened; asked for where there are several. Empty for none."""
    people = {case.now.pupil_id: state.name(case.now.pupil_id) for case in state.counting or state.cases}
    if len(people) == 1:
        return next(iter(people))
    choices = [Choice(pupil_id, name) for pupil_id, name in people.items()]
    key = context.ask.choose(_("Whose record?"), incident_title(state), [*choices, Choice(_NONE, _("Cancel"))], safe=_NONE)
    return "" if key == _NONE else key
