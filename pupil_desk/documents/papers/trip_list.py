"""The list for the leader of a trip: who comes, with what to know and whom to call; then who does not, who has not answered, and who was not asked.

Whoever may be in danger comes first, as the list is given.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, Bullets, FactList, Heading, NoticeBox, Para, Run, Table, Text
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
BASE = 11  # points of body text
_GRAVE_FIRST = _(
    "Those with something life-threatening or severe stand first, with those of whom steps, a medicine or the notes speak of an emergency, or an allergy is not graded; then all others by name."
)
_HEADER = (_("No."), _("Name"), _("Allergies, conditions, medicines"), _("Whom to call"), _("There"), _("Back"))
_SHARES = (0.5, 2.1, 4.4, 3.3, 0.8, 0.8)


@dataclass(frozen=True, slots=True)
class TripPupil:
    """One pupil who comes: what to know, and whom to call, a line each. Who said yes is not a leader's to know.

    ``dangers`` is what may be an emergency, which leads: each as its heading and what to do, a line each. Of one who is ``protected`` the leader
    is told what that asks on the way, and not why.
    """

    name: str
    dangers: Sequence[Sequence[str]]
    health: str
    call: str
    protected: bool = False


@dataclass(frozen=True, slots=True)
class TripList:
    """What the list says. ``ring`` is the unit's own telephone number. ``staying``, ``silent`` and ``unasked`` are names of those who may not come; ``warning`` stands in a frame above, if there is one."""

    title: str
    days: str
    occasion: str
    coming: Sequence[TripPupil]
    staying: Sequence[str]
    silent: Sequence[str]
    unasked: Sequence[str]
    imprint: str
    ring: str = ""
    warning: str = ""
    gravest_first: bool = False


def story(trip_list: TripList) -> list[Block]:
    blocks: list[Block] = [Heading(1, trip_list.title)]
    if trip_list.warning:
        blocks.append(NoticeBox([Para([Run(trip_list.warning, bold=True)])]))
    facts = [(_("When"), trip_list.days), (_("What"), trip_list.occasion), (_("Ring the unit"), trip_list.ring)]
    blocks.append(FactList([(label, words) for label, words in facts if words]))
    blocks.append(Heading(2, _("May come: {number}").format(number=len(trip_list.coming))))
    if trip_list.gravest_first:
        blocks.append(Para(_GRAVE_FIRST))
    rows = [[str(number), pupil.name, _to_know(pupil), _whom_to_call(pupil), "", ""] for number, pupil in enumerate(trip_list.coming, 1)]
    blocks.append(Table(caption="", header=_HEADER, rows=rows, widths=_SHARES) if rows else Para(_("Nobody has a yes yet.")))
    for title, names in (
        (_("Does not come: {number}"), trip_list.staying),
        (_("No answer, so may not come: {number}"), trip_list.silent),
        (_("Not asked yet, so may not come: {number}"), trip_list.unasked),
    ):
        if names:
            blocks += [Heading(2, title.format(number=len(names))), Bullets(names)]
    return [*blocks, Para(trip_list.imprint, style="small")]


def _to_know(pupil: TripPupil) -> Text:
    lines = [Run(f"{words}\n", bold=line_number == 0) for danger in pupil.dangers for line_number, words in enumerate(danger)]
    return [*lines, Run(pupil.health)] if pupil.health else [*lines[:-1], Run(lines[-1].text.rstrip("\n"), bold=lines[-1].bold)]


def _whom_to_call(pupil: TripPupil) -> Text:
    if not pupil.protected:
        return pupil.call
    warning = Run(tell_nobody(somebody_is_rung=bool(pupil.call)), bold=True)
    return [Run(f"{pupil.call}\n"), warning] if pupil.call else warning


def tell_nobody(*, somebody_is_rung: bool) -> str:
    """What stands beside the numbers of a pupil whose place is secret, or where there is none to ring."""
    if not somebody_is_rung:
        return _("Protected: tell nobody where the pupil is.")
    return _("Protected: ring nobody else, and tell nobody else where the pupil is.")
