"""Who signed a form is asked with what it will record: of whom, which answer to what, how that then stands and until when, by the rule of consents."""

import dataclasses
from collections.abc import Callable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, any_of, count_of, join_words
from pupil_desk.domain.consents.case import end_words
from pupil_desk.services.consents import recording
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.desk import Desk
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.pages.consents.words import if_it_was, together_words

type EntriesBy = Callable[[str], Sequence[ConsentEntry]]
"""What is to be recorded where the contact of that identity, or the pupil, signed."""


def signer(context: Context, rows: Sequence[PupilConsent], entries_by: EntriesBy, *, number: int) -> str | None:
    """Who signed the form about one pupil's ``rows``; empty where nobody can. Asked where it can be one of several; None where it was left open.

    ``number`` is of how many pupils forms are being recorded with this one.
    """
    first = entries_by("")[0]
    able = recording.signers(context.desk, rows[0].pupil, rows[0].type, first.day, rows[0].occasion)
    if len(able) < 2:
        return able[0][0] if able else ""
    text = " ".join((_form_words(rows, first), *_effects(context.desk, rows, dict(able), entries_by)))
    if number > 1:
        pupils = count_of(number, _("pupil"), _("pupils"))
        text += "\n\n" + _("{pupils} are chosen. Nothing is recorded of any of them until it is said who signed each form.").format(
            pupils=pupils
        )
    choices = [*(Choice(key, name) for key, name in able), Choice("", _("Cancel"))]
    return context.ask.choose(_("Who signed the form?"), text, choices, safe="") or None


def _form_words(rows: Sequence[PupilConsent], entry: ConsentEntry) -> str:
    row = rows[0]
    uses = join_words([row.subject_words for row in rows])
    what = row.title if len(rows) == 1 else _("{type}: {what}").format(type=row.type.name, what=uses)
    return _("The form of {day} about {name} is recorded as “{step}” for {what}.").format(
        day=show_date(entry.day), name=row.pupil.full_name, step=codelist("consent_step").label_of(entry.step), what=what
    )


def _effects(desk: Desk, rows: Sequence[PupilConsent], able: dict[str, str], entries_by: EntriesBy) -> list[str]:
    """How it then stands, a sentence for those with whom it is the same."""
    names: dict[tuple[str, str], list[str]] = {}
    for giver, name in able.items():
        names.setdefault(_effect(desk, rows, entries_by(giver)), []).append(name)
    return [
        if_it_was(names_alike, words, end) if words else _("If it was {names}: {problem}").format(names=any_of(names_alike), problem=end)
        for (words, end), names_alike in names.items()
    ]


def _effect(desk: Desk, rows: Sequence[PupilConsent], entries: Sequence[ConsentEntry]) -> tuple[str, str]:
    """How ``rows`` would stand together after ``entries``, and the sentence that says until when; or no words, and what is wrong."""
    problems = [problem.message for entry in entries for problem in recording.ready(desk, entry).problems]
    if problems:
        return "", problems[0]
    alone = [dataclasses.replace(entry, uses=(use,)) for entry in entries for use in entry.uses]
    verdicts = [recording.after(desk, entry) for entry in alone]
    ends = sorted({verdict.until for verdict in verdicts if verdict.until})
    end = (
        end_words(ends[0])
        if len(ends) == 1
        else _("Each yes holds until a day of its own: {days}.").format(days=join_words([*map(show_date, ends)]))
    )
    after = [dataclasses.replace(row, verdict=verdict) for row, verdict in zip(rows, verdicts, strict=True)]
    return together_words(after), end if ends else ""
