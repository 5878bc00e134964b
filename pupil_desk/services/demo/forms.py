"""Forms of the training unit that went out, and of which some came back: read by the same reader as a real scan."""

from dataclasses import replace

from pupil_desk.documents.blocks import Block, TickRow
from pupil_desk.documents.scans.scan_files import Scan
from pupil_desk.services.desk import Desk
from pupil_desk.services.paper_forms import printing, reading, sharing_choice, waiting
from pupil_desk.services.paper_forms.printing import NumberedForm
from pupil_desk.services.paper_forms.waiting import ConfirmedForm
from pupil_desk.services.progress import unwatched

_PRINTED = 6  # forms; three come back, one of them twice, one is confirmed, and the rest are missing
_ASKED = 20  # pupils among whom they are: not every one has somebody to ask
_YES = frozenset({"youth-support/allow", "post-16/allow"})
_BOTH = frozenset({"youth-support/allow", "youth-support/restrict", "post-16/allow"})
_TICKED = (_YES, frozenset({"youth-support/restrict", "post-16/restrict"}), _BOTH)


def print_and_scan(desk: Desk) -> None:
    """Print the form about sharing for some who have not answered, read a stack back, and confirm the first that is clear."""
    forms = printing.make_forms(desk, sharing_choice.KIND.name, printing.unanswered(desk, sharing_choice.KIND.name)[-_ASKED:]).forms[
        -_PRINTED:
    ]
    if len(forms) < _PRINTED:
        return
    printing.record_printed(desk, forms)
    back = [ticked(form, boxes) for form, boxes in zip(forms, _TICKED, strict=False)]
    read_back(desk, [*back, back[0]])


def read_back(desk: Desk, sheets: list[NumberedForm]) -> None:
    """Read a stack, and confirm the first form that waits and is clear."""
    reading.read_scan(desk, _scan(sheets), unwatched)
    clear = next((form for form in waiting.waiting(desk) if form.sure), None)
    if clear is not None:
        answers = {key: proposal.answer for key, proposal in clear.proposals.items() if proposal.answer}
        waiting.confirm(desk, ConfirmedForm(clear.id, answers, clear.addressees[0][0] if clear.addressees else None, desk.today))


def _scan(sheets: list[NumberedForm]) -> Scan:
    from pupil_desk.documents.pdf.page import Document, build_print_file
    from pupil_desk.documents.scans.scan_files import open_scan

    return open_scan(build_print_file([Document([sheet.page], "") for sheet in sheets], title="Scan", two_sided=False))


def ticked(form: NumberedForm, boxes: frozenset[str]) -> NumberedForm:
    """The same sheet with boxes ticked in print, which stands for a pen."""
    return replace(form, page=replace(form.page, blocks=[_block(block, boxes) for block in form.page.blocks]))


def _block(block: Block, boxes: frozenset[str]) -> Block:
    return replace(block, ticked=block.key in boxes) if isinstance(block, TickRow) else block
