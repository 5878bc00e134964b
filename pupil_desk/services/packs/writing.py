"""A pack written: made from the words as they are given, read again to prove what is gone, locked, written whole, and told in the log of disclosures.

The proof that what is withheld is gone: asked of the words, of the paper as a story, of the file as it was made, and of the data.

What may stand is worked out from the decisions alone, not from what was made: each place that is listed as remaining, and our own words.
"""

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.blocks import Block, Keep, Table, texts_of
from pupil_desk.documents.files.locked_pdf import locked_pdf
from pupil_desk.documents.files.locked_zip import locked_zip
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.documents.reading import proof
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import RequestEvent, RequestEventKind
from pupil_desk.domain.requests.pack import PackMade
from pupil_desk.domain.requests.withholding import Needle, needle_counts, remnants_in
from pupil_desk.domain.sharing.recipients import ASKER
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk, Progress, Work, unwatched
from pupil_desk.services.disclosures import disclosures
from pupil_desk.services.exports.export import Lock
from pupil_desk.services.exports.locking import new_passphrase
from pupil_desk.services.packs import paper, paper_boxes
from pupil_desk.services.packs.compiling import compiled
from pupil_desk.services.packs.content import NEWS, Compiled, Passage
from pupil_desk.services.packs.paper import in_place_of
from pupil_desk.services.requests.looking import keep_event
from pupil_desk.services.roles import Action
from pupil_desk.services.saving import Saving
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import attachments as attachments_store
from pupil_desk.store.tables import packs as store

_TWICE = 2  # what tells one record of a section from the next stands above it too; the data has a fact in words and as kept


def prove(copy: Compiled, story: Sequence[Block], footer: str, pdf: bytes, data: bytes) -> None:
    """Read again what was made. Raises WrongUse, with nothing written, if a withheld word stands where no place is listed for it."""
    needles = copy.needles
    if not needles:
        return
    counts, allowed = needle_counts(texts_of(story), needles), _allowed(copy, needles)
    leaked = {
        needle
        for passage, may in _expected(copy, needles)
        for needle, number in needle_counts([copy.told(passage)], needles).items()
        if number > may[needle]
    }
    leaked |= {needle for needle in needles if counts[needle] > allowed[needle]}
    leaked |= set(proof.still_in_pdf(pdf, needles, counts & allowed, [footer, *_headers(story)]))
    leaked |= set(proof.still_in_data(data, needles, allowed))
    if leaked:
        words = _(
            "The copy was not made: words that are withheld were still found in it ({number}). Write down what you did, and tell who looks after the program."
        )
        raise WrongUse(words.format(number=len(leaked)))


def _expected(copy: Compiled, needles: Collection[Needle]) -> Iterator[tuple[Passage, Counter[Needle]]]:
    """Each passage that is given, with how often each needle may stand in it: outside of what is withheld."""
    for part in copy.parts:
        for passage in part.passages if copy.is_given(part.name) else ():
            spans = copy.withheld_in(passage)
            left = (
                remnant
                for remnant in remnants_in(passage.words, needles)
                if not any(start < remnant.stop and remnant.start < stop for start, stop in spans)
            )
            yield passage, Counter(remnant.needle for remnant in left)


def _allowed(copy: Compiled, needles: Collection[Needle]) -> Counter[Needle]:
    """How often each needle may stand in all that is made."""
    allowed: Counter[Needle] = Counter()
    for _passage, may in _expected(copy, needles):
        for needle, number in may.items():
            allowed[needle] += number * _TWICE
    own_words = [*copy.front, *copy.headings, copy.pack.asker, copy.readers]
    own_words += [text for fact in paper.copies_of_papers(copy) for text in fact]
    for part in copy.parts:
        own_words += [part.title] * (len(part.entries) + _TWICE)
        own_words += [passage.label for passage in part.passages]
        own_words.append(in_place_of(copy, part))
    return allowed + needle_counts(own_words, needles)


def _headers(story: Sequence[Block]) -> list[str]:
    """The headers of tables, which stand again on each further page."""
    inner = (inner_block for block in story for inner_block in (block.blocks if isinstance(block, Keep) else (block,)))
    tables = (block for block in inner if isinstance(block, Table))
    return [text for table in tables for text in texts_of([dataclasses.replace(table, rows=[], caption="")])]


LAW = _("UK GDPR Article 15")
_STEPS = 4
DATA = "data.json"  # the name of the data inside the locked ZIP


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: its files, their password (kept nowhere), each section with its number and its title, and how many places were withheld.

    ``papers`` tells, by the name of its file, of each paper with boxes how many there are, on which pages and why.
    """

    files: tuple[FileMade, ...]
    password: str
    sections: dict[str, int]
    titles: dict[str, str]
    withheld: int
    changed: Changed
    papers: dict[str, str] = field(default_factory=dict)


def undecided_words(copy: Compiled, *, alone: bool = False) -> str:
    """What is still to be done before a pack can be written, in a sentence; empty for nothing. ``alone``: no person is there to tick places."""
    todo = []
    if copy.changed_to:
        words = _("this copy to be dropped, and one to be begun for {who}, who asks by the request as it was put right")
        todo.append(words.format(who=copy.changed_to))
    if copy.undecided:
        todo.append(_("{places} to decide").format(places=count_of(len(copy.undecided), _("place"), _("places"))))
    if papers := [kept_paper for kept_paper in copy.papers if kept_paper.given is None]:
        todo.append(_("{papers} to look at").format(papers=count_of(len(papers), _("paper"), _("papers"))))
    if copy.unticked and not alone:
        todo.append(
            _("{places} to tick where a withheld word still stands").format(places=count_of(len(copy.unticked), _("place"), _("places")))
        )
    if copy.open_restricted and not copy.apart:
        todo.append(_("the restricted notes to be added by {who}").format(who=copy.readers))
    return _("There is still something to do: {what}.").format(what=join_words(todo)) if todo else ""


def preview(desk: Desk, copy: Compiled) -> bytes:
    """The paper as it would be written, not locked: to be looked at on the screen."""
    return _pdf(paper.story(desk, copy), _footer(desk))


def write(desk: Desk, copy: Compiled, folder: Path, *, alone: bool = False, progress: Progress = unwatched) -> Written:
    """Write the pack of ``copy`` to a folder: a locked PDF, a locked ZIP with the data and the papers, and what was added under seal.

    It is compiled anew: what was entered meanwhile is in it. Raises NotAllowed, WrongUse (something is still to do; a withheld word was
    found in what was made), CannotWrite, CannotPrint.
    """
    desk.require(Action.COMPILE_PACK, "pupil", copy.pack.pupil_id)
    progress(0, _STEPS, _("Compiling"))
    copy = compiled(desk, copy.pack.id)
    if undecided := undecided_words(copy, alone=alone):
        raise WrongUse(undecided)
    papers = _papers(desk, copy, progress)
    boxes = _boxes_told(copy, papers)
    progress(1, _STEPS, _("Making the paper and the data"))
    story, footer = paper.story(desk, copy), _footer(desk)
    pdf, data = _pdf(story, footer), paper.data(desk, copy, [(paper_id, name) for paper_id, name, _bytes in papers])
    progress(2, _STEPS, _("Reading them again"))
    prove(copy, story, footer, pdf, data)
    password = new_passphrase(Lock.PDF)
    locked = locked_zip({DATA: data} | {name: content for _id, name, content in papers}, password)
    files = [("", ".pdf", locked_pdf(pdf, password)), ("-data", ".zip", locked)]
    if paper.has_restricted_files(copy) and copy.sealed is not None:
        document, sealed_data = store.sealed_bytes(desk.vault, copy.sealed.id)
        files += [("-restricted", ".pdf", document), ("-restricted-data", ".zip", sealed_data)]
    progress(3, _STEPS, _("Writing and reading back"))
    with Saving(folder) as saving:
        for suffix, ending, paper_id in files:
            saving.keep(f"{copy.pupil.ref}-copy-{desk.today.isoformat()}{suffix}", ending, paper_id)
        changed = _keep(desk, copy, saving.files, boxes)
    return Written(
        files=tuple(saving.files),
        password=password,
        sections=copy.counts,
        titles={part.name: part.title for part in copy.parts},
        withheld=copy.withheld_count,
        changed=changed,
        papers=boxes,
    )


def _keep(desk: Desk, copy: Compiled, files: Sequence[FileMade], boxes: Mapping[str, str]) -> Changed:
    pack = copy.pack
    row = PackMade(
        id=new_id(),
        pupil_id=pack.pupil_id,
        pack_id=pack.id,
        given_to=pack.asker,
        made_on=desk.today,
        sections=json.dumps(copy.counts),
        digests=json.dumps({file.name: file.sha256 for file in files}),
        withheld=copy.withheld_count,
    )
    reason = f"copy written: {sum(copy.counts.values())} records, {row.withheld} places withheld, {len(copy.records_out)} records left out"
    with desk.act(Action.COMPILE_PACK, "pupil", pack.pupil_id, reason) as work:
        store.add_made(desk.vault, row, moment=work.stamp, actor=work.actor)
        if copy.protected:
            work.note(Action.CONFIRM_PROTECTED, "pupil", pack.pupil_id, "copy")
        disclosures.keep(work, disclosures.Way.PACK, [_disclosure(copy)])
        _tell_case(work, copy, files, boxes)
    return Changed.of(NEWS, "request", "pupil", "export", ids=(pack.id, pack.pupil_id, *((pack.case_id,) if pack.case_id else ())))


def _disclosure(copy: Compiled) -> disclosures.Disclosure:
    """What the log has of it: that it was asked for only where it answers a request."""
    is_asked_for = copy.pack.case_id is not None
    titles = [part.title for part in copy.parts if part.number and copy.is_given(part.name)]
    return disclosures.Disclosure(
        pupil_id=copy.pack.pupil_id,
        what=_("A copy of what we hold"),
        to=ASKER,
        recipient=copy.pack.asker,
        law=LAW,
        purpose=_("Asked for by right") if is_asked_for else _("To tell what we hold"),
        fields="; ".join(titles),
        reason=_("A copy was asked for") if is_asked_for else disclosures.UNASKED,
    )


def _tell_case(work: Work, copy: Compiled, files: Sequence[FileMade], boxes: Mapping[str, str]) -> None:
    if copy.pack.case_id is None:
        return
    keep_event(
        work,
        RequestEvent(
            case_id=copy.pack.case_id,
            pupil_id=copy.pack.pupil_id,
            kind=RequestEventKind.PACK,
            on=work.desk.today,
            what=files[0].sha256[:16],
            note="\n".join(f"{name}: {words}" for name, words in boxes.items()) or None,
        ),
    )


def restricted_files(desk: Desk, copy: Compiled) -> tuple[str, bytes, bytes]:
    """Restricted notes as their reader gives them: their password, a locked PDF, a locked ZIP with the data. Raises WrongUse, CannotPrint."""
    (part,) = copy.parts
    story, footer = paper.restricted_story(copy, part), _footer(desk)
    pdf, data = _pdf(story, footer), paper.data(desk, copy, parts=[part])
    prove(copy, story, footer, pdf, data)
    password = new_passphrase(Lock.PDF)
    return password, locked_pdf(pdf, password), locked_zip({DATA: data}, password)


def restricted_preview(desk: Desk, copy: Compiled) -> bytes:
    """The reader's part as it would be locked, to be looked at."""
    (part,) = copy.parts
    return _pdf(paper.restricted_story(copy, part), _footer(desk))


def _footer(desk: Desk) -> str:
    return desk.settings.name


def _pdf(story: Sequence[Block], footer: str) -> bytes:
    from pupil_desk.documents.pdf.page import build_pdf

    return build_pdf(story, title=paper.TITLE, footer=footer)


def _papers(desk: Desk, copy: Compiled, progress: Progress) -> list[tuple[str, str, bytes]]:
    """The papers that are given: identity, file's name by number, bytes; those with boxes made anew, as a PDF. Raises WrongUse for one that is not what was kept."""
    attachments_by_id = {attachment.id: attachment for attachment in attachments.of_pupil(desk, copy.pack.pupil_id)}
    files = []
    for number, kept_paper in enumerate((attachment for attachment in copy.papers if attachment.given), start=1):
        if kept_paper.boxes:
            anew = paper_boxes.made_anew(desk, attachments_by_id[kept_paper.id], kept_paper.boxes, progress)
            files.append((kept_paper.id, f"paper-{number}{Media.PDF.ending}", anew))
            continue
        data = attachments_store.content(desk.vault, kept_paper.id) or b""
        if hashlib.sha256(data).hexdigest() != attachments_by_id[kept_paper.id].digest:
            raise WrongUse(_("A paper on file is not what was kept. Have the file checked, on the page Backup."))
        files.append((kept_paper.id, f"paper-{number}{Media(attachments_by_id[kept_paper.id].media_type).ending}", data))
    return files


def _boxes_told(copy: Compiled, papers: Sequence[tuple[str, str, bytes]]) -> dict[str, str]:
    """Of each paper that goes out with boxes, by its file's name: how many, on which pages and why."""
    names = {paper_id: name for paper_id, name, _bytes in papers}
    return {
        names[kept_paper.id]: paper_boxes.account_of(kept_paper.boxes)
        for kept_paper in copy.papers
        if kept_paper.given and kept_paper.boxes
    }
