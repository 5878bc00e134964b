"""What a family wrote by hand on a data-check slip, typed by whoever confirms it: each item is checked by its own rules, and kept with what is confirmed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import item_named
from pupil_desk.domain.catalogue.validation import Problem, problems_of, tidied
from pupil_desk.domain.papers.paper_form import PaperForm
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.details_check import WRONG, Correction
from pupil_desk.domain.pupils.pupil import Pupil, address_differs
from pupil_desk.services import records
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.many.data_check import items_by_part
from pupil_desk.services.paper_forms.kind import FormReply
from pupil_desk.services.paper_forms.since_printed import SLIP
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import differences
from pupil_desk.store.tables import contacts


@dataclass(frozen=True, slots=True)
class SlipPart:
    """One part of a slip: its title, the record whose items it shows, as it is on file, and the names of those."""

    title: str
    record: Pupil | Contact
    items: tuple[str, ...]


def parts(
    form: PaperForm, pupil: Pupil, addressees: Collection[tuple[str, str]], contacts_of_pupil: Sequence[Contact]
) -> tuple[SlipPart, ...]:
    """The parts of a slip that waits, of those whom it asks and who are still on file; none of another form, or where nobody asked is."""
    contact_ids = {contact_id for contact_id, _name in addressees}
    household = [contact for contact in contacts_of_pupil if contact.id in contact_ids]
    if form.form_kind != SLIP or (contact_ids and not household):
        return ()
    return tuple(SlipPart(title, record, tuple(item.name for item in items)) for title, record, items in items_by_part(pupil, household))


def problems(desk: Desk, reply: FormReply, answer: str) -> tuple[Problem, ...]:
    """What stands against keeping what was typed of a slip that answers so. Nothing of it is kept while anything does."""
    handwriting = reply.handwriting
    if not handwriting:
        return ()
    if answer != WRONG:
        return (
            Problem(
                "answers", "nothing_wrong", _("Corrections are typed, but not that something is wrong. Choose that, or take them away.")
            ),
        )
    if not reply.is_signed and handwriting.corrections:
        words = _("Nobody has signed it, and the slip says that you ask first. Take away what you typed: the corrections then wait.")
        return (Problem("giver", "not_signed", words),)
    return tuple(problem for correction in handwriting.corrections for problem in _changed_since(desk, reply, correction)) or tuple(
        problem for old, new in _corrected(desk, reply) for problem in _problems_of(desk, old, new)
    )


def keep(work: Work, reply: FormReply) -> frozenset[str]:
    """Within a transaction: keep each record as corrected; the kinds of record changed."""
    kinds: set[str] = set()
    for old, new in _corrected(work.desk, reply):
        names = ", ".join(differences(old, new))
        if isinstance(old, Pupil):
            pupils.keep_pupil(work, old, new, source="form")
            if reply.handwriting.move and address_differs(old, new):
                pupils.keep_move(work, old, reply.handwriting.move)
            work.note(Action.EDIT_RECORD, "pupil", reply.pupil_id, names)
        else:
            records.change(work, old, new, source="form")
            work.note(Action.EDIT_RECORD, "pupil", reply.pupil_id, "contact: " + names)
            kinds.add("contact")
    return frozenset(kinds)


def _on_file(desk: Desk, reply: FormReply) -> dict[str, Pupil | Contact]:
    """The records that the slip shows, by identity."""
    household = (contact for contact in contacts.of_pupil(desk.vault, reply.pupil_id) if contact.id in reply.contact_ids)
    pupil = pupils.pupil_of(desk.vault, reply.pupil_id)
    return {pupil.id: pupil} | {contact.id: contact for contact in household}


def _changed_since(desk: Desk, reply: FormReply, correction: Correction) -> Iterator[Problem]:
    """That the file says something else than what whoever typed had in front of them."""
    record = _on_file(desk, reply).get(correction.record_id)
    if record is None:
        yield Problem(
            correction.item, "not_on_file", _("A contact for whom a correction is typed is no longer on file. Look at the form again.")
        )
    elif getattr(record, correction.item) != correction.before:
        label = item_named(type(record), correction.item).label
        words = _("{label} was changed on file meanwhile. Look at it again.").format(label=label)
        yield Problem(correction.item, "changed_meanwhile", words)


def _corrected(desk: Desk, reply: FormReply) -> Iterator[tuple[Any, Any]]:
    """Each record that is otherwise with what was typed, as it is and as it is to be."""
    for record_id, old in _on_file(desk, reply).items():
        values = {correction.item: correction.after for correction in reply.handwriting.corrections if correction.record_id == record_id}
        new = tidied(replace(old, **values), desk.today) if values else old
        if differences(old, new):
            yield old, new


def _problems_of(desk: Desk, old: Any, new: Any) -> Sequence[Problem]:
    names = differences(old, new)
    return pupils.problems_to_save(desk, new, names) if isinstance(new, Pupil) else tuple(problems_of(new, desk.today, names))
