"""What became otherwise since a form was printed, for whoever confirms it: the paper speaks of that day, and the record of today."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, join_words
from pupil_desk.domain.catalogue.catalogue import every_item
from pupil_desk.domain.consents.consent import ANSWERS
from pupil_desk.domain.papers.paper_form import PaperForm
from pupil_desk.domain.pupils.enrolment import on_roll
from pupil_desk.domain.pupils.protection import ORDER
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.sharing.choice import SETTLED, standing_steps
from pupil_desk.services.consents.changed_since import changed_since
from pupil_desk.services.desk import Desk
from pupil_desk.services.many.data_check import items_possible
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import choices, consents, contacts, enrolments, paper_forms, protections, wish_steps

SLIP = "data-check"
"""The form that shows what is held, by its name: what was changed since then, nobody has looked at."""

CONSENT = "consent"
"""The form that asks for a consent."""

CHOICE = "sharing-choice"
"""The form that asks about sharing."""

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
            *self._of_words(form, pupil),
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

    def _of_words(self, form: PaperForm, pupil: Pupil) -> Iterator[str]:
        """What was said, or settled, of what a form asks about, and was recorded after it was printed: of one person's words the later day counts."""
        words_since = {CONSENT: self._consents_since, CHOICE: self._choices_since}.get(form.form_kind)
        for words, day in words_since(form, pupil, paper_forms.moment_of(self._desk.vault, form.id)) if words_since else ():
            yield _(
                "Recorded after this was printed: {words}, on {day}. Enter the day on which the form was signed: the later word counts."
            ).format(words=words, day=show_date(day))

    def _choices_since(self, _form: PaperForm, pupil: Pupil, printed_at: str) -> Iterator[tuple[str, date]]:
        vault = self._desk.vault
        late_ids = {row["id"] for table in (choices, wish_steps) for row in table.recordings(vault, pupil.id) if row["at"] > printed_at}
        if not late_ids:
            return
        words = _("“{choice}” about {recipient} ({who})")
        for choice in choices.of_pupil(vault, pupil.id):
            if choice.id in late_ids:
                yield words.format(**_choice_words(choice.choice, choice.recipient), who=choice.giver or _("no name")), choice.on
        for step in standing_steps(wish_steps.of_pupil(vault, pupil.id)):
            if step.id in late_ids and step.step == SETTLED:
                yield words.format(**_choice_words(step.choice, step.recipient), who=_("settled between the parents")), step.on

    def _consents_since(self, form: PaperForm, pupil: Pupil, printed_at: str) -> Iterator[tuple[str, date]]:
        vault, (type_key, _between, occasion_id) = self._desk.vault, form.subject.partition("/")
        late_ids = {row["id"] for row in consents.recordings(vault, pupil.id) if row["at"] > printed_at}
        uses_asked = {"", *(question["key"] for question in json.loads(form.questions))}
        for event in consents.of_pupil(vault, pupil.id) if late_ids else ():
            is_of_form = event.consent_type == type_key and (event.occasion_id or "") == occasion_id and event.use_key in uses_asked
            if event.id in late_ids and is_of_form and event.what in ANSWERS:
                answer = codelist("consent_step").label_of(event.what)
                yield _("“{answer}” ({who})").format(answer=answer, who=event.giver or _("no name")), event.on

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


def _choice_words(choice: str | None, recipient: str | None) -> dict[str, str]:
    return {"choice": codelist("choice").label_of(choice), "recipient": begun_small(codelist("choice_recipient").label_of(recipient))}


def _label_of(kind: str, item: str, shown_items: Mapping[str, str]) -> str:
    """What a change is of, as the slip shows it; empty for what is not on it."""
    if kind in _HEALTH:
        return _HEALTH[kind] if item in _SHOWN_OF_HEALTH else ""
    return shown_items.get(f"{kind}.{item}", "")
