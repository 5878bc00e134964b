"""The slip that comes back with the words «we have the privacy notice»: half a side, to tick, sign and return."""

from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Columns, FactList, Heading, Line, NoticeBox, Para, Run, Spacer, TickRow


@dataclass(frozen=True, slots=True)
class Slip:
    """What one slip says. ``own`` is whether the pupil is asked, from 16; else ``asked`` names the parents of a household."""

    unit: str
    pupil: str
    pupil_born: str
    asked: str
    own: bool
    edition: str
    asks: str
    box: str
    key: str
    return_to: str


def story(slip: Slip) -> list[Block]:
    """The slip as blocks: about whom, the box, signature, whom to return it to."""
    facts = [(_("Pupil"), slip.pupil), (_("Date of birth"), slip.pupil_born)]
    if not slip.own:
        facts.append((_("Parent or carer"), slip.asked))
    facts.append((_("Edition of the notice"), slip.edition))
    name = [] if slip.own else [Line(_("Name of the parent or carer who signs, in capitals"))]
    return [
        Heading(1, _("You have our privacy notice")),
        Para(_("From {unit}. Our privacy notice says how we use information about pupils. It comes with this slip.").format(unit=slip.unit)),
        FactList(facts),
        Para(slip.asks),
        TickRow(slip.box, key=slip.key),
        Spacer(),
        *name,
        Columns([Line(_("Your signature") if slip.own else _("Signature")), Line(_("Date"))]),
        NoticeBox([Para([Run(_("Return to: "), bold=True), slip.return_to])]),
        Para(_("The slip only says that you have the notice. It changes none of your choices or rights."), style="small"),
    ]
