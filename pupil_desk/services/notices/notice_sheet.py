"""The sheet for a translator of the privacy notice: the English words in use line by line, as for any paper.

What comes back is put together as the English is, and stands in the editor of the notice's words: what the law asks of them is judged there.
"""

from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.words import _
from pupil_desk.domain.translations.translation import lines_of, paired_lines, text_in
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_words
from pupil_desk.services.roles import Action
from pupil_desk.services.translations import sheets
from pupil_desk.services.translations.papers import TranslatablePaper
from pupil_desk.services.translations.sheets import SheetTakenBack

_FRONT, _MORE = "front", "more"


@dataclass(frozen=True, slots=True)
class NoticeTakenBack:
    """The two texts of the notice by a sheet; a line without a translation is in English still. ``sheet`` is what it said."""

    front: str
    more: str
    sheet: SheetTakenBack


def notice_paper(desk: Desk) -> TranslatablePaper:
    """The English words of the notice in use, as lines."""
    prose = notice_words.current(desk)
    lines = (*lines_of(_FRONT, _("Front part"), prose.front), *lines_of(_MORE, _("Last part"), prose.more))
    return TranslatablePaper("notice", _("Privacy notice"), Action.EDIT_NOTICE, lines)


def write_notice_sheet(desk: Desk, language: str, front: str, last_part: str, path: Path) -> None:
    """Write the notice out for a translator; with what is written already, where it has the lines of the English. Raises NotAllowed, WrongUse, CannotWrite."""
    prose = notice_words.current(desk)
    words = paired_lines(_FRONT, prose.front, front) | paired_lines(_MORE, prose.more, last_part)
    paper = notice_paper(desk)
    english = {line.key: line.english for line in paper.lines}
    translated = {key: words_of_line for key, words_of_line in words.items() if words_of_line != english[key]}
    sheets.write_sheet(desk, paper, language, translated, path)


def read_notice_sheet(desk: Desk, language: str, data: bytes) -> NoticeTakenBack:
    """The notice by a sheet that came back, to be judged and kept by a person. Raises NotAllowed, WrongUse."""
    prose = notice_words.current(desk)
    sheet_back = sheets.read_sheet(desk, notice_paper(desk), language, data)
    return NoticeTakenBack(text_in(_FRONT, prose.front, sheet_back.words), text_in(_MORE, prose.more, sheet_back.words), sheet_back)
