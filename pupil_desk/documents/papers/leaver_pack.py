"""Papers of a leaver: the summary for our own file, and the receipt that the next school signs and sends back."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, Columns, FactList, Heading, Keep, Para, Spacer, WritingLine
from pupil_desk.documents.papers.signing import dated


@dataclass(frozen=True, slots=True)
class Summary:
    """What the summary says, in words. ``wishes`` and ``consents`` are facts; empty ones say that there is nothing."""

    pupil: str
    stay: Sequence[tuple[str, str]]
    wishes: Sequence[tuple[str, str]]
    consents: Sequence[tuple[str, str]]
    retention: Sequence[tuple[str, str]]
    imprint: str


def summary_story(summary: Summary) -> list[Block]:
    return [
        Heading(1, _("Leaver: summary for our file")),
        Para(summary.pupil, style="lead"),
        Para(summary.imprint, style="small"),
        FactList(summary.stay),
        Heading(2, _("What was said about sharing")),
        FactList(summary.wishes),
        Para(_("From the leaving day on we tell neither of the two any more; another school asks anew.")),
        Heading(2, _("Consents that end")),
        FactList(summary.consents) if summary.consents else Para(_("No consent was in force on the leaving day.")),
        Para(_("A consent given to us does not pass to another school.")),
        Keep([Heading(2, _("How long we keep the record")), FactList(summary.retention)]),
    ]


@dataclass(frozen=True, slots=True)
class OnwardReceipt:
    """What the next school signs: about whom, what was in the packet (a line a file or paper), and where the signed page goes back to."""

    school: str
    pupil_facts: Sequence[tuple[str, str]]
    contents: Sequence[str]
    back_to: Sequence[str]


def receipt_story(receipt: OnwardReceipt) -> list[Block]:
    sent_list = (
        Bullets(list(receipt.contents))
        if receipt.contents
        else Para(_("No file and no paper was listed when this page was made. Write below what is in the packet."))
    )
    return [
        Heading(1, _("Receipt for a pupil’s records")),
        Para(_("To: {school}").format(school=receipt.school) if receipt.school else _("To the next school"), style="lead"),
        Para(_("Please sign this page when the records have reached you, and send it back to us. We keep ours until then.")),
        FactList(receipt.pupil_facts),
        Heading(2, _("What was in the packet")),
        sent_list,
        WritingLine(_("Further papers")),
        Keep(
            [
                Heading(2, _("Received by")),
                Spacer(0.5),
                Columns([WritingLine(_("Name")), WritingLine(_("Position"))]),
                dated(_("Signature")),
                Heading(2, _("Send it back to")),
                Para("\n".join(receipt.back_to)),
            ]
        ),
    ]
