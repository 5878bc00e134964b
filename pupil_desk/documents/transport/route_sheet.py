"""The transport sheet of a route: where each pupil is picked up and set down, in the order of the clock, who may receive each, what to know, and whom to ring. Lying A4."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, NoticeBox, Para, Run, Table, Text
from pupil_desk.documents.pdf.style import A4

LYING = (A4[1], A4[0])
_HERE, _HOME, _PEOPLE = (1, 2.4, 3, 5), (1, 2.4, 3, 4, 4), (3, 4, 5, 4)  # shares of the width


@dataclass(frozen=True, slots=True)
class CarriedWay:
    """One way of one pupil in words: the time of day (empty where none is agreed), the days, whose it is, the place, and who may receive the pupil (home alone)."""

    time: str
    days: str
    name: str
    place: str
    receivers: str = ""


@dataclass(frozen=True, slots=True)
class CarriedPupil:
    """What whoever drives knows of one pupil, in words: needs on the way, what is grave of health with what to do first, and whom to ring."""

    name: str
    needs: str
    alerts: str
    callers: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteContent:
    """What the sheet says beside its head; ``facts`` are of the route, labels and words, ``rules`` what holds for each pupil."""

    facts: Sequence[tuple[str, str]]
    rules: Sequence[str]
    ways_here: Sequence[CarriedWay]
    ways_home: Sequence[CarriedWay]
    people: Sequence[CarriedPupil]


def story(title: str, day: str, imprint: str, content: RouteContent) -> list[Block]:
    """The sheet. The imprint stands at its head, where it cannot be alone on a page."""
    blocks: list[Block] = [Heading(1, title), Para([Run(day, bold=True)], style="lead"), Para(imprint, style="small")]
    blocks += [FactList(list(content.facts)), NoticeBox([Para(rule) for rule in content.rules], firm=True)]
    if content.ways_here:
        rows = [(Run(way.time, bold=True), way.days, Run(way.name, bold=True), way.place) for way in content.ways_here]
        blocks.append(_table(_("Way here"), (_("Time"), _("Days"), _("Pupil"), _("Picked up at")), rows, _HERE))
    if content.ways_home:
        homeward_header = (_("Time"), _("Days"), _("Pupil"), _("Set down at"), _("Who may receive the pupil"))
        homeward = [(Run(way.time, bold=True), way.days, Run(way.name, bold=True), way.place, way.receivers) for way in content.ways_home]
        blocks.append(_table(_("Way home"), homeward_header, homeward, _HOME))
    header = (_("Pupil"), _("To know on the way"), _("In an emergency"), _("Whom to ring"))
    about = [(Run(pupil.name, bold=True), pupil.needs, pupil.alerts, pupil.callers) for pupil in content.people]
    return [*blocks, _table(_("About each pupil"), header, about, _PEOPLE)]


def _table(heading: str, header: Sequence[str], rows: Sequence[Sequence[Text]], shares: Sequence[float]) -> Block:
    return Keep([Heading(2, heading), Table(caption="", header=header, rows=rows, widths=shares)])
