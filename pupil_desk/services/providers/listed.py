"""Why a session at a provider is listed for a person to settle, in words."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.domain.providers.provider_return import AT_PROVIDER, CAME, ExpectedSession, ReturnOutcome
from pupil_desk.domain.register.attendance import on_site


def why_listed(expected: ExpectedSession) -> str:
    """Why the register and the provider do not say the same of a session, and what settles it."""
    code, outcome = expected.code, expected.returned_outcome
    if not outcome:
        if code in AT_PROVIDER:
            return _("The register says already that the pupil was there; the provider has not said so yet. Enter what it says.")
        return _("Nothing is marked, and the provider has said nothing yet. Enter what it says.")
    if outcome in CAME and not code:
        return _("The provider says that the pupil came, and nothing is marked yet. Press Enter what they say.")
    if outcome in CAME and on_site(code):
        return _(
            "The register says that the pupil was here with you, the provider that the pupil was there. "
            "Nobody is in two places: ask both, then put the mark right in the register, or enter what the provider says now."
        )
    if outcome in CAME:
        return _(
            "The provider says that the pupil came, and the register says otherwise. Put the mark right in the register, or enter what the provider says now."
        )
    if outcome == ReturnOutcome.NOT_RUN:
        if code in AT_PROVIDER:
            return _(
                "The register says that the pupil was there, and the provider that the session was not run. "
                "Put the mark right in the register, or enter what the provider says now."
            )
        return _("The provider says that the session was not run, and nothing is marked yet. Enter the mark in the register.")
    if code in AT_PROVIDER:
        return _(
            "The register says that the pupil was there, and the provider that the pupil was not. Put the mark right in the register, or enter what the provider says now."
        )
    return _("The provider has said that the pupil did not come, and nothing is marked yet. Enter the mark.")


def why_all_listed(sessions: Sequence[ExpectedSession]) -> str:
    """Why the sessions chosen are listed; where there are several reasons, or no session, what to do to see one."""
    reasons = dict.fromkeys(why_listed(expected) for expected in sessions)
    if not reasons:
        return _("Choose sessions to see why they are listed.")
    return (
        next(iter(reasons))
        if len(reasons) == 1
        else _("The sessions chosen are listed for different reasons. Choose one to see its reason.")
    )
