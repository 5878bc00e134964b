"""What happened to the record, newest first, in words: nothing here can be changed."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import begun_small
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services import sheet
from pupil_desk.services.disclosures.disclosures import BY_HAND
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.sheet.entries import SheetEntry
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.timeline import TimelineEvent, TimelineView, Tone
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.words import button, column_in, column_of, flow_of, growing, label
from pupil_desk.ui.pages.pupils.many.statements import StatementsView
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.pages.pupils.record.telling import TellingPanel
from pupil_desk.ui.style import tokens

type Dated = tuple[str, TimelineEvent]
"""A moment or day as kept, which sorts as time does, and the event."""


class HistoryPart(RecordPart):
    """Choices, notices, letters, what was told to others, protections, stays, and every change of the record."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        self.timeline = TimelineView(_("What happened"), empty=_("Nothing has happened yet."))
        self.tell_button = button(_("Enter what was &told by word"), self.begin, icon_name="megaphone")
        self.statement_button = button(_("Statement for t&he family…"), self.show_statement, icon_name="printer")
        self.telling, self.statement = TellingPanel(context), StatementsView(context)
        self._pupil_id = ""
        timeline_area = column_of(
            label(_("Newest first. What happened is kept as it was, and cannot be changed here."), "muted"),
            flow_of(self.tell_button, self.statement_button),
            growing(self.timeline),
        )
        self._timeline_area = timeline_area
        self.body = Body(timeline_area, self.telling, self.statement)
        column_in(self, None, growing(self.body), top=tokens.M)
        self.telling.edited.connect(self.edited)
        self.telling.closed.connect(self._leave)
        self.telling.record_saved.connect(self._on_saved)
        self.statement.closed.connect(self._close_statement)

    def show_record(self, record: PupilRecord) -> None:
        if record.pupil.id != self._pupil_id:
            self._pupil_id = record.pupil.id
            self.statement.end()
            self.body.setCurrentWidget(self._timeline_area)
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
        self.body.setCurrentWidget(self._timeline_area)
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
            self.body.setCurrentWidget(self._timeline_area)
            self.timeline.setFocus()
            self.edited.emit()

    def draft(self) -> dict[str, Any]:
        return self.telling.draft() if self.dirty else {}

    def take_draft(self, draft: dict[str, Any]) -> None:
        if draft:
            self.begin()
            self.telling.take_draft(draft)

    def _on_saved(self, changed: Changed) -> None:
        self.put_back()
        self.timeline.show_events(events_of(self.context, self._pupil_id))
        self.record_saved.emit(changed)
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


def events_of(context: Context, pupil_id: str) -> list[TimelineEvent]:
    """All that happened, newest first."""
    dated: list[Dated] = []
    for section in sheet.everything(context.desk, pupil_id, restricted=False):
        tell = _TELLERS.get(section.name)
        for entry in section.entries if tell else ():
            dated.extend(tell(entry.as_kept(), _words(entry)) if tell else ())
    dated.reverse()  # of one moment, what was recorded last stands first
    return [event for _when, event in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def _words(entry: SheetEntry) -> dict[str, str]:
    return {name: words for name, _label, _value, words in entry.facts}


def _day(moment: str) -> date:
    return local_time(moment).date() if "T" in moment else date.fromisoformat(moment)


def _sentence(*parts: str) -> str:
    """The parts that there are, each a sentence: begun with a capital and ended with a stop."""
    return " ".join(part[:1].upper() + part[1:] + ("" if part.endswith((".", "?")) else ".") for part in parts if part)


type Kept = Mapping[str, str | None]
type Words = Mapping[str, str]


def _choices(row: Kept, words: Words) -> Iterator[Dated]:
    day = str(row["on"])
    title = _("{about}: {choice}").format(about=words["recipient"], choice=words["choice"].lower())
    speaker = _("Said by {giver} as {right}").format(giver=words["giver"] or _("someone not named"), right=words["by"].lower())
    reason = words.get("back_because", "")
    tone: Tone = "plain" if reason else "check" if row["choice"] == "restrict" else "good"
    back = _("Taken back, and counts for nothing: {why}").format(why=reason) if reason else ""
    yield day, TimelineEvent(_day(day), title, _sentence(speaker, words["channel"], words["note"], back), tone, struck=bool(reason))


def _consents(row: Kept, words: Words) -> Iterator[Dated]:
    day = str(row["on"])
    title = _("{about}: {step}").format(about=words["asked_about"], step=words["what"].lower())
    speaker = _("{giver} as {right}").format(giver=words["giver"] or _("someone not named"), right=words["by"].lower())
    reason = words.get("back_because", "")
    tone: Tone = "plain" if reason else {"given": "good", "refused": "check", "withdrawn": "check"}.get(str(row["what"]), "plain")  # type: ignore[assignment]  # each is a tone
    back = _("Taken back, and counts for nothing: {why}").format(why=reason) if reason else ""
    yield day, TimelineEvent(_day(day), title, _sentence(speaker, words["channel"], words["note"], back), tone, struck=bool(reason))


def _notices(row: Kept, words: Words) -> Iterator[Dated]:
    day = str(row["on"])
    text = _("To {given_to}, {channel}. Edition {number}. Recorded by {name}").format(
        given_to=words["given_to"], channel=words["channel"].lower(), number=words["number"], name=words["issued_by"] or _("an import")
    )
    yield day, TimelineEvent(_day(day), _("Privacy notice given"), _sentence(text))


def _letters(row: Kept, words: Words) -> Iterator[Dated]:
    day = str(row["on"])
    text = _("For {who}. Printed by {name}").format(who=words["sent_to"], name=words["issued_by"])
    yield day, TimelineEvent(_day(day), _("Letter printed: {letter}").format(letter=words["letter"]), _sentence(text))


def _disclosures(row: Kept, words: Words) -> Iterator[Dated]:
    moment = str(row["at"])
    how_much = words["level"].lower() if row["way"] == "export" else words["name"]
    title = _("Told to {recipient}: {level}").format(recipient=words["recipient"], level=how_much)
    disclosed_kinds = words["fields"] if row["way"] in BY_HAND else ""
    sender = _("Sent by {name}").format(name=words["made_by"]) if words["made_by"] else ""
    struck = words.get("struck_because", "")
    out = _("Struck out, and counts no more: {why}").format(why=struck) if struck else ""
    tone: Tone = "bad" if row["without_consent"] else "plain"
    yield (
        moment,
        TimelineEvent(
            _day(moment),
            title,
            _sentence(disclosed_kinds, words["reason"], words["purpose"], sender, out),
            "plain" if struck else tone,
            struck=bool(struck),
        ),
    )


def _protections(row: Kept, words: Words) -> Iterator[Dated]:
    moment = str(row["at"])
    set_by = _("Set by {name}").format(name=words["set_by"]) if words["set_by"] else ""
    since = _("In force from {day}").format(day=show_date(_day(str(row["since"]))))
    yield (
        moment,
        TimelineEvent(
            _day(moment), _("Protection set: {kind}").format(kind=words["kind"].lower()), _sentence(words["reason"], since, set_by), "bad"
        ),
    )
    if lifted := row["lifted_at"]:
        actor = _("Lifted by {name}").format(name=words["lifted_by"]) if words["lifted_by"] else ""
        title = _("Protection lifted: {kind}").format(kind=words["kind"].lower())
        yield lifted, TimelineEvent(_day(lifted), title, _sentence(words["lift_reason"], actor))


def _stays(row: Kept, words: Words) -> Iterator[Dated]:
    if start := row["start_date"]:
        yield start, TimelineEvent(_day(start), _("Stay begins"), _sentence(words["status"]), "good")
    if end := row["end_date"]:
        yield end, TimelineEvent(_day(end), _("Stay ends"), "")


def _changes(row: Kept, words: Words) -> Iterator[Dated]:
    moment = str(row["at"])
    source = _("From {source}").format(source=words["source"]) if row["source"] != "form" else ""
    if row["item"] == "":  # the whole record
        actor = _("By {name}").format(name=words["by"]) if words["by"] else ""
        yield (
            moment,
            TimelineEvent(
                _day(moment), _("{done}: {record}").format(done=words["new"], record=begun_small(words["item"])), _sentence(source, actor)
            ),
        )
        return
    was = words["old"] or _("empty")
    now = words["new"] or _("empty")
    actor = _("Changed by {name}").format(name=words["by"]) if words["by"] else ""
    yield (
        moment,
        TimelineEvent(
            _day(moment),
            _("Changed: {item}").format(item=words["item"]),
            _sentence(_("Was: {was}").format(was=was), _("Now: {now}").format(now=now), source, actor),
        ),
    )


def _mergings(row: Kept, words: Words) -> Iterator[Dated]:
    """What was said of this record and another: merged, parted again, or two people."""
    if "what" not in row:
        return
    moment = str(row["at"])
    pattern = {"merged": _("{record} was merged with {other}"), "parted": _("{record} was parted from {other} again")}.get(
        str(row["what"]), _("{record} and {other} are two people")
    )
    names = pattern.format(record=words["record"], other=words["beside"] or _("another record"))
    actor = _("By {name}").format(name=words["recorded_by"]) if words["recorded_by"] else ""
    yield moment, TimelineEvent(_day(moment), names, _sentence(words["reason"], actor))


_TELLERS: Mapping[str, Callable[[Kept, Words], Iterator[Dated]]] = {
    "choices": _choices,
    "consents": _consents,
    "notices": _notices,
    "letters": _letters,
    "disclosures": _disclosures,
    "protections": _protections,
    "enrolments": _stays,
    "history": _changes,
    "pupil": _mergings,
}
