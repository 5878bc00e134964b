"""The passing of the right: who comes of an age at which something changes, and the letter that tells the pupil at 16.

At 13 the youth support service may ask (Education and Skills Act 2008, sections 68 and 72); at 16 the choice is the pupil's own; at 18
parental responsibility ends (Children Act 1989, section 105: a child is under 18).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.rulefiles import rule_text
from pupil_desk.basics.words import _
from pupil_desk.documents.papers import letters
from pupil_desk.documents.papers.envelope import Envelope
from pupil_desk.documents.prose import Filling
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM, PASSED, PUPIL, Choice, WishStep, standing_steps
from pupil_desk.domain.sharing.sharing import YOUTH_SUPPORT_FROM, Rules
from pupil_desk.domain.sharing.wish import SaidOnRecord
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.households import HouseholdPaper
from pupil_desk.services.notices import notices
from pupil_desk.services.notices.notice_text import filling_of, youth_minimum_own
from pupil_desk.services.paper_forms.kind import whom_to_tell
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import wishes
from pupil_desk.services.sharing.unanswered import unanswered_words
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import cases, choices, enrolments, pupils
from pupil_desk.store.tables import wish_steps as store

OF_AGE = 18
AGES = (YOUTH_SUPPORT_FROM, OWN_WORD_FROM, OF_AGE)
AHEAD = timedelta(days=90)
_IN_PERSON = "in-person"
BACK = timedelta(days=90)  # how long one who turned 16 and was not told stays in the list


@dataclass(frozen=True, slots=True)
class ComingBirthday:
    """A pupil on roll who comes of an age, and the day. ``record_letter`` is the day of the letter at 16; ``inactive`` are the parents' words that end with it."""

    pupil: Pupil
    age: int
    day: date
    told_on: date | None = None
    inactive: tuple[Choice, ...] = ()

    @property
    def id(self) -> str:
        """What tells the line from others."""
        return f"{self.pupil.id} {self.age}"

    @property
    def to_tell(self) -> bool:
        """Whether the letter is still to go."""
        return self.age == OWN_WORD_FROM and self.told_on is None


def coming(desk: Desk) -> list[ComingBirthday]:
    """Who comes of age in the next 90 days, the earliest first; those who turned 16 in the last 90, and were neither told nor have chosen, first of all."""
    desk.require(Action.READ_RECORD)
    return [*desk.remember("coming of age", lambda: _coming(desk.vault, desk.today, desk.settings.rules))]


def _coming(vault: Vault, today: date, rules: Rules) -> list[ComingBirthday]:
    stays, choices_by_pupil, steps_by_pupil = enrolments.by_pupil(vault), choices.by_pupil(vault), store.by_pupil(vault)
    said_by_record = cases.said_by_record(vault, rules) if choices_by_pupil else {}
    birthdays = [
        coming_birthday
        for pupil in pupils.all_pupils(vault)
        if any(stay.on_roll(today) for stay in stays[pupil.id])
        for coming_birthday in of_pupil(
            pupil, today, choices_by_pupil[pupil.id], steps_by_pupil[pupil.id], said_by_record.get(pupil.id, ())
        )
    ]
    return sorted(birthdays, key=lambda coming_birthday: coming_birthday.day)


def of_pupil(
    pupil: Pupil, today: date, pupil_choices: Sequence[Choice], pupil_steps: Sequence[WishStep], by_record: Sequence[SaidOnRecord]
) -> Iterator[ComingBirthday]:
    """The birthdays of one pupil that stand in the list on a day."""
    for age in AGES:
        day = birthday(pupil.dob, age)
        if not today - BACK <= day <= today + AHEAD:
            continue
        if age != OWN_WORD_FROM:
            if day >= today:
                yield ComingBirthday(pupil, age, day)
            continue
        wish = wishes.own_wish(pupil, pupil_choices, pupil_steps, max(day, today), by_record)
        if day >= today or (wish.told is None and wish.holds is None):
            yield ComingBirthday(pupil, age, day, wish.told, wish.inactive)


# -- the letter


def letter(desk: Desk, pupil_id: str) -> HouseholdPaper:
    """The letter that tells a pupil that the choice is their own. Raises WrongUse for one who is not near 16, or has no address on file.

    Recorded by ``record_letter``.
    """
    desk.require(Action.PRINT_FORM, "pupil", pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    sixteenth = birthday(pupil.dob, OWN_WORD_FROM)
    if sixteenth > desk.today + AHEAD:
        raise WrongUse(
            _("The choice becomes the pupil’s own on {day}. The letter goes in the 90 days before.").format(day=show_date(sixteenth))
        )
    own_letter = next(
        addressed for addressed in notices.letters_of(desk, pupil.id, max(sixteenth, desk.today)).letters if not addressed.contacts
    )
    if not own_letter.address:
        raise WrongUse(_("No address is on file for this pupil. Add it to the details first."))
    envelope = Envelope.of(own_letter, desk.settings, desk.today)
    story = letters.own_choice_letter(_prose(), _filling(desk, pupil, sixteenth), envelope)
    return HouseholdPaper(own_letter, story, _("Your information, your choice"), f"own-choice-{pupil.ref}")


def _prose() -> str:
    return rule_text("words", "en", "own_choice.md")


def _filling(desk: Desk, pupil: Pupil, sixteenth: date) -> dict[str, Filling]:
    settings = desk.settings
    notice_filling = filling_of(settings, desk.today, desk.schedule)
    turn = (
        _("You will be 16 on {day}.")
        if sixteenth > desk.today
        else _("You are 16 today.")
        if sixteenth == desk.today
        else _("You turned 16 on {day}.")
    )
    return {
        "forename": pupil.preferred_forename or pupil.forename,
        "turn": turn.format(day=show_date(sixteenth)),
        "since": _("From today") if sixteenth == desk.today else _("From that day"),
        "unit": settings.name,
        "service": str(notice_filling["youth_service"]),
        "least": youth_minimum_own(settings),
        "silence": unanswered_words(settings.rules, youth_minimum_own(settings), by_pupil=True),
        "choices_contact": whom_to_tell(desk),
        "head": settings.head or _("Head of the unit"),
    }


def record_letter(desk: Desk, pupil_id: str) -> Changed:
    """Record that the letter was printed, with the words that it said: the pupil was told."""
    pupil = letter(desk, pupil_id).letter.pupil
    with desk.act(Action.PRINT_FORM, "pupil", pupil.id, "letter at 16") as work:
        _keep_told(work, pupil, "letter", wishes.keep_wording(work, _prose(), "en"))
    return Changed.of("choice", ids=(pupil.id,))


def told_in_person(desk: Desk, pupil_id: str) -> Changed:
    """Record that the pupil was told today by word of mouth. Raises WrongUse for one who is not near 16."""
    pupil = pupils.get(desk.vault, pupil_id)
    if pupil is None or birthday(pupil.dob, OWN_WORD_FROM) > desk.today + AHEAD:
        raise WrongUse(_("The choice is not this pupil’s own yet, nor in the next 90 days. Tell the pupil nearer to the birthday."))
    with desk.act(Action.RECORD_ASKED, "pupil", pupil.id, "told at 16") as work:
        _keep_told(work, pupil, _IN_PERSON, None)
    return Changed.of("choice", ids=(pupil.id,))


def undo_told(desk: Desk, pupil_id: str) -> Changed:
    """Take back at once that the pupil was told by word of mouth. Raises WrongUse where that does not stand."""
    steps_in_person = [
        step for step in standing_steps(store.of_pupil(desk.vault, pupil_id)) if (step.step, step.channel) == (PASSED, _IN_PERSON)
    ]
    if not steps_in_person:
        raise WrongUse(_("That the pupil was told does not stand any more. Look at the list again."))
    return wishes.take_back(desk, steps_in_person[-1].id, _("Undone at once"))


def _keep_told(work: Work, pupil: Pupil, channel: str, wording: str | None) -> None:
    step = WishStep(
        id=new_id(),
        pupil_id=pupil.id,
        step=PASSED,
        by=PUPIL,
        asked=pupil.legal_name,
        on=work.desk.today,
        channel=channel,
        wording_id=wording,
    )
    store.add(work.desk.vault, [step], moment=work.stamp, actor=work.actor)


def change_sentences(coming_birthday: ComingBirthday) -> tuple[str, ...]:
    """What changes on the day, a sentence each."""
    if coming_birthday.age == YOUTH_SUPPORT_FROM:
        return (
            _("From this day the law lets the youth support service ask about the pupil."),
            _("Give the privacy notice before it, and ask each parent: until the notice is given, it is told the minimum."),
        )
    if coming_birthday.age == OWN_WORD_FROM:
        ends = _("A parent’s choice on file ends with it.") if coming_birthday.inactive else _("No parent has chosen anything.")
        return (_("From this day the choice is the pupil’s own."), ends, _("Tell the pupil by letter, and give the form."))
    return (
        _("From this day the pupil is an adult, and nobody has parental responsibility any more."),
        _("Letters go to the pupil. Ask before anything is told to a parent."),
    )
