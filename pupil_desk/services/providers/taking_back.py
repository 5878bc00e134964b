"""Sessions of providers that somebody has just entered, taken back: the returns, and the marks that they made, by one act.

Why a session is listed for a person to settle, in words.
"""

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.providers.provider_return import AT_PROVIDER, CAME, ExpectedSession
from pupil_desk.domain.register.attendance import on_site
from pupil_desk.services.changes.undoing import Undoing
from pupil_desk.services.desk import Desk
from pupil_desk.services.register import taking_back
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import acts


def undo(desk: Desk, act: str) -> Changed:
    """Take back what was entered of providers by an act: one transaction, logged. What was changed since stays.

    Raises NotAllowed; WrongUse where nothing of it stands.
    """
    rows = acts.rows_of(desk.vault, act)
    with desk.act(Action.UNDO, "register", act, "sessions at providers") as work:
        undone = Undoing(work).run(rows)
        marks = [mark for mark in taking_back.take_back(work, act, _("Undone at once")) if mark.code is not None]
        if not (undone.lines or marks):
            raise WrongUse(_("These sessions were changed since. Look at the register again."))
    pupil_ids = {*undone.changed.ids, *(mark.pupil_id for mark in marks)}
    return Changed.of("provider_return", "mark", ids=tuple(sorted(pupil_ids)))


def why_listed(expected: ExpectedSession) -> str:
    """Why the register and the provider do not say the same of a session, and what settles it."""
    code, outcome = expected.code, expected.returned_outcome
    if not outcome:
        if code in AT_PROVIDER:
            return _("The register says already that the pupil was there; the provider has not said so yet. Enter what it says.")
        return _("Nothing is marked, and the provider has said nothing yet. Enter what it says.")
    if outcome in CAME and on_site(code):
        return _(
            "The register says that the pupil was here with you, the provider that the pupil was there. "
            "Nobody is in two places: ask both, then put the mark right in the register, or enter what the provider says now."
        )
    if outcome in CAME:
        return _(
            "The provider says that the pupil came, and the register says otherwise. Put the mark right in the register, or enter what the provider says now."
        )
    if code in AT_PROVIDER:
        return _(
            "The register says that the pupil was there, and the provider that the pupil was not. Put the mark right in the register, or enter what the provider says now."
        )
    return _("The provider has said that the pupil did not come, and nothing is marked yet. Enter the mark.")
