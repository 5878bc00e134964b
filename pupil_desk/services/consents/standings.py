"""How consents stand: of one pupil, of everyone for one type or occasion, and who has one in force. Worked out each time, never kept.

A yes that was typed or imported with a medicine («Agreed to by», «Agreed on») is read from there; all else that was said of it is an event.
"""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import Medicine
from pupil_desk.domain.consents.case import ConsentCase, ConsentStatus, ResponsibilityHolder, Verdict, said_of
from pupil_desk.domain.consents.consent import OF_MEDICINE, OF_OCCASION, REQUEST, Competence, ConsentEvent, ConsentType, Occasion
from pupil_desk.domain.consents.rule import judged_on, standing
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment, has_left, on_roll
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import Term
from pupil_desk.services.consents import occasions, types
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import consents as store
from pupil_desk.store.tables import contacts, enrolments, protections, pupils, settings


@dataclass(frozen=True, slots=True, kw_only=True)
class PupilConsent:
    """How one consent stands of one pupil. ``use`` is its key, empty where there is one question; ``medicine`` names one of the pupil's.

    ``was_given``: there was a yes at some time, so that something is to be done when it ends.
    """

    pupil: Pupil
    type: ConsentType
    verdict: Verdict
    use: str = ""
    occasion: Occasion | None = None
    medicine: Medicine | None = None
    protected: bool = False
    was_given: bool = False

    @property
    def subject_words(self) -> str:
        """The words of the use, the occasion or the medicine; empty for a type with one question."""
        if self.occasion is not None:
            return self.occasion.name
        if self.medicine is not None:
            return self.medicine.name
        return self.type.use_words(self.use) if self.use else ""

    @property
    def title(self) -> str:
        """The type, and what it is about, in a line."""
        return _("{type}: {what}").format(type=self.type.name, what=self.subject_words) if self.subject_words else self.type.name

    @property
    def short_title(self) -> str:
        """What tells it from the others first: «On our website (Photographs and videos)»."""
        if not self.subject_words:
            return self.type.name
        return _("{what} ({type})").format(what=capital(self.subject_words), type=self.type.name)

    @property
    def id(self) -> str:
        """What names it among those of one pupil."""
        subject_id = self.occasion.occasion_id if self.occasion else self.medicine.id if self.medicine else ""
        return f"{self.type.consent_type}|{subject_id}|{self.use}"


@dataclass(frozen=True, slots=True)
class _ConsentRecords:
    """What the rule needs of pupils, read once for all who are asked about."""

    contacts: Mapping[str, Sequence[Contact]]
    stays: Mapping[str, Sequence[Enrolment]]
    protected: Mapping[str, Sequence[Protection]]
    events: Mapping[str, Sequence[ConsentEvent]]
    competences: Mapping[str, Sequence[Competence]]
    medicines: Mapping[str, Sequence[Medicine]]
    changed: Mapping[str, date]
    asked_anew: Mapping[str, occasions.AskedAnew]
    terms: Sequence[Term]

    @classmethod
    def of_pupil(cls, desk: Desk, pupil: Pupil, day: date) -> "_ConsentRecords":
        vault, key = desk.vault, pupil.id
        return cls(
            contacts={key: contacts.of_pupil(vault, key)},
            stays={key: enrolments.of_pupil(vault, key)},
            protected={key: protections.of_pupil(vault, key, day, desk.today)},
            events={key: store.of_pupil(vault, key)},
            competences={key: store.found_of(vault, key)},
            medicines={key: several.of_pupil(vault, Medicine, key)},
            changed=store.medicines_changed(vault, key),
            asked_anew=occasions.asked_anew(desk),
            terms=settings.terms(vault),
        )

    @classmethod
    def of_everyone(cls, desk: Desk, day: date, *, consent_type: str = "", with_medicines: bool = True) -> "_ConsentRecords":
        """Of all pupils; the events of one type alone, where one is given."""
        vault = desk.vault
        return cls(
            contacts=contacts.by_pupil(vault),
            stays=enrolments.by_pupil(vault),
            protected=protections.by_pupil(vault, day, desk.today),
            events=store.of_type(vault, consent_type) if consent_type else store.by_pupil(vault),
            competences=store.found_by_pupil(vault),
            medicines=several.by_pupil(vault, Medicine) if with_medicines else {},
            changed=store.medicines_changed(vault) if with_medicines else {},
            asked_anew=occasions.asked_anew(desk),
            terms=settings.terms(vault),
        )

    def case(
        self, pupil: Pupil, consent_type: ConsentType, occasion: Occasion | None = None, medicine: Medicine | None = None
    ) -> ConsentCase:
        """The case of one consent."""
        barred = {protection.contact_id for protection in self.protected.get(pupil.id, ()) if protection.kind == ORDER}
        people = self.contacts.get(pupil.id, ())
        events = [event for event in self.events.get(pupil.id, ()) if event.consent_type == consent_type.consent_type]
        changed, outdated = None, self.changed
        if occasion is not None:
            events = [event for event in events if event.occasion_id == occasion.occasion_id]
            if anew := self.asked_anew.get(occasion.occasion_id):
                changed, outdated = anew.day, {event.id: anew.day for event in events if event.occasion_edition in anew.before}
        elif medicine is not None:
            events = said_of(medicine, events, consent_type, people, pupil)
        return ConsentCase(
            dob=pupil.dob,
            holders=tuple(
                ResponsibilityHolder(contact.id, contact.full_name, contact.id in barred)
                for contact in people
                if contact.parental_responsibility
            ),
            said=events,
            found=[competence for competence in self.competences.get(pupil.id, ()) if competence.consent_type == consent_type.consent_type],
            stays=self.stays.get(pupil.id, ()),
            occasion=occasion,
            changed_on=changed,
            outdated=outdated,
            given_until=medicine.end_date if medicine else None,
            terms=self.terms,
        )

    def stands(
        self, pupil: Pupil, consent_type: ConsentType, day: date, *, occasion: Occasion | None = None, medicine: Medicine | None = None
    ) -> list[PupilConsent]:
        """How it stands, use by use."""
        case, protected = self.case(pupil, consent_type, occasion, medicine), bool(self.protected.get(pupil.id))
        medicine_id = medicine.id if medicine else ""
        return [
            PupilConsent(
                pupil=pupil,
                type=consent_type,
                verdict=standing(consent_type, case, day, use or medicine_id),
                use=use,
                occasion=occasion,
                medicine=medicine,
                protected=protected,
                was_given=case.was_given(use or medicine_id),
            )
            for use in consent_type.use_keys
        ]

    def all_of(
        self, pupil: Pupil, consent_type: ConsentType, day: date, coming: Iterable[Occasion], lists: Mapping[str, Collection[str]]
    ) -> list[PupilConsent]:
        """How a type stands: of each occasion to come on whose list the pupil is, of each medicine that is given, or of the pupil."""
        if consent_type.per == OF_OCCASION:
            return [
                row
                for occasion in coming
                if occasion.consent_type == consent_type.consent_type and pupil.id in lists.get(occasion.occasion_id, ())
                for row in self.stands(pupil, consent_type, judged_on(day, occasion), occasion=occasion)
            ]
        if consent_type.per == OF_MEDICINE:
            return [
                row
                for medicine in _medicines_given(self.medicines.get(pupil.id, ()), day)
                for row in self.stands(pupil, consent_type, day, medicine=medicine)
            ]
        return self.stands(pupil, consent_type, day)


@dataclass(frozen=True)
class OpenConsents:
    """A pupil on roll, and how many consents are open. They are judged when first asked for: of a long list a person sees a few lines."""

    pupil: Pupil
    judge: Callable[[], list[PupilConsent]] = field(repr=False, compare=False)

    @cached_property
    def _verdicts(self) -> list[Verdict]:
        return [row.verdict for row in self.judge()]

    @property
    def waiting(self) -> int:
        """How many were asked for without a reply, or have lapsed."""
        return sum(bool(verdict.missing) for verdict in self._verdicts if verdict.standing is not ConsentStatus.NOT_ASKED)

    @property
    def unasked(self) -> int:
        """How many were never asked for."""
        return sum(verdict.standing is ConsentStatus.NOT_ASKED for verdict in self._verdicts)


def open_of_everyone(desk: Desk, day: date | None = None) -> list[OpenConsents]:
    """Everyone on roll by name, with how many consents are open. Nobody is asked for a request, so that none is open."""
    desk.require(Action.READ_RECORD)
    return [*desk.remember("open consents", lambda: _open_of_everyone(desk, day or desk.today), day or desk.today)]


def _open_of_everyone(desk: Desk, day: date) -> list[OpenConsents]:
    records, lists = _ConsentRecords.of_everyone(desk, day), store.invited(desk.vault)
    coming = [occasion for occasion in occasions.occasions(desk) if not occasion.over(day)]
    asked_types = [consent_type for consent_type in types.types(desk) if consent_type.basis != REQUEST]

    def judged(pupil: Pupil) -> list[PupilConsent]:
        return [row for consent_type in asked_types for row in records.all_of(pupil, consent_type, day, coming, lists)]

    return [
        OpenConsents(pupil, partial(judged, pupil))
        for pupil in pupils.all_pupils(desk.vault)
        if on_roll(records.stays.get(pupil.id, ()), day)
    ]


def of_pupil(desk: Desk, pupil_id: str, day: date | None = None) -> list[PupilConsent]:
    """How every consent of one pupil stands: type by type, use by use, each occasion that is not over, each medicine that is given."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    day, pupil = day or desk.today, pupil_of(desk.vault, pupil_id)
    records, rows = _ConsentRecords.of_pupil(desk, pupil, day), list[PupilConsent]()
    lists = store.invited(desk.vault)
    coming = [occasion for occasion in occasions.occasions(desk) if not occasion.over(day)]
    for consent_type in types.types(desk):
        rows += records.all_of(pupil, consent_type, day, coming, lists)
    return rows


def changed_by(desk: Desk, competence: Competence) -> list[PupilConsent]:
    """Which consents would begin or cease to hold if this were found of a pupil, as they would then stand. Nothing is kept."""
    desk.require(Action.READ_RECORD, "pupil", competence.pupil_id)
    pupil, consent_type = pupil_of(desk.vault, competence.pupil_id), types.type_named(desk, competence.consent_type)
    now, coming = (
        _ConsentRecords.of_pupil(desk, pupil, desk.today),
        [occasion for occasion in occasions.occasions(desk) if not occasion.over(desk.today)],
    )
    earlier = now.competences[pupil.id]
    latest = dataclasses.replace(competence, seq=max((found.seq for found in earlier), default=0) + 1)
    then, lists = dataclasses.replace(now, competences={pupil.id: [*earlier, latest]}), store.invited(desk.vault)
    rows = zip(*(records.all_of(pupil, consent_type, desk.today, coming, lists) for records in (now, then)), strict=True)
    given = ConsentStatus.GIVEN
    return [after for before, after in rows if (before.verdict.standing is given) != (after.verdict.standing is given)]


def case_of(
    desk: Desk, pupil_id: str, consent_type: ConsentType, occasion: Occasion | None = None, medicine: Medicine | None = None
) -> ConsentCase:
    """What the rule is asked about one pupil and one consent. Raises WrongUse."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    return _ConsentRecords.of_pupil(desk, pupil, desk.today).case(pupil, consent_type, occasion, medicine)


def of_type(
    desk: Desk, key: str, day: date | None = None, *, among: Collection[str] | None = None, leavers_too: bool = False
) -> list[PupilConsent]:
    """How one type stands of all pupils on roll, by name: a line for each use, or for each medicine given. ``among`` narrows it to some pupils."""
    desk.require(Action.READ_RECORD)
    day, consent_type = day or desk.today, types.type_named(desk, key)
    if consent_type.per == OF_OCCASION:
        raise WrongUse(_("This consent is asked occasion by occasion. Choose one of them."))
    records = _ConsentRecords.of_everyone(desk, day, consent_type=key, with_medicines=consent_type.per == OF_MEDICINE)
    rows = list[PupilConsent]()
    for pupil in pupils.all_pupils(desk.vault):
        if (leavers_too or on_roll(records.stays.get(pupil.id, ()), day)) and (among is None or pupil.id in among):
            rows += records.all_of(pupil, consent_type, day, (), {})
    return rows


def of_occasion(desk: Desk, occasion_id: str, day: date | None = None, *, leavers_too: bool = False) -> list[PupilConsent]:
    """How the consent to an occasion stands of everyone on its list who has not left by then, by name; judged as ``judged_on`` says unless told."""
    desk.require(Action.READ_RECORD)
    occasion = occasions.occasion(desk, occasion_id)
    day = day or judged_on(desk.today, occasion)
    consent_type = types.type_named(desk, occasion.consent_type)
    records = _ConsentRecords.of_everyone(desk, day, consent_type=consent_type.consent_type, with_medicines=False)
    listed = pupils.some(desk.vault, store.invited(desk.vault).get(occasion_id, []))
    last_day = min(day, occasion.last_day or day)
    return [
        row
        for pupil in listed
        if leavers_too or not has_left(records.stays.get(pupil.id, ()), last_day)
        for row in records.stands(pupil, consent_type, day, occasion=occasion)
    ]


def verdicts(
    desk: Desk, key: str, day: date | None = None, *, use: str = "", occasion_id: str = "", leavers_too: bool = False
) -> dict[str, Verdict]:
    """How a consent stands on a day of each pupil on roll; one who is not on the list of the occasion is not there.

    ``use`` must be given where the type has several; ``occasion_id`` where it is asked occasion by occasion. Of several medicines the first that is no
    yes stands for all. Raises WrongUse.
    """
    consent_type = types.type_named(desk, key)
    if use not in consent_type.use_keys:
        raise WrongUse(
            _("This consent is asked use by use. There are: {uses}.").format(
                uses=", ".join(filter(None, consent_type.use_keys)) or _("none")
            )
        )
    if consent_type.per == OF_OCCASION:
        rows = of_occasion(desk, occasion_id, day, leavers_too=leavers_too)
    else:
        rows = of_type(desk, key, day, leavers_too=leavers_too)
    verdict_by_pupil: dict[str, Verdict] = {}
    for row in rows:
        if row.use == use and (row.pupil.id not in verdict_by_pupil or verdict_by_pupil[row.pupil.id].in_force):
            verdict_by_pupil[row.pupil.id] = row.verdict
    return verdict_by_pupil


def count_by_standing(rows: Iterable[PupilConsent]) -> dict[ConsentStatus, int]:
    """How many stand in each way, in the order of ``ConsentStatus``."""
    rows = list(rows)
    return {standing: number for standing in ConsentStatus if (number := sum(row.verdict.standing is standing for row in rows))}


def _medicines_given(medicines: Iterable[Medicine], day: date) -> list[Medicine]:
    return [medicine for medicine in medicines if medicine.end_date is None or medicine.end_date >= day]
