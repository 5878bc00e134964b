"""Editions of the notice: the one that holds now, all that are on file, what each said, and what changed from one to the next.

The current edition follows from what the program holds, from the settings and from the words in use; nobody has to make it. It comes
on file when a data officer makes new words current, or when it is printed or given for the first time.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.text import tidy
from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import items_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.notices.addressees import Edition
from pupil_desk.domain.notices.change import ChangeGravity, NoticeChange, differences, gravest
from pupil_desk.domain.notices.edition import EditionContent, NoticeProse
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk, Work
from pupil_desk.services.exports import promised_exports
from pupil_desk.services.notices import notice_digests, notice_text, notice_words
from pupil_desk.services.notices.checklist import MAIN, tells_of_lrs
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses
from pupil_desk.store.tables import notice_editions as store
from pupil_desk.store.tables import notices as issues

_NOT_KNOWN = NoticeChange("not-known", (), _("What the older edition said is not on file: it was made before that was kept."))


@dataclass(frozen=True, slots=True)
class EditionOnFile:
    """An edition as it is listed. ``came_on_file`` is when and by whom it came on file; None for one from before that was kept.

    ``lrs`` is whether it told of the Learning Records Service: None where that is not known. ``minor_because`` is why its other words
    promise the same as those before, if somebody said so.
    """

    edition: Edition
    current: bool
    came_on_file: tuple[datetime, str] | None = None
    lrs: bool | None = None
    minor_because: str = ""


def current_edition(desk: Desk) -> Edition:
    """The edition as it would be given now: the last one on file, or a new one, number and day its own, if anything has changed.

    A change that is taken back makes a third edition: families hold the second, and it no longer says what is so.
    """
    return desk.remember("edition", lambda: _edition_of(desk, notice_words.current(desk)))


def _edition_of(desk: Desk, words: NoticeProse) -> Edition:
    parts = notice_digests.digests(desk.settings, desk.today, words, promised_exports(desk), desk.schedule, unnamed=uses.unnamed(desk))
    latest = issues.latest_edition(desk.vault)
    if latest is not None and _has_words(desk, latest, words):
        parts["wording"] = latest.wording
    digest = hashlib.sha256("".join(parts[name] for name in sorted(parts)).encode()).hexdigest()
    if latest is not None and latest.digest == digest:
        return latest
    number = latest.number + 1 if latest else 1
    return Edition(id=f"{number:04d}-{digest[:27]}", number=number, made_on=desk.today, digest=digest, **parts)


def _has_words(desk: Desk, edition: Edition, words: NoticeProse) -> bool:
    """Whether an edition whose digest of the wording is without the names of what is filled in has these words, as far as is on file."""
    if edition.wording != notice_digests.nameless_wording_digest(words):
        return False
    body = store.body(desk.vault, edition.id)
    return body is None or [text.split() for text in (body.front, body.more)] == [text.split() for text in (words.front, words.more)]


def earlier_on(desk: Desk, day: date) -> Edition | None:
    """The edition that families were given on a day before the current one was made; None where it is that one, or none was on file by then."""
    if day >= current_edition(desk).made_on:
        return None
    return max(
        (edition for edition in store.editions(desk.vault) if edition.made_on <= day), key=lambda edition: edition.number, default=None
    )


def why_new(desk: Desk) -> list[str]:
    """Why the current edition is not the one on file last, in plain words; empty when it is, or when there is none yet."""
    latest, current = issues.latest_edition(desk.vault), current_edition(desk)
    if latest is None or latest.digest == current.digest:
        return []
    reasons = {
        "wording": _("the wording of the notice has changed"),
        "unit": _("the unit’s details have changed"),
        "catalogue": _("what is held, or how long it is kept, has changed"),
        "recipients": _("who receives what has changed"),
    }
    return [words for name, words in reasons.items() if getattr(latest, name) != getattr(current, name)]


def said_now(desk: Desk) -> EditionContent:
    """All that the current edition says."""
    return notice_text.edition_text(
        desk.settings, desk.today, notice_words.current(desk), promised_exports(desk), desk.schedule, unnamed=uses.unnamed(desk)
    )


def said_by(desk: Desk, edition: Edition) -> EditionContent | None:
    """All that an edition says or said; None for one from before that was kept."""
    body = store.body(desk.vault, edition.id)
    if body is None and edition == current_edition(desk):
        return said_now(desk)
    return body


def keep(work: Work, minor_because: str = "") -> Edition:
    """Within a transaction: have the current edition on file, with all that it says."""
    desk = work.desk
    edition = current_edition(desk)
    if not issues.has_edition(desk.vault, edition.id):
        issues.add_edition(desk.vault, edition)
    if not any(row["edition_id"] == edition.id for row in store.body_rows(desk.vault)):
        body = said_now(desk)
        store.add_body(
            desk.vault,
            edition.id,
            body,
            names_lrs=tells_of_lrs(body.front, body.more),
            wording_minor=minor_because,
            moment=work.stamp,
            actor=work.actor,
        )
    return edition


def on_file(desk: Desk) -> list[EditionOnFile]:
    """The editions, the latest first. The current one stands first, on file or not."""
    desk.require(Action.READ_RECORD)
    now, rows_by_edition = current_edition(desk), {row["edition_id"]: row for row in store.body_rows(desk.vault)}
    stored = store.editions(desk.vault)
    editions = stored if any(edition.id == now.id for edition in stored) else [now, *stored]
    editions_on_file = []
    for edition in editions:
        row = rows_by_edition.get(edition.id)
        if row is None:
            editions_on_file.append(EditionOnFile(edition, edition.id == now.id))
            continue
        moment_and_actor = (local_time(row["at"]), str(row["by"]))
        editions_on_file.append(EditionOnFile(edition, edition.id == now.id, moment_and_actor, bool(row["lrs"]), row["wording_minor"]))
    return editions_on_file


# -- what changed


def details() -> Mapping[str, str]:
    """What fills the words, by name, each as the settings call it or in words of our own."""
    labels = {item.name: item.label for item in items_of(UnitSettings)}
    own_labels = {
        "unit": labels["name"], "controller": _("Who is responsible for the data"), "controller_name": _("Who is responsible for the data"), "unit_contact": _("Whom to tell of a complaint"),
        "unit_reach": _("How to reach the unit"), "choices_contact": labels["choices_contact"], "copy_contact": labels["copy_contact"],
        "dpo": labels["dpo"], "youth_service": labels["youth_service"], "youth_minimum": _("What youth support is told in any case"),
        "youth_minimum_own": _("What youth support is told in any case"), "ico_phone": _("The telephone number of the regulator"),
        "regulator": _("Who watches over data protection"), "regulator_short": _("Who watches over data protection"),
        "youth_page": labels["youth_service_page"], "also_told": _("With whom we work"), "also_told_own": _("With whom we work"), "also_told_arabic": _("With whom we work"),
        "authority": labels["authority"], "authority_page": labels["authority_page"],
        "kept_table": _("What is kept, and what for"), "tables_contact": _("Whom to ask for the tables"),
        "categories": _("The kinds of data"), "purposes": _("What data is used for"), "kept_pupil": _("How long most of it is kept"), "kept_pupil_own": _("How long most of it is kept"), "kept_register": _("How long entries of the registers are kept"),
        "kept_pupil_arabic": _("How long most of it is kept"), "kept_register_arabic": _("How long entries of the registers are kept"),
    }  # fmt: skip
    return own_labels | {name: _("A page of the government that is named") for name in notice_text.PAGES}


def changes(desk: Desk, old: Edition, new: Edition) -> tuple[NoticeChange, ...]:
    """Each promise that changed from one edition to another; where the older one’s words are not on file, that alone."""
    desk.require(Action.READ_RECORD)
    if old.id == new.id:
        return ()
    before, after = said_by(desk, old), said_by(desk, new)
    if before is None or after is None:
        return (_NOT_KNOWN,)
    return differences(before, after, details())


def changes_of_words(desk: Desk, front: str, last_part: str) -> tuple[NoticeChange, ...]:
    """What words in English would change, were they made current, against the edition on file last; against nothing, nothing."""
    desk.require(Action.READ_RECORD)
    latest = issues.latest_edition(desk.vault)
    if latest is None:
        return ()
    before = said_by(desk, latest)
    words = NoticeProse(front=front, more=last_part)
    return (
        differences(
            before,
            notice_text.edition_text(desk.settings, desk.today, words, promised_exports(desk), desk.schedule, unnamed=uses.unnamed(desk)),
            details(),
        )
        if before
        else (_NOT_KNOWN,)
    )


def gravity_since(desk: Desk, old: Edition, new: Edition) -> ChangeGravity | None:
    """How grave the changes from an older edition to a newer are.

    Other words count as minor only where somebody said so of every edition in between that changed them.
    """
    minor_by_edition = {row["edition_id"]: bool(row["wording_minor"]) for row in store.body_rows(desk.vault)}
    between = [edition for edition in (*reversed(store.editions(desk.vault)), new) if old.number < edition.number <= new.number]
    wording, minor = old.wording, True
    for edition in between:
        if edition.wording != wording:
            minor, wording = minor and minor_by_edition.get(edition.id, False), edition.wording
    return gravest(changes(desk, old, new), wording_minor=minor)


# -- a new edition by hand


def make_current(desk: Desk, front: str, last_part: str, *, minor_because: str = "") -> Changed:
    """Make new words in English current: a new edition, at once on file. Raises Refused for what the law asks and is not there; WrongUse.

    ``minor_because`` says why the other words promise the same, so that families who have the older edition need not be given this.
    """
    prose = NoticeProse(front=front, more=last_part)
    with desk.act(
        Action.EDIT_NOTICE, "notice-edition", "", "made current" + (", other words minor" if tidy(minor_because) else "")
    ) as work:
        notice_words.keep_current(work, prose)
        edition = keep(work, tidy(minor_because))
        work.note(Action.EDIT_NOTICE, "notice-edition", edition.id, f"edition {edition.number}")
    return Changed.of("notice-words", "notice")


def use_shipped(desk: Desk) -> Changed:
    """Give the notice back to the program's own words: a new edition. Raises WrongUse where it has them."""
    with desk.act(Action.EDIT_NOTICE, "notice-edition", "", "the program’s own words") as work:
        notice_words.use_shipped(work, MAIN)
        edition = keep(work)
        work.note(Action.EDIT_NOTICE, "notice-edition", edition.id, f"edition {edition.number}")
    return Changed.of("notice-words", "notice")
