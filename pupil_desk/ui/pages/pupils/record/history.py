"""What happened to the record, newest first, in words: nothing here can be changed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services import sheet
from pupil_desk.services.disclosures.disclosures import BY_HAND
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.sheet.entries import Entry
from pupil_desk.ui.kit.body import Body
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.flow import FlowLayout
from pupil_desk.ui.kit.lists.timeline import Event, Timeline, Tone
from pupil_desk.ui.kit.words import button, label
from pupil_desk.ui.pages.pupils.many.statements import StatementsView
from pupil_desk.ui.pages.pupils.record.part import Part
from pupil_desk.ui.pages.pupils.record.telling import TellingPanel
from pupil_desk.ui.style import tokens

type Dated = tuple[str, Event]
"""A moment or day as kept, which sorts as time does, and the event."""


class HistoryPart(Part):
    """Choices, notices, letters, what was told to others, protections, stays, and every change of the record."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        self.timeline = Timeline(_("What happened"), empty=_("Nothing has happened yet."))
        self.tell_button = button(_("Enter what was &told by word"), self.begin, icon_name="megaphone")
        self.statement_button = button(_("Statement for t&he family…"), self.show_statement, icon_name="printer")
        self.telling, self.statement = TellingPanel(context), StatementsView(context)
        self._pupil_id = ""
        seen, doors = QWidget(), QWidget()
        bar = FlowLayout(doors, tokens.S)
        for door in (self.tell_button, self.statement_button):
            bar.addWidget(door)
        inside = QVBoxLayout(seen)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(tokens.S)
        inside.addWidget(label(_("Newest first. What happened is kept as it was, and cannot be changed here."), "muted"))
        inside.addWidget(doors)
        inside.addWidget(self.timeline, 1)
        self._seen = seen
        self.body = Body(seen, self.telling, self.statement)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.M, 0, 0)
        column.addWidget(self.body, 1)
        self.telling.edited.connect(self.edited)
        self.telling.closed.connect(self._leave)
        self.telling.kept.connect(self._kept)
        self.statement.closed.connect(self._close_statement)

    def show_record(self, record: PupilRecord) -> None:
        if record.pupil.id != self._pupil_id:
            self._pupil_id = record.pupil.id
            self.statement.end()
            self.body.setCurrentWidget(self._seen)
        self.timeline.show_events(events_of(self.context, record.pupil.id))

    def begin(self) -> None:
        """Enter something told by telephone, at a meeting, by e-mail or by letter."""
        self.body.setCurrentWidget(self.telling)
        self.telling.begin(self._pupil_id)

    def show_statement(self) -> None:
        """Who was told what of this pupil, as a paper for the family."""
        self.body.setCurrentWidget(self.statement)
        self.statement.begin([self._pupil_id])

    def _close_statement(self) -> None:
        self.statement.end()
        self.body.setCurrentWidget(self._seen)
        self.timeline.show_events(events_of(self.context, self._pupil_id))  # that it was printed stands there too
        self.timeline.setFocus()

    @property
    def _entering(self) -> bool:
        return self.body.currentWidget() is self.telling

    @property
    def dirty(self) -> bool:
        return self._entering and self.telling.dirty

    def save(self) -> bool:
        return not self.dirty or self.telling.save()

    def _leave(self) -> None:
        """Back to what happened; what is typed is asked about."""
        if not self.dirty or self.may_leave():
            self.put_back()

    def put_back(self) -> None:
        if self._entering:
            self.telling.begin(self._pupil_id)
            self.body.setCurrentWidget(self._seen)
            self.timeline.setFocus()
            self.edited.emit()

    def typed(self) -> dict[str, Any]:
        return self.telling.typed() if self.dirty else {}

    def take_typed(self, typed: dict[str, Any]) -> None:
        if typed:
            self.begin()
            self.telling.take_typed(typed)

    def _kept(self, changed: Changed) -> None:
        self.put_back()
        self.timeline.show_events(events_of(self.context, self._pupil_id))
        self.kept.emit(changed)
        self.context.banner.success(_("Kept in the log of disclosures."))

    def focus_first(self) -> None:
        if self._entering:
            self.telling.recipient.setFocus()
        else:
            self.timeline.setFocus()

    def focus_on(self, kind: str, row_id: str, item: str) -> None:
        if kind == "disclosure" and not self._entering:
            self.begin()
        self.focus_first()


def events_of(context: Context, pupil_id: str) -> list[Event]:
    """All that happened, newest first."""
    dated: list[Dated] = []
    for section in sheet.everything(context.desk, pupil_id, restricted=False):
        tell = _TELLERS.get(section.name)
        for entry in section.entries if tell else ():
            dated.extend(tell(entry.as_kept(), _words(entry)) if tell else ())
    dated.reverse()  # of one moment, what was recorded last stands first
    return [event for _when, event in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _words(entry: Entry) -> dict[str, str]:
    return {name: words for name, _label, _value, words in entry.facts}


def _day(kept: str) -> date:
    return local_time(kept).date() if "T" in kept else date.fromisoformat(kept)


def _sentence(*parts: str) -> str:
    """The parts that there are, each ended with a stop."""
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts if part)


type Kept = Mapping[str, str | None]
type Words = Mapping[str, str]


def _choices(kept: Kept, words: Words) -> Iterator[Dated]:
    on = str(kept["on"])
    what = _("{about}: {choice}").format(about=words["recipient"], choice=words["choice"].lower())
    said = _("Said by {giver} as {right}").format(
        giver=words["giver"] or _("someone not named"), right=words["by"].lower()
    )
    why = words.get("back_because", "")
    tone: Tone = "plain" if why else "check" if kept["choice"] == "restrict" else "good"
    back = _("Taken back, and counts for nothing: {why}").format(why=why) if why else ""
    yield on, Event(_day(on), what, _sentence(said, words["channel"], words["note"], back), tone, struck=bool(why))


def _consents(kept: Kept, words: Words) -> Iterator[Dated]:
    on = str(kept["on"])
    what = _("{about}: {step}").format(about=words["asked_about"], step=words["what"].lower())
    said = _("{giver} as {right}").format(giver=words["giver"] or _("someone not named"), right=words["by"].lower())
    why = words.get("back_because", "")
    tone: Tone = "plain" if why else {"given": "good", "refused": "check", "withdrawn": "check"}.get(str(kept["what"]), "plain")  # type: ignore[assignment]
    back = _("Taken back, and counts for nothing: {why}").format(why=why) if why else ""
    yield on, Event(_day(on), what, _sentence(said, words["channel"], words["note"], back), tone, struck=bool(why))


def _notices(kept: Kept, words: Words) -> Iterator[Dated]:
    on = str(kept["on"])
    text = _("To {given_to}, {channel}. Edition {number}. Recorded by {name}").format(
        given_to=words["given_to"],
        channel=words["channel"].lower(),
        number=words["number"],
        name=words["issued_by"] or _("an import"),
    )
    yield on, Event(_day(on), _("Privacy notice given"), _sentence(text))


def _letters(kept: Kept, words: Words) -> Iterator[Dated]:
    on = str(kept["on"])
    text = _("For {who}. Printed by {name}").format(who=words["sent_to"], name=words["issued_by"])
    yield on, Event(_day(on), _("Letter printed: {letter}").format(letter=words["letter"]), _sentence(text))


def _disclosures(kept: Kept, words: Words) -> Iterator[Dated]:
    at = str(kept["at"])
    how_much = words["level"].lower() if kept["way"] == "export" else words["name"]
    what = _("Told to {recipient}: {level}").format(recipient=words["recipient"], level=how_much)
    told = words["fields"] if kept["way"] in BY_HAND else ""
    sent = _("Sent by {name}").format(name=words["made_by"]) if words["made_by"] else ""
    struck = words.get("struck_because", "")
    out = _("Struck out, and counts no more: {why}").format(why=struck) if struck else ""
    tone: Tone = "bad" if kept["without_consent"] else "plain"
    yield at, Event(_day(at), what, _sentence(told, words["reason"], words["purpose"], sent, out), "plain" if struck else tone, struck=bool(struck))


def _protections(kept: Kept, words: Words) -> Iterator[Dated]:
    at = str(kept["at"])
    set_by = _("Set by {name}").format(name=words["set_by"]) if words["set_by"] else ""
    since = _("In force from {day}").format(day=show_date(_day(str(kept["since"]))))
    yield (
        at,
        Event(
            _day(at),
            _("Protection set: {kind}").format(kind=words["kind"].lower()),
            _sentence(words["reason"], since, set_by),
            "bad",
        ),
    )
    if lifted := kept["lifted_at"]:
        by = _("Lifted by {name}").format(name=words["lifted_by"]) if words["lifted_by"] else ""
        what = _("Protection lifted: {kind}").format(kind=words["kind"].lower())
        yield lifted, Event(_day(lifted), what, _sentence(words["lift_reason"], by))


def _stays(kept: Kept, words: Words) -> Iterator[Dated]:
    if start := kept["start_date"]:
        yield start, Event(_day(start), _("Stay begins"), _sentence(words["status"]), "good")
    if end := kept["end_date"]:
        yield end, Event(_day(end), _("Stay ends"), "")


def _changes(kept: Kept, words: Words) -> Iterator[Dated]:
    at = str(kept["at"])
    source = _("From {source}").format(source=words["source"]) if kept["source"] != "form" else ""
    if kept["item"] == "":  # the whole record
        by = _("By {name}").format(name=words["by"]) if words["by"] else ""
        yield at, Event(_day(at), _("{done}: {record}").format(done=words["new"], record=begun_small(words["item"])), _sentence(source, by))
        return
    was = words["old"] or _("empty")
    now = words["new"] or _("empty")
    by = _("Changed by {name}").format(name=words["by"]) if words["by"] else ""
    yield at, Event(_day(at), _("Changed: {item}").format(item=words["item"]), _sentence(_("Was: {was}").format(was=was), _("Now: {now}").format(now=now), source, by))  # fmt: skip


def _mergings(kept: Kept, words: Words) -> Iterator[Dated]:
    """What was said of this record and another: merged, parted again, or two people."""
    if "what" not in kept:
        return
    at = str(kept["at"])
    what = {
        "merged": _("{record} was merged with {other}"),
        "parted": _("{record} was parted from {other} again"),
    }.get(str(kept["what"]), _("{record} and {other} are two people"))
    names = what.format(record=words["record"], other=words["beside"] or _("another record"))
    by = _("By {name}").format(name=words["recorded_by"]) if words["recorded_by"] else ""
    yield at, Event(_day(at), names, _sentence(words["reason"], by))


_TELLERS: Mapping[str, Callable[[Kept, Words], Iterator[Dated]]] = {
    "choices": _choices, "consents": _consents, "notices": _notices, "letters": _letters, "disclosures": _disclosures, "protections": _protections, "enrolments": _stays,
    "history": _changes, "pupil": _mergings,
}  # fmt: skip
