"""What is asked and said about consents: recorded one by one or for many at once, taken back with a reason, and who is competent.

A word on a signed form is the office's too to record; any other way is for who may record it (``Action.RECORD_CONSENT``).
"""

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from pupil_desk.basics.dates import birthday, show_date
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.text import fold, tidy, tidy_lines
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.consents.case import ConsentCase, Verdict
from pupil_desk.domain.consents.consent import (
    ANSWERS,
    ASKED,
    EXCUSED,
    GIVEN,
    OF_MEDICINE,
    OF_OCCASION,
    REMINDED,
    WITHDRAWN,
    Competence,
    ConsentEvent,
    ConsentType,
    Occasion,
)
from pupil_desk.domain.consents.rule import judged_on, pupil_decides, standing
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import PARENT, PUPIL
from pupil_desk.services.consents import beside_medicine, occasions, standings, types
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import consents as store
from pupil_desk.store.tables import contacts


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentEntry:
    """What is to be recorded of one pupil and one person: a step, for every use named (one empty key for all at once).

    ``giver`` is a contact's identity, or ``PUPIL``. ``wording_id`` is the edition that was shown, if it is not the present one,
    ``translation`` the version of the translation on a page beside it.
    """

    pupil_id: str
    consent_type: str
    step: str
    giver: str
    day: date
    channel: str | None = None
    uses: tuple[str, ...] = ("",)
    occasion_id: str | None = None
    medicine_id: str | None = None
    valid_to: date | None = None
    note: str | None = None
    evidence: str | None = None
    language: str | None = "en"
    wording_id: str | None = None
    translation: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """What was looked up and checked of a ``ConsentEntry``: its events, and the medicine that it is about."""

    entry: ConsentEntry
    pupil: Pupil
    type: ConsentType
    events: tuple[ConsentEvent, ...]
    medicine: Medicine | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def action(self) -> Action:
        """What a role must include to record it."""
        return action_for(self.entry.step, self.entry.channel)


def action_for(step: str, channel: str | None) -> Action:
    """What a role must include to record a step: asking, and an answer on a signed form, is the office's too."""
    on_form = step in (ASKED, REMINDED) or (step in ANSWERS and channel == "form")
    return Action.RECORD_FORM_CONSENT if on_form else Action.RECORD_CONSENT


def ready(desk: Desk, entry: ConsentEntry) -> CheckedEntry:
    """Look up and check what is to be recorded; nothing is kept. What is wrong stands in ``problems``. Raises WrongUse for what is not there."""
    desk.require(Action.READ_RECORD, "pupil", entry.pupil_id)
    pupil, consent_type = pupil_of(desk.vault, entry.pupil_id), types.type_named(desk, entry.consent_type)
    occasion = occasions.occasion(desk, entry.occasion_id) if entry.occasion_id else None
    medicine = _medicine(desk, pupil, entry.medicine_id)
    case = standings.case_of(desk, pupil.id, consent_type, occasion, medicine)
    giver = next((contact for contact in contacts.of_pupil(desk.vault, pupil.id) if contact.id == entry.giver), None)
    events = tuple(_event(entry, pupil, consent_type, giver, use, occasion=occasion, medicine=medicine) for use in entry.uses)
    problems = [problem for event in events for problem in problems_of(event, desk.today)]
    problems += _fits(desk, entry, pupil, consent_type, occasion, medicine=medicine)
    problems += _wrong(entry, consent_type, case, giver, desk.today)
    return CheckedEntry(
        entry, pupil, consent_type, events, medicine, problems=tuple({problem.message: problem for problem in problems}.values())
    )


def _medicine(desk: Desk, pupil: Pupil, medicine_id: str | None) -> Medicine | None:
    if medicine_id is None:
        return None
    return required(
        next((medicine for medicine in several.of_pupil(desk.vault, Medicine, pupil.id) if medicine.id == medicine_id), None),
        _("That medicine is no longer on file. Open the pupil again."),
    )


def _event(
    entry: ConsentEntry,
    pupil: Pupil,
    consent_type: ConsentType,
    giver: Contact | None,
    use: str,
    *,
    occasion: Occasion | None,
    medicine: Medicine | None,
) -> ConsentEvent:
    by_pupil = entry.giver == PUPIL
    asked_about = consent_type.about(use, occasion.name if occasion else medicine.name if medicine else "")
    return ConsentEvent(
        id=new_id(),
        pupil_id=pupil.id,
        consent_type=consent_type.consent_type,
        wording_id=entry.wording_id or consent_type.id,
        use_key=use or (medicine.id if medicine else ""),
        occasion_id=entry.occasion_id,
        occasion_edition=occasion.id if occasion else None,
        contact_id=None if by_pupil else entry.giver,
        evidence=entry.evidence,
        translation=entry.translation,
        asked_about=asked_about[:255],
        what=entry.step,
        by=PUPIL if by_pupil else PARENT,
        giver=pupil.legal_name if by_pupil else giver.full_name if giver else None,
        on=entry.day,
        channel=entry.channel,
        language=entry.language,
        valid_to=entry.valid_to,
        note=tidy_lines(entry.note or "") or None,
    )


def _fits(
    desk: Desk, entry: ConsentEntry, pupil: Pupil, consent_type: ConsentType, occasion: Occasion | None, *, medicine: Medicine | None
) -> list[Problem]:
    """Whether type, use, occasion and medicine belong together."""
    if consent_type.retired:
        return [Problem("what", "retired", _("This consent is no longer in use. Choose another."))]
    if (consent_type.per == OF_OCCASION) != (occasion is not None) or (
        occasion is not None and occasion.consent_type != consent_type.consent_type
    ):
        return [Problem("what", "no_occasion", _("Choose the trip, or the person or body, that it is about."))]
    if (consent_type.per == OF_MEDICINE) != (medicine is not None):
        return [Problem("what", "no_medicine", _("Choose the medicine that it is about."))]
    if any(use not in ("", *consent_type.use_keys) for use in entry.uses):
        return [Problem("what", "no_use", _("Choose one of the uses that are asked about."))]
    if occasion is not None and occasion.cancelled:
        return [Problem("what", "cancelled", _("It is cancelled. Plan a new one instead."))]
    if occasion is not None and pupil.id not in store.invited(desk.vault).get(occasion.occasion_id, ()):
        return [Problem("what", "not_listed", _("The pupil is not on its list. Put the pupil on it first."))]
    return []


def _wrong(entry: ConsentEntry, consent_type: ConsentType, case: ConsentCase, giver: Contact | None, today: date) -> Iterator[Problem]:
    """Who says it, when and how."""
    if entry.day > today:
        yield Problem("on", "future_date", _("The day lies in the future. Enter the day it was said or signed."))
    if entry.giver != PUPIL and (giver is None or not giver.parental_responsibility):
        yield Problem(
            "giver", "no_responsibility", _("Choose someone with parental responsibility. Enter it under Family first, if it is missing.")
        )
    elif entry.giver != PUPIL and entry.step in ANSWERS and pupil_decides(consent_type, case, entry.day):
        day = show_date(birthday(case.dob, consent_type.own_age))
        yield Problem("giver", "not_theirs_to_choose", _("From {day} it is the pupil’s own decision. Ask the pupil.").format(day=day))
    if entry.step in ANSWERS and not entry.channel:
        yield Problem("channel", "missing", _("Choose how it came."))
    if entry.step == EXCUSED and not tidy(entry.note or ""):
        yield Problem("note", "missing", _("Enter why this parent need not be asked, such as that they cannot be found."))
    if entry.step == EXCUSED and entry.giver == PUPIL:
        yield Problem("giver", "not_excused", _("Only a parent can be left unasked."))
    if entry.valid_to is not None and (entry.step != GIVEN or entry.valid_to < entry.day):
        yield Problem("valid_to", "bad_end", _("Only a yes has a last day, and it lies after the day it was given."))
    if entry.step == WITHDRAWN and not all(_gave(case, entry, use) for use in entry.uses):
        yield Problem("what", "nothing_given", _("There is no yes of theirs to take back. Record a no instead."))


def _gave(case: ConsentCase, entry: ConsentEntry, use: str) -> bool:
    """Whether the same person has said yes to a use, or with an empty one to any."""
    return any(
        event.what == GIVEN and event.giver_key == entry.giver and (not use or event.use_key in ("", use)) and event.on <= entry.day
        for event in case.said
    )


def record(desk: Desk, checked: Sequence[CheckedEntry]) -> Changed:
    """Record what was asked or said, of one pupil or of many, as ``ready`` has looked it up: all of it in one transaction, or none. Raises Refused,
    WrongUse, NotAllowed."""
    for entry in checked:
        desk.require(entry.action, "pupil", entry.pupil.id)
    refuse([problem for entry in checked for problem in entry.problems])
    _once(desk, checked)
    if not checked:
        return Changed.of()
    first, *other_rows = [(entry.action, entry.pupil.id, logged(entry)) for entry in checked]
    with desk.act(first[0], "pupil", first[1], first[2]) as work:
        for entry in checked:
            keep(work, entry)
        for action, pupil_id, reason in other_rows:
            work.note(action, "pupil", pupil_id, reason)
    kinds = {"consent"} | ({"pupil", "medicine"} if any(entry.medicine for entry in checked) else set())
    return Changed.of(*kinds, ids=tuple(dict.fromkeys(entry.pupil.id for entry in checked)))


def taken_back_by(recorded: Sequence[CheckedEntry]) -> list[tuple[str, str]]:
    """By pupil and identity what ``take_all_back`` needs to undo all of it."""
    return [(event.pupil_id, event.id) for entry in recorded for event in entry.events]


def logged(checked: CheckedEntry) -> str:
    """What the log says of it: which of our types, and that it was asked or answered; never the answer, nor the name of a type of the unit's own."""
    type_name = checked.type.consent_type if checked.type.consent_type in types.shipped() else "own type"
    return f"{type_name} {'answered' if checked.entry.step in ANSWERS else checked.entry.step}"


def after(desk: Desk, entry: ConsentEntry) -> Verdict:
    """How the consent would stand if this were said too, for the first use named. Nothing is kept."""
    checked = ready(desk, entry)
    event = checked.events[0]
    occasion = occasions.occasion(desk, entry.occasion_id) if entry.occasion_id else None
    case = standings.case_of(desk, entry.pupil_id, checked.type, occasion, checked.medicine)
    latest = dataclasses.replace(event, seq=max((earlier.seq for earlier in case.said), default=0) + 1)
    use = event.use_key or checked.type.use_keys[0]
    return standing(checked.type, dataclasses.replace(case, said=[*case.said, latest]), judged_on(desk.today, occasion), use)


def on_file(desk: Desk, checked: CheckedEntry) -> bool:
    """Whether any of it is on file already."""
    stored_keys = _stored_keys(desk, checked.pupil.id)
    return any(_event_key(event) in stored_keys for event in checked.events)


def _once(desk: Desk, checked: Iterable[CheckedEntry]) -> None:
    """Refuse what is on file already, whole. Asking twice on one day is asking once, too."""
    keys_by_pupil: dict[str, set[tuple[object, ...]]] = {}
    for entry in checked:
        if entry.pupil.id not in keys_by_pupil:
            keys_by_pupil[entry.pupil.id] = _stored_keys(desk, entry.pupil.id)
        on_file = keys_by_pupil[entry.pupil.id]
        for event in entry.events:
            if _event_key(event) in on_file:
                raise WrongUse(_("This is on file already. Nothing was added."))
            on_file.add(_event_key(event))


def _stored_keys(desk: Desk, pupil_id: str) -> set[tuple[object, ...]]:
    """What is on file of a pupil, but for a yes to a medicine that has changed since: the same may be said of it anew."""
    changed = store.medicines_changed(desk.vault, pupil_id)
    return {_event_key(event) for event in store.of_pupil(desk.vault, pupil_id) if event.on < changed.get(event.id, date.max)}


def _event_key(event: ConsentEvent) -> tuple[object, ...]:
    return (*_SAME(event), fold(event.note or ""))


_SAME = attrgetter("consent_type", "use_key", "occasion_id", "giver_key", "what", "on", "channel", "valid_to", "occasion_edition")


def keep(work: Work, checked: CheckedEntry) -> None:
    """Within a transaction: keep what was checked."""
    types.keep_edition(work, checked.type)
    for event in checked.events:
        store.add(work.desk.vault, "consent_event", event, moment=work.stamp, actor=work.actor, act=work.act)
        beside_medicine.show(work, checked.type, event)


def signers(desk: Desk, pupil: Pupil, consent_type: ConsentType, day: date, occasion: Occasion | None = None) -> list[tuple[str, str]]:
    """Who may sign a form about this consent: parents by identity and name, and the pupil where the pupil's word is needed."""
    case = standings.case_of(desk, pupil.id, consent_type)
    pupil_signer = [(PUPIL, _("{name} (the pupil)").format(name=pupil.full_name))]
    if pupil_decides(consent_type, case, judged_on(day, occasion)) or consent_type.parents == "none":
        return pupil_signer
    return [*((holder.id, holder.name) for holder in case.holders), *(pupil_signer if consent_type.pupil_too else [])]


def take_back(desk: Desk, pupil_id: str, event_id: str, reason: str) -> Changed:
    """Say that an event never was: it stays readable with the reason, and counts for nothing. Raises Refused, WrongUse, NotAllowed."""
    return take_all_back(desk, [(pupil_id, event_id)], reason)


def take_all_back(desk: Desk, entries: Sequence[tuple[str, str]], reason: str) -> Changed:
    """The same of several, each by pupil and identity, in one transaction."""
    events = [_counting(desk, pupil_id, event_id) for pupil_id, event_id in entries]
    for event in events:
        desk.require(action_for(event.what, event.channel), "pupil", event.pupil_id)
    refuse(() if tidy(reason) else (Problem("reason", "missing", _("Enter why it was entered by mistake.")),))
    first = events[0]
    with desk.act(action_for(first.what, first.channel), "pupil", first.pupil_id, "consent taken back") as work:
        for event in events:
            store.take_back(desk.vault, event, reason=tidy(reason), moment=work.stamp, actor=work.actor, act=work.act)
            beside_medicine.show_no_longer(work, event)
        for event in events[1:]:
            work.note(action_for(event.what, event.channel), "pupil", event.pupil_id, "consent taken back")
    return Changed.of("consent", "pupil", "medicine", ids=tuple({event.pupil_id for event in events}))


def _counting(desk: Desk, pupil_id: str, event_id: str) -> ConsentEvent:
    return required(
        next((event for event in store.of_pupil(desk.vault, pupil_id) if event.id == event_id), None),
        _("That entry is no longer on file, or was taken back already. Look again."),
    )


def find(desk: Desk, competence: Competence) -> Changed:
    """Record whether a pupil understands what a type asks, and what it was judged by. Raises Refused, WrongUse, NotAllowed."""
    desk.require(Action.RECORD_CONSENT, "pupil", competence.pupil_id)
    pupil, consent_type = pupil_of(desk.vault, competence.pupil_id), types.type_named(desk, competence.consent_type)
    competence = tidied(dataclasses.replace(competence, id=new_id(), pupil_id=pupil.id, asked_about=consent_type.name), desk.today)
    wrong = (
        (Problem("on", "future_date", _("The day lies in the future. Enter the day on which it was found.")),)
        if competence.on > desk.today
        else ()
    )
    refuse((*problems_of(competence, desk.today), *wrong))
    with desk.act(Action.RECORD_CONSENT, "pupil", pupil.id, "competence found") as work:
        keep_found(work, competence)
    return Changed.of("consent", ids=(pupil.id,))


def keep_found(work: Work, competence: Competence) -> None:
    """Within a transaction: keep what was found."""
    store.add(work.desk.vault, "consent_competence", competence, moment=work.stamp, actor=work.actor, act=work.act)
