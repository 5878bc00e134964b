"""A pack begun, and what a person decides in it: place by place, section by section, paper by paper. Data officer only."""

import dataclasses
from collections.abc import Iterable, Sequence

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import control_character, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import COPIES, CaseKind, EventKind, RequestEvent
from pupil_desk.domain.requests.pack import LONGEST_ASKER, LONGEST_REASON, PackBegun, PackMark, PackSection, Place, Said
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.packs import policy
from pupil_desk.services.packs.compiling import pack_of, require_reader
from pupil_desk.services.packs.content import (
    FRONT,
    NEWS,
    PAPER,
    RESTRICTED,
    Compiled,
    Marked,
    Passage,
    Remaining,
    key_of,
)
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.keeping import keep_event
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import packs as store

_USUAL = {Said.WITHHOLD: "third-party", Said.RELEASE: "known"}
_USUAL_OF = {policy.PROTECTED: "protected", policy.STAFF: "in-their-work", policy.PROFESSIONAL: "in-their-work", policy.WORD: "no-name", policy.GROUND: "harm", policy.KEPT_FROM_FAMILY: "harm"}


def begin(desk: Desk, pupil_id: str, asker: str, *, case_id: str | None = None) -> PackBegun:
    """Begin a copy of all that is held on a pupil, for who asked. Raises NotAllowed, Refused, WrongUse (no such pupil, another kind of case)."""
    desk.require(Action.COMPILE_PACK, "pupil", pupil_id)
    asker = tidy(asker)
    refuse(_wrong_asker(asker))
    pupil = pupils.record(desk, pupil_id).pupil
    if case_id is not None:
        case = looking.case(desk, case_id).case
        if CaseKind(case.kind) not in COPIES or case.pupil_id is None or pupils.record(desk, case.pupil_id).pupil.id != pupil.id:
            raise WrongUse(_("That request does not ask for a copy of this pupil’s record."))
    pack = PackBegun(id=new_id(), pupil_id=pupil.id, case_id=case_id, asker=asker, begun_on=desk.today)
    with desk.act(Action.COMPILE_PACK, "pupil", pupil.id, "copy begun") as work:
        store.begin(desk.vault, pack, moment=work.stamp, actor=work.actor)
    return pack


def _wrong_asker(asker: str) -> Iterable[Problem]:
    if not asker:
        yield Problem("asker", "missing", _("Enter who asked for the copy."))
    elif len(asker) > LONGEST_ASKER or control_character(asker):
        yield Problem("asker", "too_long", _("Shorten the name to 255 characters."))


def under_way(desk: Desk, pupil_id: str, case_id: str | None = None) -> PackBegun | None:
    """The copy under way of a pupil, or that answers a request: the one begun last, unless it was dropped."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    if case_id is not None:
        return next(iter(store.of_case(desk.vault, case_id)), None)
    found = [row["id"] for row in store.of_pupil(desk.vault, pupil_id) if not row["dropped"] and row["case_id"] is None]
    return store.get(desk.vault, found[0]) if found else None


def drop(desk: Desk, pack: PackBegun, reason: str) -> Changed:
    """Say that a copy is not wanted after all; what was decided stays on file. Raises NotAllowed, Refused, WrongUse."""
    desk.require(Action.COMPILE_PACK, "pupil", pack.pupil_id)
    pack_of(desk, pack.id)
    reason = _checked_note(reason, needed=True)
    with desk.act(Action.COMPILE_PACK, "pupil", pack.pupil_id, "copy dropped") as work:
        store.drop(desk.vault, pack, row_id=new_id(), reason=reason, moment=work.stamp, actor=work.actor)
    return _changed(pack)


# -- places


def decide(desk: Desk, made: Compiled, marks: Sequence[Marked], said: Said, *, reason: str = "", note: str = "") -> Compiled:
    """Withhold or give places, with a reason of the list «redaction_reason»; without one, the usual reason for whose they are.

    Returns the pack as it then stands. Raises NotAllowed, Refused, WrongUse.
    """
    if said not in (Said.WITHHOLD, Said.RELEASE):
        raise ValueError(f"a place is withheld or given, not {said}")
    refuse(_wrong_reason(said, reason))
    note = _checked_note(note)
    return keep_marks(desk, made, [_mark(made, mark, said, reason or usual_reason(mark, said), note) for mark in marks], f"{len(marks)} {_LOGGED[said]}")


def words_about(made: Compiled, marks: Sequence[Marked], said: Said) -> list[PackMark]:
    """The same said of several places, each for the usual reason: to be kept by ``keep_marks``."""
    return [_mark(made, mark, said, usual_reason(mark, said), "") for mark in marks]


def accept(desk: Desk, made: Compiled, marks: Sequence[Marked] | None = None) -> Compiled:
    """Do what is proposed with all places that nothing is said of yet, or with these of them."""
    open_ = made.undecided if marks is None else [mark for mark in marks if mark.said is None]
    words = [_mark(made, mark, mark.proposed, usual_reason(mark, mark.proposed), "") for mark in open_]
    return keep_marks(desk, made, words, f"{len(words)} as proposed") if words else made


def mark_by_hand(desk: Desk, made: Compiled, passage: Passage, start: int, stop: int, *, reason: str = "third-party", note: str = "", everywhere: bool = False) -> Compiled:
    """Withhold further words that a person marked; ``everywhere``: wherever the same text of the pack has them too. Raises WrongUse."""
    words = passage.words[start:stop]
    if not 0 <= start < stop <= len(passage.words) or not words.strip():
        raise WrongUse(_("Select the words first."))
    refuse(_wrong_reason(Said.WITHHOLD, reason))
    note = _checked_note(note)
    places = [Place(section=passage.section, field=passage.field, key=key_of(passage.words), start=start, stop=stop)]
    if everywhere:
        places = list(dict.fromkeys((*places, *_same_words(made, words))))
    found = [
        PackMark(id=new_id(), pack_id=made.pack.id, pupil_id=made.pack.pupil_id, section=place.section, field=place.field, key=place.key, start=place.start,
                 stop=place.stop, words=words, whose=policy.HAND, who=_("Marked by hand"), said=Said.WITHHOLD, reason=reason, note=note, by_hand=True)
        for place in places
    ]  # fmt: skip
    return keep_marks(desk, made, found, f"{len(found)} marked by hand")


def _same_words(made: Compiled, words: str) -> Iterable[Place]:
    wanted = words.casefold()
    for part in made.parts:
        for passage in part.passages:
            text = passage.words.casefold()
            at = text.find(wanted) if len(text) == len(passage.words) else -1
            while at >= 0:
                yield Place(section=passage.section, field=passage.field, key=key_of(passage.words), start=at, stop=at + len(words))
                at = text.find(wanted, at + len(words))


def take_back(desk: Desk, made: Compiled, mark: Marked) -> Compiled:
    """Take back what was said of a place; one that a person marked is no longer marked."""
    return keep_marks(desk, made, [dataclasses.replace(_mark(made, mark, Said.UNMARK, "", ""), by_hand=mark.by_hand)], "1 taken back")


def tick(desk: Desk, made: Compiled, places: Sequence[Remaining], *, ticked: bool = True) -> Compiled:
    """Say that a withheld word may stand in these places, each of which a person has looked at; or no longer."""
    said = Said.STAYS if ticked else Said.LOOK
    words = [
        PackMark(id=new_id(), pack_id=made.pack.id, pupil_id=made.pack.pupil_id, section=one.place.section, field=one.place.field, key=one.place.key,
                 start=one.place.start, stop=one.place.stop, words=one.words, said=said)
        for one in places
    ]  # fmt: skip
    return keep_marks(desk, made, words, f"{len(words)} places left")


def keep_marks(desk: Desk, made: Compiled, words: Sequence[PackMark], what: str) -> Compiled:
    """Keep what was said, in one transaction; the pack as it then stands. Raises NotAllowed, WrongUse (dropped meanwhile)."""
    pack = pack_of(desk, made.pack.id)
    if made.apart:
        require_reader(desk, pack)
    else:
        desk.require(Action.COMPILE_PACK, "pupil", pack.pupil_id)
    if any((word.section == RESTRICTED) != made.apart for word in words if word.section != FRONT):
        raise WrongUse(_("What restricted notes say is decided by someone named to read them. Ask one of them."))
    action, told = (Action.ADD_TO_PACK, "restricted notes of a copy") if made.apart else (Action.COMPILE_PACK, "copy")
    with desk.act(action, "pupil", pack.pupil_id, f"{told}: {what}") as work:
        store.add_marks(desk.vault, list(words), moment=work.stamp, actor=work.actor)
    return made.saying(words)


def _mark(made: Compiled, mark: Marked, said: Said, reason: str, note: str) -> PackMark:
    place = mark.place
    return PackMark(
        id=new_id(), pack_id=made.pack.id, pupil_id=made.pack.pupil_id, section=place.section, field=place.field, key=place.key, start=place.start,
        stop=place.stop, words=mark.words, whose=mark.whose, who=mark.who, said=said, reason=reason, note=note, by_hand=mark.by_hand,
    )  # fmt: skip


_LOGGED = {Said.WITHHOLD: "withheld", Said.RELEASE: "given"}


def usual_reason(mark: Marked, said: Said) -> str:
    """The reason that usually holds for whose place it is."""
    usual = _USUAL_OF.get(mark.whose)
    listed = codelist("redaction_reason").get(usual) if usual else None
    return usual if usual and listed is not None and listed.category == said else _USUAL[said]


def _wrong_reason(said: Said, reason: str) -> Iterable[Problem]:
    listed = codelist("redaction_reason").get(reason)
    if reason and (listed is None or listed.category != said):
        yield Problem("reason", "unknown_code", _("Choose a reason from the list."))


def _checked_note(note: str, *, needed: bool = False) -> str:
    note = tidy(note)
    if needed and not note:
        refuse((Problem("note", "missing", _("Enter the reason.")),))
    if len(note) > LONGEST_REASON:
        refuse((Problem("note", "too_long", _("Shorten this to 1,000 characters.")),))
    return note


# -- whole sections, and papers


def withhold_section(desk: Desk, made: Compiled, section: str, *, exemption: str, note: str = "", quiet: bool = False) -> Compiled:
    """Withhold a whole section on a ground of the list «exemption». The request's case has it too. Raises NotAllowed, Refused, WrongUse."""
    if section == RESTRICTED:
        raise WrongUse(_("What restricted notes say is decided by someone named to read them. Ask one of them."))
    if section not in made.counts:
        raise WrongUse(_("There is no such section. Look at the copy again."))
    return _say(desk, made, section, given=False, exemption=exemption, note=note, quiet=quiet)


def give_section(desk: Desk, made: Compiled, section: str) -> Compiled:
    """Give a section after all. Raises NotAllowed, WrongUse."""
    return _say(desk, made, section, given=True)


def decide_paper(desk: Desk, made: Compiled, paper_id: str, *, given: bool, exemption: str = "third-party", note: str = "") -> Compiled:
    """Give a kept paper as a file, or withhold it on a ground. Its pages cannot be changed. Raises NotAllowed, Refused, WrongUse."""
    if not any(paper.id == paper_id for paper in made.papers):
        raise WrongUse(_("That paper is no longer on file. Look at the copy again."))
    return _say(desk, made, PAPER + paper_id, given=given, exemption="" if given else exemption, note=note)


def _say(desk: Desk, made: Compiled, section: str, *, given: bool, exemption: str = "", note: str = "", quiet: bool = False) -> Compiled:
    desk.require(Action.COMPILE_PACK, "pupil", made.pack.pupil_id)
    pack_of(desk, made.pack.id)
    refuse(_wrong_ground(exemption, given=given))
    word = PackSection(id=new_id(), pack_id=made.pack.id, pupil_id=made.pack.pupil_id, section=section, given=given, exemption=exemption, quiet=quiet,
                       note=_checked_note(note))  # fmt: skip
    what, ground = "a paper" if section.startswith(PAPER) else section, "" if quiet else f", {exemption}"
    with desk.act(Action.COMPILE_PACK, "pupil", made.pack.pupil_id, f"copy: {what} {'given' if given else f'withheld{ground}'}") as work:
        store.add_section(desk.vault, word, moment=work.stamp, actor=work.actor)
        if not given:
            _tell_case(work, made.pack, word, made.part(section).title if section in made.counts else _("A paper kept"))
    return made.saying_of(word)


def _wrong_ground(exemption: str, *, given: bool) -> Iterable[Problem]:
    listed = codelist("exemption").get(exemption)
    if not given and (listed is None or listed.category != "part"):
        yield Problem("exemption", "missing", _("Choose the ground on which it is withheld."))


def _tell_case(work: Work, pack: PackBegun, word: PackSection, title: str) -> None:
    """Within a transaction: the case that the pack answers has the ground too. What a quiet one rests on stays with the pack alone."""
    if pack.case_id is None:
        return
    exemption, note = (None, None) if word.quiet else (word.exemption, word.note or None)
    keep_event(work, RequestEvent(case_id=pack.case_id, pupil_id=pack.pupil_id, kind=EventKind.EXEMPTION, on=work.desk.today,
                                  exemption=exemption, what=title, note=note))  # fmt: skip


def _changed(pack: PackBegun) -> Changed:
    return Changed.of(NEWS, "request", ids=(pack.id, pack.pupil_id, *((pack.case_id,) if pack.case_id else ())))
