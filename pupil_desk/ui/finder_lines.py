"""What the box that finds lists: a line for each request, pupil, page, part of a record and chapter of the help that is meant by what is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import tokens
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.program import guides
from pupil_desk.services.program.guides import Passage
from pupil_desk.services.pupils import finding
from pupil_desk.services.pupils.finding import PupilMatch
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.requests import looking
from pupil_desk.services.roles import Action
from pupil_desk.services.unit import uses
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.lists.pupil_badges import ListBadges
from pupil_desk.ui.pages.places import PLACES

_CHAPTERS, _REQUESTS = 3, 7  # of each at most
# the part of the record that shows a record of that kind, and the sign beside it
_PARTS = {
    "contact": "contacts", "enrolment": "stays", "former_address": "details", "pupil": "details", "amendment": "history", "exam_entry": "exams",
    "journey": "transport", "placement": "placements", "accident": "accidents", "incident": "incidents", "plan": "plans"}  # fmt: skip
_SIGNS = {
    "name": "user", "contact": "users", "enrolment": "chalkboard-teacher", "former_address": "map-pin", "pupil": "map-pin",
    "amendment": "clock-counter-clockwise", "exam_entry": "exam", "journey": "bus", "placement": "handshake", "accident": "first-aid",
    "incident": "flag", "plan": "clipboard-text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FinderLine:
    """One line of what is found: where it leads, a sign, its words, why it is there, and a note at the end."""

    page: str
    object_id: str | None
    sign: str
    title: str
    words: str
    note: str = ""
    by_name: bool = False  # of a pupil, who is called so

    @property
    def accessible_text(self) -> str:
        """All of it, for a screen reader."""
        return ", ".join(part for part in (self.title, self.words, self.note) if part)


@dataclass(frozen=True, slots=True)
class FinderLines:
    """What is found in the open file and the program. ``pages`` are the pages to go to: name, title, icon."""

    context: Context
    pages: Sequence[tuple[str, str, str]]

    def people(self, text: str) -> list[FinderLine]:
        """Pupils by anything in the record."""
        if not tokens(text) or not self.context.desk.may(Action.READ_RECORD):
            return []
        matches = self.context.attempt(lambda: finding.find(self.context.desk, text)) or []
        badges = ListBadges(self.context.desk)
        badges.read({match.pupil_id for match in matches})
        return [
            FinderLine(
                "pupils",
                str(_place(match)),
                _SIGNS[match.kind],
                badges.named(match.title, match.pupil_id),
                _words(match),
                note="" if match.here else _("not on roll"),
                by_name=match.kind == "name",
            )
            for match in matches
        ]

    def requests(self, text: str) -> list[FinderLine]:
        """Requests by their number."""
        if not any(name == "requests" for name, _title, _sign in self.pages) or not self.context.desk.may(Action.RECORD_REQUEST):
            return []
        rows = self.context.attempt(lambda: looking.by_number(self.context.desk, text)) or []
        return [
            FinderLine(
                "requests",
                row.id,
                "tray",
                _("{number}: {name}").format(number=row.seen.case.ref, name=row.name or _("no pupil")),
                codelist("request_kind").label_of(row.seen.case.kind),
                note="" if row.seen.open else _("closed"),
            )
            for row in rows[:_REQUESTS]
        ]

    def places(self, text: str) -> list[FinderLine]:
        """Pages by their title, then tabs and parts of a record."""
        words = tokens(text)
        if not words:
            return []
        matching = [page for page in self.pages if _begins_all(page[1], words)]
        return [FinderLine(name, None, sign, title, _("Open this page")) for name, title, sign in matching] + self._tabs_and_parts(words)

    def help(self, text: str) -> list[FinderLine]:
        """The passages of the help under whose heading it is told, where there is a page for them."""
        if not self.has_help:
            return []
        return [
            FinderLine("help", passage.place, "question", _("Help: {chapter}").format(chapter=passage.chapter.title), _read(passage))
            for passage in guides.headed(text)[:_CHAPTERS]
        ]

    @property
    def has_help(self) -> bool:
        """Whether there is a page for the help."""
        return any(name == "help" for name, _title, _sign in self.pages)

    def _tabs_and_parts(self, words: Sequence[str]) -> list[FinderLine]:
        """Tabs and parts of a record by their words. A part is that of the pupil in view, who is named; without one the list of pupils comes first."""
        titles = {name: (title, sign) for name, title, sign in self.pages}
        pupil_id, name = self._pupil_in_view()
        lines: list[FinderLine] = []
        for place in sorted(
            PLACES, key=lambda place: not _begins_all(place.words, words)
        ):  # what is called so comes before what is like it
            if place.page not in titles or not _begins_all(f"{place.words} {place.also}", words):
                continue
            of_pupil = place.page == "pupils"
            if of_pupil and not uses.has_part(self.context.desk, place.place, pupil_id):
                continue
            title, sign = titles[place.page]
            goal = str(Place(pupil_id, place.place)) if of_pupil else place.place  # without a pupil, of the one chosen next
            where = _("In the record of {pupil}").format(pupil=name) if pupil_id else _("In each pupil’s record: choose the pupil first")
            lines.append(FinderLine(place.page, goal, sign, place.words, where if of_pupil else _("On the page {page}").format(page=title)))
        return lines

    def _pupil_in_view(self) -> tuple[str, str]:
        """The pupil whose record is before one's eyes, by id and name: not whom the page of pupils showed last, of whom nobody thinks elsewhere."""
        pupil_id = self.context.banner.subject_of("pupils") if self.context.banner.page == "pupils" else ""
        pupil = self.context.attempt(lambda: pupil_of(self.context.desk.vault, pupil_id)) if pupil_id else None
        return (pupil_id, pupil.full_name) if pupil is not None else ("", "")


def _begins_all(text: str, starts: Sequence[str]) -> bool:
    """Whether each of these begins some word of a text."""
    return all(any(word.startswith(start) for word in tokens(text)) for start in starts)


def _place(match: PupilMatch) -> Place:
    """Where in the pupil's record it stands."""
    part = _PARTS.get(match.kind)
    return Place(match.pupil_id, part, match.kind, match.record_id, match.item) if part else Place(match.pupil_id)


def _read(passage: Passage) -> str:
    return _("Read this chapter") if passage.number == 0 else passage.heading


def _words(match: PupilMatch) -> str:
    return (
        _("{why}, and {places}").format(
            why=match.words, places=count_of(match.more, _("more place in the record"), _("more places in the record"))
        )
        if match.more
        else match.words
    )
