"""The pack as what goes out: the paper as a story, and the same as data for a computer. Made from the words, so that nothing lies beneath."""

import json
from collections.abc import Sequence
from typing import Any

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Heading, PageBreak, Para
from pupil_desk.documents.papers import access_pack
from pupil_desk.documents.papers.access_pack import PackPart
from pupil_desk.domain.requests.pack import PackSection
from pupil_desk.domain.requests.withholding import WITHHELD, left_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs.content import RESTRICTED, Compiled, Part, Passage
from pupil_desk.services.packs.front import information_story, letter_story

FORMAT, VERSION = "pupil-desk-copy", 1
"""What the data file says of itself; the help documents it."""

IN_ROWS = frozenset({"history", "attendance"})
"""Sections of many short records, which are read one under the other."""

TITLE = _("A copy of what we hold")  # names nobody, since it stands in the description of the file too


def story(desk: Desk, made: Compiled) -> list[Block]:
    """The whole paper: cover letter, what is here, the information of Article 15, and every section."""
    parts = [_part(made, part) for part in made.parts]
    return [
        *letter_story(desk, made.pack, made.pupil, restricted=has_restricted_files(made)),
        PageBreak(),
        *access_pack.contents(parts),
        *information_story(desk, made.pupil, made.counts),
        PageBreak(),
        *access_pack.records(parts),
    ]


def restricted_story(desk: Desk, made: Compiled, part: Part) -> list[Block]:
    """What someone named to read restricted notes adds: a paper of its own."""
    intro = _("This goes with the copy that you asked for. Only a few of our staff may read these notes, so one of them made this part and locked it.")
    return [Heading(1, _("Notes that only a few may read")), Para(intro), *access_pack.records([_part(made, part)])]


def has_restricted_files(made: Compiled) -> bool:
    """Whether files with restricted notes go with the copy."""
    return bool(made.restricted) and made.sealed is not None and made.sealed.given


def _part(made: Compiled, part: Part) -> PackPart:
    if instead := in_place_of(made, part):
        said = made.sections.get(part.name)
        remark = _("Withheld: see there") if said is not None and not said.given else _restricted_remark(made)
        return PackPart(part.title, part.number, (), instead=instead, remark=remark)
    shown = [[(passage.label, made.told(passage)) for passage in entry] for entry in part.entries]
    return PackPart(part.title, part.number, shown, in_rows=part.name in IN_ROWS, remark=_remark(made, part))


def in_place_of(made: Compiled, part: Part) -> str:
    """The words that stand in place of a section that is withheld, or is in a file of its own; empty for one that is told here."""
    said = made.sections.get(part.name)
    if said is not None and not said.given:
        return not_given(said)
    return _restricted_words(made) if part.name == RESTRICTED and not part.entries and part.number else ""


def not_given(said: PackSection) -> str:
    """What stands in place of a section that is withheld: on what ground, unless saying so would do what the ground prevents."""
    if said.quiet or not said.exemption:
        return _("Not all of what we hold under this heading is given. The law allows this.")
    ground = codelist("exemption").label_of(said.exemption)
    return _("What we hold under this heading is not given. The ground in law: {ground}.").format(ground=ground[:1].lower() + ground[1:])


def _restricted_words(made: Compiled) -> str:
    if has_restricted_files(made):
        return _("{notes}. They are in a file of their own, which goes with this paper.").format(
            notes=count_of(made.restricted, _("restricted note"), _("restricted notes")))  # fmt: skip
    if made.sealed is None or not made.sealed_covers:
        return _("{notes}, to be added by someone named to read them: {who}").format(
            notes=count_of(made.restricted, _("restricted note"), _("restricted notes")), who=made.readers)  # fmt: skip
    ground = codelist("exemption").label_of(made.sealed.exemption)
    return _("What we hold under this heading is not given. The ground in law: {ground}.").format(ground=ground[:1].lower() + ground[1:])


def _restricted_remark(made: Compiled) -> str:
    return _("In a file of its own") if has_restricted_files(made) else _("Withheld: see there") if not made.open_restricted else _("To be added")


def _remark(made: Compiled, part: Part) -> str:
    places = sum(len(made.withheld_in(passage)) for passage in part.passages)
    if part.name == "attachments" and part.number:
        given = sum(bool(paper.given) for paper in made.papers)
        return _("Listed here; {given} of {all} as files").format(given=given, all=len(made.papers))
    if places:
        return _("All, but for {places}").format(places=count_of(places, _("place"), _("places")))
    return ""


# -- as data


def data(desk: Desk, made: Compiled, papers: Sequence[tuple[str, str]] = (), parts: Sequence[Part] | None = None) -> bytes:
    """The same as JSON, for portability (UK GDPR Article 20). ``papers``: identity of each paper that goes along, and its file's name.

    {"format", "version", "made", "unit", "about", "for", "sections": [{"name", "title", "number", "given", "records": [{field: {"label",
    "text", "value"}}]}], "papers": [{"title", "file"}]}; texts as the paper has them, values as kept where nothing of them is withheld.
    """
    document = {
        "format": FORMAT, "version": VERSION, "made": stamp(desk.clock.now()), "unit": f"{desk.settings.name} ({desk.settings.dfe_number})",
        "about": made.pupil.ref, "for": made.pack.asker, "withheld_is_written": WITHHELD,
        "sections": [_section(made, part) for part in (made.parts if parts is None else parts)],
        "papers": [{"title": _title(made, paper_id), "file": name} for paper_id, name in papers],
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def _title(made: Compiled, paper_id: str) -> str:
    """The title as the list of papers tells it: what is withheld there is withheld here."""
    titles = made.part("attachments").entries
    for paper, entry in zip(made.papers, titles, strict=True):
        if paper.id == paper_id:
            return next(made.told(passage) for passage in entry if passage.field == "title")
    return ""


def _section(made: Compiled, part: Part) -> dict[str, Any]:
    shown = _part(made, part)
    facts: dict[str, Any] = {"name": part.name, "title": part.title, "number": part.number, "given": not shown.instead}
    if shown.instead:
        return facts | {"instead": shown.instead, "records": []}
    return facts | {"records": [{passage.field: _fact(made, passage) for passage in entry if passage.words} for entry in part.entries]}


def _fact(made: Compiled, passage: Passage) -> dict[str, Any]:
    told = made.told(passage)
    fact: dict[str, Any] = {"label": passage.label, "text": told}
    if told == passage.words and passage.value != passage.words and not left_in(str(passage.value), made.needles):
        fact["value"] = passage.value
    return fact
