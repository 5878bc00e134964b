"""The papers kept on a pupil as a copy has them: whom each names where no box hides it, and which boxes stand on its pages.

What lies beneath a box is found out anew each time from the words that the paper carries, and kept nowhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pupil_desk.basics.grouping import grouped
from pupil_desk.documents.reading.paper_content import Media
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.requests.boxes import PageArea, PaperBox
from pupil_desk.domain.requests.pack import PAPER, PackSection, PlaceVerdict
from pupil_desk.domain.requests.redaction import NameFinder, NameMatch
from pupil_desk.domain.requests.withholding import Needle, Span, needles_of
from pupil_desk.services.attachments import attachments
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import people
from pupil_desk.store.tables import attachments as attachments_store

if TYPE_CHECKING:
    from pupil_desk.documents.redaction.placed_words import PlacedWord

_MOST_NEEDLE_WORDS = 3  # beneath a box that a person drew: more of them are a sentence, and no name to be looked for


@dataclass(frozen=True, slots=True)
class PaperHeld:
    """A paper kept on the pupil: whether its text could be read, whom it names where no box hides it, and whether it is given.

    ``pages`` are its texts, ``beneath`` the stretches of them that lie under boxes, by page from 0; ``needles`` must be gone once it is given.
    """

    id: str
    title: str
    words: str
    readable: bool
    names: tuple[str, ...]
    pages: tuple[str, ...]
    proposed: bool
    said: PackSection | None = None
    boxes: tuple[PaperBox, ...] = ()
    beneath: Mapping[int, tuple[Span, ...]] = field(default_factory=dict)
    needles: frozenset[Needle] = frozenset()

    @property
    def given(self) -> bool | None:
        """Whether it is given, once that is decided."""
        return None if self.said is None else self.said.given


def papers_of(
    desk: Desk, pupil_id: str, finder: NameFinder, sections: Mapping[str, PackSection], boxes: Sequence[PaperBox]
) -> Iterator[PaperHeld]:
    """Every paper kept on a pupil, with the boxes of one copy."""
    boxes_by_paper = grouped((box.paper_id, box) for box in boxes)
    for paper in attachments.of_pupil(desk, pupil_id):
        yield _paper(desk, paper, finder, sections.get(PAPER + paper.id), tuple(boxes_by_paper[paper.id]))


def _paper(desk: Desk, paper: Attachment, finder: NameFinder, decision: PackSection | None, boxes: tuple[PaperBox, ...]) -> PaperHeld:
    from pupil_desk.documents.reading.paper_content import can_be_read

    pages, beneath = _texts(desk, paper, boxes)
    readable, names, needles = can_be_read(pages), dict[str, None](), set[Needle]()
    for number, page in enumerate(pages):
        for match in finder.find(page):
            if not withheld_by_rule(match):
                continue
            if _lies_in(match, beneath.get(number, ())):
                is_detail = people.rule_for(match.whose).code in people.DETAILS
                needles |= needles_of(page[match.start : match.stop], is_name=not is_detail, initials=match.initials)
            else:
                names |= dict.fromkeys(match.said)
        if any(box.whose == people.HAND and box.page == number + 1 for box in boxes):
            needles |= set(_by_hand(page, beneath.get(number, ())))
    return PaperHeld(
        id=paper.id,
        title=paper.title,
        words=attachments.file_words(paper.media_type, paper.pages, paper.size),
        readable=readable,
        names=tuple(names),
        pages=pages,
        proposed=readable and not names,
        said=decision,
        boxes=boxes,
        beneath=beneath,
        needles=frozenset(needle for needle in needles if len(needle) > 1),
    )


def withheld_by_rule(match: NameMatch) -> bool:
    """Whether a name found in a paper is one that is proposed to be withheld."""
    return match.sure and people.rule_for(match.whose).proposed is PlaceVerdict.WITHHOLD


def _lies_in(match: NameMatch, spans: Sequence[Span]) -> bool:
    return any(start <= match.start and match.stop <= stop for start, stop in spans)


def _by_hand(page: str, spans: Sequence[Span]) -> Iterator[Needle]:
    """What must be gone as a person hid it: a few words, of which one is written like a name."""
    for start, stop in spans:
        words = page[start:stop].split()
        if len(words) <= _MOST_NEEDLE_WORDS and any(word[:1].isupper() for word in words):
            yield from needles_of(page[start:stop], is_name=False)


# -- the words that a paper carries


def _texts(desk: Desk, paper: Attachment, boxes: Sequence[PaperBox]) -> tuple[tuple[str, ...], Mapping[int, tuple[Span, ...]]]:
    """The text of each page, and what of it lies beneath boxes. A paper with boxes goes out as pages, so a plain text is read as pages too."""
    from pupil_desk.documents.pdf.attachment_pages import pages_of
    from pupil_desk.documents.reading.paper_content import texts_of_kept
    from pupil_desk.documents.redaction.placed_words import placed_words

    data, media = attachments_store.content(desk.vault, paper.id) or b"", Media(paper.media_type)
    try:
        if not boxes:
            return texts_of_kept(media, data), {}
        data = pages_of(media, data)
        pages, beneath = list(texts_of_kept(Media.PDF, data)), dict[int, tuple[Span, ...]]()
        for number, on_page in grouped((box.page - 1, box.area) for box in boxes).items():
            if pages[number : number + 1] and pages[number].strip():
                placed = placed_words(data, number)
                pages[number], beneath[number] = placed.text, spans_beneath(placed.text, placed.words, on_page)
    except ValueError:
        return (), {}
    return tuple(pages), beneath


def spans_beneath(text: str, words: Sequence["PlacedWord"], areas: Sequence[PageArea]) -> tuple[Span, ...]:
    """The stretches of a text of which every word lies beneath an area; words with only blanks between are one stretch."""
    spans: list[Span] = []
    for word in words:
        if any(area.hides(word.area) for area in areas):
            if spans and not text[spans[-1][1] : word.start].strip():
                spans[-1] = (spans[-1][0], word.stop)
            else:
                spans.append((word.start, word.stop))
    return tuple(spans)
