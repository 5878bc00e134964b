"""A copy without a person to decide: for the command line and the demonstration. What names somebody else is withheld by rule.

Withheld are other pupils, their families, what a protection covers, where contacts can be reached, and what names the pupil's own family in
what staff wrote (the policy's «alone»). People in their work are not. A kept paper is given only where its words could be read and name
nobody who would be withheld. Restricted notes are added only if the person at the desk is named to read them; else nothing is written.
"""

from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.errors import NotAllowed
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.requests.pack import PackMark, PlaceVerdict
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.packs import deciding, restricted, writing
from pupil_desk.services.packs.compiling import compiled
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.packs.writing import Written
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action


@dataclass(frozen=True, slots=True)
class WrittenAlone:
    """What was written, and by rule: the password of the restricted notes too, where there are any, and the papers left out by title, and what is left out of the log, for the office alone."""

    written: Written
    restricted_password: str
    papers_out: tuple[str, ...]
    left_out: str


def write_alone(desk: Desk, pupil_id: str, folder: Path, progress: Progress = unwatched) -> WrittenAlone:
    """Write a copy for the pupil, deciding everything by rule. Raises NotAllowed, WrongUse, CannotWrite, CannotPrint."""
    desk.require(Action.COMPILE_PACK, "pupil", pupil_id)
    number = notes.count_restricted(desk, pupil_id)
    if number and not readers.may_read(desk):
        raise NotAllowed(
            _("{notes} must be added by someone named to read them: {who}. Make the copy in the window, where they can.").format(
                notes=count_of(number, _("restricted note"), _("restricted notes")), who=readers.who_may_read(desk)
            )
        )
    pack = deciding.begin(desk, pupil_id, pupils.record(desk, pupil_id).pupil.legal_name)
    password = restricted.seal(desk, _by_rule(desk, restricted.read(desk, pack.id)), alone=True) if number else ""
    copy = _by_rule(desk, compiled(desk, pack.id))
    out = []
    for paper in copy.papers:
        copy = deciding.decide_paper(desk, copy, paper.id, is_given=paper.proposed)
        if not paper.proposed:
            out.append(paper.title)
    return WrittenAlone(writing.write(desk, copy, folder, alone=True, progress=progress), password, tuple(out), copy.left_out)


def _by_rule(desk: Desk, copy: Compiled) -> Compiled:
    words: list[PackMark] = []
    for verdict in (PlaceVerdict.WITHHOLD, PlaceVerdict.RELEASE):
        words += deciding.words_about(copy, [mark for mark in copy.undecided if mark.alone is verdict], verdict)
    return deciding.keep_marks(desk, copy, words, f"{len(words)} by rule") if words else copy
