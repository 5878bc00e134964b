"""The card: whom to call, what is grave, today, and all else that one opens a record for, in one picture."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.services.pupils.card.attending import CardAttendance
from pupil_desk.services.pupils.card.facts import CardFact
from pupil_desk.services.pupils.card.gathering import PupilCard, card_of
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.chart import Chart, Point
from pupil_desk.ui.kit.columns import ColumnsLayout
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.watch.making import pause
from pupil_desk.ui.kit.words import STRETCH, card, column_in, column_of
from pupil_desk.ui.pages.pupils.record.card.block import CardBlock
from pupil_desk.ui.pages.pupils.record.card.photograph import PhotographBlock
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import look, sized

_COLUMN = 200  # the least width of a column at 100 %
_BLOCKS = (
    ("calls", _("Call first")),
    ("health", _("Health")),
    ("today", _("Today")),
    ("term", _("Attendance this term")),
    ("needs", _("Needs and plan")),
    ("stays", _("Here")),
    ("sharing", _("Sharing")),
    ("consents", _("Consents missing")),
    ("due", _("Due")),
)
_LOW = 320  # the height at 100 % of a low place
_DUE = 4  # of what is due so many stand on the card; the rest are counted


class CardPart(RecordPart):
    """Nothing is typed here: each fact leads to the field that holds it."""

    is_form = False

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        self.record: PupilRecord | None = None
        self.blocks = {key: CardBlock(title, self.follow) for key, title in _BLOCKS}
        self.chart = Chart(small=True)
        self.blocks["term"].column.addWidget(self.chart)
        self.content = QWidget()
        self._columns = ColumnsLayout(self.content, least_width=sized(_COLUMN), most=3, spacing=tokens.S, gap=tokens.M)
        self.photograph = PhotographBlock(context)
        self.photograph.record_saved.connect(self.record_saved)
        for block in self.blocks.values():
            self._columns.addWidget(block)
        self._columns.addWidget(self.photograph)
        frame = card()
        self._ground = column_in(frame, 0, self.content)
        self._leave_room()
        column_in(self, 0, scrolled(column_of(frame, STRETCH)))
        if (dress := look()) is not None:
            dress.changed.connect(self._dressed)

    def _dressed(self) -> None:
        self._columns.set_least_width(sized(_COLUMN))
        self._leave_room()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._leave_room()

    def _leave_room(self) -> None:
        """Around the facts and between them; less in a low place, where all of them are to be seen at once."""
        is_low = self.height() < sized(_LOW)
        around = 0 if is_low else tokens.M
        self._ground.setContentsMargins(tokens.M, around, tokens.M, around)
        self._columns.setSpacing(tokens.XS if is_low else tokens.S)
        for block in self.blocks.values():
            block.column.setSpacing(0 if is_low else tokens.THIN)

    def show_record(self, record: PupilRecord) -> None:
        self.record = record
        card = self.context.attempt(lambda: card_of(self.context.desk, record))
        if card is None:
            return
        pause()  # the first card reads the rules that it follows
        for key, facts in self._facts(card).items():
            self.blocks[key].show_facts(facts)
        self._show_term(card.attendance)
        self.photograph.show_record(record, card.photograph)

    def _facts(self, card: PupilCard) -> dict[str, Sequence[CardFact]]:
        due = card.due
        if len(due) > _DUE:
            more = CardFact(words=_("and {count} more").format(count=len(due) - _DUE + 1), page="home")
            due = (*due[: _DUE - 1], more)
        return {
            "calls": card.calls,
            "health": card.health,
            "today": card.attendance.today,
            "term": (card.attendance.term,) if card.attendance.term else (),
            "needs": card.needs,
            "stays": card.stays,
            "sharing": card.sharing,
            "consents": card.consents,
            "due": due or (CardFact(words=_("Nothing is due"), page="home"),),
        }

    def _show_term(self, attendance: CardAttendance) -> None:
        points = [
            Point(
                _("Week of {day}").format(day=short_date(week.monday)),
                week.totals.attendance_pct,
                _("{percentage} %").format(percentage=f"{week.totals.attendance_pct:g}")
                if week.totals.attendance_pct is not None
                else _("nothing to count"),
            )
            for week in attendance.weeks
        ]
        words = "; ".join(f"{point.label}: {point.words}" for point in points)
        self.chart.show_points(points, highest=100, is_line=False, name=_("Attendance this term, week by week"), description=words)
        self.chart.setToolTip(words.replace("; ", "\n"))

    def follow(self, fact: CardFact) -> None:
        """Go to where a fact is changed."""
        if self.record is None:
            return
        pupil_id = self.record.pupil.id
        if fact.page == "home":
            self.context.go("home")
        elif fact.page == "pupils":
            self.place_wanted.emit(Place(pupil_id, fact.part, fact.kind, fact.row_id, fact.item))
        else:
            self.context.go(fact.page, fact.of or f"{pupil_id}{fact.part}")

    def focus_first(self) -> None:
        self.blocks["calls"].lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
