"""The office's own sheet in front of a pile of papers for families, where some must be looked at before they go out (``guard``).

It says which of them, and names nobody: it may slip into an envelope by mistake. A pupil's number tells a family nothing, and why a paper is to be looked at stays on the screen.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Heading, Para
from pupil_desk.services.guard import Guard

if TYPE_CHECKING:
    from pupil_desk.documents.pdf.page import Document


TITLE = _("For the office: this sheet goes to nobody")


def sheet_blocks(papers: Sequence[tuple[int, str]]) -> list[Block]:
    """The sheet as blocks. ``papers`` are the places in the pile, from 1, of those to look at, with the number of the pupil each is about."""
    return [
        Heading(1, TITLE),
        Para(_("Before these go out, check the name and the address on each, and put them into their envelopes yourself:")),
        Bullets([_("paper {place}, pupil {number}").format(place=place, number=number) for place, number in papers]),
        Para(
            _(
                "Papers are counted from the one after this sheet; each begins on a sheet of its own. The pupils are on the screen by their numbers."
            )
        ),
        Para(_("Nothing on the papers themselves says this. Then shred this sheet.")),
    ]


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
    return [Document(sheet_blocks(protected), TITLE, stamp=""), *documents]
