"""Undoing what was just confirmed of forms that came back: each answer counts no more, its paper is set aside, and the form waits again with its pages."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.papers.paper_form import FormStep, PaperForm
from pupil_desk.services import records
from pupil_desk.services.attachments import attachments
from pupil_desk.services.changes.undoing import Undoing
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.paper_forms.printing import KIND
from pupil_desk.services.paper_forms.reading import KIND as SCAN
from pupil_desk.services.roles import Action
from pupil_desk.store.rows import acts, several
from pupil_desk.store.tables import choices, consents, notice_editions, paper_forms, scans


@dataclass(frozen=True, slots=True)
class KeptForms:
    """What was confirmed, so that it can be undone at once: the act, and of each form its paper and its pages as they waited, each with its stack."""

    changed: Changed
    act: str
    papers: Mapping[str, str | None]
    pages: tuple[tuple[Mapping[str, Any], Mapping[str, Any]], ...]


def undo(desk: Desk, kept_forms: KeptForms) -> Changed:
    """Take back what an act kept of these forms, in one transaction: it stays readable with the reason. What was changed since stays.

    Raises NotAllowed; WrongUse where it was undone already, or a form is on file no more.
    """
    vault = desk.vault
    steps, forms = (
        paper_forms.steps(vault),
        [form for form_id in kept_forms.papers if (form := paper_forms.get(vault, form_id)) is not None],
    )
    if not forms or len(forms) < len(kept_forms.papers) or any(FormStep.BACK not in steps.get(form.id, ()) for form in forms):
        raise WrongUse(_("That cannot be undone any more. Look at the list again."))
    with desk.act(Action.UNDO, "pupil", forms[0].pupil_id, "forms that came back") as work:
        for form in forms[1:]:
            work.note(Action.UNDO, "pupil", form.pupil_id, "forms that came back")
        _take_answers_back(work, kept_forms, forms)
        rows = [row for row in acts.rows_of(vault, kept_forms.act) if row["kind"] != attachments.KIND]
        undone = Undoing(work).run(rows)
        for form in forms:
            _wait_again(work, form, kept_forms.papers[form.id])
        for page, batch in kept_forms.pages:
            if not scans.has_batch(vault, str(batch["id"])):
                scans.add_batch(vault, batch)
            scans.add_pages(vault, [page])
    return kept_forms.changed | undone.changed | Changed.of(KIND, SCAN, ids=tuple({form.pupil_id for form in forms}))


def _take_answers_back(work: Work, kept_forms: KeptForms, forms: list[PaperForm]) -> None:
    vault = work.desk.vault
    reversal = {"reason": _("Undone at once"), "moment": work.stamp, "actor": work.actor, "act": work.act}
    for choice in choices.of_act(vault, kept_forms.act):
        choices.take_back(vault, choice, **reversal)
    for event in consents.of_act(vault, kept_forms.act):
        consents.take_back(vault, event, **reversal)
    acknowledgements = notice_editions.acknowledgements_by_pupil(vault)
    for form in forms:
        for entry in acknowledgements[form.pupil_id]:
            if entry.form_id == form.id:
                notice_editions.take_acknowledgement_back(vault, entry, **reversal)


def _wait_again(work: Work, form: PaperForm, paper_id: str | None) -> None:
    vault, because = work.desk.vault, _("Undone at once")
    paper_forms.add_step(vault, form, FormStep.NOT_BACK, moment=work.stamp, actor=work.actor, because=because)
    paper = several.get(vault, Attachment, paper_id) if paper_id else None
    if paper is not None and paper.set_aside_on is None:
        records.change(work, paper, dataclasses.replace(paper, set_aside_on=work.desk.today, set_aside_because=because), source="form")
