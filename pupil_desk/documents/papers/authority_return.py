"""A return to the authority as a form: one pupil, in the parts that the law asks for, to be signed by the head."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, NoticeBox, Para, Spacer
from pupil_desk.documents.papers.signing import dated


@dataclass(frozen=True, slots=True)
class ReturnForm:
    """One form in words: what it is, from which unit to whom, on what law; its parts, each a title with facts; one without any names nobody.

    ``reach`` is how the unit is reached. ``lacking`` names what the law asks for and the record does not hold, ``against`` says what else speaks against
    it, and what to do: such a form has no place to sign.
    """

    title: str
    unit: str
    recipient: str
    law: str
    parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    head: str
    reach: str = ""
    lacking: Sequence[str] = ()
    against: str = ""


def story(form: ReturnForm) -> list[Block]:
    """The form as blocks. A fact that is not known is shown as missing, not left out."""
    blocks: list[Block] = [
        Heading(1, form.title),
        Para(_("From {unit}, to: {recipient}.").format(unit=form.unit, recipient=form.recipient), style="lead"),
        *([Para(form.reach)] if form.reach else []),
        Para(form.law, style="small"),
    ]
    for title, facts in form.parts:
        fact_block = FactList(facts) if facts else Para(_("Nobody is on our record."))
        blocks.append(Keep([Heading(2, title), fact_block]))
    unsigned = [Para(words) for words in (_not_to_be_signed(form.lacking) if form.lacking else "", form.against) if words]
    blocks.append(NoticeBox(unsigned) if unsigned else _signature(form.head))
    return blocks


def _signature(name: str) -> Keep:
    head = _("Head of the unit: {name}").format(name=name) if name else _("Head of the unit")
    return Keep([Spacer(0.5), Para(head), dated(_("Signature"))])


def _not_to_be_signed(lacking: Sequence[str]) -> str:
    return _("Not to be signed yet. Missing: {items}. Enter it in the pupil’s record, and make this form again.").format(
        items=", ".join(lacking)
    )
