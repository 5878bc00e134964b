"""The guard of what is printed, saved or shown to others: of whom in it something must be kept from somebody, and how.

One mechanism for every paper and list: whoever makes one asks for its guard, the page's stamp is the guard's, the window asks once more
before it goes to the printer, and what was gone through with is logged, a row for each pupil concerned. What a protection says is told
on the screen alone. A stamp on a paper that stays here says that there is something to look to, and no more. A paper for a family bears
none: it would tell the family that there is something. The office is told on the screen, and by a sheet of its own (``office_sheet``). Nor does a paper
that is handed to whoever acts by it, the cook or the driver: the stamp is for the office, and would tell them that somebody on it is protected.

Whether a text names somebody: what outlives every erasure must not, and says our reference instead.
"""

import dataclasses
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _, count_of, join_words
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.pupils.protection import ORDER, Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, enrolments, protections, pupils

ASK_WHOM = _("An order names nobody among the contacts, and may mean whoever gets a paper: ask whom it means before one goes to anybody.")
_NAMED = 6  # pupils named in a question with the reason; of the rest the names alone, or their number


@dataclass(frozen=True, slots=True)
class Guarded:
    """A pupil of whom something must be kept from somebody: the kinds of protection as codes, and in words whom each is about.

    ``may_mean_anybody``: an order names nobody among the contacts, so that it may mean whoever gets the paper.
    """

    pupil: Pupil
    kinds: tuple[str, ...]
    protection_words: str
    may_mean_anybody: bool = False


@dataclass(frozen=True, slots=True)
class Guard:
    """Who in a paper is protected. ``paper_name`` names the paper for the log, in words of ours; ``for_family`` is one that goes to a family,
    ``is_handed_out`` one for whoever acts by it."""

    paper_name: str = ""
    guarded: tuple[Guarded, ...] = ()
    for_family: bool = False
    is_handed_out: bool = False
    _ids: frozenset[str] = field(default=frozenset(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.guarded)

    @property
    def stamp(self) -> str:
        """What stands at the head of each page of a paper about these pupils; empty where nobody is protected, and on a paper for a family or handed out."""
        return self._words if self.guarded else ""

    def stamp_for(self, pupil_id: str) -> str:
        """The same for a paper about one of them, in a file of many."""
        return self._words if pupil_id in self._ids else ""

    def only(self, ids: Collection[str]) -> "Guard":
        """The guard of a part of it."""
        some = tuple(guarded_pupil for guarded_pupil in self.guarded if guarded_pupil.pupil.id in ids)
        return dataclasses.replace(self, guarded=some, _ids=frozenset(guarded_pupil.pupil.id for guarded_pupil in some))

    @property
    def _words(self) -> str:
        """Nothing on what goes to a family: whatever the line said, a family that reads it learns that something is kept from somebody."""
        if self.for_family or self.is_handed_out:
            return ""
        return _("Protected. Keep this paper locked away, and check who may see it before it leaves the office.")

    @property
    def question(self) -> str:
        """Who is protected, and how, for the person at the screen: of papers for families each by name, since nothing on the paper says it."""
        lines = [
            _("{name}: {how}").format(name=guarded_pupil.pupil.full_name, how=guarded_pupil.protection_words)
            for guarded_pupil in self.guarded[:_NAMED]
        ]
        remainder = self.guarded[_NAMED:]
        if remainder and self.for_family:
            lines.append(_("and {names}").format(names=join_words([guarded_pupil.pupil.full_name for guarded_pupil in remainder])))
        elif remainder:
            lines.append(_("and {pupils} more").format(pupils=count_of(len(remainder), _("pupil"), _("pupils"))))
        return "\n".join([*lines, "", self._instruction])

    @property
    def _instruction(self) -> str:
        if self.for_family:
            words = _("Nothing on the papers says so. Check the name and address of each, and put them into their envelopes yourself.")
            return f"{ASK_WHOM} {words}" if any(guarded_pupil.may_mean_anybody for guarded_pupil in self.guarded) else words
        if self.is_handed_out:
            return _("Nothing on the paper says so. Give it yourself to whom it is for, and have it back.")
        return _("Keep it locked away, and give it to nobody without checking.")


NOBODY = Guard()
"""The guard of what tells of no pupil."""


def guard(desk: Desk, ids: Iterable[str], paper_name: str, *, for_family: bool = False, is_handed_out: bool = False) -> Guard:
    """The guard of a paper about these pupils: the protections in force today, of them and of their contacts."""
    desk.require(Action.READ_RECORD)
    protections_by_pupil, pupil_ids = protections.by_pupil(desk.vault, desk.today), set(ids)
    protected = {
        pupil.id: pupil for pupil in pupils.some(desk.vault, [pupil_id for pupil_id in pupil_ids if protections_by_pupil[pupil_id]])
    }
    if not protected:
        return Guard(paper_name, (), for_family, is_handed_out)
    people = (
        contacts.by_pupil(desk.vault)
        if len(protected) > 1
        else {pupil_id: contacts.of_pupil(desk.vault, pupil_id) for pupil_id in protected}
    )
    names = {contact.id: contact.full_name for pupil_id in protected for contact in people[pupil_id]}
    guarded_pupils = tuple(
        Guarded(
            pupil,
            tuple(sorted({protection.kind for protection in protections_by_pupil[pupil.id]})),
            _protection_words(protections_by_pupil[pupil.id], names),
            any(protection.kind == ORDER and not protection.contact_id for protection in protections_by_pupil[pupil.id]),
        )
        for pupil in protected.values()
    )
    return Guard(paper_name, guarded_pupils, for_family, is_handed_out, frozenset(protected))


def _protection_words(pupil_protections: Collection[Protection], names: dict[str, str]) -> str:
    """«address withheld; order or restriction (Mr Vikram Chandra)», the pupil's own first; of an order that names none of the contacts «(names none of the contacts)»."""
    parts = []
    for protection in sorted(
        pupil_protections, key=lambda candidate: (bool(candidate.contact_id), candidate.kind, names.get(candidate.contact_id or "", ""))
    ):
        kind = codelist("protection_kind").label_of(protection.kind).lower()
        contact_name = names.get(protection.contact_id, "") if protection.contact_id else ""
        if protection.kind == ORDER and not protection.contact_id:
            contact_name = _("names none of the contacts")
        parts.append(_("{kind} ({whom})").format(kind=kind, whom=contact_name) if contact_name else kind)
    return "; ".join(dict.fromkeys(parts))


def on_roll_between(desk: Desk, first: date, last: date) -> set[str]:
    """Everyone whom a register of these days names: those with a stay on any of them."""
    return {
        pupil_id
        for pupil_id, stays in enrolments.by_pupil(desk.vault).items()
        if any((s.start_date is None or s.start_date <= last) and (s.end_date is None or s.end_date >= first) for s in stays)
    }


def confirmed(desk: Desk, paper_guard: Guard) -> None:
    """Log that a paper about someone protected was gone through with: a row for each of them, with the kinds of protection."""
    if not paper_guard.guarded:
        return
    first, *remaining = paper_guard.guarded
    with desk.act(Action.PRINT_PROTECTED, "pupil", first.pupil.id, _reason(paper_guard, first)) as work:
        for guarded_pupil in remaining:
            work.note(Action.PRINT_PROTECTED, "pupil", guarded_pupil.pupil.id, _reason(paper_guard, guarded_pupil))


def _reason(paper_guard: Guard, guarded_pupil: Guarded) -> str:
    return f"{paper_guard.paper_name}: {', '.join(guarded_pupil.kinds)}"


def problems(desk: Desk, texts: Mapping[str, str]) -> Iterator[Problem]:
    """Of texts by column, those that name a pupil on file: forename and surname, in either order, whatever the case and accents."""
    words_by_column = {column: _as_words(text) for column, text in texts.items() if text}
    for pupil in pupils.all_pupils(desk.vault) if words_by_column else ():
        names = {(pupil.forename, pupil.surname), (pupil.preferred_forename or pupil.forename, pupil.preferred_surname or pupil.surname)}
        for column in _naming(words_by_column, names):
            message = _("This names a pupil. Write our reference instead: {ref}. What stands here stays when a pupil’s data are erased.")
            yield Problem(column, "names_someone", message.format(ref=pupil.ref))


def names_family(desk: Desk, pupil_id: str, text: str) -> bool:
    """Whether a text has any name of one pupil, or of a contact of theirs: one word of it is enough, initials are not."""
    people = [pupils.get(desk.vault, pupil_id), *contacts.of_pupil(desk.vault, pupil_id)]
    names = " ".join(name for person in people if person is not None for name in (person.surname, person.forename) if name)
    return not {word for word in _words(names) if len(word) > 1}.isdisjoint(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _naming(words_by_column: Mapping[str, str], names: Collection[tuple[str, str]]) -> list[str]:
    full = {_as_words(f"{former} {latter}") for first, last in names for former, latter in ((first, last), (last, first))}
    return [column for column, words in words_by_column.items() if any(name in words for name in full)]


def _as_words(text: str) -> str:
    """Folded words with single blanks around each, so that only whole words are found."""
    return f" {' '.join(_words(text))} "
