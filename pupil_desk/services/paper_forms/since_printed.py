"""What became otherwise since a form was printed, for whoever confirms it: the paper speaks of that day, and the record of today."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.papers.paper_form import PaperForm
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents.changed_since import changed_since
from pupil_desk.services.desk import Desk
from pupil_desk.services.many.data_check import items_possible
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import contacts, enrolments, paper_forms, protections

SLIP = "data-check"
"""The form that shows what is held, by its name: what was changed since then, nobody has looked at."""

CONSENT = "consent"
"""The form that asks for a consent."""

_HEALTH: Mapping[str, str] = {
    "health_item": _("allergies, conditions and diet"),
    "medicine": _("medicines"),
    "health_none": _("that there is nothing to know"),
}
"""Records of the pupil's that the slip shows among the health: each in the words of its line."""
_SHOWN_OF_HEALTH = frozenset(
    {
        amendments.WHOLE,
        "start_date",
        "end_date",
        "kind",
        "what",
        "severity",
        "name",
        "dose",
        "taken",
        "stored",
        "said_by",
        "said_on",
        "channel",
    }
)
"""What of such a record changes its line: that it came or went, from when until when it holds, and its words."""


class SincePrinted:
    """What is asked of several forms that wait, read once for the pupils whom they are about."""

    def __init__(self, desk: Desk, pupil_ids: Collection[str]) -> None:
        vault = desk.vault
        self._desk = desk
        self.contacts_by_pupil = contacts.by_pupil(vault, pupil_ids)
        self._stays = enrolments.by_pupil(vault, list(pupil_ids))
        self._protections = protections.by_pupil(vault, desk.today)
        self._asked_counts = paper_forms.asked_counts(vault)

    def sentences(self, form: PaperForm, pupil: Pupil, addressees: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        """What a person is to look at before a form is confirmed: an order, that somebody is no contact any more, that the pupil has left, what was changed."""
        return (
            *self._of_contacts(form, pupil, addressees),
            *self._of_roll(pupil),
            *self._of_subject(form, pupil),
            *self._of_changes(form, pupil, addressees),
        )

    def _of_contacts(self, form: PaperForm, pupil: Pupil, addressees: Sequence[tuple[str, str]]) -> Iterator[str]:
        under_order = {protection.contact_id for protection in self._protections[pupil.id] if protection.kind == ORDER}
        for contact_id, name in addressees:
            if contact_id in under_order:
                yield _("{name} is under an order today. Look at Protections before you enter anything from this form.").format(name=name)
        contact_ids = {contact.id for contact in self.contacts_by_pupil[pupil.id]}
        known_count = sum(contact_id in contact_ids for contact_id, _name in addressees)
        if known_count < (asked_count := self._asked_counts.get(form.id, 0)):
            sentence = (
                _("{name} is no contact of this pupil any more.")
                if asked_count == 1
                else _("Of {name}, not everybody is a contact of this pupil any more.")
            )
            yield sentence.format(name=form.asked)

    def _of_roll(self, pupil: Pupil) -> Iterator[str]:
        stays, today = self._stays[pupil.id], self._desk.today
        last_day = max((stay.end_date for stay in stays if stay.end_date is not None), default=None)
        if last_day is not None and last_day <= today and not on_roll(stays, today):
            yield _("The pupil has left: {day} was the last day.").format(day=show_date(last_day))

    def _of_subject(self, form: PaperForm, pupil: Pupil) -> Iterator[str]:
        """What a consent form asks about, and that changed after it was printed."""
        if form.form_kind == CONSENT:
            changed_subjects = changed_since(self._desk, form.id, form.subject, pupil.id)
            asked_keys = [question["key"] for question in json.loads(form.questions)]
            for changed in (changed_subjects[key] for key in asked_keys if key in changed_subjects):
                yield _("{what} changed on {day}, after this was printed: a yes on this form does not count, a no does.").format(
                    what=changed.name, day=show_date(changed.day)
                )

    def _of_changes(self, form: PaperForm, pupil: Pupil, addressees: Sequence[tuple[str, str]]) -> Iterator[str]:
        """What a data-check slip showed, of the pupil and of those whom it asks, and what was changed after it was printed."""
        if form.form_kind != SLIP:
            return
        vault, items = self._desk.vault, every_item()
        shown_items = {path: begun_small(items[path].label) for path in items_possible() if path in items}
        printed_at, addressee_ids = paper_forms.moment_of(vault, form.id), {contact_id for contact_id, _name in addressees}
        labels = dict.fromkeys(
            label
            for row in amendments.of_pupil(vault, pupil.id)
            if row["at"] > printed_at and (row["kind"] != "contact" or row["record_id"] in addressee_ids)
            if (label := _label_of(row["kind"], row["item"], shown_items))
        )
        if labels:
            yield _("Changed here since it was printed, so that the paper shows something else: {labels}.").format(
                labels=join_words([*labels])
            )


def _label_of(kind: str, item: str, shown_items: Mapping[str, str]) -> str:
    """What a change is of, as the slip shows it; empty for what is not on it."""
    if kind in _HEALTH:
        return _HEALTH[kind] if item in _SHOWN_OF_HEALTH else ""
    return shown_items.get(f"{kind}.{item}", "")
