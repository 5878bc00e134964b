"""Making an export: which, who would receive what, why, where to, locked or plain."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.services.exports import listing, run_export
from pupil_desk.services.exports.export import ExportMade
from pupil_desk.services.exports.listing import Offer
from pupil_desk.services.exports.making import Order
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.empty import EmptyState
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.order import tab_after
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.rows import Column
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.table import Table
from pupil_desk.ui.kit.words import button, label, set_look
from pupil_desk.ui.pages.exports.confirming import Protected
from pupil_desk.ui.pages.exports.model import COLUMNS, Row, counted, items_words, rows_of
from pupil_desk.ui.pages.exports.place import Place
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_OFFERS = (
    Column[Offer]("title", _("Export"), lambda offer: offer.title, width=34),
    Column[Offer]("recipient", _("For whom"), lambda offer: offer.recipient, width=30),
    Column[Offer]("law", _("Law"), lambda offer: offer.law, stretch=True, width=18),
    Column[Offer]("who", _("Who may make it"), lambda offer: offer.who[:1].upper() + offer.who[1:], width=20),
)
_WITH_ALL = 900  # width at 100 % from which there is room for who may make it, and for who decided: the words beneath tell both


class Making(QWidget):
    """``made`` carries the ExportMade."""

    made = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._looking: Job | None = None
        self.offers: Table[Offer] = Table(_OFFERS, name=_("Exports"), id_of=lambda offer: offer.name)
        self.counts = label("", "subhead")
        empty = EmptyState("users", _("Nobody on roll today"), _("An export tells of pupils on roll only."))
        self.table: Table[Row] = Table(
            COLUMNS, name=_("Who would receive what"), empty=empty, memory=context.memory, memory_key="exports"
        )
        self.items = label("", "muted")
        self.protected = Protected(context.desk)
        self.reason = QLineEdit()
        self.reason_problem = label("", "problem")
        self.place = Place(context)
        self.locked = QRadioButton(_("&Locked with a password (recommended)"))
        self.plain = QRadioButton(_("&Plain: anyone who finds it can read it"))
        self.make_button = button(_("&Make the export"), self.make, "primary", icon_name="export")
        self.who = label("", "hint")
        self._build()
        self.offers.horizontalScrollBar().rangeChanged.connect(lambda _least, _most: self._fit_offers())
        self.offers.moved.connect(lambda _offer: self.look())
        self.table.moved.connect(self._moved)
        self.protected.changed.connect(self.look)
        self.reason.textEdited.connect(lambda _text: self._tell_reason(""))
        self.reason.returnPressed.connect(self.make)

    def _build(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        for part in (self.counts, self.table, self.items):
            column.addWidget(part)
        column.setStretchFactor(self.table, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, tokens.M, 0, 0)
        outer.setSpacing(tokens.M)
        outer.addWidget(self.offers)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.S)
        column.addWidget(scrolled(self._choices()), 1)
        column.addWidget(self.make_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.who)
        panes = Panes(left, right, shares=(7, 5), memory=self._context.memory, key="exports")
        outer.addWidget(panes, 1)

    def _choices(self) -> QWidget:
        part = QWidget()
        self.reason.setMaxLength(255)
        name = label(_("Wh&y it is made (required)"), "label")
        name.setBuddy(self.reason)
        hint = label(
            _("It stands on the receipt and in the log, so name nobody. For example, termly return to the service."),
            "hint",
        )
        self.reason.setAccessibleName(_("Why it is made (required)"))
        self.reason.setAccessibleDescription(hint.text())
        self.reason_problem.hide()
        group = QButtonGroup(self)
        for choice in (self.locked, self.plain):
            group.addButton(choice)
        self.locked.setChecked(True)
        if not self._context.desk.may(Action.EXPORT_PLAIN):
            self.plain.setEnabled(False)
            self.plain.setToolTip(only(Action.EXPORT_PLAIN))
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.XS)
        column.addWidget(self.protected)
        for made in (name, hint, self.reason, self.reason_problem):
            column.addWidget(made)
        column.addSpacing(tokens.M)
        column.addWidget(self.place)
        column.addSpacing(tokens.M)
        column.addWidget(label(_("The file"), "label"))
        column.addWidget(self.locked)
        column.addWidget(self.plain)
        column.addStretch(1)
        return part

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        narrow = self.width() < sized(_WITH_ALL)
        self.offers.setColumnHidden(len(_OFFERS) - 1, narrow)
        self.table.setColumnHidden([column.key for column in COLUMNS].index("by"), narrow)

    @property
    def offer(self) -> Offer | None:
        """The export chosen."""
        return self.offers.current()

    def look_again(self) -> None:
        """The exports there are, the sticks plugged in, and the preview as it is now."""
        self.place.look()
        offers = listing.exports(self._context.desk)
        self.offers.show_rows(offers)
        self._fit_offers()
        self.look()

    def _fit_offers(self) -> None:
        """As tall as its lines, up to four, and the bar where it scrolls sideways."""
        bar = self.offers.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        self.offers.setFixedHeight((min(len(self.offers.rows), 4) + 1) * sized(tokens.TARGET) + tokens.XS + below)

    def look(self) -> None:
        """Ask anew who would receive what of the export one is on."""
        offer = self.offer
        if offer is None:
            return
        self.make_button.setEnabled(offer.allowed)
        self.who.setText("" if offer.allowed else only(Action.EXPORT))
        self.who.setVisible(not offer.allowed)
        self.make_button.setToolTip(self.who.text())
        if self._looking is not None:
            self._looking.stop()
        desk, name, confirmed = self._context.desk, offer.name, self.protected.ids

        def work(job: Job) -> list[Row]:
            job.step(0, 0, _("Looking who may be told what"))
            return rows_of(desk, name, desk.today, confirmed)

        self._looking = self._context.jobs.run(self, work, self._looked, title=_("Preview"))

    def _looked(self, rows: Sequence[Row]) -> None:
        self.counts.setText(_("Today: {counts}").format(counts=counted(rows)))
        self.table.show_rows(rows)
        self.protected.show_rows(rows)
        tab_after(self.table, self.protected.ticks.values())

    def _moved(self, row: Row | None) -> None:
        self.items.setText(items_words(row) if row is not None else "")

    def _tell_reason(self, words: str) -> None:
        self.reason_problem.setText(words)
        self.reason_problem.setVisible(bool(words))
        set_look(self.reason, "problem" if words else "")

    def make(self) -> None:
        """Make the file, after asking once more about a plain one."""
        offer, folder = self.offer, self.place.folder
        if offer is None or not offer.allowed:
            return
        if not self.reason.text().strip():
            self._tell_reason(_("Enter why the export is made."))
            self.reason.setFocus()
            return
        if folder is None:
            self._context.banner.problem(_("Choose where to make the export: a stick, or another folder."))
            return
        plain = self.plain.isChecked()
        if plain and not self._sure():
            return
        desk, reason, confirmed = self._context.desk, self.reason.text(), self.protected.ids

        def work(job: Job) -> ExportMade:
            return run_export(desk, offer.name, folder, Order(reason=reason, plain=plain, confirm=confirmed), progress=job.step)

        self.make_button.setEnabled(False)
        self._context.jobs.run(
            self, work, self.made.emit, title=_("Export"), after=lambda: self.make_button.setEnabled(True)
        )

    def _sure(self) -> bool:
        count = sum(bool(row.level) for row in self.table.rows)
        text = _(
            "A plain file tells of {pupils} to anyone who finds the stick. Choose a locked one unless the receiver "
            "cannot open it, and then hand the stick over yourself. The log says that it was plain. "
            "To make it all the same, type plain."
        )
        words = text.format(pupils=count_of(count, _("pupil"), _("pupils")))
        return self._context.ask.confirm_typed(_("Make a plain file?"), words, _("plain"), _("Make a plain file"))

    def clear(self) -> None:
        """For the next export."""
        self.reason.clear()
        self.locked.setChecked(True)
        for tick in self.protected.ticks.values():
            tick.setChecked(False)
