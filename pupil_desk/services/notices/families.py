"""Families and the notice: who has had none, who has an older edition and whether it must be given again, and who has said they have it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from pupil_desk.basics.errors import WrongUse
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.catalogue.validation import Problem, refuse
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Edition, Letter, NoticeAcknowledgement, NoticeIssue
from pupil_desk.domain.notices.change import ChangeGravity
from pupil_desk.domain.notices.check import CheckedElement, ElementStanding
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.notices import notice_editions, notices
from pupil_desk.services.notices.checklist import limit, limits
from pupil_desk.services.roles import Action
from pupil_desk.store.rows.rows import new_id, records_of
from pupil_desk.store.tables import enrolments
from pupil_desk.store.tables import notice_editions as store
from pupil_desk.store.tables import notices as issues


class DueReason(Enum):
    """Why a letter is due, the gravest first."""

    NEVER = _("Never had a notice")
    REISSUE = _("Must be given again")
    MINOR = _("Only small changes since")


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter whose people lack the current edition: why, and the newest edition that all of them have, if there is one."""

    letter: Letter
    lack: DueReason
    has: Edition | None


def waiting(desk: Desk, day: date | None = None) -> list[WaitingLetter]:
    """Everyone on roll who lacks the current edition, in the order of the list of letters."""
    day = day or desk.today
    now, editions = notices.current_edition(desk), {edition.id: edition for edition in store.editions(desk.vault)}
    issues_by_pupil, weighed = issues.issues_by_pupil(desk.vault), dict[str, DueReason]()
    waiting_letters = []
    for letter in notices.notices_due(desk, day).letters:
        has = _newest_of_all(letter, issues_by_pupil[letter.pupil.id], editions, day)
        if has is None:
            waiting_letters.append(WaitingLetter(letter, DueReason.NEVER, None))
            continue
        if has.id not in weighed:
            grave = notice_editions.gravity_since(desk, has, now) is ChangeGravity.REISSUE
            weighed[has.id] = DueReason.REISSUE if grave else DueReason.MINOR
        waiting_letters.append(WaitingLetter(letter, weighed[has.id], has))
    return waiting_letters


def _newest_of_all(letter: Letter, notice_issues: Iterable[NoticeIssue], editions: Mapping[str, Edition], day: date) -> Edition | None:
    """Of the newest edition of each person named, the oldest; None where one of them never had any."""
    newest: dict[str | None, Edition] = {}
    for issue in notice_issues:
        edition = editions[issue.edition_id]
        if issue.whole and issue.on <= day and (issue.contact_id not in newest or newest[issue.contact_id].number < edition.number):
            newest[issue.contact_id] = edition
    contact_ids = _addressee_ids(letter)
    if not all(contact_id in newest for contact_id in contact_ids):
        return None
    return min((newest[contact_id] for contact_id in contact_ids), key=lambda edition: edition.number)


def _addressee_ids(letter: Letter) -> list[str | None]:
    return [contact.id for contact in letter.contacts] or [None]


def affected(desk: Desk, old: Edition, day: date | None = None) -> list[Letter]:
    """The letters on roll of which somebody named was given an older edition, and not the current one: who reads what no longer holds."""
    day = day or desk.today
    issues_by_pupil = issues.issues_by_pupil(desk.vault)
    had = {
        (pupil_id, issue.contact_id)
        for pupil_id, pupil_issues in issues_by_pupil.items()
        for issue in pupil_issues
        if issue.whole and issue.edition_id == old.id and issue.on <= day
    }
    now = notices.current_edition(desk)
    has = {
        (pupil_id, issue.contact_id)
        for pupil_id, pupil_issues in issues_by_pupil.items()
        for issue in pupil_issues
        if issue.whole and issue.edition_id == now.id and issue.on <= day
    }
    return [
        letter
        for letter in notices.letters_of_everyone(desk, day).letters
        if any((letter.pupil.id, contact_id) in had and (letter.pupil.id, contact_id) not in has for contact_id in _addressee_ids(letter))
    ]


def in_time(desk: Desk) -> CheckedElement:
    """Whether everybody was told in time: how many pupils have been here longer than the law allows, and nobody of theirs had a notice."""
    element, days = limits()["timing"], limit("timing", "days")
    stays = enrolments.by_pupil(desk.vault)
    never = {waiting_letter.letter.pupil.id for waiting_letter in waiting(desk) if waiting_letter.lack is DueReason.NEVER}
    told_ids = {
        pupil_id for pupil_id, pupil_issues in issues.issues_by_pupil(desk.vault).items() if any(issue.whole for issue in pupil_issues)
    }
    since = desk.today - timedelta(days=days)
    late = [
        pupil_id
        for pupil_id in never - told_ids
        if any(stay.on_roll(desk.today) and stay.start_date and stay.start_date <= since for stay in stays[pupil_id])
    ]
    if not late:
        return CheckedElement(element, ElementStanding.MET)
    words = _("{pupils} came more than {days} days ago, and nobody of theirs was given a notice. Give it now: see “To give”.")
    return CheckedElement(
        element, ElementStanding.TO_COMPLETE, words.format(pupils=count_of(len(late), _("pupil"), _("pupils")), days=days)
    )


# -- what was given


@dataclass(frozen=True, slots=True)
class GivenRow:
    """One notice that was given: to whom of which pupil, which edition, when, how and by whom; whether its file is kept, and who said
    that they have it, on which day."""

    issue: NoticeIssue
    number: int
    actor: str
    size: int | None
    acknowledged: date | None


def notices_given(desk: Desk) -> list[GivenRow]:
    """Every notice given, the latest recorded first."""
    desk.require(Action.READ_RECORD)
    acknowledged_days = _acknowledged(desk)
    rows = issues.given_rows(desk.vault)
    return [
        GivenRow(issue, row["number"], row["by"], row["size"], acknowledged_days.get((issue.pupil_id, issue.contact_id, issue.edition_id)))
        for row, issue in zip(rows, records_of(NoticeIssue, rows), strict=True)
    ]


def _acknowledged(desk: Desk) -> dict[tuple[str, str | None, str], date]:
    """The first day on which each person said of each edition that they have it."""
    first_days: dict[tuple[str, str | None, str], date] = {}
    for pupil_id, acknowledgements in store.acknowledgements_by_pupil(desk.vault).items():
        for acknowledgement in acknowledgements:
            key = (pupil_id, acknowledgement.contact_id, acknowledgement.edition_id)
            first_days[key] = min(acknowledgement.on, first_days.get(key, acknowledgement.on))
    return first_days


def not_acknowledged(desk: Desk) -> list[GivenRow]:
    """Who was given the current edition and has not said that they have it, each person once."""
    now = notices.current_edition(desk)
    rows = {
        (row.issue.pupil_id, row.issue.contact_id): row
        for row in notices_given(desk)
        if row.issue.edition_id == now.id and row.issue.whole and row.acknowledged is None
    }
    return list(rows.values())


def problems(desk: Desk, acknowledgement: NoticeAcknowledgement) -> tuple[Problem, ...]:
    """What stands against keeping that somebody says they have an edition: it was never given to them, or not yet on that day."""
    issues_given = [
        issue
        for issue in issues.issues_by_pupil(desk.vault)[acknowledgement.pupil_id]
        if issue.contact_id == acknowledgement.contact_id and issue.edition_id == acknowledgement.edition_id and issue.whole
    ]
    if acknowledgement.on > desk.today:
        return (Problem("on", "future_date", _("The day lies in the future. Enter the day on which it was said.")),)
    if not issues_given:
        return (Problem("acknowledged_by", "never_given", _("It is not on record that they were given this edition. Record that first.")),)
    if acknowledgement.on < min(issue.on for issue in issues_given):
        return (Problem("on", "too_early", _("The notice was given later than that. Enter the day on which it was said.")),)
    return ()


def keep_acknowledgement(work: Work, acknowledgement: NoticeAcknowledgement) -> NoticeAcknowledgement:
    """Within a transaction: keep that somebody says they have an edition. Raises Refused. Who said so already is not kept twice."""
    refuse(problems(work.desk, acknowledgement))
    for stored in store.acknowledgements_by_pupil(work.desk.vault)[acknowledgement.pupil_id]:
        if (stored.contact_id, stored.edition_id, stored.on) == (
            acknowledgement.contact_id,
            acknowledgement.edition_id,
            acknowledgement.on,
        ):
            return stored
    new_acknowledgement = NoticeAcknowledgement(
        id=new_id(),
        pupil_id=acknowledgement.pupil_id,
        edition_id=acknowledgement.edition_id,
        contact_id=acknowledgement.contact_id,
        acknowledged_by=acknowledgement.acknowledged_by,
        on=acknowledgement.on,
        channel=acknowledgement.channel,
        form_id=acknowledgement.form_id,
        evidence=acknowledgement.evidence,
    )
    store.add_acknowledgement(work.desk.vault, new_acknowledgement, moment=work.stamp, actor=work.actor)
    return new_acknowledgement


def take_back(desk: Desk, rows: Sequence[GivenRow], reason: str, *, only: Collection[str] | None = None) -> Changed:
    """Say that these people did not say that they have it, or with ``only`` what these entries say: they stay readable with the reason. Raises
    Refused, WrongUse."""
    wanted = {(row.issue.pupil_id, row.issue.contact_id, row.issue.edition_id) for row in rows}
    on_file = store.acknowledgements_by_pupil(desk.vault)
    entries = [
        entry
        for pupil_id in dict.fromkeys(row.issue.pupil_id for row in rows)
        for entry in on_file[pupil_id]
        if (entry.pupil_id, entry.contact_id, entry.edition_id) in wanted and (only is None or entry.id in only)
    ]
    if not entries:
        raise WrongUse(_("Choose somebody who says that they have it."))
    _refuse_without(reason)
    ids = tuple(dict.fromkeys(entry.pupil_id for entry in entries))
    with desk.act(Action.ISSUE_NOTICE, "pupil", ids[0], "acknowledgement taken back") as work:
        for entry in entries:
            store.take_acknowledgement_back(desk.vault, entry, reason=tidy(reason), moment=work.stamp, actor=work.actor, act=work.act)
        for pupil_id in ids[1:]:
            work.note(Action.ISSUE_NOTICE, "pupil", pupil_id, "acknowledgement taken back")
    return Changed.of("notice", ids=ids)


def take_given_back(desk: Desk, rows: Sequence[GivenRow], reason: str) -> Changed:
    """Say that these notices were not given: they stay readable with the reason, and are due again. That somebody has one goes with it, unless the same
    edition was given to them once more. Raises Refused, WrongUse."""
    wanted, on_file = {row.issue.id for row in rows}, issues.issues_by_pupil(desk.vault)
    ids = tuple(dict.fromkeys(row.issue.pupil_id for row in rows))
    taken = [issue for pupil_id in ids for issue in on_file[pupil_id] if issue.id in wanted]
    if not taken:
        raise WrongUse(_("Choose a notice that was given."))
    _refuse_without(reason)
    left = {_person(issue) for pupil_id in ids for issue in on_file[pupil_id] if issue.id not in wanted and issue.whole}
    said = store.acknowledgements_by_pupil(desk.vault)
    with desk.act(Action.ISSUE_NOTICE, "pupil", ids[0], "notice taken back") as work:
        back = {"reason": tidy(reason), "moment": work.stamp, "actor": work.actor, "act": work.act}
        for issue in taken:
            issues.take_issue_back(desk.vault, issue, **back)
        gone = {_person(issue) for issue in taken} - left
        for entry in (entry for pupil_id in ids for entry in said[pupil_id] if _person(entry) in gone):
            store.take_acknowledgement_back(desk.vault, entry, **back)
        for pupil_id in ids[1:]:
            work.note(Action.ISSUE_NOTICE, "pupil", pupil_id, "notice taken back")
    return Changed.of("notice", ids=ids)


def _person(entry: NoticeIssue | NoticeAcknowledgement) -> tuple[str, str | None, str]:
    """Who it is about, and which edition."""
    return entry.pupil_id, entry.contact_id, entry.edition_id


def _refuse_without(reason: str) -> None:
    refuse(() if tidy(reason) else (Problem("reason", "missing", _("Enter why it is taken back.")),))


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What recording that people have their notices changed; ``entries`` are the identities of what was not on file before."""

    changed: Changed
    entries: frozenset[str]


def acknowledge(desk: Desk, rows: Sequence[GivenRow], channel: str, day: date) -> Acknowledged:
    """Record that people say they have the notices that they were given. Raises Refused, WrongUse where nothing is chosen."""
    if not rows:
        raise WrongUse(_("Choose who says that they have it."))
    ids = tuple(dict.fromkeys(row.issue.pupil_id for row in rows))
    on_file = store.acknowledgements_by_pupil(desk.vault)
    before = {entry.id for pupil_id in ids for entry in on_file[pupil_id]}
    with desk.act(Action.ISSUE_NOTICE, "pupil", ids[0], "acknowledged") as work:
        kept = {keep_acknowledgement(work, _said_of(row.issue, channel, day)).id for row in rows}
        for pupil_id in ids[1:]:
            work.note(Action.ISSUE_NOTICE, "pupil", pupil_id, "acknowledged")
    return Acknowledged(Changed.of("notice", ids=ids), frozenset(kept - before))


def _said_of(issue: NoticeIssue, channel: str, day: date) -> NoticeAcknowledgement:
    return NoticeAcknowledgement(
        pupil_id=issue.pupil_id,
        edition_id=issue.edition_id,
        contact_id=issue.contact_id,
        acknowledged_by=issue.given_to,
        on=day,
        channel=channel,
    )
