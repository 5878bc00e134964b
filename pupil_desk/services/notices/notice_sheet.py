"""The sheet for a translator of the privacy notice: the English words in use line by line, as for any paper.

What comes back is put together as the English is, and stands in the editor of the notice's words: what the law asks of them is judged there.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.edition import NoticeProse
from pupil_desk.domain.translations.translation import lines_of, paired_lines, text_in, wording_digest
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_words
from pupil_desk.services.roles import Action
from pupil_desk.services.translations import sheets
from pupil_desk.services.translations.papers import NOTICE_TITLE, TranslatablePaper
from pupil_desk.services.translations.sheets import SheetTakenBack

_FRONT, _MORE = "front", "more"


@dataclass(frozen=True, slots=True)
class NoticeTakenBack:
    """The two texts of the notice by a sheet; a line that is translated nowhere is in English still. ``sheet`` is what it said."""

    front: str
    more: str
    sheet: SheetTakenBack


def notice_paper(desk: Desk) -> TranslatablePaper:
    """The English words of the notice in use, as lines."""
    prose = notice_words.current(desk)
    lines = (*lines_of(_FRONT, _("Front part"), prose.front), *lines_of(_MORE, _("Last part"), prose.more))
    wording = wording_digest([(_FRONT, prose.front), (_MORE, prose.more)])
    return TranslatablePaper("notice", NOTICE_TITLE, Action.EDIT_NOTICE, lines, wording)


def write_notice_sheet(desk: Desk, language: str, front: str, last_part: str, path: Path) -> None:
    """Write the notice out for a translator; with what is written already, where it has the lines of the English. Raises NotAllowed, WrongUse, CannotWrite."""
    paper = notice_paper(desk)
    sheets.write_sheet(desk, paper, language, _translated_already(notice_words.current(desk), paper, front, last_part), path)


def read_notice_sheet(desk: Desk, language: str, front: str, last_part: str, data: bytes) -> NoticeTakenBack:
    """The notice by a sheet that came back, to be judged and kept by a person; what is written already stays where the sheet has nothing.

    Raises NotAllowed; WrongUse, also where what is written has other lines than the English, so that what the sheet lacks would be lost.
    """
    prose, paper = notice_words.current(desk), notice_paper(desk)
    sheet_back = sheets.read_sheet(desk, paper, language, data)
    already = _translated_already(prose, paper, front, last_part)
    words = {**already, **sheet_back.words}
    is_paired = all(
        text.strip() == text_in(key, english, already).strip()
        for key, english, text in ((_FRONT, prose.front, front), (_MORE, prose.more, last_part))
    )
    if sheet_back.empty and not is_paired:
        raise WrongUse(
            _(
                "Lines of this sheet are empty, and what is written here has other lines than the English, so that they cannot be put together. Have all lines filled in."
            )
        )
    sheet_back = replace(sheet_back, empty=len(paper.lines) - len(words))
    return NoticeTakenBack(text_in(_FRONT, prose.front, words), text_in(_MORE, prose.more, words), sheet_back)


def _translated_already(prose: NoticeProse, paper: TranslatablePaper, front: str, last_part: str) -> dict[str, str]:
    words = paired_lines(_FRONT, prose.front, front) | paired_lines(_MORE, prose.more, last_part)
    english = {line.key: line.english for line in paper.lines}
    return {key: line for key, line in words.items() if line != english[key]}
