"""What a person chooses for one export: the protected confirmed by name, for whom, the period, the reason, where to, and in what form."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.services.exports import offers
from pupil_desk.services.exports.export import Option, Period
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.offers import ExportOffer
from pupil_desk.services.exports.previewing import Preview
from pupil_desk.services.exports.several_recipients import RecipientChoice
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.datebox import DateBox
from pupil_desk.ui.kit.keys import last_in, tab_after
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.scroll import bring_into_view, put_at_foot
from pupil_desk.ui.kit.steady import keep_room, one_place
from pupil_desk.ui.kit.words import (
    STRETCH,
    column_in,
    column_layout,
    column_of,
    fill,
    flow_of,
    label,
    labelled,
    name_label,
    passing_label,
    rule,
    set_look,
    show_words,
    tie,
)
from pupil_desk.ui.pages.exports.file import FileChoice
from pupil_desk.ui.pages.exports.place import ExportPlace
from pupil_desk.ui.pages.exports.pupils import OnlyFor, ProtectedPupils
from pupil_desk.ui.style import tokens

_OTHER = "other"


class PeriodBox(QWidget):
    """``changed`` comes when another period can be read; ``period`` is it, None while a day cannot be read or the two are the wrong way round."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._ready: Sequence[tuple[str, Period]] = ()
        self.ready = ChoiceBox(name=_("Period"))
        self.since, self.until = DateBox(today=today, name=_("First day")), DateBox(today=today, name=_("Last day"))
        self.problem = passing_label("problem")
        self.problem.setText(_("Enter two days, the first before the last."))
        column_in(
            self,
            tokens.XS,
            name_label(_("Perio&d"), self.ready),
            self.ready,
            flow_of(labelled(_("First day"), self.since), labelled(_("Last day"), self.until), spacing=tokens.M),
            self.problem,
        )
        self.ready.currentIndexChanged.connect(lambda _place: self._on_ready_chosen())
        for box in (self.since, self.until):
            box.edited.connect(self._on_days_typed)

    @property
    def period(self) -> Period | None:
        """The two days, both counted."""
        since, until = self.since.day(), self.until.day()
        return Period(since, until) if since is not None and until is not None and since <= until else None

    def offer(self, ready: Sequence[tuple[str, Period]]) -> None:
        """Offer these, the first of them chosen; says nothing."""
        self._ready = ready
        self.ready.offer([*((str(number), words) for number, (words, _period) in enumerate(ready)), (_OTHER, _("Other days"))])
        if ready:
            self._fill(ready[0][1])

    def _on_ready_chosen(self) -> None:
        key = self.ready.key()
        if key.isdigit():
            self._fill(self._ready[int(key)][1])
            self.changed.emit()
        elif key == _OTHER:
            self.since.setFocus()

    def _fill(self, period: Period) -> None:
        self.since.set_day(period.since)
        self.until.set_day(period.until)
        self.problem.hide()

    def _on_days_typed(self) -> None:
        period = self.period
        self.problem.setVisible(period is None)
        matching_keys = [str(number) for number, (_words, ready) in enumerate(self._ready) if ready == period]
        with QSignalBlocker(self.ready):
            self.ready.set_key(matching_keys[0] if matching_keys else _OTHER)
        if period is not None:
            self.changed.emit()


_EACH_ROW, _AROUND = 400, 60_000  # bytes, for a guess how large the files will be


class ExportChoices(QWidget):
    """``preview_asked`` comes when the preview is another; ``export_wanted`` on Enter in the reason."""

    preview_asked = Signal()
    export_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._export_offer: ExportOffer | None = None
        self.protected = ProtectedPupils(context.desk)
        self.only_for, self.period = OnlyFor(context), PeriodBox(context.desk.today)
        self.provider = ChoiceBox(name=_("For which provider"))
        self.reason = QLineEdit(maxLength=255)
        self.reason_problem = passing_label("problem")
        self.earlier_lines: list[LinkLine] = []
        self.place, self.file = ExportPlace(context), FileChoice(context)
        self._lay_out()
        for signal in (self.protected.changed, self.only_for.changed, self.period.changed, self.file.changed):
            signal.connect(self.preview_asked)
        self.provider.currentIndexChanged.connect(lambda _place: self.preview_asked.emit())
        self.reason.textEdited.connect(lambda _text: self._tell_reason(""))
        self.reason.returnPressed.connect(self.export_wanted)

    def _lay_out(self) -> None:
        self._provider_label = name_label("", self.provider)
        self._provider = _together(self._provider_label, self.provider)
        self._to_make = (self._reason_part(), self.place, rule(), self.file)
        reason_part, place, line, file = self._to_make
        column_in(self, tokens.M, self.period, self._provider, reason_part, place, self.only_for, line, file, STRETCH)

    def put_protected_at_foot(self) -> None:
        """Have the protected stand beneath what scrolls, in sight whatever is scrolled to: nobody presses on without seeing who is left out."""
        put_at_foot(self.protected, of=self)

    def _reason_part(self) -> QWidget:
        name = name_label(_("Wh&y it is made (required)"), self.reason)
        self.reason_hint = hint = label(_("It stands on the receipt and in the log, so name nobody."), "hint")
        self.reason.setAccessibleName(_("Why it is made (required)"))
        self.reason.setAccessibleDescription(hint.text())
        keep_room(hint)
        part = column_of(name, self.reason, one_place(self.reason_problem, hint), spacing=tokens.XS)
        self._earlier = column_layout(spacing=0)
        layout = part.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addLayout(self._earlier)
        return part

    def begin(self, offer: ExportOffer) -> None:
        """Everything as it is proposed for an export; the reason is to be given anew, or one of the earlier ones taken.

        A reason that was typed, and not used, is there again where one comes back to the same export.
        """
        if self._export_offer is None or self._export_offer.id != offer.id:
            self.reason.clear()
        self._export_offer = offer
        export = offer.export
        for part in self._to_make:
            part.setVisible(offer.allowed)
        self.protected.clear()
        self.only_for.clear()
        self.only_for.setVisible(Option.PUPILS in export.options)
        self.period.setVisible(export.usual is not None)
        self.period.offer(offers.periods(self._context.desk, export))
        self._offer_recipients(export.recipients)
        self._tell_reason("")
        self._show_earlier(offer.reasons)
        self.file.begin(export)

    def show_preview(self, preview: Preview) -> None:
        """The protected of a preview, each to be ticked, and about how much room it takes."""
        self.protected.show_lines(preview.lines if self._export_offer is not None and self._export_offer.allowed else ())
        tab_after(last_in(self.file) or self.file, self.protected.ticks.values())
        self.place.expect(_AROUND + _EACH_ROW * len(preview.lines))

    @property
    def asks(self) -> bool:
        """Whether there is anything to choose, for one who may only look too."""
        return self._export_offer is not None and (
            self._export_offer.allowed
            or self._export_offer.export.usual is not None
            or Option.PUPILS in self._export_offer.export.options
            or not self._provider.isHidden()
        )

    def to_ask(self) -> ExportOrder | None:
        """What is asked of the export, without a reason yet; None while the period cannot be read."""
        offer = self._export_offer
        if offer is None:
            return None
        timed = offer.export.usual is not None
        if timed and self.period.period is None:
            return None
        return ExportOrder(
            reason="",
            confirm=self.protected.ids,
            period=self.period.period if timed else None,
            pupils=self.only_for.ids if Option.PUPILS in offer.export.options else None,
            provider=self.provider.key() or None,
            format=self.file.format,
        )

    def order(self) -> ExportOrder | None:
        """The whole order; None where something is missing: then it is said, and the cursor is there."""
        draft_order, file = self.to_ask(), self.file
        if draft_order is None:
            self.period.since.setFocus()
        elif not self.reason.text().strip():
            self._tell_reason(_("Enter why the export is made."))
            self.reason.setFocus()
            bring_into_view(self.reason)
        elif file.keep.isChecked() and file.keep_until is None:
            file.until.setFocus()
            self._context.banner.problem(_("Enter until which day a copy is kept, or take the tick away."))
        elif self.place.folder is None:
            self.place.ask_for_one()
        else:
            return ExportOrder(
                reason=self.reason.text(),
                plain=file.is_plain,
                confirm=draft_order.confirm,
                period=draft_order.period,
                pupils=draft_order.pupils,
                provider=draft_order.provider,
                format=file.format,
                lock=file.lock,
                keep_content=file.keep_until,
            )
        return None

    def _offer_recipients(self, recipients: RecipientChoice | None) -> None:
        names = recipients.names(self._context.desk, self._context.desk.today) if recipients is not None else ()
        if recipients is not None:
            self._provider_label.setText(recipients.label)
            tie(self._provider_label, self.provider)
            self.provider.offer([("", recipients.all_of_them), *((name, name) for name in names)])
        self._provider.setVisible(bool(names))

    def _show_earlier(self, reasons: Sequence[str]) -> None:
        for line in self.earlier_lines:
            self._earlier.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.earlier_lines = [LinkLine(_("As before: {reason}").format(reason=reason), partial(self._take, reason)) for reason in reasons]
        fill(self._earlier, *self.earlier_lines)
        tab_after(self.reason, self.earlier_lines)

    def _take(self, reason: str) -> None:
        self.reason.setText(reason)
        self._tell_reason("")
        self.reason.setFocus()

    def _tell_reason(self, words: str) -> None:
        show_words(self.reason_problem, words)
        self.reason_hint.setVisible(not words)
        set_look(self.reason, "problem" if words else "")


def _together(*parts: QWidget) -> QWidget:
    return column_of(*parts, spacing=tokens.XS)
