"""A guided first hour in the training unit: ten things to try, each ticked by what the log says was done since somebody first signed in."""

from collections.abc import Callable
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.services.desk import Desk
from pupil_desk.services.home.step import FirstStep
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import beginnings
from pupil_desk.store.tables.beginnings import LoggedAct


@dataclass(frozen=True, slots=True)
class HourStep:
    """One thing to try: its name, what one does, the page, what the role must include, and which acts show that it was done."""

    name: str
    words: str
    page: str
    action: Action
    is_done_by: Callable[[LoggedAct], bool]


def _is(*actions: Action) -> Callable[[LoggedAct], bool]:
    return lambda act: act.action in {action.value for action in actions}


def _is_note(act: LoggedAct) -> bool:
    return act.action == Action.EDIT_RECORD.value and act.reason.startswith(("note ", "restricted note "))


def _is_correction(act: LoggedAct) -> bool:
    return act.action == Action.EDIT_RECORD.value and act.kind == "pupil" and not _is_note(act)


def _is_marking(act: LoggedAct) -> bool:
    return act.action == Action.EDIT_RECORD.value and act.kind == "register"


STEPS: tuple[HourStep, ...] = (
    HourStep(
        _("Find"),
        _("Type a name on Pupils until one is left, press Enter, and read the card"),
        "pupils",
        Action.READ_RECORD,
        lambda act: (act.action, act.kind) == ("view", "pupil"),
    ),
    HourStep(_("Correct"), _("Press F2 there, change a town, and save with Ctrl+S"), "pupils", Action.EDIT_RECORD, _is_correction),
    HourStep(_("Register"), _("Press F2, type L for somebody late, and save with Ctrl+S"), "register", Action.EDIT_RECORD, _is_marking),
    HourStep(_("Note"), _("Write a note of a talk, in a pupil’s record under Notes"), "pupils", Action.EDIT_RECORD, _is_note),
    HourStep(
        _("Wish"),
        _("Enter a signed form about sharing: R or A, E or L, who said it, then Ctrl+S"),
        "sharing",
        Action.RECORD_FORM_CHOICE,
        _is(Action.RECORD_CHOICE, Action.RECORD_FORM_CHOICE),
    ),
    HourStep(
        _("Consent"),
        _("Enter a yes to photographs: find the pupil, press Y, say who said it, then Ctrl+S"),
        "consents",
        Action.RECORD_FORM_CONSENT,
        _is(Action.RECORD_CONSENT, Action.RECORD_FORM_CONSENT),
    ),
    HourStep(
        _("Notice"),
        _("Choose a family, look at its notice, and record it as given"),
        "notices",
        Action.ISSUE_NOTICE,
        _is(Action.ISSUE_NOTICE),
    ),
    HourStep(
        _("Request"),
        _("A mother asks for a copy: record it with New request"),
        "requests",
        Action.RECORD_REQUEST,
        _is(Action.RECORD_REQUEST),
    ),
    HourStep(_("Undo"), _("Take back what you corrected, with Undo this"), "changes", Action.UNDO, _is(Action.UNDO, Action.UNDO_OTHERS)),
    HourStep(_("Backup"), _("Make a backup in any folder"), "backup", Action.BACK_UP, _is(Action.BACK_UP)),
)


def first_hour(desk: Desk) -> list[FirstStep]:
    """The steps in their order, those alone that the person at the desk may take. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    acts = beginnings.acts_since_first_sign_in(desk.vault)
    return [
        FirstStep(step.name, step.words, step.page, None, done=any(map(step.is_done_by, acts)), of_hour=True)
        for step in STEPS
        if desk.may(step.action)
    ]
