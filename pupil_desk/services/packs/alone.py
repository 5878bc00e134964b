"""A copy without a person to decide: for the command line and the demonstration. What names somebody else is withheld by rule.

Withheld are other pupils, their families, what a protection covers, where a pupil in care lives and with whom, where contacts can be reached, and
what names the pupil's own family in what staff wrote, and what happened in an incident with other pupils (the policy's «alone»). People in their work are not. A kept paper is given only where its words could be read and name
nobody who would be withheld. Restricted notes are added only if the person at the desk is named to read them; else nothing is written.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pupil_desk.basics.errors import NotAllowed, WrongUse
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.requests.case import COPIES, CaseKind, RequestCase, RequestOutcome
from pupil_desk.domain.requests.pack import PackBegun, PackMark, PlaceVerdict
from pupil_desk.domain.requests.steps import is_withdrawn
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.notes import notes, readers
from pupil_desk.services.packs import deciding, people, restricted, writing
from pupil_desk.services.packs.compiling import compiled
from pupil_desk.services.packs.content import Compiled
from pupil_desk.services.packs.writing import Written
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import CaseStanding
from pupil_desk.services.roles import Action


@dataclass(frozen=True, slots=True)
class WrittenAlone:
    """What was written and for whom, and by rule: the password of the restricted notes too, where there are any, and the papers left out by title.

    For the office alone: what is left out of the log, and in a sentence each what is withheld of a home that is kept, under a protection, and of incidents with others.
    """

    written: Written
    asker: str
    restricted_password: str
    papers_out: tuple[str, ...]
    left_out: str
    secret: tuple[str, ...]


def write_alone(desk: Desk, pupil_id: str, folder: Path, progress: Progress = unwatched) -> WrittenAlone:
    """Write a copy for who asks by the open request, else for the pupil, deciding everything by rule. Raises NotAllowed, WrongUse, CannotWrite, CannotPrint."""
    desk.require(Action.COMPILE_PACK, "pupil", pupil_id)
    number = notes.count_restricted(desk, pupil_id)
    if number and not readers.may_read(desk):
        raise NotAllowed(
            _("{notes} must be added by someone named to read them: {who}. Make the copy in the window, where they can.").format(
                notes=count_of(number, _("restricted note"), _("restricted notes")), who=readers.who_may_read(desk)
            )
        )
    pack = _begin(desk, pupil_id)
    try:
        return _write(desk, pack, folder, progress, has_restricted=bool(number))
    except Exception:
        deciding.drop(desk, pack, _("It could not be written."))
        raise


def _begin(desk: Desk, pupil_id: str) -> PackBegun:
    """The copy of this command: it answers the open request, unless one is under way for that in the window, which it leaves alone."""
    case = _request_of(desk, pupil_id)
    if case is None:
        return deciding.begin(desk, pupil_id, pupils.record(desk, pupil_id).pupil.legal_name)
    return deciding.begin(desk, pupil_id, case.requester, case_id=None if deciding.under_way(desk, pupil_id, case.id) else case.id)


def _request_of(desk: Desk, pupil_id: str) -> RequestCase | None:
    """The open request for a copy; none to whose asker nothing may be given, by a check or a protection. Raises WrongUse where there are several."""
    cases = [
        state.case
        for state in looking.of_pupil(desk, pupil_id)
        if CaseKind(state.case.kind) in COPIES
        and state.standing is CaseStanding.OPEN
        and state.outcome != RequestOutcome.REFUSED
        and not is_withdrawn(state.events)
        and not any(step.wrong for step in state.steps)
        and not any(protection.contact_id == state.case.contact_id for protection in state.protections if protection.contact_id)
    ]
    if len(cases) > 1:
        raise WrongUse(
            _("More than one open request asks for a copy: {requests}. Make each copy in the window, from its request.").format(
                requests=join_words([f"{case.ref} ({case.requester})" for case in sorted(cases, key=lambda case: case.ref)])
            )
        )
    return cases[0] if cases else None


def _write(desk: Desk, pack: PackBegun, folder: Path, progress: Progress, *, has_restricted: bool) -> WrittenAlone:
    password = restricted.seal(desk, _by_rule(desk, restricted.read(desk, pack.id)), alone=True) if has_restricted else ""
    copy = deciding.decide_papers_by_rule(desk, compiled(desk, pack.id))
    out = tuple(kept_paper.title for kept_paper in copy.papers if not kept_paper.given)
    copy = _by_rule(desk, copy)
    copy_files = writing.write(desk, copy, folder, alone=True, progress=progress)
    return WrittenAlone(copy_files, pack.asker, password, out, left_out=copy.left_out, secret=tuple(_secret_words(copy)))


def _secret_words(copy: Compiled) -> Iterator[str]:
    """Of how many places the home of a pupil in care, a protection, or other pupils in an incident, are the reason that they are withheld."""
    for code, number in sorted(Counter(mark.whose for mark in copy.withheld if mark.whose in {*people.SECRET, people.SHARED}).items()):
        rule, places = people.rules()[code], count_of(number, _("place"), _("places"))
        yield _("{what}: {places} withheld. {why}").format(what=rule.label, places=places, why=rule.why)


def _by_rule(desk: Desk, copy: Compiled) -> Compiled:
    words: list[PackMark] = []
    for verdict in (PlaceVerdict.WITHHOLD, PlaceVerdict.RELEASE):
        words += deciding.words_about(copy, [mark for mark in copy.undecided if mark.alone is verdict], verdict)
    return deciding.keep_marks(desk, copy, words, f"{len(words)} by rule") if words else copy
