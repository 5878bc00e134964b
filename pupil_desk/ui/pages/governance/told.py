"""What was told: for each recipient, or for each pupil, how often and when last; and each time, what, why and on what law."""

from typing import Any

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.services.disclosures import by_hand, disclosures, log_paper, told
from pupil_desk.services.disclosures.told import EVER, Days, DisclosureTotal, LoggedDisclosure
from pupil_desk.services.guard import Guard
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.days_box import DaysBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.pupil_badges import badged
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.page import Body
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import allow, button, column_in, column_of, find_line, flow_of, growing, label, labelled
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

RECIPIENTS, PUPILS = "recipients", "pupils"
_SPARE = {
    "by": 1550,
    "level": 1350,
    "way": 1050,
}  # columns for which there is room beside whole names from a width on, at 100 %; how much was told the words beneath say too
_SPARE_TOTALS = {"last": 1150}  # a name is cut before that, and the first line beside it says the day too


def _when(row: LoggedDisclosure) -> str:
    return short_date(row.day) if row.by_hand else f"{short_date(row.day)} {row.at:%H:%M}"


def _line(row: LoggedDisclosure) -> str:
    """The line in a question: whom it is of, who was told, by what and when."""
    words = _("{pupil} ({ref}): {recipient}, {what}, {when}.")
    return words.format(pupil=row.pupil, ref=row.ref, recipient=row.recipient, what=row.what, when=_when(row))


class ToldList(QWidget):
    """On the left the totals, on the right each disclosure of the line one is on, with its words beneath; in their place the log as a paper."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.grouping = ChoiceBox(((RECIPIENTS, _("Each recipient")), (PUPILS, _("Each pupil"))), name=_("Show"))
        self.days = DaysBox(context.desk.today)
        self.find_box = find_line(_("Find"))
        self.print_button = button(_("Pr&int…"), self.print_, icon_name="printer")
        self.paper = Paper(context, _("The log as it will be printed"))
        self.scope_hint, self.count = label("", "hint"), label("", "hint")
        empty_state = EmptyState(
            "megaphone",
            _("Nothing was told to anybody yet"),
            _("Each export, letter, notice and form that leaves the unit writes a line here by itself."),
        )
        self.totals: Table[DisclosureTotal] = Table(
            self._total_columns(),
            name=_("Told"),
            id_of=lambda row: row.id,
            memory=context.memory,
            memory_key="told-totals",
            empty=empty_state,
            stands_on_first=False,
        )
        none = EmptyState(
            "user-focus", _("Choose one on the left"), _("What was told of a pupil is logged as looked at once you choose them.")
        )
        self.table: Table[LoggedDisclosure] = Table(
            self._columns(),
            name=_("Each time"),
            id_of=lambda row: row.seq,
            memory=context.memory,
            memory_key="told",
            empty=none,
            stands_on_first=False,
        )
        self.words = label("", "muted")
        self.enter_button = button(_("&Enter something told by word…"), self.enter, icon_name="megaphone")
        self.strike_button = button(_("Strike this &line out…"), self.strike)
        self.family_button = button(_("May the fa&mily know…"), self.decide)
        self._lay_out()
        self.grouping.currentIndexChanged.connect(lambda _place: self.refresh())
        self.days.chosen.connect(self.refresh)
        self.find_box.textChanged.connect(lambda _text: self.refresh())
        self.paper.closed.connect(self._close)
        self.totals.current_changed.connect(self._show_total)
        self.table.current_changed.connect(self._show_line)
        self.totals.lead_to(self.table)
        self.table.opened.connect(lambda row: context.go("pupils", row.pupil_id))
        self.table.always_give_way(_SPARE, room_of=self)
        self.totals.always_give_way(_SPARE_TOTALS, room_of=self)

    def _total_columns(self) -> tuple[Column[DisclosureTotal], ...]:
        name = Column[DisclosureTotal]("name", _("Name"), lambda row: row.name, width=13, stretch=True, tip=lambda row: row.name)
        return (
            badged(self._context.desk, name, lambda row: "" if self._by_recipient else row.id),
            Column("told", _("Times"), lambda row: f"{row.told:,}", align="right"),
            Column("others", _("Pupils"), lambda row: f"{row.others:,}" if self._by_recipient else "", align="right"),
            Column("last", _("Last"), lambda row: short_date(row.last.date()), width=12),
        )

    def _columns(self) -> tuple[Column[LoggedDisclosure], ...]:
        whom = Column[LoggedDisclosure]("whom", _("Who"), self._counterpart, width=14, stretch=True, tip=self._counterpart)
        return (
            Column("at", _("When"), _when, width=18, longest="24 Nov 2026 10:05"),
            badged(self._context.desk, whom, lambda row: row.pupil_id if self._by_recipient else ""),
            Column(
                "what",
                _("By what"),
                lambda row: _("{what}, struck out").format(what=row.what) if row.struck else row.what,
                width=12,
                stretch=True,
                tip=lambda row: row.what,
            ),
            Column("level", _("How much"), lambda row: row.level, width=10),
            Column("way", _("How"), lambda row: row.way, width=14),
            Column("by", _("Sent by"), lambda row: row.told_by, width=14),
        )

    def _counterpart(self, row: LoggedDisclosure) -> str:
        return row.pupil if self._by_recipient else row.recipient

    def _lay_out(self) -> None:
        self.find_box.setMinimumWidth(sized(tokens.FIELD) // 2)
        self.find_box.setMaximumWidth(sized(tokens.FIELD))
        left = QWidget()
        top = FilterRow(labelled(_("Sho&w"), self.grouping), self.days, find=(_("&Find"), self.find_box))
        right = self._right = QWidget()
        buttons_box = flow_of(self.print_button, self.enter_button, self.strike_button, self.family_button)
        for side, parts in ((left, (self.totals, self.count)), (right, (self.table, self.words, buttons_box))):
            column = column_in(side, tokens.S)
            for part in parts:
                column.addWidget(part, int(isinstance(part, Table)))
        self.strike_button.hide()
        self.family_button.hide()
        view = self._view = column_of(
            self.scope_hint, top, growing(Panes(left, right, shares=(4, 5), memory=self._context.memory, key="told"))
        )
        self.body = Body(view, self.paper)
        column_in(self, None, self.body, top=tokens.M)

    def panes(self) -> list[QWidget]:
        """The totals, each time, and the box to find in; or the paper."""
        return [self.paper] if self.body.currentWidget() is self.paper else [self.totals, self.table, self.find_box]

    def search(self) -> None:
        """Into the box that finds."""
        self.find_box.setFocus()
        self.find_box.selectAll()

    @property
    def _by_recipient(self) -> bool:
        return self.grouping.key() == RECIPIENTS

    def refresh(self) -> None:
        """The totals as they are now, of the days chosen."""
        desk, find, days = self._context.desk, self.find_box.text(), self.days.days
        reads_all, prints = desk.may(Action.READ_DISCLOSURES), desk.may(Action.PRINT_DISCLOSURES)
        self.scope_hint.setText(
            ""
            if reads_all
            else _("What you sent or entered yourself. All that was told of a pupil stands in their record, under “What happened”.")
        )
        self.scope_hint.setVisible(not reads_all)
        totals = told.recipients if self._by_recipient else told.pupils
        rows = totals(desk, find, days) if days is not None else []
        self.find_box.setPlaceholderText(_("Name of a recipient") if self._by_recipient else _("Name or reference"))
        self._say_empty(find)
        self.totals.setColumnHidden(2, not self._by_recipient)
        self.totals.show_rows(rows)
        self._right.setVisible(bool(rows))
        self.print_button.setEnabled(prints)
        self.print_button.setToolTip("" if prints else only(Action.PRINT_DISCLOSURES))
        self.count.setText(
            _("Told {times} in all.").format(times=count_of(sum(row.told for row in rows), _("time"), _("times"))) if rows else ""
        )
        self._show_total(self.totals.current() if rows else None)

    def _say_empty(self, find: str) -> None:
        """Why the list is empty, should it be."""
        empty = self.totals.empty
        if empty is None:
            return
        if find:
            empty.say(_("Nobody by that name was told anything") if self._by_recipient else _("Nothing was told of anybody by that name"))
        elif self.days.days is None:
            empty.say(_("Enter the two days above"), self.days.wrong)
        elif self.days.days != EVER:
            empty.say(_("Nothing was told in these days"), _("Choose other days above."))
        elif not self._context.desk.may(Action.READ_DISCLOSURES):
            empty.say(
                _("You have sent or entered nothing yet"),
                _("Each export, letter, notice and form that you make writes a line here by itself."),
            )
        else:
            empty.say(
                _("Nothing was told to anybody yet"),
                _("Each export, letter, notice and form that leaves the unit writes a line here by itself."),
            )

    def print_(self) -> None:
        """The log of the days chosen as a paper, seen first: all of it, or what one is on. In front of the paper, to the printer."""
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
            return
        total, days, desk = self.totals.current(), self.days.days, self._context.desk
        if days is None or not self.totals.rows:
            return
        if not desk.may(Action.PRINT_DISCLOSURES):
            self._context.banner.problem(only(Action.PRINT_DISCLOSURES))
            return
        words = _("Only what was told to {name}") if self._by_recipient else _("Only what was told of {name}")
        only_one = [Choice("one", words.format(name=total.name), "primary")] if total is not None else []
        choices = (*only_one, Choice("all", _("All of these days"), "plain" if only_one else "primary"), Choice("", _("Cancel")))
        extent = self._context.ask.choose(
            _("Print what was told"),
            _("It is seen before it is printed. Each line says what was told, on what law and why."),
            choices,
            safe="",
        )
        if extent:
            self._show_paper(
                days, {"recipient" if self._by_recipient else "pupil_id": total.id} if extent == "one" and total is not None else {}
            )

    def _show_paper(self, days: Days, only_of: dict[str, str]) -> None:
        desk = self._context.desk

        def make(_job: Any) -> tuple[str, bytes, Guard, int]:
            from pupil_desk.documents.pdf.page import build_pdf

            story, title, paper_guard, number = log_paper.paper(desk, days, **only_of)
            data = build_pdf(
                story,
                title=title,
                footer=title,
                page_size=log_paper.LYING,
                base_size=log_paper.BASE,
                stamp=paper_guard.stamp,
                box_unprintable=True,
            )
            return title, data, paper_guard, number

        def show(result: tuple[str, bytes, Guard, int]) -> None:
            title, data, paper_guard, number = result
            self.body.setCurrentWidget(self.paper)
            self.paper.show_pdf(title, data, on_printed=lambda: log_paper.log_print(desk, days, number, **only_of), guard=paper_guard)

        self._context.jobs.run(self, make, show, title=_("Making the paper"))

    def _close(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self._view)
        self.totals.setFocus()

    def _show_line(self, row: LoggedDisclosure | None) -> None:
        """The words of a line; one that a person entered can be struck out."""
        self.words.setText(
            told.sentence(row)
            if row is not None
            else _("Choose a line to see what was told, or to put it right.")
            if self.table.rows
            else ""
        )
        allow(self.enter_button, row is not None, _("Choose a line of the pupil first"))
        self.family_button.setVisible(row is not None and not row.struck and disclosures.may_decide(self._context.desk, row.told_by_id))
        self.strike_button.setVisible(
            row is not None and not row.struck and by_hand.may_strike(self._context.desk, row.by_hand, row.told_by_id)
        )

    def enter(self) -> None:
        """Of the pupil of the line one is on: in the record, where that is entered."""
        row = self.table.current()
        if row is not None:
            self._context.go("pupils", str(Place(row.pupil_id, "history", "disclosure")))

    def strike(self) -> None:
        """Strike the line out, with the reason. It stays to be seen."""
        row = self.table.current()
        if row is None:
            return
        text = _("{line} The line stays to be seen, struck out, with the reason. It counts no more.").format(line=_line(row))
        reason = self._context.ask.text(_("Strike this line out"), text, _("Why it is wrong"), verb=_("Strike it out"), stay=_("Keep it"))
        if reason is not None and self._context.keep(
            lambda: by_hand.strike(self._context.desk, row.seq, reason), _("Struck out. It stays to be seen.")
        ):
            self.refresh()

    def decide(self) -> None:
        """Say whether the family may know of the line one is on; the last word counts."""
        row, desk = self.table.current(), self._context.desk
        if row is None:
            return
        text = _(
            "{line} {standing} A statement for the family leaves out what it may not know: where it could put somebody in danger, or harm an inquiry."
        )
        choices = (Choice("yes", _("It may know")), Choice("no", _("It may not know…")), Choice("", _("Cancel")))
        answer = self._context.ask.choose(
            _("May the family know of this?"), text.format(line=_line(row), standing=told.family_words(row)), choices, safe=""
        )
        if not answer:
            return
        reason = (
            ""
            if answer == "yes"
            else self._context.ask.text(
                _("The family may not know"), f"{_line(row)} {disclosures.SAY_WHY}", _("Why not"), verb=_("Keep it from them")
            )
        )
        if reason is not None and self._context.keep(
            lambda: disclosures.decide(desk, row.seq, answer == "yes", reason), _("Kept. A later word can change it.")
        ):
            self.refresh()

    def _show_total(self, row: DisclosureTotal | None) -> None:
        desk, days = self._context.desk, self.days.days
        if row is None or days is None:
            self.table.show_rows([])
        else:
            self.table.show_rows(told.log(desk, days, recipient=row.id) if self._by_recipient else told.log(desk, days, pupil_id=row.id))
