"""Papers kept on a pupil: a plan, a letter, a scanned form. What is known of one, and the sizes that a PDF, a picture or a text may have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.text import capital, control_character, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Basis, Category, Facts, Kind, Purpose, Section, Special, item
from pupil_desk.domain.catalogue.validation import Problem, gathered

# A paper may say anything of a pupil, their health too, so all that is known of it carries that condition.
_PAPER = Facts(Section.PAPERS, Category.PAPERS, Purpose.CARE, Basis.PUBLIC_TASK, special=Special.HEALTH, retention="paper")

MEGA = 1_000_000
MOST_BYTES = 10 * MEGA
"""Of one paper: some fifty scanned pages. It is held in memory whole, and written within a second."""
MOST_IN_ALL = 500 * MEGA
"""Of all papers of the unit together: a backup is made and proved in memory, on the oldest PC of an office."""
MOST_TEXT = 100_000
"""Bytes of a plain text: some thirty pages, which are set on paper to be shown."""
MOST_PAGES = 200
"""Of one PDF: each page is read out to a screen reader as it is opened."""
MOST_DOTS = 40_000_000
"""Of one picture: four bytes each when it is drawn."""
NEARLY_FULL = 400 * MEGA
"""From here the person is told how little room is left."""

PORTRAIT, PORTRAIT_CONSENT = "portrait", "record-photograph"
"""The kind of paper that a pupil's photograph on the record is, and the consent without which it is neither kept nor shown."""

_UNFIT_IN_TITLE = re.compile(r"[_\s]+")
_ENDING = re.compile(r"(\.[A-Za-z0-9]{1,5})+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One paper, without its bytes. ``about_kind`` and ``about_id`` name the entry that it belongs to, if any.

    ``size`` is in bytes; ``digest`` is the SHA-256 of the bytes kept, in hex.
    """

    id: str = ""
    pupil_id: str = ""
    title: str = item(_("Title"), Kind.TEXT, facts=_PAPER, required=True, hint=_("What the paper is, in a few words"))
    kind: str = item(_("Kind of paper"), Kind.CODE, codes="attachment_kind", facts=_PAPER, required=True)
    paper_day: date | None = item(_("Day of the paper"), Kind.DATE, facts=_PAPER, hint=_("The day written on it; empty if there is none"))
    received_from: str | None = item(_("Received from"), Kind.NAME, facts=_PAPER, hint=_("Such as the main school, or a parent"))
    note: str | None = item(_("Remark"), Kind.LINES, facts=_PAPER)
    kept_on: date | None = item(_("Kept here since"), Kind.DATE, facts=_PAPER)
    set_aside_on: date | None = item(_("Set aside on"), Kind.DATE, facts=_PAPER)
    set_aside_because: str | None = item(_("Set aside because"), Kind.TEXT, facts=_PAPER)
    about_kind: str | None = None
    about_id: str | None = None
    media_type: str = ""
    pages: int = 1
    size: int = 0
    digest: str = ""

    @property
    def is_portrait(self) -> bool:
        """Whether it is the photograph on the record, or was until it was set aside."""
        return self.kind == PORTRAIT and self.media_type == "image/jpeg"


@gathered
def check_attachment(paper: Attachment, today: date) -> Iterator[Problem]:
    """A paper is not of a day to come, and one that is set aside says why."""
    if paper.paper_day is not None and paper.paper_day > today:
        words = _("The day of the paper lies in the future. Check the year.")
        yield Problem.warning("paper_day", "future_date", words)
    if paper.set_aside_on is not None and not paper.set_aside_because:
        yield Problem("set_aside_because", "missing", _("Enter why the paper is set aside."))


def title_from(file_name: str) -> str:
    """A title to begin with, from the name of a file: without endings, underscores and what is no text."""
    bare = _ENDING.sub("", file_name)
    text = tidy(_UNFIT_IN_TITLE.sub(" ", "".join(sign for sign in bare if not control_character(sign))))
    return capital(text)[:120]


def size_words(size: int) -> str:
    """So many bytes as people count them: «240 KB», «1.4 MB»."""
    if size >= MEGA:
        return _("{size} MB").format(size=f"{size / MEGA:.1f}".removesuffix(".0"))
    return _("{size} KB").format(size=max(1, round(size / 1000)))
