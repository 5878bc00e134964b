"""The paper that tells a school where its register and ours contradict each other: of its own pupils alone, with room to answer. Standing A4."""

from collections.abc import Sequence

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import AddressBlock, Block, Columns, Heading, Keep, Para, Spacer, Table, WritingLine
from pupil_desk.documents.papers.signing import dated

_SHARES = (1.5, 2.1, 1.95, 1.95, 2.3, 1.7)


def story(address: AddressBlock, rows: Sequence[Sequence[str]], *, unit: str, answer_to: str, made_on: str) -> list[Block]:
    """One table, a row a session: day, pupil, what each register says, what is wrong. ``answer_to`` is where the sheet goes back to."""
    header = (_("Session"), _("Pupil"), _("{unit} says").format(unit=unit), _("You say"), _("What is wrong"), _("What is correct"))
    lines = [(*row, "") for row in rows]
    asked = _(
        "Our register and yours do not agree about these sessions. Please look, write what is correct, and send this page back: {back}"
    )
    return [
        address,
        Heading(1, _("Sessions of which two registers do not agree")),
        Para(made_on),
        Para(asked.format(back=answer_to)),
        Table(caption="", header=header, rows=lines, widths=_SHARES),
        Keep([Spacer(1), Columns([WritingLine(_("Name")), WritingLine(_("Position"))]), dated(_("Signature"))]),
    ]
