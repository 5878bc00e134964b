"""How a pupil's wishes stand: who may choose, who of them was asked and has answered, and two parents who contradict each other.

The timeline of a pupil's wishes as lines: what was said, what was done about it, and the day on which the right passed.
"""

from collections.abc import Collection, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.sharing.choice import (
    ASKED,
    OWN_WORD_FROM,
    PARENT,
    PASSED,
    PUPIL,
    REMINDED,
    RESTRICT,
    SETTLED,
    Choice,
    WishStep,
    entitled,
)
from pupil_desk.domain.sharing.sharing import youth_support_service
from pupil_desk.domain.sharing.wish import Contradiction, Giver, Wish, names_one
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing.sharing import SharingTimeline as Said
from pupil_desk.services.sharing.wishes import Steps
from pupil_desk.store.file.vault import Row
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, Tone
from pupil_desk.ui.kit.words import button, column_in, fill, label, set_look, show_words
from pupil_desk.ui.pages.sharing.words import recipient_words
from pupil_desk.ui.style import tokens


class PreferenceStanding(QWidget):
    """Lines for each person who may choose; a frame for each contradiction, with what settles it. ``settle`` carries the recipient."""

    settle = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.people, self.strangers = label(""), label("", "check")
        self.frames: dict[str, QFrame] = {}
        self._column = column_in(self, tokens.XS, label(_("Who may choose, and who has"), "subhead"), self.people, self.strangers)

    def show_wishes(self, wishes: Mapping[str, Wish], recipients_asked: Collection[str]) -> None:
        """Say how these stand; ``recipients_asked`` are the recipients about whom somebody is asked, at the pupil's age."""
        first = wishes[youth_support_service().name]
        self.people.setText("\n".join(_lines(wishes, recipients_asked)) or _("Nobody with parental responsibility is on file."))
        names = list(dict.fromkeys(choice.giver or _("someone not named") for wish in wishes.values() for choice in wish.strangers))
        words = _("Not matched to a contact: {names}. It counts all the same.")
        inactive = _lapsed_words(wishes) if first.by != PARENT else ""
        show_words(self.strangers, "\n".join(filter(None, (words.format(names=join_words(names)) if names else "", inactive))))
        for frame in self.frames.values():
            frame.hide()
            frame.deleteLater()
        self.frames = {name: self._frame(name, wish.contradiction) for name, wish in wishes.items() if wish.contradiction}
        fill(self._column, *self.frames.values())

    def _frame(self, recipient: str, contradiction: Contradiction) -> QFrame:
        frame = QFrame()
        set_look(frame, "banner-note")
        sentences = [*map(_choice_words, contradiction.restricted), *map(_choice_words, contradiction.allowed)]
        holds = _("Until it is settled the most protective holds: restricted.") if contradiction.holds.choice == RESTRICT else ""
        settle_button = button(_("Record how it was settle&d…"), lambda: self.settle.emit(recipient))
        only_for(self._desk, Action.RECORD_CHOICE, settle_button)
        settle_button.setAccessibleName(_("Record how it was settled: {recipient}").format(recipient=recipient_words(recipient)))
        column_in(
            frame,
            tokens.XS,
            label(_contradiction_words(recipient, contradiction), "label"),
            label("\n".join(sentences)),
            label(holds),
            label(
                _("What settles it anew: a written agreement of both; an order of a court; or the pupil’s 16th birthday.")
                if contradiction.settled
                else _(
                    "What settles it: a new word of whoever restricted it; a written agreement of both; an order of a court; or the pupil’s 16th birthday."
                ),
                "muted",
            ),
            settle_button,
            left=tokens.M,
            top=tokens.S,
            right=tokens.M,
            bottom=tokens.S,
        )
        return frame


def _contradiction_words(recipient: str, contradiction: Contradiction) -> str:
    if contradiction.settled is None:
        return _("{recipient}: two parents disagree").format(recipient=recipient_words(recipient))
    words = (
        _("{recipient}: both now allow; the settlement of {day} still holds")
        if len(contradiction.allowed) > 1
        else _("{recipient}: one parent now allows; the settlement of {day} still holds")
    )
    return words.format(recipient=recipient_words(recipient), day=show_date(contradiction.settled))


def _choice_words(choice: Choice) -> str:
    if choice.contact_id == SETTLED:
        return _("Settled as restricted on {day}.").format(day=show_date(choice.on))
    words = _("{who} restricted it on {day}.") if choice.choice == RESTRICT else _("{who} allowed it on {day}.")
    return words.format(who=choice.giver or _("Someone not named"), day=show_date(choice.on))


def _lines(wishes: Mapping[str, Wish], recipients_asked: Collection[str]) -> list[str]:
    """One line a person: what they said about each recipient, or how far the asking has come."""
    givers = [wish.givers for wish in wishes.values()]
    return [_line(dict(zip(wishes, person_givers, strict=True)), recipients_asked) for person_givers in zip(*givers, strict=True)]


def _line(giver_by_recipient: Mapping[str, Giver], recipients_asked: Collection[str]) -> str:
    first = next(iter(giver_by_recipient.values()))
    answers = [_answer(name, giver) for name, giver in giver_by_recipient.items() if giver.said is not None]
    silent = [giver for name, giver in giver_by_recipient.items() if giver.said is None and name in recipients_asked]
    if not answers and not silent:
        silent = [first]
    if silent:
        answers.append(_silent(silent[0], nothing_said=not answers))
    return _("{name}: {what}.").format(name=first.name, what="; ".join(answers))


def _answer(recipient: str, giver: Giver) -> str:
    assert giver.said is not None
    words = _("{recipient} restricted on {day}") if giver.said.choice == RESTRICT else _("{recipient} allowed on {day}")
    return words.format(recipient=begun_small(recipient_words(recipient)), day=show_date(giver.said.on))


def _silent(giver: Giver, *, nothing_said: bool) -> str:
    if giver.asked is None:
        return _("not asked yet") if nothing_said else _("nothing said about the rest")
    if giver.reminded is not None:
        return _("asked on {day}, reminded on {again}, no answer yet").format(day=show_date(giver.asked), again=show_date(giver.reminded))
    return _("asked on {day}, no answer yet").format(day=show_date(giver.asked))


def _lapsed_words(wishes: Mapping[str, Wish]) -> str:
    """What a parent said before the right passed, which counts no more."""
    sentences = [_choice_words(choice) for wish in wishes.values() for choice in wish.inactive]
    return " ".join([_("No longer counts, since the choice is the pupil’s own:"), *sentences]) if sentences else ""


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
