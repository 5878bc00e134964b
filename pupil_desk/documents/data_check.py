"""The data-check slip: what we hold, for a family to correct by pen, sign and send back."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, Heading, Line, NoticeBox, Para, Run, Spacer, Table


@dataclass(frozen=True, slots=True)
class DataCheck:
    """What one slip says. ``parts`` are tables: a title and its facts as label and what is held, empty where nothing is.

    ``own`` is whether the pupil is asked, from 16.
    """

    unit: str
    pupil: str
    own: bool
    parts: Sequence[tuple[str, Sequence[tuple[str, str]]]]
    return_to: str


def story(check: DataCheck) -> list[Block]:
    """The slip as blocks: what to do, each part with room to correct, signature, whom to return it to."""
    whose = _("you") if check.own else check.pupil
    blocks: list[Block] = [
        Heading(1, _("Is this still right?")),
        Para(
            _("From {unit}, about {pupil}. This is what we hold. Where it is wrong or missing, write what is right beside it. "
              "Then sign, and send it back even if nothing has changed.").format(unit=check.unit, pupil=whose)
        ),
    ]  # fmt: skip
    for title, facts in check.parts:
        rows = [[label, held, ""] for label, held in facts]
        header = [_("What"), _("What we hold"), _("What is right")]
        blocks += [Heading(2, title), Table(caption="", header=header, rows=rows, widths=(2, 3, 3))]
    return [
        *blocks,
        Spacer(),
        Columns([Line(_("Signature")), Line(_("Date"))]),
        NoticeBox([Para([Run(_("Return to: "), bold=True), check.return_to])]),
    ]
