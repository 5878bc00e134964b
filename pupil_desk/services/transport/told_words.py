"""What a transport sheet says of one pupil, in words, with the items that stand on it and what is missing."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.clock import read_time
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.documents.transport.route_sheet import CarriedWay
from pupil_desk.domain.care.food_dangers import alerts_on_way_of, rescue_medicines
from pupil_desk.domain.care.health import NO_STEPS, HealthAnswer, HealthStanding, Medicine
from pupil_desk.domain.care.health_words import foods_in_words, read_words
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.protection import PaperKind, PaperVisibility, Protection, kept_at_the_office, visibility_on
from pupil_desk.domain.pupils.pupil import ADDRESS, Pupil
from pupil_desk.domain.register.attendance import WEEKDAYS, Session
from pupil_desk.domain.transport.home_words import tells_home
from pupil_desk.domain.transport.journey import Journey
from pupil_desk.domain.transport.receivers import BarredPeople, StrangerWords, WithheldWords, has_number, receivers_told, strangers
from pupil_desk.services.care.cards import CALLERS_IN_A_CELL, call_lines, reachable
from pupil_desk.services.care.health_answers import alert_words
from pupil_desk.services.consents.giving import GivingRule

_HOME = tuple(f"pupil.{name}" for name in ADDRESS)
_CONTACT = ("contact.surname", "contact.forename", "contact.relationship", "contact.phone", "contact.mobile")
_HEALTH = ("health_item.kind", "health_item.what", "health_item.severity", "health_item.emergency")
_MEDICINE = ("medicine.name", "medicine.dose", "medicine.taken", "medicine.stored")
_NOTES = "pupil.medical"
_ASK = _("Ask the office")
_ASK_FIRST = _("Ask the office before you let the pupil out")


@dataclass(slots=True, kw_only=True)
class PassengerFile:
    """One pupil on a route, with all from which the sheet is made. ``listed_name`` tells namesakes apart by their birthdays. ``items`` and ``remarks`` grow as it is made: the paths that it tells, and what is missing on it."""

    pupil: Pupil
    listed_name: str
    journeys: Sequence[Journey]
    contacts: Sequence[Contact]
    protections: Sequence[Protection]
    answer: HealthAnswer
    giving_rule: GivingRule
    allowed: Collection[str]
    today: date
    items: dict[str, None] = field(default_factory=dict)
    remarks: dict[str, None] = field(default_factory=dict)

    @property
    def shows_everything(self) -> bool:
        """Whether an address and numbers may stand on the sheet."""
        return visibility_on(PaperKind.TRANSPORT, self.protections) is PaperVisibility.EVERYTHING

    def may_tell(self, *paths: str) -> bool:
        """Whether the rule of sharing lets all of these items be told."""
        return set(paths) <= set(self.allowed)

    def tells(self, *paths: str) -> None:
        """Note that these items stand on the sheet."""
        self.items.update(dict.fromkeys(paths))

    def has_reason_against(self, text: str, *, several: bool = False) -> bool:
        """Whether words may not stand on the sheet, which is remarked: they may mean somebody whom an order names, or of a protected pupil tell a home or a number."""
        contact = BarredPeople.among(self.contacts, self.protections).meant_by(text, several=several)
        if contact is not None:
            reason = why_withheld(WithheldWords(text, contact))
        elif not self.shows_everything and tells_home(text, self.pupil, self.contacts):
            reason = _("it tells where somebody lives, of a pupil who is protected.")
        elif not self.shows_everything and has_number(text):
            reason = _("it has a telephone number, of a pupil who is protected.")
        else:
            return False
        self.remark(_("“{words}” does not stand on the sheet: {why}").format(words=text, why=reason))
        return True

    def remark(self, words: str) -> None:
        """Note for whoever prints it what is missing on the sheet."""
        self.remarks[_("{pupil}: {words}").format(pupil=self.pupil.full_name, words=words)] = None


def way_of(passenger: PassengerFile, journey: Journey, session: Session) -> CarriedWay:
    """The way here of a journey, or the way home."""
    is_home = session is Session.PM
    path = "set_down_time" if is_home else "pick_up_time"
    time = (getattr(journey, path) if passenger.may_tell(f"journey.{path}") else "") or ""
    passenger.tells("journey.route", "journey.days", *((f"journey.{path}",) if time else ()))
    return CarriedWay(
        time=read_time(time) or time,
        days=_days(passenger, journey, session),
        name=_name_with_sign(passenger),
        place=_place(passenger, journey, is_home=is_home),
        receivers=_receivers(passenger, journey) if is_home else "",
    )


def _name_with_sign(passenger: PassengerFile) -> str:
    """The name; beneath it where to look, of whoever has something that can become an emergency on the way: the table of it stands last."""
    if not passenger.may_tell(*_HEALTH) or not (alerts_on_way_of(passenger.answer) or rescue_medicines(passenger.answer)):
        return passenger.listed_name
    return _("{name}\nSee: In an emergency").format(name=passenger.listed_name)


def words_about(passenger: PassengerFile) -> tuple[str, str, str, str]:
    """The name, what to know on the way, what is grave of health, and whom to ring."""
    pupil = passenger.pupil
    passenger.tells("pupil.surname", "pupil.preferred_forename" if pupil.preferred_forename else "pupil.forename")
    if show_date(pupil.dob) in passenger.listed_name:
        passenger.tells("pupil.dob")
    return passenger.listed_name, _needs(passenger), _alerts(passenger), _callers(passenger)


def _days(passenger: PassengerFile, journey: Journey, session: Session) -> str:
    """«Mon, Tue», with the first day where it is still to come, and the last where there is one."""
    numbers = sorted(weekday for weekday, half in journey.sessions if half is session)
    names = [WEEKDAYS[number].capitalize() for number in numbers]
    words = _("{first}-{last}").format(first=names[0], last=names[-1]) if len(names) == len(WEEKDAYS) else ", ".join(names)
    if journey.start_date > passenger.today:
        passenger.tells("journey.start_date")
        words = _("{days}, from {day}").format(days=words, day=short_date(journey.start_date))
    if journey.end_date is not None:
        passenger.tells("journey.end_date")
        words = _("{days}, until {day}").format(days=words, day=short_date(journey.end_date))
    return words


def _place(passenger: PassengerFile, journey: Journey, *, is_home: bool) -> str:
    """The place that was agreed, or the address in the record; of a protected pupil no words that tell it, nor whom an order names."""
    path = "set_down" if is_home and journey.set_down else "pick_up"
    place = getattr(journey, path)
    if place and passenger.may_tell(f"journey.{path}") and not passenger.has_reason_against(place):
        passenger.tells(f"journey.{path}")
        return str(place)
    if passenger.shows_everything and passenger.pupil.address_lines and passenger.may_tell(*_HOME):
        passenger.tells(*(path for path, name in zip(_HOME, ADDRESS, strict=True) if getattr(passenger.pupil, name)))
        return ", ".join(passenger.pupil.address_lines)
    words = (
        _("no place stands on the sheet, and no address is in the record. Enter under Transport what was agreed.")
        if passenger.shows_everything
        else _("no place stands on the sheet. Enter in the record, under Transport, what was agreed; not the home, which is protected.")
    )
    passenger.remark(words)
    return _ASK


def _receivers(passenger: PassengerFile, journey: Journey) -> str:
    """Those who may receive the pupil of whom the sheet may tell; of the others that the office is asked."""
    if not (journey.receivers or "").strip():
        passenger.remark(_("it is not recorded who may receive the pupil at the door."))
        return _("Not recorded: ask the office before you let the pupil out")
    if not passenger.may_tell("journey.receivers"):
        return _ASK_FIRST
    told_lines, withheld = receivers_told(journey.receivers, passenger.contacts, passenger.protections)
    for row in withheld:
        passenger.remark(_("“{words}” does not stand on the sheet: {why}").format(words=row.words, why=why_withheld(row)))
    for stranger in strangers("\n".join(told_lines), passenger.contacts):
        passenger.remark(words_of_stranger(stranger))
    shown_lines = [line for line in told_lines if not passenger.has_reason_against(line, several=True)]
    if shown_lines:
        passenger.tells("journey.receivers")
    if not shown_lines:
        return _ASK_FIRST
    return "\n".join([*shown_lines, *([_("Anybody else: ask the office")] if withheld or shown_lines != told_lines else [])])


def words_of_stranger(stranger: StrangerWords) -> str:
    """That somebody may receive a pupil who is not among the contacts, and what to do: a sentence for whoever enters or prints it."""
    if stranger.is_said:
        return _("“{words}” may receive the pupil and is not among the contacts. Ask the family whether that still holds.").format(
            words=stranger.words
        )
    words = _(
        "“{words}” is nobody of the contacts. Choose whoever is meant from the contacts, or write name and relation, such as “Jean Holt, neighbour”."
    )
    return words.format(words=stranger.words)


def why_withheld(row: WithheldWords) -> str:
    """Why words do not stand on a sheet, and what to do: a sentence for whoever makes it."""
    if row.is_unknown:
        return _(
            "it may mean somebody who is not among the contacts, and an order or restriction is in force. Enter that person under Contacts, or write name and relation, such as “Jean Holt, neighbour”, on a line of its own."
        )
    if row.barred is None:
        return _("an order or restriction is in force, and whom it names is not entered. Set it anew, of that contact.")
    words = _("it may mean {contact}, whom an order or restriction names. Write others with forename and surname, as their contact has it.")
    return words.format(contact=row.barred.full_name)


def _needs(passenger: PassengerFile) -> str:
    """What the driver must know, line by line; not what tells a protected address or speaks of somebody whom an order names."""
    typed_lines = dict.fromkeys(line for journey in passenger.journeys for line in (journey.needs or "").splitlines() if line.strip())
    if not typed_lines or not passenger.may_tell("journey.needs"):
        return ""
    lines = [line for line in typed_lines if not passenger.has_reason_against(line)]
    if lines:
        passenger.tells("journey.needs")
    return "\n".join([*lines, *([_("More is recorded: ask the office")] if len(lines) < len(typed_lines) else [])])


def _alerts(passenger: PassengerFile) -> str:
    """What whoever drives must know of health, with what to do first; where nothing is, whether anybody has said so. What is in doubt is shown."""
    if not passenger.may_tell(*_HEALTH):
        return kept_at_the_office()
    answer, alerts = passenger.answer, alerts_on_way_of(passenger.answer)
    if alerts:
        passenger.tells(*_HEALTH)
    medicines = {medicine.id: _medicine_words(passenger, medicine, has_steps=bool(alerts)) for medicine in rescue_medicines(answer)}
    given_ids = {medicine.id for medicine in answer.medicines if passenger.giving_rule.may_be_given(medicine)}
    lines = [words for medicine_id, words in medicines.items() if medicine_id not in given_ids]  # before the steps that say to give it
    lines += [alert_words(item, passenger.giving_rule.steps(item, answer)) for item in alerts]
    lines += [words for medicine_id, words in medicines.items() if medicine_id in given_ids]
    if answer.notes:
        lines.append(_notes_words(passenger))
    if not lines:
        if answer.standing is HealthStanding.NONE_SAID:
            return _("Nothing known")
        return _("Nothing grave is recorded, more is: ask the office") if answer.held else _("Nobody has said: ask the office")
    if len(alerts) < len(answer.items) or len(medicines) < len(answer.medicines):
        lines.append(_("More is recorded of health: ask the office"))
    return "\n".join(lines)


def _medicine_words(passenger: PassengerFile, medicine: Medicine, *, has_steps: bool) -> str:
    """A medicine for an emergency, with its dose, when it is given and where it is kept, or that it may not be given, and not why; what holds of everybody, where nothing says what to do."""
    steps = "" if has_steps else NO_STEPS
    if not passenger.giving_rule.may_be_given(medicine):
        steps = _("Do not give it unless 999 says so: call 999 at once. {steps}").format(steps=steps)
    if not passenger.may_tell(*_MEDICINE):
        return _("A medicine for an emergency is held: ask the office before you drive. {steps}").format(steps=steps).strip()
    passenger.tells(*_MEDICINE)
    words = _("Medicine for an emergency: {name}, {dose}, given: {taken}. Kept: {place}. {steps}")
    place = begun_small(medicine.stored) if medicine.stored else _("not recorded, ask the office")
    facts = {"name": medicine.name, "dose": medicine.dose, "taken": begun_small(medicine.taken), "place": place, "steps": steps}
    return words.format(**facts).strip()


def _notes_words(passenger: PassengerFile) -> str:
    """That there are medical notes; of which food, allergy or emergency they speak, but no more of them."""
    notes, may_tell = read_words(passenger.answer.notes), passenger.may_tell(_NOTES)
    if not may_tell or not (notes.tells_allergy or notes.tells_emergency or notes.foods):
        return _("Medical notes are held: ask the office")
    passenger.tells(_NOTES)
    if not notes.tells_allergy and not notes.tells_emergency:
        return _("Medical notes speak of {foods}: ask the office").format(foods=foods_in_words(notes.foods))
    words = foods_in_words(notes.foods) or (_("an allergy") if notes.tells_allergy else _("what may be an emergency"))
    return _("Medical notes speak of {foods}: ask the office. {steps}").format(foods=words, steps=NO_STEPS)


def _callers(passenger: PassengerFile) -> str:
    if not passenger.may_tell(*_CONTACT):
        return _ASK
    to_ring = reachable(passenger.contacts, passenger.protections)
    if not to_ring:
        passenger.remark(_("nobody of the family stands on the sheet who can be rung."))
        return _("Nobody is entered who can be rung: ask the office")
    if passenger.shows_everything:
        in_cell = to_ring[:CALLERS_IN_A_CELL]
        passenger.tells(*(path for path in _CONTACT if any(getattr(contact, path.removeprefix("contact.")) for contact in in_cell)))
    return call_lines(PaperKind.TRANSPORT, passenger.contacts, passenger.protections)
