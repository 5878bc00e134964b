"""Boxes over what is withheld on the pages of a kept paper: drawn, proposed, taken back; and the paper made anew with them. Data officer only.

The paper on file is never touched. A paper that has a box goes out as pictures of its pages, made anew each time, and read again before it does.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse, required
from pupil_desk.basics.grouping import grouped
from pupil_desk.basics.rulefiles import by_rules, rule_data
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.catalogue.validation import refuse
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.requests.boxes import MOST_BOXES, PageArea, PaperBox
from pupil_desk.domain.requests.pack import PackBegun, PlaceVerdict
from pupil_desk.domain.requests.redaction import NameFinder, NameMatch
from pupil_desk.domain.requests.withholding import WITHHELD, Needle, needles_of, remnants_in
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.packs import people
from pupil_desk.services.packs.askers import asker_of_copy
from pupil_desk.services.packs.compiling import pack_of
from pupil_desk.services.packs.deciding import usual_reason_for, wrong_reason
from pupil_desk.services.packs.held_papers import spans_beneath, withheld_by_rule
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import packs as store

if TYPE_CHECKING:
    from pupil_desk.documents.redaction.placed_words import PlacedPage

_AROUND = 12  # parts of a page by which a proposed box is larger than the words beneath: what a scan is askew
_LEAST_NEEDLE = 3  # letters


def paper_in(desk: Desk, pack: PackBegun, paper_id: str) -> Attachment:
    """A paper kept on the pupil of a copy. Raises WrongUse for one that is not on file."""
    papers = (paper for paper in attachments.of_pupil(desk, pack.pupil_id) if paper.id == paper_id)
    return required(next(papers, None), _("That paper is no longer on file. Look at the copy again."))


def boxes_on(desk: Desk, pack_id: str, paper_id: str) -> tuple[PaperBox, ...]:
    """The boxes that stand on a paper: page by page, from the top, those at one height from the left. Raises NotAllowed."""
    desk.require(Action.COMPILE_PACK, "pack", pack_id)
    return tuple(box for box in store.boxes_of(desk.vault, pack_id) if box.paper_id == paper_id)


def new_box(pack: PackBegun, paper_id: str, page: int, area: PageArea, *, reason: str = "", whose: str = people.HAND) -> PaperBox:
    """A box that is to be kept: on a page, from 1, for the usual reason where none is named."""
    reason = reason or usual_reason_for(whose, PlaceVerdict.WITHHOLD)
    box = PaperBox(box_id=new_id(), pack_id=pack.id, pupil_id=pack.pupil_id, paper_id=paper_id, page=page, whose=whose, reason=reason)
    return box.placed_at(area)


def keep(desk: Desk, pack_id: str, paper_id: str, boxes: Sequence[PaperBox]) -> tuple[PaperBox, ...]:
    """Keep what is said of boxes on one paper, in one transaction; those that then stand on it.

    Raises NotAllowed, Refused (no such reason), WrongUse (dropped, the paper is gone, off the page, too many).
    """
    pack = pack_of(desk, pack_id)
    desk.require(Action.COMPILE_PACK, "pupil", pack.pupil_id)
    paper = paper_in(desk, pack, paper_id)
    standing = {box.box_id for box in boxes_on(desk, pack_id, paper_id)}
    for box in boxes:
        refuse(wrong_reason(PlaceVerdict.WITHHOLD, box.reason or "-"))
        if not (box.area.is_on_page and 1 <= box.page <= paper.pages and (box.pack_id, box.paper_id) == (pack.id, paper.id)):
            raise WrongUse(_("A box must lie on a page of the paper. Draw it again."))
    if len(standing | {box.box_id for box in boxes if box.stands}) > MOST_BOXES:
        raise WrongUse(
            _("A paper has at most {number} boxes. Withhold it, or keep the pages that are given as a paper of their own.").format(
                number=MOST_BOXES
            )
        )
    with desk.act(Action.COMPILE_PACK, "pupil", pack.pupil_id, f"copy: {_logged(boxes)} of a paper") as work:
        rows = [replace(box, id=new_id(), pupil_id=pack.pupil_id) for box in boxes]
        store.add_boxes(desk.vault, rows, moment=work.stamp, actor=work.actor)
    return boxes_on(desk, pack_id, paper_id)


def _logged(boxes: Sequence[PaperBox]) -> str:
    """Of boxes, for the log: how many, whether drawn or taken back, on which pages, and why."""
    parts = []
    for stands, verb in ((True, "drawn"), (False, "taken back")):
        same_verb = [box for box in boxes if box.stands is stands]
        if same_verb:
            pages, reasons = sorted({box.page for box in same_verb}), sorted({box.reason for box in same_verb})
            parts.append(f"{len(same_verb)} boxes {verb} ({', '.join(reasons)}) on pages {', '.join(map(str, pages))}")
    return "; ".join(parts)


def account_of(boxes: Sequence[PaperBox]) -> str:
    """Of the boxes of one paper, for the request: how many, on which pages and why, in a sentence. It tells nothing of what is beneath."""
    pages = sorted({box.page for box in boxes})
    reasons = join_words([begun_small(codelist("redaction_reason").label_of(reason)) for reason in sorted({box.reason for box in boxes})])
    words = _("{boxes} on page {pages}: {why}.") if len(pages) == 1 else _("{boxes} on pages {pages}: {why}.")
    return words.format(boxes=count_of(len(boxes), _("box"), _("boxes")), pages=join_words([str(page) for page in pages]), why=reasons)


# -- proposed


@dataclass(frozen=True, slots=True)
class EarlierBoxes:
    """What an earlier copy of the same pupil has on a paper, as boxes to be kept in this one; ``asker`` asked for that copy, ``day`` is when it was begun."""

    boxes: tuple[PaperBox, ...] = ()
    asker: str = ""
    day: date | None = None


def of_earlier_copy(desk: Desk, pack_id: str, paper_id: str) -> EarlierBoxes:
    """The boxes of the last other copy that has any on this paper, those beneath a box that stands here left out.

    Nothing is kept: another person asks, of whom other things may be withheld, so whoever makes the copy is asked first. Raises NotAllowed, WrongUse.
    """
    pack = pack_of(desk, pack_id)
    desk.require(Action.COMPILE_PACK, "pack", pack_id)
    earlier = store.earlier_boxes(desk.vault, pack_id, paper_id)
    before = store.get(desk.vault, earlier[0].pack_id) if earlier else None
    if before is None:
        return EarlierBoxes()
    standing = grouped((box.page, box.area) for box in boxes_on(desk, pack_id, paper_id))
    boxes = (
        new_box(pack, paper_id, box.page, box.area, reason=box.reason, whose=box.whose)
        for box in earlier
        if not any(area.hides(box.area) for area in standing[box.page])
    )
    return EarlierBoxes(tuple(boxes), before.asker, before.begun_on)


def propose(desk: Desk, pack_id: str, paper_id: str, progress: Progress = unwatched) -> tuple[PaperBox, ...]:
    """Boxes over each name of others that the words of the paper have, as the copy would withhold them elsewhere; those beneath a box left out.

    Nothing is kept: see ``keep``. None for a paper that carries no words, as with a scan. Raises NotAllowed, WrongUse.
    """
    from pupil_desk.documents.reading.paper_content import texts_of_kept
    from pupil_desk.documents.redaction.placed_words import placed_words

    pack = pack_of(desk, pack_id)
    desk.require(Action.COMPILE_PACK, "pupil", pack.pupil_id)
    paper, record = paper_in(desk, pack, paper_id), pupils.record(desk, pack.pupil_id)
    asker, data = asker_of_copy(desk, pack, record), attachments.pages(desk, paper)
    finder = asker.finder(desk, record)
    standing = grouped((box.page, box.area) for box in boxes_on(desk, pack_id, paper_id))
    boxes: list[PaperBox] = []
    try:
        texts = texts_of_kept(Media.PDF, data)
        for number, text in enumerate(texts):
            progress(number, len(texts), _("Looking for the names of others"))
            if any(map(withheld_by_rule, finder.find(text))):
                areas = _areas_of_names(finder, placed_words(data, number), standing[number + 1])
                boxes += [new_box(pack, paper_id, number + 1, area, whose=code) for area, code in areas]
    except ValueError as error:
        raise WrongUse(_("The words of this paper cannot be read. Draw the boxes yourself.")) from error
    return tuple(boxes[:MOST_BOXES])


def _areas_of_names(finder: NameFinder, page: "PlacedPage", standing: Sequence[PageArea]) -> Iterator[tuple[PageArea, str]]:
    """Each name on a page with whose it is: an area for each line on which it stands, where no box is yet."""
    for match in finder.find(page.text):
        if withheld_by_rule(match):
            for area in _by_line(word.area for word in page.words if word.start < match.stop and match.start < word.stop):
                if not any(box_area.hides(area) for box_area in standing):
                    yield area.grown(_AROUND), _code_of(match)


def _code_of(match: NameMatch) -> str:
    return people.rule_for(match.whose).code


def _by_line(areas: Iterable[PageArea]) -> list[PageArea]:
    """Words that follow each other in a line as one area."""
    lines: list[PageArea] = []
    for area in areas:
        if (
            lines
            and min(lines[-1].bottom, area.bottom) - max(lines[-1].top, area.top) > (area.bottom - area.top) / 2
            and lines[-1].left <= area.left
        ):
            lines[-1] = lines[-1].joined_with(area)
        else:
            lines.append(area)
    return lines


# -- made anew


@by_rules
def printed_reasons() -> dict[str, str]:
    """What a box says of its reason, by code; nothing of one that must not be told (the file says which)."""
    return {code: facts.get("printed", "") for code, facts in rule_data("codes", "redaction_reason.toml")["codes"].items()}


def printed_words(reason: str) -> str:
    """What stands in a box on the page: «[withheld: about someone else]»."""
    words = printed_reasons().get(reason, "")
    return _("[withheld: {why}]").format(why=words) if words else WITHHELD


def made_anew(desk: Desk, paper: Attachment, boxes: Sequence[PaperBox], progress: Progress = unwatched) -> bytes:
    """A paper as it goes out with its boxes: a PDF of pictures of its pages. For the worker: each page takes a quarter of a second.

    Raises WrongUse, with nothing written, where something of what is beneath a box is found in it; ReaderFailed, CannotPrint.
    """
    from pupil_desk.documents.reading.page_pictures import page_facts, page_picture
    from pupil_desk.documents.redaction.paper_anew import TITLE, PageAnew, PrintedBox, paper_anew, words_on
    from pupil_desk.documents.redaction.pixels import DOTS_PER_INCH, MOST_DOTS, blacked_out
    from pupil_desk.documents.redaction.read_again import PageExpected, what_is_left

    data = attachments.pages(desk, paper)
    facts, boxes_by_page = page_facts(data), grouped((box.page, box) for box in boxes)
    printed_boxes = [
        tuple(PrintedBox(box.area, printed_words(box.reason), WITHHELD) for box in boxes_by_page[number])
        for number in range(1, len(facts) + 1)
    ]

    def pages() -> Iterator[PageAnew]:
        for number, (page, page_boxes) in enumerate(zip(facts, printed_boxes, strict=True)):
            progress(number, len(facts) + 1, _("Making page {number} of {all} anew").format(number=number + 1, all=len(facts)))
            picture = page_picture(data, number, DOTS_PER_INCH, MOST_DOTS)
            yield PageAnew(blacked_out(picture, [box.area for box in page_boxes]), page.width, page.height, page_boxes)

    anew = paper_anew(pages(), len(facts))
    progress(len(facts), len(facts) + 1, _("Reading the paper again"))
    expected = [PageExpected(words_on(page_boxes), tuple(box.area for box in page_boxes)) for page_boxes in printed_boxes]
    own_words = " ".join(page.words for page in expected)
    needles = [needle for needle in _needles_beneath(data, boxes_by_page) if not remnants_in(own_words, [needle])]
    if left := what_is_left(anew, expected, TITLE, needles):
        raise WrongUse(
            _(
                "The copy was not made: something beneath a box is still in a paper ({kinds}). Write down what you did, and tell who looks after the program."
            ).format(kinds=", ".join(left))
        )
    return anew


def _needles_beneath(data: bytes, boxes_by_page: "dict[int, list[PaperBox]]") -> Iterator[Needle]:
    """Each word beneath a box, as far as the paper carries words."""
    from pupil_desk.documents.redaction.placed_words import placed_words

    for number, boxes in boxes_by_page.items():
        if not boxes:
            continue
        try:
            page = placed_words(data, number - 1)
        except ValueError:  # nothing is known of what is beneath; that no letter but ours goes out is asked of the page all the same
            continue
        for start, stop in spans_beneath(page.text, page.words, [box.area for box in boxes]):
            for word in page.text[start:stop].split():
                yield from (needle for needle in needles_of(word, is_name=True) if len(needle) >= _LEAST_NEEDLE)
