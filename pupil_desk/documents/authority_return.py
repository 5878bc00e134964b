"""A return to the authority as a form: one pupil, in the parts that the law asks for, to be signed by the head."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, FactList, Heading, Keep, Line, Para, Spacer


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """One form in words: what it is, from which unit to whom, on what law; its parts, each a title with facts."""

    title: str
    unit: str
    recipient: str
    law: str
    parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    head: str


def story(form: ReturnForm) -> list[Block]:
    """The form as blocks. A fact that is not known is shown as missing, not left out."""
    blocks: list[Block] = [
        Heading(1, form.title),
        Para(_("From {unit}, to: {recipient}.").format(unit=form.unit, recipient=form.recipient), style="lead"),
        Para(form.law, style="small"),
    ]
    for title, facts in form.parts:
        shown = FactList(facts) if facts else Para(_("Nobody is on file."))
        blocks.append(Keep([Heading(2, title), shown]))
    head = _("Head of the unit: {name}").format(name=form.head) if form.head else _("Head of the unit")
    blocks.append(Keep([Spacer(0.5), Para(head), Columns([Line(_("Signature")), Line(_("Date"))])]))
    return blocks
