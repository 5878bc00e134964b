"""The rows of the lists: a letter with what was given last, and someone who gets none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date, show_date
from pupil_desk.basics.text import capital, fold
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import Edition, Letter, NoticeIssue
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import families, notices
from pupil_desk.services.notices.families import DueReason
from pupil_desk.services.notices.notices import NoticesDue
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column

type LetterId = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter, what was given last to anyone named on it, whether that was the current edition, and if not, why it is due."""

    letter: Letter
    last: NoticeIssue | None
    current: bool
    lack: DueReason | None = None

    @property
    def id(self) -> LetterId:
        """The same letter when the list is asked for again."""
        return id_of(self.letter)

    @property
    def words(self) -> str:
        """For finding."""
        pupil = self.letter.pupil
        return fold(f"{pupil.full_name} {pupil.legal_name} {pupil.surname} {pupil.ref} {self.letter.addressee}")


@dataclass(frozen=True, slots=True)
class NoneRow:
    """Someone who gets no notice, of which pupil, and why."""

    pupil: Pupil
    person: str
    reason: str

    @property
    def id(self) -> tuple[str, str]:
        """The same line when the list is asked for again."""
        return (self.pupil.id, self.person)

    @property
    def words(self) -> str:
        """For finding."""
        return fold(f"{self.pupil.full_name} {self.pupil.legal_name} {self.pupil.surname} {self.pupil.ref} {self.person}")


def id_of(letter: Letter) -> LetterId:
    """A letter is known by its pupil and the people it names."""
    return (letter.pupil.id, *(contact.id for contact in letter.contacts))


@dataclass(frozen=True, slots=True)
class Lists:
    """The three lists of the page."""

    due: Sequence[LetterRow]
    all_letters: Sequence[LetterRow]
    none: Sequence[NoneRow]


def lists(desk: Desk) -> Lists:
    """The lists as they are today."""
    edition, issues_by_pupil = notices.current_edition(desk), notices.given_by_pupil(desk)
    waiting = {family.letter: family.lack for family in families.waiting(desk)}
    notice_list = notices.letters_of_everyone(desk)
    rows = [_row(letter, issues_by_pupil, edition.id, waiting.get(letter)) for letter in notice_list.letters]
    return Lists([row for row in rows if row.lack is not None], rows, _left_out(notice_list))


def _row(letter: Letter, issues_by_pupil: Mapping[str, Sequence[NoticeIssue]], edition_id: str, lack: DueReason | None) -> LetterRow:
    contact_ids: set[str | None] = {contact.id for contact in letter.contacts} or {None}
    issues = [issue for issue in issues_by_pupil.get(letter.pupil.id, ()) if issue.contact_id in contact_ids and issue.whole]
    last = max(issues, key=lambda issue: issue.on, default=None)
    had = {issue.contact_id for issue in issues if issue.edition_id == edition_id}
    return LetterRow(letter, last, had >= contact_ids, lack)


def lacking(rows: Sequence[LetterRow], lack: str) -> list[LetterRow]:
    """The letters that are due for one reason, by its name; for all of them with an empty name."""
    return [row for row in rows if not lack or (row.lack is not None and row.lack.name == lack)]


def _left_out(notice_list: NoticesDue) -> list[NoneRow]:
    rows = [NoneRow(pupil, name, reason) for pupil, name, reason in notice_list.left_out]
    no_holder = _("no contact with parental responsibility is on file")
    rows += [NoneRow(pupil, _("Nobody to give it to"), no_holder) for pupil in notice_list.without_addressee]
    return sorted(rows, key=lambda row: (fold(row.pupil.surname), fold(row.pupil.forename)))


def matching[R: (LetterRow, NoneRow)](rows: Iterable[R], text: str) -> list[R]:
    """The rows that hold every word of what is typed."""
    words = fold(text).split()
    return [row for row in rows if all(word in row.words for word in words)]


def edition_words(edition: Edition) -> str:
    """An edition as people say it: its number, and the day that it was made."""
    return _("number {number}, of {day}").format(number=edition.number, day=show_date(edition.made_on))


def _name(pupil: Pupil) -> str:
    return f"{pupil.surname}, {pupil.forename}"


_BRIEFLY = {DueReason.NEVER: _("{day}, not all"), DueReason.REISSUE: _("{day}, again"), DueReason.MINOR: _("{day}, minor")}
_SIGNS = {None: "check-circle", DueReason.NEVER: "circle-dashed", DueReason.REISSUE: "warning", DueReason.MINOR: "info"}
_AT_LENGTH = {
    None: _("To {who}, {how}, the current edition"),
    DueReason.NEVER: _("To {who}, {how}; somebody else whom the letter names was never given one"),
    DueReason.REISSUE: _("To {who}, {how}; the current edition promises something else, and must be given"),
    DueReason.MINOR: _("To {who}, {how}; only small things have changed since"),
}


def _last(row: LetterRow) -> str:
    if row.last is None:
        return _("Not yet")
    day = short_date(row.last.on)
    return _BRIEFLY[row.lack].format(day=day) if row.lack is not None else day


def _last_more(row: LetterRow) -> str:
    if row.last is None:
        return _("Not given yet")
    channel = codelist("notice_channel").label_of(row.last.channel).lower()
    return _AT_LENGTH[row.lack].format(who=row.last.given_to, how=channel)


def letter_columns(desk: Desk) -> tuple[Column[LetterRow], ...]:
    """The columns of the letters."""
    name = Column[LetterRow]("pupil", _("Pupil"), lambda row: _name(row.letter.pupil), stretch=True, width=13)
    return (
        badged(desk, name, lambda row: row.letter.pupil.id),
        Column[LetterRow](
            "to", _("To"), lambda row: row.letter.addressee if row.letter.contacts else _("The pupil"), stretch=True, width=11
        ),
        Column[LetterRow]("address", _("Address"), lambda row: next(iter(row.letter.address), _("None on file")), stretch=True, width=11),
        Column[LetterRow](
            "last", _("Last given"), _last, longest=short_date(date(2026, 11, 24)), icon=lambda row: _SIGNS[row.lack], tip=_last_more
        ),
    )


def none_columns(desk: Desk) -> tuple[Column[NoneRow], ...]:
    """The columns of those who get none."""
    name = Column[NoneRow]("pupil", _("Pupil"), lambda row: _name(row.pupil), stretch=True, width=13)
    return (
        badged(desk, name, lambda row: row.pupil.id),
        Column[NoneRow]("who", _("No notice for"), lambda row: row.person, stretch=True, width=14, icon=lambda _row: "prohibit"),
        Column[NoneRow]("reason", _("Why"), lambda row: capital(row.reason), stretch=True, width=13),
    )
