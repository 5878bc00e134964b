"""The chronology of a safeguarding file for a conference: the entries that were chosen, as they hold, the oldest first; and how they are chosen.

It has no wording of before and nothing that was struck out, unlike the pack for the next lead (``pack``).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Block, FactList, Heading, Keep, Para
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.safeguarding.entry import EntryHistory
from pupil_desk.services.desk import Desk
from pupil_desk.services.disclosures.told import EVER, Days
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.services.safeguarding import files
from pupil_desk.services.safeguarding.telling import facts_of, statuses_words

TITLE = _("Chronology")  # names nobody, since it stands in the description of the file too


@dataclass(frozen=True, slots=True)
class EntriesAsked:
    """Which entries: of one kind, of these days, and with all of these words in what they say; each where it is given."""

    kind: str = ""
    days: Days = EVER
    text: str = ""

    def of(self, histories: Iterable[EntryHistory]) -> list[EntryHistory]:
        """Those of these entries that are asked for."""
        parts = fold(self.text).split()
        return [
            history
            for history in histories
            if self.kind in ("", history.now.kind) and self.days.since <= history.now.day <= self.days.until and _says(history, parts)
        ]

    def told(self) -> str:
        """What was asked for, in a line; that it was all."""
        words = [codelist("safeguarding_entry").label_of(self.kind)] if self.kind else []
        if self.days.since != EVER.since:
            words.append(_("from {day}").format(day=show_date(self.days.since)))
        if self.days.until != EVER.until:
            words.append(_("until {day}").format(day=show_date(self.days.until)))
        if self.text.strip():
            words.append(_("with “{words}”").format(words=self.text.strip()))
        return ", ".join(words) or _("All")


def _says(history: EntryHistory, parts: Collection[str]) -> bool:
    if not parts:
        return True
    text = fold(" ".join(value for _name, value in facts_of(history.now)))
    return all(part in text for part in parts)


def chronology(desk: Desk, pupil_id: str, asked: EntriesAsked, *, stamp: str = "") -> bytes:
    """The paper, with the stamp of its guard. Lead and deputies only; that it was made is logged. Raises NotAllowed."""
    from pupil_desk.documents.pdf.page import build_pdf

    desk.require(Action.KEEP_SAFEGUARDING, files.FILE, pupil_id)
    pupil, file = pupil_of(desk.vault, pupil_id), files.of_pupil(desk, pupil_id)
    desk.log(Action.KEEP_SAFEGUARDING, files.FILE, pupil_id)
    return build_pdf(list(story(desk, pupil, file, asked)), title=TITLE, footer=footer_of(desk, pupil), stamp=stamp)


def footer_of(desk: Desk, pupil: Pupil) -> str:
    """What stands on each page: whose file it is, without the name."""
    words = _("Confidential. {unit}, reference {ref}, born {day}")
    return words.format(unit=desk.settings.name, ref=pupil.ref, day=show_date(pupil.dob))


def story(desk: Desk, pupil: Pupil, file: files.SafeguardingFile, asked: EntriesAsked) -> Iterator[Block]:
    """What stands on it."""
    yield Heading(1, TITLE)
    yield FactList(
        [
            (_("Pupil"), pupil.full_name),
            (_("Born"), show_date(pupil.dob)),
            (_("Status"), statuses_words(file.statuses)),
            (_("Entries"), asked.told()),
            (_("From"), desk.settings.name),
            (_("Made on"), show_date(desk.today)),
            (_("Made by"), desk.user.name),
        ]
    )
    if words := files.unopened_words(file.moved, file.sealed):
        yield Para(words)
    for history in reversed(asked.of(file.histories)):
        if not history.struck:
            kind = codelist("safeguarding_entry").label_of(history.now.kind)
            heading = Heading(2, _("{kind}, {day}").format(kind=kind, day=show_date(history.now.day)))
            yield Keep([heading, FactList([*facts_of(history.now), (_("Written by"), history.author)])])
