"""The privacy notice: to whom it is due, the papers, and who was given which edition."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.words import _
from pupil_desk.documents import notice as paper
from pupil_desk.documents.blocks import Block
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notice import Addressees, Edition, Letter, NoticeIssue, addressees
from pupil_desk.domain.pupil import Pupil
from pupil_desk.services import notice_text, told_on_paper
from pupil_desk.services.desk import Desk
from pupil_desk.services.roles import Action
from pupil_desk.store import contacts, enrolments, protections, pupils
from pupil_desk.store import notices as store
from pupil_desk.store.rows import new_id


@dataclass(frozen=True, slots=True)
class Due:
    """What the list of notices shows: the letters that are due, who gets none and why, and pupils with nobody to give it to."""

    letters: tuple[Letter, ...]
    left_out: tuple[tuple[Pupil, str, str], ...]
    nobody: tuple[Pupil, ...]


def current_edition(desk: Desk) -> Edition:
    """The edition as it would be given now: the last one on file, or a new one, number and day its own, if anything has changed.

    A change that is taken back makes a third edition: families hold the second, and it no longer says what is so.
    """
    parts = notice_text.digests(desk.settings)
    digest = hashlib.sha256("".join(parts[name] for name in sorted(parts)).encode()).hexdigest()
    latest = store.latest_edition(desk.vault)
    if latest is not None and latest.digest == digest:
        return latest
    number = latest.number + 1 if latest else 1
    return Edition(id=f"{number:04d}-{digest[:27]}", number=number, made_on=desk.today, digest=digest, **parts)


def why_new(desk: Desk) -> list[str]:
    """Why the current edition is not the one given last, in plain words; empty when it is, or when none was given yet."""
    latest, current = store.latest_edition(desk.vault), current_edition(desk)
    if latest is None or latest.digest == current.digest:
        return []
    reasons = {
        "wording": _("the wording of the notice has changed"),
        "unit": _("the unit’s details have changed"),
        "catalogue": _("what is held has changed"),
        "recipients": _("who receives what has changed"),
    }
    return [words for name, words in reasons.items() if getattr(latest, name) != getattr(current, name)]


def letters_of(desk: Desk, pupil_id: str, day: date | None = None) -> Addressees:
    """Everyone to whom one pupil's notice goes, whether or not they have it."""
    desk.require(Action.READ_RECORD, "pupil", pupil_id)
    pupil = pupils.get(desk.vault, pupil_id)
    if pupil is None:
        raise WrongUse(_("There is no pupil with that number. Look it up in the list of pupils."))
    day = day or desk.today
    protected = protections.of_pupil(desk.vault, pupil_id, day, desk.today)
    return addressees(pupil, contacts.of_pupil(desk.vault, pupil_id), protected, day)


def everyone(desk: Desk, day: date | None = None) -> Due:
    """The letters of all pupils on roll, whether or not they have them."""
    return _walk(desk, day or desk.today, due_only=False)


def due(desk: Desk, day: date | None = None) -> Due:
    """The letters of pupils on roll that somebody named on them has not had in the current edition."""
    return _walk(desk, day or desk.today, due_only=True)


def _walk(desk: Desk, day: date, *, due_only: bool) -> Due:
    desk.require(Action.READ_RECORD)
    edition = current_edition(desk)
    people, protected = contacts.by_pupil(desk.vault), protections.by_pupil(desk.vault, day, desk.today)
    stays, issues = enrolments.by_pupil(desk.vault), store.issues_by_pupil(desk.vault)
    letters, left_out, nobody = [], [], []
    for pupil in pupils.everyone(desk.vault):
        if not any(stay.on_roll(day) for stay in stays[pupil.id]):
            continue
        found = addressees(pupil, people[pupil.id], protected[pupil.id], day)
        had = {issue.contact_id for issue in issues[pupil.id] if issue.edition_id == edition.id and issue.on <= day}
        letters += [letter for letter in found.letters if not due_only or _lacking(letter, had)]
        left_out += [(pupil, name, reason) for name, reason in found.left_out]
        if found.nobody:
            nobody.append(pupil)
    return Due(tuple(letters), tuple(left_out), tuple(nobody))


def _lacking(letter: Letter, had: set[str | None]) -> bool:
    if not letter.contacts:
        return None not in had
    return any(contact.id not in had for contact in letter.contacts)


@dataclass(frozen=True, slots=True)
class Paper:
    """One notice as a story, with a file name that says nothing of the pupil but our reference."""

    letter: Letter
    story: Sequence[Block]
    title: str
    file_stem: str
    footer: str


def papers(desk: Desk, letters: Iterable[Letter]) -> Iterator[Paper]:
    """The notices for letters, one story each. Logged per pupil when they are printed or saved, by ``printed``."""
    desk.require(Action.PRINT_NOTICE)
    settings, edition = desk.settings, current_edition(desk)
    filling, _missing = notice_text.filling_of(settings)
    annex = notice_text.annex_of(settings)
    footer = _("{unit}. Privacy notice, edition {edition}.").format(unit=settings.name, edition=edition.name)
    counts: dict[str, int] = {}
    for letter in letters:
        ref = letter.pupil.ref
        counts[ref] = counts.get(ref, 0) + 1
        envelope = paper.Envelope(
            address=(*letter.names, *letter.address),
            sender=(settings.name, *settings.address_lines),
            about=letter.pupil.legal_name,
        )
        story = paper.story(notice_text.prose(), filling, annex, envelope)
        yield Paper(letter, story, _("Privacy notice"), f"privacy-notice-{ref}-{counts[ref]}", footer)


def missing_details(desk: Desk) -> tuple[str, ...]:
    """The unit's details that the notice would name and that are not entered yet."""
    return notice_text.filling_of(desk.settings)[1]


def printed(desk: Desk, letters: Iterable[Letter]) -> None:
    """Log that notices were printed or saved, one row a pupil, and to whom each tells of the pupil."""
    letters = list(letters)
    ids = list(dict.fromkeys(letter.pupil.id for letter in letters))
    if not ids:
        return
    with desk.act(Action.PRINT_NOTICE, "pupil", ids[0]) as work:
        for pupil_id in ids[1:]:
            work.note(Action.PRINT_NOTICE, "pupil", pupil_id)
        told_on_paper.keep(work, told_on_paper.NOTICE, letters)


def given(desk: Desk) -> Mapping[str, Sequence[NoticeIssue]]:
    """Every pupil's notices given, the latest recorded last."""
    return store.issues_by_pupil(desk.vault)


def day_given(desk: Desk, on: date | None) -> date:
    """The day on which a notice was given, today unless told. Raises WrongUse for a day to come."""
    if on is not None and on > desk.today:
        raise WrongUse(_("The day lies in the future. Enter the day on which the notice was given."))
    return on or desk.today


def issue(desk: Desk, letters: Sequence[Letter], channel: str, on: date | None = None) -> Changed:
    """Record that these notices were given, in the current edition. A letter to two holders is given to both.

    Raises WrongUse for a day to come.
    """
    on = day_given(desk, on)
    ids = tuple(dict.fromkeys(letter.pupil.id for letter in letters))
    if not ids:
        return Changed.of()
    edition = current_edition(desk)
    with desk.act(Action.ISSUE_NOTICE, "pupil", ids[0], f"edition {edition.number}") as work:
        if not store.has_edition(desk.vault, edition.id):
            store.add_edition(desk.vault, edition)
        for given in _issues(letters, edition, channel, on):
            store.add_issue(desk.vault, given, at=work.at, by=work.by)
        for pupil_id in ids[1:]:
            work.note(Action.ISSUE_NOTICE, "pupil", pupil_id, f"edition {edition.number}")
    return Changed.of("notice", ids=ids)


def _issues(letters: Iterable[Letter], edition: Edition, channel: str, on: date) -> Iterator[NoticeIssue]:
    for letter in letters:
        people: list[tuple[str | None, str]] = [(contact.id, contact.full_name) for contact in letter.contacts]
        for contact_id, name in people or [(None, letter.pupil.legal_name)]:
            yield NoticeIssue(
                id=new_id(),
                pupil_id=letter.pupil.id,
                edition_id=edition.id,
                contact_id=contact_id,
                given_to=name,
                on=on,
                channel=channel,
            )
