"""The guard of what is printed, saved or shown to others: of whom in it something must be kept from somebody, and how.

One mechanism for every paper and list: whoever makes one asks for its guard, the page's stamp is the guard's, the window asks once more
before it goes to the printer, and what was gone through with is logged, a row for each pupil concerned. What a protection says is told
on the screen alone; a stamp says that there is something to look to, and no more: the paper itself may come into the wrong hands.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.pupils.protection import Protection
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import contacts, enrolments, protections, pupils

_NAMED = 6  # pupils named in a question; the rest are counted


@dataclass(frozen=True, slots=True)
class Guarded:
    """A pupil of whom something must be kept from somebody: the kinds of protection as codes, and in words whom each is about."""

    pupil: Pupil
    kinds: tuple[str, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Who in a paper is protected. ``what`` names the paper for the log, in words of ours; ``out`` is one that goes to a family."""

    what: str = ""
    guarded: tuple[Guarded, ...] = ()
    out: bool = False
    _ids: frozenset[str] = field(default=frozenset(), repr=False)

    def __bool__(self) -> bool:
        return bool(self.guarded)

    @property
    def stamp(self) -> str:
        """What stands at the head of each page of a paper about these pupils; empty where nobody is protected."""
        return self._words if self.guarded else ""

    def stamp_for(self, pupil_id: str) -> str:
        """The same for a paper about one of them, in a file of many."""
        return self._words if pupil_id in self._ids else ""

    def only(self, ids: Collection[str]) -> "Guard":
        """The guard of a part of it."""
        some = tuple(one for one in self.guarded if one.pupil.id in ids)
        return Guard(self.what, some, self.out, frozenset(one.pupil.id for one in some))

    @property
    def _words(self) -> str:
        """To a family it must not say that anybody is protected: another household may read it, and would learn of it."""
        if self.out:
            return _("Office use only: check the name and the address on the envelope before this goes out.")
        return _("Protected. Keep this paper locked away, and check who may see it before it leaves the office.")

    @property
    def question(self) -> str:
        """Who is protected, and how, for the person at the screen."""
        named = [_("{name}: {how}").format(name=one.pupil.full_name, how=one.how) for one in self.guarded[:_NAMED]]
        more = len(self.guarded) - _NAMED
        if more > 0:
            named.append(_("and {pupils} more").format(pupils=count_of(more, _("pupil"), _("pupils"))))
        rest = _("Check the name and address of each, and put them into their envelopes yourself.") if self.out else _("Keep it locked away, and give it to nobody without checking.")
        return "\n".join([*named, "", rest])


NOBODY = Guard()
"""The guard of what tells of no pupil."""


def guard(desk: Desk, ids: Iterable[str], what: str, *, out: bool = False) -> Guard:
    """The guard of a paper about these pupils: the protections in force today, of them and of their contacts."""
    desk.require(Action.READ_RECORD)
    held, wanted = protections.by_pupil(desk.vault, desk.today), set(ids)
    kept = {found.id: found for found in pupils.some(desk.vault, [pupil_id for pupil_id in wanted if held[pupil_id]])}
    if not kept:
        return Guard(what, (), out)
    people = contacts.by_pupil(desk.vault) if len(kept) > 1 else {one: contacts.of_pupil(desk.vault, one) for one in kept}
    names = {contact.id: contact.full_name for one in kept for contact in people[one]}
    found = tuple(Guarded(pupil, tuple(sorted({each.kind for each in held[pupil.id]})), _how(held[pupil.id], names)) for pupil in kept.values())
    return Guard(what, found, out, frozenset(kept))


def _how(held: Collection[Protection], names: dict[str, str]) -> str:
    """«address withheld; order or restriction (Mr Vikram Chandra)», the pupil's own first."""
    said = []
    for one in sorted(held, key=lambda each: (bool(each.contact_id), each.kind, names.get(each.contact_id or "", ""))):
        kind = codelist("protection_kind").label_of(one.kind).lower()
        whom = names.get(one.contact_id, "") if one.contact_id else ""
        said.append(_("{kind} ({whom})").format(kind=kind, whom=whom) if whom else kind)
    return "; ".join(dict.fromkeys(said))


def on_roll_between(desk: Desk, first: date, last: date) -> set[str]:
    """Everyone whom a register of these days names: those with a stay on any of them."""
    return {
        pupil_id for pupil_id, stays in enrolments.by_pupil(desk.vault).items()
        if any((s.start_date is None or s.start_date <= last) and (s.end_date is None or s.end_date >= first) for s in stays)
    }  # fmt: skip


def confirmed(desk: Desk, held: Guard) -> None:
    """Log that a paper about someone protected was gone through with: a row for each of them, with the kinds of protection."""
    if not held.guarded:
        return
    first, *others = held.guarded
    with desk.act(Action.PRINT_PROTECTED, "pupil", first.pupil.id, _reason(held, first)) as work:
        for one in others:
            work.note(Action.PRINT_PROTECTED, "pupil", one.pupil.id, _reason(held, one))


def _reason(held: Guard, one: Guarded) -> str:
    return f"{held.what}: {', '.join(one.kinds)}"
