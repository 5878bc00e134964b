"""To which entry of the record a paper belongs: a stay, a plan, a suspension, a contact."""

from collections.abc import Iterator
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.care.health import HealthItem, Medicine
from pupil_desk.domain.care.needs import CarePeriod, SenPeriod
from pupil_desk.domain.learning.next_steps import Destination, Learning
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.services.desk import Desk
from pupil_desk.services.plans.seeing import seen
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import several
from pupil_desk.store.tables import contacts, enrolments, plans, suspensions


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """An entry of a pupil's record that a paper can belong to, in words."""

    kind: str
    id: str
    words: str

    @property
    def key(self) -> str:
        """One text that names it among the pupil's."""
        return f"{self.kind}:{self.id}"


def entries(desk: Desk, pupil_id: str) -> list[LinkedEntry]:
    """The entries of a pupil's record that a paper can belong to, in the order of the record."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    return [*_stays_and_people(desk, pupil_id), *_needs_and_health(desk, pupil_id), *_what_came(desk, pupil_id)]


def words_of(paper: Attachment, entries: list[LinkedEntry]) -> str:
    """The entry that a paper belongs to, in words; empty for none."""
    if paper.about_kind is None:
        return ""
    words = (entry.words for entry in entries if (entry.kind, entry.id) == (paper.about_kind, paper.about_id))
    return next(words, _("An entry that is no longer on file, or not shown to your role"))


def _stays_and_people(desk: Desk, pupil_id: str) -> Iterator[LinkedEntry]:
    for stay in enrolments.of_pupil(desk.vault, pupil_id):
        since = _("Stay from {day}").format(day=short_date(stay.start_date)) if stay.start_date else _("Stay")
        yield LinkedEntry("enrolment", stay.id, since)
    for contact in contacts.of_pupil(desk.vault, pupil_id):
        yield LinkedEntry("contact", contact.id, _("Contact: {name}").format(name=contact.full_name))


def _needs_and_health(desk: Desk, pupil_id: str) -> Iterator[LinkedEntry]:
    vault = desk.vault
    for period in several.of_pupil(vault, SenPeriod, pupil_id):
        yield LinkedEntry("sen_period", period.id, codelist("sen_provision").label_of(period.provision))
    for care in several.of_pupil(vault, CarePeriod, pupil_id):
        yield LinkedEntry("care_period", care.id, codelist("care_kind").label_of(care.kind))
    for item in several.of_pupil(vault, HealthItem, pupil_id):
        yield LinkedEntry("health_item", item.id, _("Health: {what}").format(what=item.what))
    for medicine in several.of_pupil(vault, Medicine, pupil_id):
        yield LinkedEntry("medicine", medicine.id, _("Medicine: {name}").format(name=medicine.name))


def _what_came(desk: Desk, pupil_id: str) -> Iterator[LinkedEntry]:
    vault = desk.vault
    for plan in (plan_case.now for plan_case in seen(desk, plans.of_pupil(vault, pupil_id))):
        words = _("{kind}, first made on {day}").format(kind=codelist("plan_kind").label_of(plan.kind), day=short_date(plan.made_on))
        yield LinkedEntry("plan", plan.entry_id, words)
    for case in suspensions.of_pupil(vault, pupil_id):
        suspension = case.suspension
        words = _("{kind} from {day}").format(
            kind=codelist("exclusion_category").label_of(suspension.category), day=short_date(suspension.start)
        )
        yield LinkedEntry("suspension", suspension.decision, words)
    for learning in several.of_pupil(vault, Learning, pupil_id):
        yield LinkedEntry("learning", learning.id, _("Learning: {title}").format(title=learning.title))
    for place in several.of_pupil(vault, Destination, pupil_id):
        where = place.provider or codelist("activity").label_of(place.activity)
        yield LinkedEntry("destination", place.id, _("Next step: {where}").format(where=where))
