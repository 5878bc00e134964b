"""Forms as files of their own in a folder, to be sent."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.guard import guard
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.paper_forms.kind import Variant
from pupil_desk.services.paper_forms.printing import FormBatch
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.papers.coded_forms import left_out_words
from pupil_desk.ui.kit.papers.paper import ask_if_protected

_FOLDER = "forms/folder"


def save_forms(owner: QWidget, context: Context, pupils: Sequence[Pupil], name: str, variant: Variant) -> None:
    """Ask for a folder, and save the forms of that name in it; whole or not at all, and on file as printed."""
    memory, desk = context.memory, context.desk
    guarded = guard(desk, {pupil.id for pupil in pupils}, "form", for_family=True)
    if not ask_if_protected(context.ask, guarded, _("Save them")):
        return
    start = memory.get(_FOLDER)
    folder = context.ask.folder(_("Where to save the forms"), Path(start) if isinstance(start, str) else None) if pupils else None
    if folder is None:
        return
    memory.keep(_FOLDER, str(folder))

    def work(job: Job) -> tuple[FormBatch, str]:
        from pupil_desk.services.saving import Saving, save_numbered

        batch = printing.make_forms(desk, name, pupils, variant=variant, progress=job.step)
        with Saving(folder) as saving:
            save_numbered(saving, desk, batch.forms, job.step)
        return batch, saving.words

    context.jobs.run(owner, work, lambda result: _say_saved(context, *result), title=_("Saving the forms"))


def _say_saved(context: Context, batch: FormBatch, sentence: str) -> None:
    if not batch.forms:
        context.banner.note(left_out_words(batch))
        return
    if batch.left_out or batch.in_english:
        context.banner.note(f"{sentence} {left_out_words(batch)}")
    else:
        context.banner.success(sentence)
    context.news.tell(Changed.of("paper_form", ids=tuple({numbered.form.pupil.id for numbered in batch.forms})))
