"""The office's own sheet in front of a pile of papers for families, where some must be looked at before they go out (``guard``)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pupil_desk.documents.papers import office_sheet
from pupil_desk.services.guard import Guard

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document


def with_office_sheet(papers: "Sequence[tuple[str, Document]]", paper_guard: Guard) -> "list[Document]":
    """The documents of a pile, each with the identity of its pupil, led by the sheet for the office.

    There is none where nobody in the pile is protected, and none before the papers of one pupil alone: whoever prints those has just been asked
    about that very pupil.
    """
    from pupil_desk.documents.pdf.page import Document

    numbers = {guarded.pupil.id: guarded.pupil.ref for guarded in paper_guard.guarded}
    protected = [(place, numbers[pupil_id]) for place, (pupil_id, _document) in enumerate(papers, start=1) if pupil_id in numbers]
    documents = [document for _pupil_id, document in papers]
    if not protected or len({pupil_id for pupil_id, _document in papers}) < 2:
        return documents
    return [Document(office_sheet.story(protected), office_sheet.TITLE, stamp=""), *documents]
