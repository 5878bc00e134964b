"""A pack begun, and what a person decides in it: place by place, section by section, paper by paper. Data officer only."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import control_character, tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.case import COPIES, CaseKind, RequestEvent, RequestEventKind, counting
from pupil_desk.domain.requests.pack import LONGEST_ASKER, LONGEST_REASON, PAPER, PackBegun, PackMark, PackSection, PlaceVerdict, TextPlace
from pupil_desk.domain.requests.steps import is_closed
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.packs import people
from pupil_desk.services.packs.compiling import compiled, pack_of, parts_of, require_reader
from pupil_desk.services.packs.content import FRONT, NEWS, RESTRICTED, Compiled, MarkedPlace, Passage, Remaining
from pupil_desk.services.pupils import pupils
from pupil_desk.services.requests import looking
from pupil_desk.services.requests.looking import keep_event
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import packs as store
from pupil_desk.store.tables import requests

_USUAL = {PlaceVerdict.WITHHOLD: "third-party", PlaceVerdict.RELEASE: "known"}
_USUAL_OF = {
    people.PROTECTED: "protected",
    people.IN_CARE: "in-care",
    people.STAFF: "in-their-work",
    people.PROFESSIONAL: "in-their-work",
    people.WORD: "no-name",
    **dict.fromkeys((people.GROUND, people.KEPT_FROM_FAMILY), "harm"),
}

_PAPER_TITLE = _("A paper kept")


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
    pack_ids = [row["id"] for row in store.of_pupil(desk.vault, pupil_id) if not row["dropped"] and row["case_id"] is None]
    return store.get(desk.vault, pack_ids[0]) if pack_ids else None


def drop(desk: Desk, pack: PackBegun, reason: str) -> Changed:
    """Say that a copy is not wanted after all; what was decided stays on file. Raises NotAllowed, Refused, WrongUse."""
    desk.require(Action.COMPILE_PACK, "pupil", pack.pupil_id)
    pack_of(desk, pack.id)
    reason = _checked_note(reason, required=True)
    sections = store.sections_of(desk.vault, pack.id) if pack.case_id else {}
    titles = {part.name: part.title for part in parts_of(desk, pack.pupil_id)} if sections else {}
    with desk.act(Action.COMPILE_PACK, "pupil", pack.pupil_id, "copy dropped") as work:
        store.drop(desk.vault, pack, row_id=new_id(), reason=reason, moment=work.stamp, actor=work.actor)
        _take_back_grounds(work, pack, {name: titles.get(name, _PAPER_TITLE) for name in sections}, _("The copy was dropped"))
    return Changed.of(NEWS, "request", ids=(pack.id, pack.pupil_id, *((pack.case_id,) if pack.case_id else ())))


# -- places


def decide(
    desk: Desk, copy: Compiled, marks: Sequence[MarkedPlace], verdict: PlaceVerdict, *, reason: str = "", note: str = ""
) -> Compiled:
    """Withhold or give places, with a reason of the list «redaction_reason»; without one, the usual reason for whose they are.

    Returns the pack as it then stands. Raises NotAllowed, Refused, WrongUse.
    """
    if verdict not in (PlaceVerdict.WITHHOLD, PlaceVerdict.RELEASE):
        raise ValueError(f"a place is withheld or given, not {verdict}")
    refuse(wrong_reason(verdict, reason))
    note = _checked_note(note)
    return keep_marks(
        desk,
        copy,
        [_mark(copy, mark, verdict, reason or usual_reason(mark, verdict), note) for mark in marks],
        f"{len(marks)} {_LOGGED[verdict]}",
    )


def words_about(copy: Compiled, marks: Sequence[MarkedPlace], verdict: PlaceVerdict) -> list[PackMark]:
    """The same said of several places, each for the usual reason: to be kept by ``keep_marks``."""
    return [_mark(copy, mark, verdict, usual_reason(mark, verdict), "") for mark in marks]


def accept(desk: Desk, copy: Compiled, marks: Sequence[MarkedPlace] | None = None) -> Compiled:
    """Do what is proposed with all places that nothing is said of yet, or with these of them."""
    open_ = copy.undecided if marks is None else [mark for mark in marks if mark.said is None]
    words = [_mark(copy, mark, mark.proposed, usual_reason(mark, mark.proposed), "") for mark in open_]
    return keep_marks(desk, copy, words, f"{len(words)} as proposed") if words else copy


def mark_by_hand(
    desk: Desk,
    copy: Compiled,
    passage: Passage,
    start: int,
    stop: int,
    *,
    reason: str = "third-party",
    note: str = "",
    in_all_records: bool = False,
) -> Compiled:
    """Withhold further words that a person marked; ``in_all_records``: wherever the same text of the pack has them too. Raises WrongUse."""
    words = passage.words[start:stop]
    if not 0 <= start < stop <= len(passage.words) or not words.strip():
        raise WrongUse(_("Select the words first."))
    refuse(wrong_reason(PlaceVerdict.WITHHOLD, reason))
    note = _checked_note(note)
    places = [TextPlace(section=passage.section, field=passage.field, key=passage.key, start=start, stop=stop)]
    if in_all_records:
        places = list(dict.fromkeys((*places, *_same_words(copy, words))))
    by_hand = {"whose": people.HAND, "who": _("Marked by hand"), "reason": reason, "note": note, "by_hand": True}
    marks = [_said_of(copy, place, words, PlaceVerdict.WITHHOLD, **by_hand) for place in places]
    return keep_marks(desk, copy, marks, f"{len(marks)} marked by hand")


def _same_words(copy: Compiled, words: str) -> Iterable[TextPlace]:
    folded = words.casefold()
    for part in copy.parts:
        for passage in part.passages:
            text = passage.words.casefold()
            position = text.find(folded) if len(text) == len(passage.words) else -1
            while position >= 0:
                yield TextPlace(section=passage.section, field=passage.field, key=passage.key, start=position, stop=position + len(words))
                position = text.find(folded, position + len(words))


def take_back(desk: Desk, copy: Compiled, mark: MarkedPlace) -> Compiled:
    """Take back what was said of a place; one that a person marked is no longer marked."""
    return keep_marks(
        desk, copy, [dataclasses.replace(_mark(copy, mark, PlaceVerdict.UNMARK, "", ""), by_hand=mark.by_hand)], "1 taken back"
    )


def tick(desk: Desk, copy: Compiled, places: Sequence[Remaining], *, ticked: bool = True) -> Compiled:
    """Say that a withheld word may stand in these places, each of which a person has looked at; or no longer."""
    verdict = PlaceVerdict.STAYS if ticked else PlaceVerdict.LOOK
    words = [_said_of(copy, remaining.place, remaining.words, verdict) for remaining in places]
    return keep_marks(desk, copy, words, f"{len(words)} places left")


def keep_marks(desk: Desk, copy: Compiled, words: Sequence[PackMark], summary: str) -> Compiled:
    """Keep what was said, in one transaction; the pack as it then stands. Raises NotAllowed, WrongUse (dropped meanwhile)."""
    pack = pack_of(desk, copy.pack.id)
    if copy.apart:
        require_reader(desk, pack)
    else:
        desk.require(Action.COMPILE_PACK, "pupil", pack.pupil_id)
    if any((word.section == RESTRICTED) != copy.apart for word in words if word.section != FRONT):
        raise WrongUse(_("What restricted notes say is decided by someone named to read them. Ask one of them."))
    action, subject = (Action.ADD_TO_PACK, "restricted notes of a copy") if copy.apart else (Action.COMPILE_PACK, "copy")
    with desk.act(action, "pupil", pack.pupil_id, f"{subject}: {summary}") as work:
        store.add_marks(desk.vault, list(words), moment=work.stamp, actor=work.actor)
    return copy.saying(words)


def _mark(copy: Compiled, mark: MarkedPlace, verdict: PlaceVerdict, reason: str, note: str) -> PackMark:
    about = {"whose": mark.whose, "who": mark.who, "reason": reason, "note": note, "by_hand": mark.by_hand}
    return _said_of(copy, mark.place, mark.words, verdict, **about)


def _said_of(copy: Compiled, place: TextPlace, words: str, verdict: PlaceVerdict, **about: Any) -> PackMark:
    """A word on a place; ``about`` is whose it is, and why it is so decided."""
    at = dataclasses.asdict(place)
    return PackMark(id=new_id(), pack_id=copy.pack.id, pupil_id=copy.pack.pupil_id, **at, words=words, said=verdict, **about)


_LOGGED = {PlaceVerdict.WITHHOLD: "withheld", PlaceVerdict.RELEASE: "given"}


def usual_reason(mark: MarkedPlace, verdict: PlaceVerdict) -> str:
    """The reason that usually holds for whose place it is."""
    return usual_reason_for(mark.whose, verdict)


def usual_reason_for(whose: str, verdict: PlaceVerdict) -> str:
    """The same for a code of «redaction»."""
    usual = _USUAL_OF.get(whose)
    code = codelist("redaction_reason").get(usual) if usual else None
    return usual if usual and code is not None and code.category == verdict else _USUAL[verdict]


def wrong_reason(verdict: PlaceVerdict, reason: str) -> Iterable[Problem]:
    code = codelist("redaction_reason").get(reason)
    if reason and (code is None or code.category != verdict):
        yield Problem("reason", "unknown_code", _("Choose a reason from the list."))


def _checked_note(note: str, *, required: bool = False) -> str:
    note = tidy(note)
    if required and not note:
        refuse((Problem("note", "missing", _("Enter the reason.")),))
    if len(note) > LONGEST_REASON:
        refuse((Problem("note", "too_long", _("Shorten this to 1,000 characters.")),))
    return note


# -- whole sections, and papers


def withhold_section(desk: Desk, copy: Compiled, section: str, *, exemption: str, note: str = "", quiet: bool = False) -> Compiled:
    """Withhold a whole section on a ground of the list «exemption». The request's case has it too, and the copy is behind until it is compiled anew. Raises NotAllowed, Refused, WrongUse."""
    if section == RESTRICTED:
        raise WrongUse(_("What restricted notes say is decided by someone named to read them. Ask one of them."))
    if section not in copy.counts:
        raise WrongUse(_("There is no such section. Look at the copy again."))
    return _say(desk, copy, section, is_given=False, exemption=exemption, note=note, quiet=quiet)


def give_section(desk: Desk, copy: Compiled, section: str) -> Compiled:
    """Give a section after all. Raises NotAllowed, WrongUse."""
    return _say(desk, copy, section, is_given=True)


def decide_paper(desk: Desk, copy: Compiled, paper_id: str, *, is_given: bool, exemption: str = "third-party", note: str = "") -> Compiled:
    """Give a kept paper as a file, its boxes over its pages if it has any, or withhold it on a ground. Raises NotAllowed, Refused, WrongUse."""
    if not any(paper.id == paper_id for paper in copy.papers):
        raise WrongUse(_("That paper is no longer on file. Look at the copy again."))
    return _say(desk, copy, PAPER + paper_id, is_given=is_given, exemption="" if is_given else exemption, note=note)


def decide_papers_by_rule(desk: Desk, copy: Compiled) -> Compiled:
    """Do with each kept paper as is proposed, where no person looks inside: of one that was not found to name anybody no ground is said."""
    for paper in copy.papers:
        ground, quiet = "" if paper.proposed else "third-party", not (paper.proposed or paper.names)
        copy = _say(desk, copy, PAPER + paper.id, is_given=paper.proposed, exemption=ground, quiet=quiet)
    return compiled(desk, copy.pack.id, read_papers=copy.papers) if copy.is_behind else copy


def _say(desk: Desk, copy: Compiled, section: str, *, is_given: bool, exemption: str = "", note: str = "", quiet: bool = False) -> Compiled:
    """Keep what is said of a section or paper; the copy with it, which is behind where its case has gained or lost a ground: it tells what that has."""
    desk.require(Action.COMPILE_PACK, "pupil", copy.pack.pupil_id)
    pack_of(desk, copy.pack.id)
    refuse(_wrong_ground(exemption, is_given=is_given))
    word = PackSection(
        id=new_id(),
        pack_id=copy.pack.id,
        pupil_id=copy.pack.pupil_id,
        section=section,
        given=is_given,
        exemption=exemption,
        quiet=quiet,
        note=_checked_note(note),
    )
    section_words, ground = "a paper" if section.startswith(PAPER) else section, "" if quiet else f", {exemption}"
    with desk.act(
        Action.COMPILE_PACK, "pupil", copy.pack.pupil_id, f"copy: {section_words} {'given' if is_given else f'withheld{ground}'}"
    ) as work:
        title = copy.part(section).title if section in copy.counts else _PAPER_TITLE
        tells_case = _take_back_grounds(work, copy.pack, {section: title}, _("Decided otherwise in the copy"))
        store.add_section(desk.vault, word, moment=work.stamp, actor=work.actor)
        if not is_given:
            _tell_case(work, copy.pack, word, title)
            tells_case |= copy.pack.case_id is not None
    return dataclasses.replace(copy.saying_of(word), is_behind=copy.is_behind or tells_case)


def _wrong_ground(exemption: str, *, is_given: bool) -> Iterable[Problem]:
    code = codelist("exemption").get(exemption)
    if not is_given and (code is None or code.category != "part"):
        yield Problem("exemption", "missing", _("Choose the ground on which it is withheld."))


def _take_back_grounds(work: Work, pack: PackBegun, titles: Mapping[str, str], reason: str) -> bool:
    """Within a transaction: the grounds of these sections and papers count no more in the case, unless it is closed: then it stays as it was answered.

    What was handed out goes on resting on those that it was written with. Whether the case has lost any.
    """
    all_events = requests.events_of(work.desk.vault, pack.case_id) if pack.case_id else []
    events = {event.id: event for event in counting(all_events)}
    if is_closed(tuple(events.values())):
        return False
    before_count = len(events)
    last_words, written_ids = store.sections_of(work.desk.vault, pack.id), store.words_written(work.desk.vault, pack.id)
    by_id = {event.id for event in all_events} & {word.id for word in last_words.values()}
    for section, title in titles.items():
        if (word := last_words.get(section)) is None or word.id in written_ids:
            continue
        said = (RequestEventKind.EXEMPTION, title, *_ground_of(word))
        before = (
            event.id
            for event in reversed(events.values())
            if (event.kind, event.what, event.exemption, event.note) == said and event.id not in by_id
        )
        event_id = word.id if word.id in by_id else next(before, "")  # an earlier version gave it a name of its own
        if event_id in events:
            keep_event(work, looking.taking_back(events.pop(event_id), reason, work.desk.today))
    return len(events) < before_count


def _ground_of(word: PackSection) -> tuple[str | None, str | None]:
    """What the case has of a ground, and why. What a quiet one rests on stays with the pack alone."""
    return (None, None) if word.quiet else (word.exemption, word.note or None)


def _tell_case(work: Work, pack: PackBegun, word: PackSection, title: str) -> None:
    """Within a transaction: the case that the pack answers has the ground too, by the same ``id``."""
    if pack.case_id is None:
        return
    exemption, note = _ground_of(word)
    keep_event(
        work,
        RequestEvent(
            id=word.id,
            case_id=pack.case_id,
            pupil_id=pack.pupil_id,
            kind=RequestEventKind.EXEMPTION,
            on=work.desk.today,
            exemption=exemption,
            what=title,
            note=note,
        ),
    )
