"""A paper of an entry of a safeguarding file: a file received, minutes, a letter. The entry keeps a line of each, the key to its bytes among it.

The bytes are a PDF and stand apart, encrypted under that key. So whoever reads the entry reads its papers, and nobody else does, and a
new key of the room is made without touching them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.papers.attachment import size_words

MOST_PAPERS = 20
"""Of one entry."""
LONGEST_TITLE = 120  # characters
_SEPARATOR = ";"
_KEY = 64  # hexadecimal figures


@dataclass(frozen=True, slots=True)
class SealedPaper:
    """What is known of a paper. ``key`` opens its bytes, in hex; ``size`` is theirs before they were encrypted."""

    id: str
    key: str = field(repr=False)
    pages: int
    size: int
    title: str

    @property
    def words(self) -> str:
        """«Minutes of the conference (3 pages, 240 KB)»."""
        pages = count_of(self.pages, _("page"), _("pages"))
        return _("{title} ({pages}, {size})").format(title=self.title, pages=pages, size=size_words(self.size))


def lines_of(papers: Iterable[SealedPaper]) -> str | None:
    """The papers as an entry keeps them, one a line; None for none."""
    lines = (_SEPARATOR.join((paper.id, paper.key, str(paper.pages), str(paper.size), " ".join(paper.title.split()))) for paper in papers)
    return "\n".join(lines) or None


def papers_of(text: str | None) -> tuple[SealedPaper, ...]:
    """The papers that an entry keeps, as far as each line is one."""
    return tuple(paper for line in (text or "").splitlines() if (paper := _paper_of(line)) is not None)


def _paper_of(line: str) -> SealedPaper | None:
    paper_id, key, pages, size, title = (*line.split(_SEPARATOR, 4), "", "", "", "")[:5]
    if paper_id and len(key) == _KEY and pages.isdecimal() and size.isdecimal() and title.strip():
        return SealedPaper(paper_id, key, int(pages), int(size), title.strip())
    return None


def check(text: str | None) -> Iterator[Problem]:
    """Each line must be a paper with a title; so many at most."""
    papers = papers_of(text)
    if len(papers) != len((text or "").splitlines()) or any(len(paper.title) > LONGEST_TITLE for paper in papers):
        yield Problem("papers", "bad_papers", _("Each paper needs a title, of at most {longest} characters.").format(longest=LONGEST_TITLE))
    elif len(papers) > MOST_PAPERS:
        words = _("An entry has at most {most} papers. Enter another event for the rest.")
        yield Problem("papers", "too_many", words.format(most=MOST_PAPERS))
