"""The timeline of a pupil's wishes as lines: what was said, what was done about it, and the day on which the right passed."""

from collections.abc import Mapping
from datetime import date

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM, PUPIL, RESTRICT, Choice, entitled
from pupil_desk.domain.sharing.wish import names_one
from pupil_desk.domain.sharing.wish_step import ASKED, PASSED, REMINDED, SETTLED, WishStep
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.sharing.sharing import SharingTimeline as Said
from pupil_desk.services.sharing.wishes import Steps
from pupil_desk.store.file.vault import Row
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, Tone
from pupil_desk.ui.pages.sharing.words import recipient_words

_LANGUAGES = {"en": _("English")}  # others are named by their code


def events(record: PupilRecord, answers: Said, steps: Steps, papers: Mapping[str, str], today: date) -> list[TimelineEvent]:
    """All of it, the latest first; ``papers`` are the titles of papers on file."""
    sixteenth = birthday(record.pupil.dob, OWN_WORD_FROM)
    teller = _Teller(record, answers, steps, papers, passed=sixteenth <= today)
    dated_events = [(choice.on, 1, teller.choice(choice)) for choice in answers.choices]
    dated_events += [(step.on, 0, teller.step(step)) for step in reversed(steps.steps)]
    if sixteenth <= today and (answers.choices or steps.steps):
        words = _("From this day the choice is the pupil’s own. What a parent said before counts no more.")
        dated_events.append((sixteenth, 2, TimelineEvent(sixteenth, _("16th birthday: the right passes to the pupil"), words, "check")))
    return [event for _day, _rank, event in sorted(dated_events, key=lambda entry: (entry[0], entry[1]), reverse=True)]


class _Teller:
    """Makes the lines of one pupil."""

    def __init__(self, record: PupilRecord, answers: Said, steps: Steps, papers: Mapping[str, str], *, passed: bool) -> None:
        self._record, self._answers, self._steps, self._papers, self._passed = record, answers, steps, papers, passed

    def choice(self, choice: Choice) -> TimelineEvent:
        """One thing said."""
        pattern = _("{recipient}: restricted") if choice.choice == RESTRICT else _("{recipient}: allowed")
        right = _("the pupil") if choice.by == PUPIL else _("a parent")
        giver = choice.giver or (self._record.pupil.legal_name if choice.by == PUPIL else _("Someone not named"))
        parts = [_("{giver}, as {right}").format(giver=giver, right=right)]
        if choice.channel:
            parts.append(codelist("channel").label_of(choice.channel))
        if choice.note:
            parts.append(choice.note.rstrip("."))
        parts += self._evidence_parts(choice)
        recorded = self._answers.recordings.get(choice.id)
        if recorded:
            parts.append(_entered(recorded, _("an import")))
            if recorded["back_because"]:
                moment = local_time(recorded["back_at"])
                words = _("Taken back {day} {time} by {name}, and counts for nothing: {why}")
                actor = recorded["back_by"] or _("someone who has left")
                parts.append(
                    words.format(day=show_date(moment.date()), time=moment.strftime("%H:%M"), name=actor, why=recorded["back_because"])
                )
        struck = bool(recorded and recorded["back_because"])
        if not entitled(choice, self._record.pupil.dob):
            parts.append(_("Not theirs to choose on that day: it decides nothing"))
        elif choice.by != PUPIL and choice.contact_id is None and names_one(choice.giver, self._record.contacts) is None:
            parts.append(_("Came in free text, not matched to a contact"))
        if self._passed and choice.by != PUPIL:
            parts.append(_("Counts no more since the 16th birthday"))
            struck = True
        tone: Tone = "plain" if struck else "check" if choice.choice == RESTRICT else "good"
        return TimelineEvent(
            choice.on, pattern.format(recipient=recipient_words(choice.recipient)), ". ".join(parts) + ".", tone, choice.id, struck=struck
        )

    def step(self, step: WishStep) -> TimelineEvent:
        """One thing done."""
        person, parts = step.asked or _("someone not named"), []
        title = {
            ASKED: _("Asked: {who}"),
            REMINDED: _("Reminded: {who}"),
            PASSED: _("Told that the choice is now the pupil’s own: {who}"),
            SETTLED: _("Settled between the parents"),
        }[step.step].format(who=person)
        if step.recipient:
            parts.append(recipient_words(step.recipient))
        if step.step == SETTLED:
            holds, settlement = codelist("choice").label_of(step.choice), codelist("settlement").label_of(step.settlement)
            parts.append(_("{holds}, by {how}").format(holds=holds, how=begun_small(settlement)))
        if step.channel:
            parts.append(codelist("channel").label_of(step.channel))
        if step.note:
            parts.append(step.note.rstrip("."))
        parts += self._evidence_parts(step)
        if recorded := self._steps.recordings.get(step.id):
            parts.append(_entered(recorded, _("someone who has left")))
        back = self._steps.why_back.get(step.id)
        if back is not None:
            parts.append(_("Taken back: {why}").format(why=back.rstrip(".")))
        return TimelineEvent(step.on, title, ". ".join(parts) + ".", "plain", step.id, struck=back is not None)

    def _evidence_parts(self, entry: Choice | WishStep) -> list[str]:
        """The language of the words shown, and the paper that proves it."""
        parts = []
        wording = self._steps.shown.get(entry.wording_id or "")
        if wording:
            parts.append(_("Wording on file, in {language}").format(language=_LANGUAGES.get(wording["language"], wording["language"])))
        if entry.evidence_id:
            title = self._papers.get(entry.evidence_id)
            parts.append(_("Paper: {title}").format(title=title) if title else _("The paper was removed since"))
        return parts


def _entered(recorded: Row, unknown_actor: str) -> str:
    when, actor = local_time(recorded["at"]), recorded["name"] or unknown_actor
    return _("Entered {day} {time} by {name}").format(day=show_date(when.date()), time=when.strftime("%H:%M"), name=actor)
