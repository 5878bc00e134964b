"""Holds: whose data may not be deleted, why, and when that is looked at again."""

from datetime import date

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import birthday, read_date, short_date, show_date, why_no_day
from pupil_desk.basics.words import _
from pupil_desk.domain.governance.hold import HoldStep, LegalHold
from pupil_desk.services import holds
from pupil_desk.services.holds import HoldRow
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.datebox import as_typed
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, label, show_words
from pupil_desk.ui.style import tokens

_SPARE = {"since": 800}


def _state(row: HoldRow) -> str:
    if not row.hold.in_force:
        return _("Lifted")
    return _("Look at it again now") if row.due else _("In force")


def _since(row: HoldRow) -> str:
    return short_date(local_time(row.hold.at[0]).date())


def _data_words(row: HoldRow) -> str:
    return _("the data of {pupil} ({ref})").format(pupil=row.name, ref=row.ref) if row.name else _("everybody’s data")


class Holding(QWidget):
    """The list of holds, the words about one, and what can be done."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        empty_state = EmptyState(
            "hand-palm",
            _("No hold is set"),
            _("A hold stops every deletion of a pupil’s data, or of everybody’s: for an inquiry, a claim, or a court."),
        )
        whom = Column[HoldRow]("whom", _("Whose data"), lambda row: row.name or _("Everybody’s"), width=22, stretch=True)
        columns = (
            badged(context.desk, whom, lambda row: row.hold.pupil_id or ""),
            Column[HoldRow](
                "state",
                _("How it stands"),
                _state,
                width=22,
                icon=lambda row: "warning" if row.due else "hand-palm" if row.hold.in_force else "check-circle",
            ),
            Column[HoldRow](
                "review", _("Look at it again"), lambda row: short_date(row.hold.review_on) if row.hold.review_on else "", width=14
            ),
            Column[HoldRow]("since", _("Set on"), _since, width=12),
        )
        self.table: ShortTable[HoldRow] = ShortTable(
            columns,
            name=_("Holds on deletion"),
            id_of=lambda row: row.id,
            memory=context.memory,
            memory_key="holds",
            empty=empty_state,
            stands_on_first=False,
        )
        self.words = label("", "muted")
        self.set_button = button(_("Set a &hold…"), self.set_hold, "primary", icon_name="hand-palm")
        self.review_button = button(_("&Looked at it: keep it…"), self.review, icon_name="check")
        self.lift_button = button(_("Li&ft it…"), self.lift)
        row = flow_of(self.set_button, self.review_button, self.lift_button)
        column_in(self, tokens.S, self.table, self.words, row, STRETCH)
        self.table.current_changed.connect(lambda _row: self._show_one())
        self.table.lead_to(self.review_button, self.lift_button, self.set_button)
        self.table.always_give_way(_SPARE, room_of=self)

    def refresh(self) -> None:
        """The holds, those lifted last."""
        self.table.show_rows(holds.listing(self._context.desk, lifted=True))
        self._show_one()

    def panes(self) -> list[QWidget]:
        return [self.table]

    def print_(self) -> None:
        """Nothing is printed of it."""

    def _show_one(self) -> None:
        row, desk = self.table.current() if self.table.rows else None, self._context.desk
        show_words(
            self.words,
            _words(row) if row is not None else _("Choose a hold to look at it again, or to lift it.") if self.table.rows else "",
        )
        standing = row is not None and row.hold.in_force
        for command_button, visible, action in (
            (self.set_button, True, Action.SET_HOLD),
            (self.review_button, standing, Action.SET_HOLD),
            (self.lift_button, standing, Action.LIFT_HOLD),
        ):
            command_button.setVisible(visible)
            command_button.setEnabled(desk.may(action))
            command_button.setToolTip("" if desk.may(action) else only(action))

    # -- what can be done

    def set_hold(self) -> None:
        """A hold on one pupil's data, or on everybody's."""
        ask = self._context.ask
        choices = (Choice("one", _("Of one pupil"), "primary"), Choice("all", _("Of everybody")), Choice("", _("Cancel")))
        scope = ask.choose(
            _("Whose data may not be deleted?"),
            _("While the hold stands nothing is erased, and no paper is removed for good."),
            choices,
            safe="",
        )
        if scope == "one":
            number = ask.text(
                _("Set a hold"), _("On which pupil’s data? Our reference, or the UPN."), _("Reference or UPN"), verb=_("Go on")
            )
            pupil = self._context.attempt(lambda: pupils.by_number(self._context.desk, number)) if number else None
            if pupil is not None:
                self.begin(pupil.id)
        elif scope == "all":
            self.begin(None)

    def begin(self, pupil_id: str | None) -> None:
        """Ask why, and until when; then set it."""
        data_words = self._data_named(pupil_id)
        if not data_words:
            return
        text = _(
            "Why may {whose} not be deleted? Such as: a claim was announced on 3 November. It stands in a copy that the family asks for."
        )
        reason = self._context.ask.text(_("Set a hold"), text.format(whose=data_words), _("Why"), verb=_("Go on"), check=_require_reason)
        day = self._ask_day(data_words) if reason else None
        if reason and day is not None:
            hold = LegalHold(pupil_id=pupil_id, reason=reason, review_on=day)
            self._context.keep(lambda: holds.set_hold(self._context.desk, hold), _("The hold is set. Nothing is deleted while it stands."))

    def _data_named(self, pupil_id: str | None) -> str:
        """Whose data, for a question: «Bea Quill (P0006)», or everybody's. Empty where there is no such pupil, which is said."""
        if pupil_id is None:
            return _("everybody’s data")
        pupil = self._context.attempt(lambda: pupils.record(self._context.desk, pupil_id).pupil)
        return _("the data of {pupil} ({ref})").format(pupil=pupil.full_name, ref=pupil.ref) if pupil is not None else ""

    def _ask_day(self, data_words: str) -> date | None:
        today = self._context.desk.today
        a_year_on = birthday(today, 1)
        text = _("The hold on {whose}. On which day is it to be looked at again? Within a year.").format(whose=data_words)
        answer = self._context.ask.text(
            _("Look at it again"),
            text,
            _("Day"),
            value=f"{a_year_on.day} {a_year_on.month} {a_year_on.year}",
            verb=_("Keep the hold"),
            check=lambda text: _wrong_day(text, today, a_year_on),
        )
        return read_date(as_typed(answer, today)) if answer is not None else None

    def review(self) -> None:
        """It was looked at, and stays."""
        row = self.table.current()
        if row is None:
            return
        data_words = _data_words(row)
        reason = self._context.ask.text(
            _("Keep this hold?"),
            _("The hold on {whose}. Why it must still stand.").format(whose=data_words),
            _("Why"),
            verb=_("Go on"),
            check=_require_reason,
        )
        day = self._ask_day(data_words) if reason else None
        if reason and day is not None:
            self._context.keep(lambda: holds.review(self._context.desk, row.id, reason, day), _("The hold stays."))

    def lift(self) -> None:
        """It no longer stands."""
        row = self.table.current()
        if row is None:
            return
        text = _(
            "The hold on {whose}, set on {day}: {why}. What is due can be erased again then. It stays on file that the hold was there, and why it was lifted."
        )
        text = text.format(whose=_data_words(row), day=_since(row), why=row.hold.events[0].reason.rstrip("."))
        reason = self._context.ask.text(
            _("Lift this hold?"), text, _("Why it is lifted"), verb=_("Lift it"), stay=_("Keep it"), check=_require_reason
        )
        if reason:
            self._context.keep(lambda: holds.lift(self._context.desk, row.id, reason), _("The hold is lifted."))


def _require_reason(text: str) -> str:
    return "" if text.strip() else _("Enter the reason.")


def _wrong_day(text: str, today: date, latest: date) -> str:
    try:
        day = read_date(as_typed(text, today))
    except ValueError:
        return why_no_day(text, _("Write the day like 27 3 2027."))
    return "" if today < day <= latest else _("Choose a day after today, and within a year.")


def _words(row: HoldRow) -> str:
    sentences = []
    for event, moment, actor in zip(row.hold.events, row.hold.at, row.hold.by, strict=True):
        words = {
            HoldStep.SET: _("{who} set it on {day}: {why}."),
            HoldStep.REVIEWED: _("{who} looked at it on {day} and kept it: {why}."),
            HoldStep.LIFTED: _("{who} lifted it on {day}: {why}."),
        }[HoldStep(event.step)]
        sentences.append(words.format(who=actor, day=show_date(local_time(moment).date()), why=event.reason.rstrip(".")))
    return " ".join(sentences)
