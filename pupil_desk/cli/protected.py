"""Whom of the papers that a command wrote something must be kept from: told on standard error, by our references, since nothing on a family's paper says so."""

from pupil_desk.basics.words import _, join_words
from pupil_desk.cli.call import Call
from pupil_desk.services.guard import ASK_WHOM, Guard


def refs(paper_guard: Guard) -> list[str]:
    """Those who are protected, by our references."""
    return [guarded.pupil.ref for guarded in paper_guard.guarded]


def tell_protected(call: Call, paper_guard: Guard) -> None:
    """Whoever is named, or asked for by --due, --all and --all-unasked, is meant: the papers are made, and told of."""
    if paper_guard:
        words = _(
            "Something must be kept from someone about: {refs}. Nothing on their papers says so: check name and address before they are sent."
        )
        call.speaker.aside(words.format(refs=join_words(refs(paper_guard))))
    if unnamed := [guarded.pupil.ref for guarded in paper_guard.guarded if guarded.may_mean_anybody]:
        call.speaker.aside(f"{join_words(unnamed)}: {ASK_WHOM}")
