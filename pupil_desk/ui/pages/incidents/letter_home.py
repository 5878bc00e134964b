"""About whom a letter home is, and to which household: asked where there are several. Of a restrictive intervention it is the report that the law asks for."""

import dataclasses

from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import IncidentEventKind
from pupil_desk.services.incidents import report, standing
from pupil_desk.services.incidents.looking import IncidentState
from pupil_desk.services.incidents.steps import IncidentStep
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.pages.incidents.words import incident_title

_NONE = "none"


def letter_wanted(context: Context, state: IncidentState) -> IncidentStep | None:
    """The letter as a step that is no duty; None where it cannot be made, which is said, or the person thought better of it."""
    entry_ids = {case.now.entry_id: case.now.pupil_id for case in state.counting}
    entry_id = _key_chosen(
        context, _("About whom is the letter?"), incident_title(state), {key: state.name(pupil_id) for key, pupil_id in entry_ids.items()}
    )
    if not entry_id:
        return None
    of_age = standing.why_of_age(context.desk, next(case.now for case in state.counting if case.now.entry_id == entry_id))
    if of_age:
        context.ask.tell(_("There is nobody to send the letter to"), of_age)
        return None
    households = context.attempt(lambda: report.households(context.desk, entry_id))
    if households is None:
        return None
    if not households:
        context.ask.tell(_("There is nobody to send the letter to"), _("No parent is on file, or an order stands against each."))
        return None
    of_pupil = dataclasses.replace(state, cases=tuple(case for case in state.cases if case.now.entry_id == entry_id))
    contact_id = _key_chosen(
        context, _("To whom is the letter?"), incident_title(of_pupil), {letter.contacts[0].id: letter.addressee for letter in households}
    )
    if not contact_id:
        return None
    return IncidentStep(
        kind=IncidentEventKind.REPORTED,
        words=_("Letter home"),
        names=(state.name(entry_ids[entry_id]),),
        due=context.desk.today,
        entry_ids=(entry_id,),
        contact_id=contact_id,
        owed=False,
    )


def _key_chosen(context: Context, title: str, words: str, names: dict[str, str]) -> str:
    """The key of the one that is chosen; that of the only one. Empty for none."""
    if len(names) == 1:
        return next(iter(names))
    choices = [Choice(key, name) for key, name in names.items()]
    key = context.ask.choose(title, words, [*choices, Choice(_NONE, _("Cancel"))], safe=_NONE)
    return "" if key == _NONE else key
