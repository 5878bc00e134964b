"""Papers about pupils, made in memory and seen before they are printed: the sheet, the first-aid card, emergency contacts."""

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.protection import ADDRESS_WITHHELD
from pupil_desk.services.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context

if TYPE_CHECKING:
    from pupil_desk.documents.blocks import Block

type Show = Callable[[str, bytes], None]


def show_made(
    owner: QWidget, context: Context, make: "Callable[[], tuple[Sequence[Block], str]]", show: Show, words: str
) -> None:
    """Have a story made and turned into a PDF, then shown by its title; what goes wrong is said in the banner."""
    from pupil_desk.documents.page import build_pdf

    made = context.attempt(make)
    if made is not None:
        story, title = made
        context.jobs.run(owner, lambda _job: build_pdf(story, title=title), lambda data: show(title, data), title=words)


def show_card(owner: QWidget, context: Context, pupil_id: str, show: Show) -> None:
    """The first-aid card of one pupil."""
    from pupil_desk.services import cards

    show_made(owner, context, lambda: cards.first_aid(context.desk, [pupil_id]), show, _("Making the card"))


def show_emergency_contacts(owner: QWidget, context: Context, ids: Collection[str] | None, show: Show) -> None:
    """Whom to call: for those pupils, or for all on roll."""
    from pupil_desk.services import cards

    show_made(owner, context, lambda: cards.emergency_contacts(context.desk, ids), show, _("Making the sheet"))


def may_show_address(context: Context, record: PupilRecord | None) -> bool:
    """A paper that would carry a withheld address is made only after a second look."""
    if record is None or not any(protection.kind == ADDRESS_WITHHELD for protection in record.protections):
        return True
    text = _(
        "An address on this sheet must be kept from someone. Keep the paper safe, and hand it to nobody without checking."
    )
    return context.ask.confirm(_("This pupil’s sheet holds a withheld address"), text, _("Make the sheet"))
