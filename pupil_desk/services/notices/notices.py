"""The privacy notice: to whom it is due, the papers, and who was given which edition."""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import CodedPages
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import WHOLE, Addressees, Edition, Letter, NoticeIssue, addressees
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.desk import Desk, Progress, unwatched
from pupil_desk.services.notices import notice_copies, notice_editions, notice_text
from pupil_desk.services.notices.notice_copies import Copy
from pupil_desk.services.notices.notice_editions import current_edition, why_new
from pupil_desk.services.notices.notice_papers import AS_USUAL, NoticePaper, Version, papers
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import contacts, enrolments, protections, pupils
from pupil_desk.store.tables import notices as store

__all__ = [
    "NoticePaper",
    "NoticesDue",
    "current_edition",
    "day_given",
    "given_by_pupil",
    "issue",
    "letters_of",
    "letters_of_everyone",
    "missing_details",
    "notices_due",
    "papers",
    "why_new",
]


@dataclass(frozen=True, slots=True)
class NoticesDue:
    """What the list of notices shows: the letters that are due, who gets none and why, and pupils with nobody to give it to."""

    letters: tuple[Letter, ...]
    left_out: tuple[tuple[Pupil, str, str], ...]
    without_addressee: tuple[Pupil, ...]


def letters_of(desk: Desk, pupil_id: str, day: date | None = None, *, carers: bool = False, without_address: bool = False) -> Addressees:
    """Everyone to whom one pupil's notice goes, whether or not they have it; ``carers`` and ``without_address`` as in ``addressees``."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    day = day or desk.today
    protected = protections.of_pupil(desk.vault, pupil_id, day, desk.today)
    people = contacts.of_pupil(desk.vault, pupil_id)
    return addressees(pupil, people, protected, day, carers=carers, without_address=without_address)


def due_of(desk: Desk, pupil_id: str) -> tuple[Letter, ...]:
    """Of one pupil's letters those that somebody named on them has not had in the current edition."""
    edition, letters = current_edition(desk), letters_of(desk, pupil_id).letters
    rows = store.issues_by_pupil(desk.vault)[pupil_id] if letters else ()
    had = _had(rows, edition.id, desk.today)
    return tuple(letter for letter in letters if _lacking(letter, had))


def letters_of_everyone(desk: Desk, day: date | None = None) -> NoticesDue:
    """The letters of all pupils on roll, whether or not they have them."""
    return _walk(desk, day or desk.today, due_only=False)


def notices_due(desk: Desk, day: date | None = None) -> NoticesDue:
    """The letters of pupils on roll that somebody named on them has not had in the current edition."""
    return _walk(desk, day or desk.today, due_only=True)


def is_due(desk: Desk, pupil_id: str) -> bool:
    """Whether somebody named on a letter of one pupil has not had the last edition; the pupil is taken to be on roll.

    Whether the text of today makes a newer one is asked for everybody at once (``why_new``): to make it out for each takes too long.
    """
    latest, day = store.latest_edition(desk.vault), desk.today.isoformat()
    rows = [row for row in store.issues_of(desk.vault, pupil_id) if not row["back_because"]] if latest else []
    had = {row["contact_id"] for row in rows if row["variant"] in WHOLE and row["edition_id"] == latest.id and row["on"] <= day}  # type: ignore[union-attr]  # rows are of an edition
    return any(_lacking(letter, had) for letter in letters_of(desk, pupil_id).letters)


def _walk(desk: Desk, day: date, *, due_only: bool) -> NoticesDue:
    desk.require(Action.READ_RECORD)
    everyone, due = desk.remember("letters", lambda: _letters(desk, day), day)
    return dataclasses.replace(everyone, letters=due) if due_only else everyone


def _letters(desk: Desk, day: date) -> tuple[NoticesDue, tuple[Letter, ...]]:
    """The letters of all pupils on roll, and those of them that are due."""
    edition = current_edition(desk)
    people, protected = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, day, desk.today)
    stays, issues = enrolments.by_pupil(desk.vault), store.issues_by_pupil(desk.vault)
    letters, due, left_out, without_addressee = list[Letter](), list[Letter](), [], []
    for pupil in pupils.all_pupils(desk.vault):
        if not any(stay.on_roll(day) for stay in stays[pupil.id]):
            continue
        addressed = addressees(pupil, people[pupil.id], protected[pupil.id], day)
        had = _had(issues[pupil.id], edition.id, day)
        letters += addressed.letters
        due += [letter for letter in addressed.letters if _lacking(letter, had)]
        left_out += [(pupil, contact.full_name, reason) for contact, reason in addressed.left_out]
        if addressed.nobody:
            without_addressee.append(pupil)
    return NoticesDue(tuple(letters), tuple(left_out), tuple(without_addressee)), tuple(due)


def _had(issues: Iterable[NoticeIssue], edition_id: str, day: date) -> set[str | None]:
    """Who had the whole notice of an edition by a day."""
    return {issue.contact_id for issue in issues if issue.whole and issue.edition_id == edition_id and issue.on <= day}


def _lacking(letter: Letter, had: set[str | None]) -> bool:
    if not letter.contacts:
        return None not in had
    return any(contact.id not in had for contact in letter.contacts)


def missing_details(desk: Desk) -> tuple[str, ...]:
    """The unit's details that the notice would name and that are not entered yet."""
    return tuple(notice_text.missing_of(desk.settings).values())


def given_by_pupil(desk: Desk) -> Mapping[str, Sequence[NoticeIssue]]:
    """Every pupil's notices given, the latest recorded last."""
    return store.issues_by_pupil(desk.vault)


def day_given(desk: Desk, day: date | None) -> date:
    """The day on which a notice was given, today unless told. Raises WrongUse for a day to come."""
    if day is not None and day > desk.today:
        raise WrongUse(_("The day lies in the future. Enter the day on which the notice was given."))
    return day or desk.today


def issue(
    desk: Desk,
    letters: Sequence[Letter],
    channel: str,
    day: date | None = None,
    *,
    version: Version = AS_USUAL,
    copies: Iterable[Copy] | None = None,
    progress: Progress = unwatched,
    slips: Mapping[Letter, CodedPages] | None = None,
    pupil_side: bool = True,
) -> Changed:
    """Record that these notices were given, and keep their bytes: in the current edition, or without bytes in that of an earlier day. A letter to two
    holders is given to both.

    ``copies`` are the files that were made of them; without, the PDF of each is made here, with those ``slips`` that went with it and the pupil's side. Raises WrongUse for a day to come, or where
    the notice has changed since the copies were made.
    """
    day = day_given(desk, day)
    ids = tuple(dict.fromkeys(letter.pupil.id for letter in letters))
    if not ids:
        return Changed.of()
    desk.require(Action.ISSUE_NOTICE, "pupil", ids[0])
    earlier = notice_editions.earlier_on(desk, day) if copies is None else None
    if copies is None:
        copies = () if earlier else notice_copies.copies(desk, letters, version, progress, slips, pupil_side=pupil_side)
    copy_by_letter = {copy.letter: copy for copy in copies}
    reason = f"edition {(earlier or current_edition(desk)).number}" + (
        "" if version == AS_USUAL else f", {version.language} {version.variant}"
    )
    with desk.act(Action.ISSUE_NOTICE, "pupil", ids[0], reason) as work:
        edition = earlier or notice_editions.keep(work)
        keeping = notice_copies.CopyKeeper(work, edition)
        for letter in letters:
            letter_issues = list(_issues(letter, edition, channel, day, version))
            for notice_issue in letter_issues:
                store.add_issue(desk.vault, notice_issue, moment=work.stamp, actor=work.actor)
            if letter in copy_by_letter:
                keeping.keep(copy_by_letter[letter], letter_issues)
        for pupil_id in ids[1:]:
            work.note(Action.ISSUE_NOTICE, "pupil", pupil_id, reason)
    return Changed.of("notice", ids=ids)


def _issues(letter: Letter, edition: Edition, channel: str, day: date, version: Version) -> Iterator[NoticeIssue]:
    people: list[tuple[str | None, str]] = [(contact.id, contact.full_name) for contact in letter.contacts]
    for contact_id, name in people or [(None, letter.pupil.legal_name)]:
        yield NoticeIssue(
            id=new_id(),
            pupil_id=letter.pupil.id,
            edition_id=edition.id,
            contact_id=contact_id,
            given_to=name,
            on=day,
            channel=channel,
            language=version.language,
            variant=version.variant,
        )
