"""The pack as what goes out: the paper as a story, and the same as data for a computer. Made from the words, so that nothing lies beneath."""

import json
from collections.abc import Sequence
from typing import Any

from pupil_desk.basics.clock import stamp
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.blocks import Block, Heading, PageBreak, Para
from pupil_desk.documents.papers import access_pack
from pupil_desk.documents.papers.access_pack import PackPart
from pupil_desk.domain.requests.pack import PackSection
from pupil_desk.domain.requests.withholding import WITHHELD, remnants_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import kept_quiet
from pupil_desk.services.packs.content import RESTRICTED, Compiled, CopyPart, Passage
from pupil_desk.services.packs.front import Enclosed, information_story, letter_story

FORMAT, VERSION = "pupil-desk-copy", 1
"""What the data file says of itself; the help documents it."""

PAPERS = "attachments"
"""The section of the papers kept."""
IN_ROWS = frozenset({"history", "attendance"})
"""Sections of many short records, which are read one under the other."""

TITLE = _("A copy of what we hold")  # names nobody, since it stands in the description of the file too


def story(desk: Desk, copy: Compiled) -> list[Block]:
    """The whole paper: cover letter, what is here, the information of Article 15, and every section."""
    parts = [_part(copy, part) for part in copy.parts if not _is_unsaid(part)]
    enclosed = Enclosed(
        disclosures=bool(copy.counts["disclosures"]),
        papers=any(kept_paper.given for kept_paper in copy.papers),
        boxes=bool(copy.boxes),
        restricted=has_restricted_files(copy),
    )
    return [
        *letter_story(desk, copy.pack, copy.pupil, enclosed),
        PageBreak(),
        *access_pack.contents(parts),
        *information_story(desk, copy.pupil, copy.counts),
        PageBreak(),
        *access_pack.records(parts),
    ]


def _is_unsaid(part: CopyPart) -> bool:
    """Whether a copy says nothing of a section: of protections not even that there are none."""
    return part.name == kept_quiet.PROTECTIONS and not part.number


def restricted_story(copy: Compiled, part: CopyPart) -> list[Block]:
    """What someone named to read restricted notes adds: a paper of its own."""
    intro = _(
        "This goes with the copy of what we hold. Only a few of our staff may read these notes, so one of them made this part and locked it."
    )
    return [Heading(1, _("Notes that only a few may read")), Para(intro), *access_pack.records([_part(copy, part)])]


def has_restricted_files(copy: Compiled) -> bool:
    """Whether files with restricted notes go with the copy."""
    return bool(copy.restricted) and copy.sealed is not None and copy.sealed.given


def _part(copy: Compiled, part: CopyPart) -> PackPart:
    if instead := in_place_of(copy, part):
        section = copy.sections.get(part.name)
        remark = _("Withheld: see there") if section is not None and not section.given else _restricted_remark(copy)
        return PackPart(part.title, part.number, (), instead=instead, remark=remark)
    records = [[(passage.label, copy.told(passage)) for passage in entry] for entry in part.entries]
    if part.name == PAPERS:
        records = [[*record, fact] for record, fact in zip(records, copies_of_papers(copy), strict=True)]
    return PackPart(part.title, part.number, records, in_rows=part.name in IN_ROWS, remark=_remark(copy, part))


def copies_of_papers(copy: Compiled) -> list[tuple[str, str]]:
    """Of each paper kept whether it goes along, with its label."""
    return [(_("Goes with this copy"), _("Yes") if kept_paper.given else _("No")) for kept_paper in copy.papers]


def in_place_of(copy: Compiled, part: CopyPart) -> str:
    """The words that stand in place of a section that is withheld, or is in a file of its own; empty for one that is told here."""
    section = copy.sections.get(part.name)
    if section is not None and not section.given:
        return not_given(section)
    return _restricted_words(copy) if part.name == RESTRICTED and not part.entries and part.number else ""


def not_given(section: PackSection) -> str:
    """What stands in place of a section that is withheld: on what ground, unless saying so would do what the ground prevents."""
    if section.quiet or not section.exemption:
        return _("Not all of what we hold under this heading is given. The law allows this.")
    ground = codelist("exemption").label_of(section.exemption)
    return _("What we hold under this heading is not given. The ground in law: {ground}.").format(ground=begun_small(ground))


def _restricted_words(copy: Compiled) -> str:
    if has_restricted_files(copy):
        return _("{notes}. They are in a file of their own, which goes with this paper.").format(
            notes=count_of(copy.restricted, _("restricted note"), _("restricted notes"))
        )
    if copy.sealed is None or not copy.sealed_covers:
        return _("{notes}, to be added by someone named to read them: {who}").format(
            notes=count_of(copy.restricted, _("restricted note"), _("restricted notes")), who=copy.readers
        )
    ground = codelist("exemption").label_of(copy.sealed.exemption)
    return _("What we hold under this heading is not given. The ground in law: {ground}.").format(ground=begun_small(ground))


def _restricted_remark(copy: Compiled) -> str:
    return (
        _("In a file of its own")
        if has_restricted_files(copy)
        else _("Withheld: see there")
        if not copy.open_restricted
        else _("To be added")
    )


def _remark(copy: Compiled, part: CopyPart) -> str:
    place_count = sum(len(copy.withheld_in(passage)) for passage in part.passages)
    if part.name == PAPERS and part.number:
        given_papers = [kept_paper for kept_paper in copy.papers if kept_paper.given]
        boxed = sum(bool(kept_paper.boxes) for kept_paper in given_papers)
        words = (
            _("Listed here; none given as a file")
            if not given_papers
            else _("Listed here; all given as files")
            if len(given_papers) == len(copy.papers)
            else _("Listed here; {given} of {all} given as files").format(given=len(given_papers), all=len(copy.papers))
        )
        return _("{given}, {boxed} with places covered").format(given=words, boxed=boxed) if boxed else words
    if place_count:
        return _("All, but for {places}").format(places=count_of(place_count, _("place"), _("places")))
    return ""


# -- as data


def data(desk: Desk, copy: Compiled, papers: Sequence[tuple[str, str]] = (), parts: Sequence[CopyPart] | None = None) -> bytes:
    """The same as JSON, for portability (UK GDPR Article 20). ``papers``: identity of each paper that goes along, and its file's name.

    {"format", "version", "made", "unit", "about", "for", "sections": [{"name", "title", "number", "given", "records": [{field: {"label",
    "text", "value"}}]}], "papers": [{"title", "file"}]}; texts as the paper has them, values as kept where nothing of them is withheld.
    """
    document = {
        "format": FORMAT,
        "version": VERSION,
        "made": stamp(desk.clock.now()),
        "unit": f"{desk.settings.name} ({desk.settings.dfe_number})",
        "about": copy.pupil.ref,
        "for": copy.pack.asker,
        "withheld_is_written": WITHHELD,
        "sections": [_section(copy, part) for part in (copy.parts if parts is None else parts)],
        "papers": [{"title": _title(copy, paper_id), "file": name} for paper_id, name in papers],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")


def _title(copy: Compiled, paper_id: str) -> str:
    """The title as the list of papers tells it: what is withheld there is withheld here, and with the list every title."""
    if not copy.is_given(PAPERS):
        return ""
    titles = copy.part(PAPERS).entries
    for paper, entry in zip(copy.papers, titles, strict=True):
        if paper.id == paper_id:
            return next(copy.told(passage) for passage in entry if passage.field == "title")
    return ""


def _section(copy: Compiled, part: CopyPart) -> dict[str, Any]:
    pack_part = _part(copy, part)
    facts: dict[str, Any] = {"name": part.name, "title": part.title, "number": part.number, "given": not pack_part.instead}
    if _is_unsaid(part):
        return facts | {"given": False, "records": []}
    if pack_part.instead:
        return facts | {"instead": pack_part.instead, "records": []}
    return facts | {"records": [{passage.field: _fact(copy, passage) for passage in entry if passage.words} for entry in part.entries]}


def _fact(copy: Compiled, passage: Passage) -> dict[str, Any]:
    text = copy.told(passage)
    fact: dict[str, Any] = {"label": passage.label, "text": text}
    if text == passage.words and passage.value != passage.words and not remnants_in(str(passage.value), copy.needles):
        fact["value"] = passage.value
    return fact
