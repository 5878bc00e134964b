"""The badges of a pupil: in a head as words with their sign, in a list as signs at the end of the cell of the name, which a screen reader hears as words."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.badges import PupilBadge
from pupil_desk.services.desk import Desk
from pupil_desk.services.pupils import badges, namesakes
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.badge import PROTECTED_SIGN, Badge
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.signs_in_view import QUIET, Sign


class ListBadges:
    """The badges of those whom a list names, read when the list is asked for again, and not with each line or key."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read: Mapping[str, Mapping[PupilBadge, str]] | None = None
        self._told_apart: Mapping[str, str] | None = None  # read with them
        self._told_shortly: Mapping[str, str] = {}

    def read(self, ids: Collection[str] | None = None) -> None:
        """Ask anew: of everybody, or of these. A list that never does so has those of everybody, as the file is."""
        may_read = self._desk.may(Action.READ_RECORD)
        self._read = badges.of_many(self._desk, ids) if may_read else {}
        self._told_apart = namesakes.told_apart(self._desk) if may_read else {}
        self._told_shortly = namesakes.told_apart_shortly(self._desk) if may_read else {}

    @property
    def _by_pupil(self) -> Mapping[str, Mapping[PupilBadge, str]]:
        if self._read is not None or not self._desk.may(Action.READ_RECORD):
            return self._read or {}
        return self._desk.remember("badges of everybody", lambda: badges.of_many(self._desk), self._desk.user.role)

    def words(self, pupil_id: str) -> str:
        """«severe allergy, protected»; empty where there is nothing."""
        return ", ".join(begun_small(words) for words in self._by_pupil.get(pupil_id, {}).values())

    def apart(self, name: str, pupil_id: str) -> str:
        """A name with what tells its bearer from another on file who is called the same."""
        return apart(self._desk, name, pupil_id) if self._told_apart is None else _with(name, self._told_apart.get(pupil_id))

    def shortly(self, pupil_id: str) -> str:
        """What alone tells a pupil from another who is called the same, as the end of a name: «, 3 May 2012»; empty where nobody is."""
        return _shortly(self._desk, pupil_id) if self._told_apart is None else _ending(self._told_shortly.get(pupil_id, ""))

    def named(self, name: str, pupil_id: str) -> str:
        """A name with the words of the badges after it, for the cell of a list and a screen reader."""
        words = self.words(pupil_id)
        return _("{name} – {badges}").format(name=name, badges=words) if words else name

    def gravest(self, name: str, pupil_id: str) -> str:
        """The same with what weighs most alone, and that only where it is grave: for a list with little room."""
        badge, words = next(iter(self._by_pupil.get(pupil_id, {}).items()), (None, ""))
        if badge is None or badge.value.tone != "bad":
            return name
        return _("{name} – {badges}").format(name=name, badges=begun_small(words))

    def signs(self, pupil_id: str) -> Sequence[Sign]:
        """The signs beside the name, each in its tone."""
        return tuple((badge.value.sign, badge.value.tone) for badge in self._by_pupil.get(pupil_id, {}))

    def quiet_signs(self, *pupil_ids: str) -> Sequence[Sign]:
        """The same of all that a line names, once each, in the colour of what is said by the way, but for whom something must be kept from: that is so
        whatever a list is about."""
        badges = {badge for pupil_id in pupil_ids for badge in self._by_pupil.get(pupil_id, {})}
        signs = [(badge.value.sign, badge.value.tone) for badge in PupilBadge if badge in badges]
        return tuple((sign, tone if sign == PROTECTED_SIGN else QUIET) for sign, tone in signs)


def apart(desk: Desk, name: str, pupil_id: str) -> str:
    """«Hall, Ann, born 3 May 2012» where another on file is called so; else the name alone."""
    return _with(name, namesakes.told_apart(desk).get(pupil_id) if desk.may(Action.READ_RECORD) else None)


def _shortly(desk: Desk, pupil_id: str) -> str:
    """«, 3 May 2012», or nothing."""
    return _ending(namesakes.told_apart_shortly(desk).get(pupil_id, "") if desk.may(Action.READ_RECORD) else "")


def _least(desk: Desk, pupil_id: str) -> str:
    """«, 2012», or what tells apart in any case; or nothing."""
    return _ending(namesakes.told_apart_least(desk).get(pupil_id, "") if desk.may(Action.READ_RECORD) else "")


def _ending(words: str) -> str:
    return _(", {words}").format(words=words) if words else ""


def _with(name: str, words: str | None) -> str:
    return _("{name}, {words}").format(name=name, words=words) if words else name


def badged[R](desk: Desk, column: Column[R], pupil_id: Callable[[R], str], *, in_colour: bool = False) -> Column[R]:
    """A column that names pupils, namesakes told apart, with the signs of their badges at its end. What they mean is said under the mouse and for a
    screen reader. What tells namesakes apart is whole in any case: the year of birth alone, before a name is cut or a sign gives way for the day.

    The signs are quiet, as most lists are about papers and what is done. ``in_colour``: in a list of the pupils themselves each has its own colour."""
    own = ListBadges(desk)
    name = column.text
    column = replace(column, text=lambda row: apart(desk, name(row), pupil_id(row)))

    def tip(row: R) -> str:
        return "\n".join(part for part in ((column.tip or column.text)(row), own.words(pupil_id(row))) if part)

    return replace(
        column,
        signs=lambda row: (own.signs if in_colour else own.quiet_signs)(pupil_id(row)),
        accessible=lambda row: own.named((column.accessible or column.text)(row), pupil_id(row)),
        tip=tip,
        shorter=lambda row: (name(row) + _shortly(desk, pupil_id(row)), name(row) + _least(desk, pupil_id(row))),
        end=lambda row: _least(desk, pupil_id(row)),
        places=() if in_colour else [badge.value.sign for badge in PupilBadge],
    )


def head_badges(desk: Desk, record: PupilRecord) -> list[Badge]:
    """The badges of the pupil whose record is open: of each protection whom it is about, and why, under the mouse."""
    made: list[Badge] = []
    for kind, words in badges.of_record(desk, record).items():
        if kind is PupilBadge.PROTECTED:
            made += _protections(record)
        else:
            made.append(Badge(words, kind.value.sign, kind.value.tone))
    return made


def badges_of(desk: Desk, pupil_id: str) -> list[Badge]:
    """The badges of a pupil whose record is not opened for it: in the head of what else is about the pupil."""
    by_kind = badges.of_many(desk, [pupil_id]).get(pupil_id, {}) if desk.may(Action.READ_RECORD) else {}
    return [Badge(words, kind.value.sign, kind.value.tone) for kind, words in by_kind.items()]


def _protections(record: PupilRecord) -> list[Badge]:
    names = {contact.id: contact.full_name for contact in record.contacts}
    made = []
    for protection in record.protections:
        words = codelist("protection_kind").label_of(protection.kind)
        if name := names.get(protection.contact_id or ""):
            words = _("{what}: {whom}").format(what=words, whom=name)
        made.append(Badge(words, PROTECTED_SIGN, "bad", protection.reason))
    return made
