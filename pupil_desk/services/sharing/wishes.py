"""The timeline of a wish: who was asked, reminded and told, what was answered and by whom, and how it stands.

The answers themselves are choices (``sharing``). What is done about them is a step, kept in the transaction of the act that does it: a
form that is printed asks whoever it names, and asks again when it is printed again.
"""

import dataclasses
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import fold, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, problems_of, refuse, tidied
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import ASKED, PARENT, PUPIL, REMINDED, SETTLED, TAKEN_BACK, Choice, WishStep, standing_steps
from pupil_desk.domain.sharing.sharing import heard_recipients, youth_support_service
from pupil_desk.domain.sharing.wish import SaidOnRecord, Wish, may_give, names_one, wish_on
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.roles import Action
from pupil_desk.services.sharing import sharing
from pupil_desk.store.file.vault import Row
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import wish_steps


def wishes_of(desk: Desk, pupil_id: str, day: date | None = None) -> dict[str, Wish]:
    """How a pupil's wishes stand on a day, by recipient."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    record = sharing.SharingRecord.of(desk, pupil_id)
    return {name: record.wish(name, day or desk.today) for name in heard_recipients()}


def own_wish(pupil: Pupil, all_choices: Sequence[Choice], steps: Sequence[WishStep], day: date, by_record: Sequence[SaidOnRecord]) -> Wish:
    """The wish of a pupil of 16 or more about either recipient: ``holds`` is a word of theirs about any, ``inactive`` every word of a parent's."""
    by_recipient = [wish_on(pupil, (), (), all_choices, steps, recipient=name, day=day, by_record=by_record) for name in heard_recipients()]
    inactive = tuple(choice for wish in by_recipient for choice in wish.inactive)
    return dataclasses.replace(by_recipient[0], inactive=inactive, holds=next((wish.holds for wish in by_recipient if wish.holds), None))


# -- asking


def keep_asking(
    work: Work,
    pupil_id: str,
    contact_ids: Collection[str],
    *,
    wording: str = "",
    language: str = "en",
    form_id: str | None = None,
    day: date | None = None,
    channel: str = "form",
    note: str | None = None,
) -> None:
    """Within a transaction: these contacts (none: the pupil) are asked, or reminded where they were asked and are silent.

    Somebody who was asked or reminded on that day already is not told of again, unless by another printed form.
    """
    desk, day = work.desk, day or work.desk.today
    record = sharing.SharingRecord.of(desk, pupil_id)
    key = keep_wording(work, wording, language)
    names = {contact.id: contact.full_name for contact in record.contacts}
    steps = []
    for contact_id in contact_ids or (None,):
        last = _last_asking(record, contact_id)
        if last is not None and last.on >= day and (form_id is None or last.form_id == form_id):
            continue
        name = names.get(contact_id, "") if contact_id else record.pupil.legal_name
        steps.append(
            WishStep(
                id=new_id(),
                pupil_id=record.pupil.id,
                contact_id=contact_id,
                step=REMINDED if _silent(record, contact_id, day) else ASKED,
                by=PARENT if contact_id else PUPIL,
                asked=name,
                on=day,
                channel=channel,
                note=note,
                wording_id=key,
                form_id=form_id,
            )
        )
    wish_steps.add(desk.vault, steps, moment=work.stamp, actor=work.actor)


def _last_asking(record: sharing.SharingRecord, contact_id: str | None) -> WishStep | None:
    capacity = PARENT if contact_id else PUPIL
    askings = [s for s in standing_steps(record.steps) if s.contact_id == contact_id and s.by == capacity and s.step in (ASKED, REMINDED)]
    return askings[-1] if askings else None


def _silent(record: sharing.SharingRecord, contact_id: str | None, day: date) -> bool:
    """Whether this person was asked before, and has not answered about everything since."""
    recipients = sharing.asked_about(age_on(record.pupil.dob, day)) or (youth_support_service(),)
    givers = [giver for recipient in recipients for giver in record.wish(recipient.name, day).givers if giver.contact_id == contact_id]
    return any(giver.silent_since for giver in givers)


@dataclass(frozen=True, slots=True)
class Askee:
    """One person to be asked: a contact of a pupil, or the pupil (None)."""

    pupil_id: str
    contact_id: str | None


def record_asked(desk: Desk, people: Sequence[Askee], channel: str, day: date | None = None, note: str = "") -> Changed:
    """Record that people were asked or reminded otherwise than by a form printed here. Raises Refused for a day to come, NotAllowed."""
    day = day or desk.today
    if day > desk.today:
        refuse((Problem("on", "future_date", _("The day lies in the future. Enter the day on which it was done.")),))
    ids = tuple(dict.fromkeys(person.pupil_id for person in people))
    if not ids:
        return Changed.of()
    with desk.act(Action.RECORD_ASKED, "pupil", ids[0], channel) as work:
        for person in people:
            keep_asking(
                work, person.pupil_id, (person.contact_id,) if person.contact_id else (), day=day, channel=channel, note=tidy(note) or None
            )
        for pupil_id in ids[1:]:
            work.note(Action.RECORD_ASKED, "pupil", pupil_id, channel)
    return Changed.of("choice", ids=ids)


# -- answering


def strangers(desk: Desk, pupil_id: str) -> list[str]:
    """The names of givers on file who match no contact, each once: «not matched to a contact». Raises NotAllowed, WrongUse."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    record = sharing.SharingRecord.of(desk, pupil_id)
    names: dict[str, str] = {}
    for recipient in heard_recipients():
        for choice in record.wish(recipient, desk.today).strangers:
            names.setdefault(fold(choice.giver or ""), choice.giver or "")
    return list(names.values())


def check_giver(record: sharing.SharingRecord, contact_id: str | None, capacity: str) -> tuple[Problem, ...]:
    """What stands against a person giving a choice: no contact of the pupil's, no parental responsibility, an order."""
    if capacity == PUPIL:
        return ()
    contact = next((contact for contact in record.contacts if contact.id == contact_id), None)
    if contact is None:
        return (Problem("giver", "missing", _("Choose who said it: a contact with parental responsibility.")),)
    if not contact.parental_responsibility:
        return (
            Problem(
                "giver", "not_theirs_to_choose", _("This contact has no parental responsibility on file, so the choice is not theirs.")
            ),
        )
    if contact not in may_give(record.pupil, record.contacts, record.protections, date.min):
        return (
            Problem(
                "giver",
                "not_theirs_to_choose",
                _("An order or restriction is on file about this contact. Ask the data officer before you record it."),
            ),
        )
    return ()


def answer(
    desk: Desk, new_choices: Sequence[Choice], *, contact_id: str | None = None, known_as: str = "", evidence_id: str | None = None
) -> Changed:
    """Record what one person said at one time: a contact with parental responsibility, or from 16 the pupil (``contact_id`` None).

    ``known_as`` is a name on file that was matched to no contact until now, and is found to be this contact's: what was said under it
    is theirs from now on. Raises Refused, NotAllowed; WrongUse where it is on file already.
    """
    record = sharing.SharingRecord.of(desk, new_choices[0].pupil_id)
    full_choices = [full(record, choice, contact_id, known_as, evidence_id) for choice in new_choices]
    of_giver = [problem for choice in new_choices for problem in check_giver(record, contact_id, choice.by)]
    return sharing.record_choices(desk, full_choices, record=record, of_giver=of_giver)


def full(
    record: sharing.SharingRecord, choice: Choice, contact_id: str | None, known_as: str = "", evidence_id: str | None = None
) -> Choice:
    """A choice with all that is known of it: the giver by name and contact, the form and the wording that they were sent last."""
    contact = next((contact for contact in record.contacts if contact.id == contact_id), None)
    form = _last_asking(record, contact_id) if choice.channel == "form" else None
    return dataclasses.replace(
        choice,
        contact_id=contact.id if contact else None,
        evidence_id=evidence_id,
        giver=known_as or (_spelled(record, contact) if contact else record.pupil.legal_name),
        wording_id=choice.wording_id or (form.wording_id if form else None),
        form_id=choice.form_id or (form.form_id if form else None),
    )


def _spelled(record: sharing.SharingRecord, contact: Contact) -> str:
    """The contact's name as earlier words of theirs have it that a file brought, so that those are known as theirs; else as it is now.

    Where it is another contact's too, the relationship stands with it: what was said under the name alone may be either's.
    """
    if names_one(contact.full_name, record.contacts) != contact:
        return f"{contact.full_name} ({codelist('relationship').label_of(contact.relationship).lower()})"
    earlier = [
        choice.giver
        for choice in record.choices
        if choice.by == PARENT and choice.contact_id is None and names_one(choice.giver, record.contacts) == contact
    ]
    linked = {fold(choice.giver or "") for choice in record.choices if choice.contact_id == contact.id}
    return next((name for name in reversed(earlier) if name and fold(name) not in linked), contact.full_name)


def keep_wording(work: Work, text: str, language: str) -> str | None:
    """Within a transaction: keep the words that somebody was shown, once; their identity, None for no words."""
    return wish_steps.keep_wording(work.desk.vault, text, language, moment=work.stamp) if text else None


def keep_answer(work: Work, choice: Choice, *, contact_id: str | None, evidence_id: str | None = None) -> None:
    """Within a transaction: keep a checked answer that came back on a form."""
    record = sharing.SharingRecord.of(work.desk, choice.pupil_id)
    sharing.keep_choice(work, full(record, choice, contact_id, evidence_id=evidence_id))


# -- settling, and taking back


def settle(desk: Desk, step: WishStep) -> Changed:
    """Record how two parents' contradiction about one recipient was settled. Raises Refused, NotAllowed; WrongUse where there is none."""
    desk.require(Action.RECORD_CHOICE, "pupil", step.pupil_id)
    record = sharing.SharingRecord.of(desk, step.pupil_id)
    step = tidied(
        dataclasses.replace(
            step, id=new_id(), step=SETTLED, by=PARENT, settled_after=max((choice.seq for choice in record.choices), default=0)
        ),
        desk.today,
    )
    wish = record.wish(step.recipient or "", desk.today)
    if wish.contradiction is None:
        raise WrongUse(_("The parents do not contradict each other about this. There is nothing to settle."))
    problems = list(problems_of(step, desk.today))
    problems += [
        Problem(name, "missing", words)
        for name, words in (
            ("choice", _("Choose what holds from now on.")),
            ("settlement", _("Choose how it was settled.")),
            ("note", _("Say where the order or the agreement is kept.")),
        )
        if not getattr(step, name)
    ]
    if step.on > desk.today:
        problems.append(Problem("on", "future_date", _("The day lies in the future. Enter the day of the order or the agreement.")))
    elif step.on < max(choice.on for choice in (*wish.contradiction.restricted, *wish.contradiction.allowed)):
        problems.append(Problem("on", "too_early", _("One of the two words is later than this day. What settles them comes after both.")))
    refuse(tuple(problems))
    with desk.act(Action.RECORD_CHOICE, "pupil", step.pupil_id, f"settled {step.recipient} {step.settlement}") as work:
        wish_steps.add(desk.vault, [step], moment=work.stamp, actor=work.actor)
    return Changed.of("choice", ids=(step.pupil_id,))


def take_back(desk: Desk, step_id: str, reason: str) -> Changed:
    """Take back a step that was entered by mistake, with the reason; it stays readable. What settles two words needs who may settle.

    Raises Refused, NotAllowed; WrongUse where it counts no more.
    """
    step = wish_steps.get(desk.vault, step_id)
    standing = [past_step.id for past_step in standing_steps(wish_steps.of_pupil(desk.vault, step.pupil_id))] if step else []
    if step is None or step.id not in standing:
        raise WrongUse(_("That entry has been taken back already."))
    if not tidy(reason):
        refuse((Problem("note", "missing", _("Enter why it is taken back.")),))
    action = Action.RECORD_CHOICE if step.step == SETTLED else Action.RECORD_ASKED
    back = dataclasses.replace(
        step,
        id=new_id(),
        step=TAKEN_BACK,
        corrects=step.id,
        on=desk.today,
        note=tidy(reason),
        choice=None,
        settlement=None,
        settled_after=None,
    )
    with desk.act(action, "pupil", step.pupil_id, f"taken back: {step.step}") as work:
        wish_steps.add(desk.vault, [back], moment=work.stamp, actor=work.actor)
    return Changed.of("choice", ids=(step.pupil_id,))


# -- what happened


@dataclass(frozen=True, slots=True)
class Steps:
    """A pupil's steps with what is known of each: ``recordings`` when and by whom, ``why_back`` of those taken back the reason, ``shown`` the wordings."""

    steps: list[WishStep]
    recordings: Mapping[str, Row]
    why_back: Mapping[str, str]
    shown: Mapping[str, Row]


def steps_of(desk: Desk, pupil_id: str) -> Steps:
    """All that was done about a pupil's wishes, in the order of recording."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    steps = wish_steps.of_pupil(desk.vault, pupil_id)
    back = {step.corrects: step.note or "" for step in steps if step.step == TAKEN_BACK and step.corrects}
    recorded = {row["id"]: row for row in wish_steps.recordings(desk.vault, pupil_id)}
    return Steps([step for step in steps if step.step != TAKEN_BACK], recorded, back, wish_steps.wordings(desk.vault))
