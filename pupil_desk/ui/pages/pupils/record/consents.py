"""How the consents of this pupil stand, to be read beside the record; Enter leads to where they are recorded."""

from collections.abc import Callable

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.consents.case import ConsentStatus
from pupil_desk.domain.consents.consent import REQUEST
from pupil_desk.services.consents import standings
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.lists.heights import keep_rows
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.lists.table import Table
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import aligned, button, column_in, growing, label
from pupil_desk.ui.pages.pupils.record.part import RecordPart
from pupil_desk.ui.style import tokens

_SIGNS = {
    ConsentStatus.GIVEN: "check-circle",
    ConsentStatus.REFUSED: "x-circle",
    ConsentStatus.WITHDRAWN: "arrow-u-up-left",
    ConsentStatus.LAPSED: "hourglass",
    ConsentStatus.WAITING: "clock",
    ConsentStatus.NOT_ASKED: "question",
}


class ConsentsPart(RecordPart):
    """A list that is read here, and changed on the page of consents."""

    def __init__(self, context: Context, may_leave: Callable[[], bool]) -> None:
        super().__init__(context, may_leave)
        self._pupil_id = ""
        empty = EmptyState("handshake", _("No consent is in use"), _("A data officer adds one on the page Consents, under Types."))
        self.table: Table[PupilConsent] = Table(
            _columns(), name=_("Consents"), memory=context.memory, memory_key="record-consents", empty=empty
        )
        keep_rows(self.table, 2)  # so that what is said of it, and how it is recorded, are in sight in a low window
        self.reason_label = label("")
        self.reason_label.setMinimumHeight(1)  # as tall as at the width it has, and not at the narrowest
        self.open_button = button(_("&Record what was said (Enter)"), self.open_page, icon_name="handshake")
        column_in(self, tokens.S, growing(self.table), self.reason_label, aligned(self.open_button))
        self.table.current_changed.connect(lambda row: self.reason_label.setText(row.verdict.reason if row else ""))
        self.table.opened.connect(lambda _row: self.open_page())

    def show_record(self, record: PupilRecord) -> None:
        self._pupil_id = record.pupil.id
        self.table.show_rows(standings.of_pupil(self.context.desk, record.pupil.id))

    def open_page(self) -> None:
        """Go to where consents are recorded."""
        self.context.go("consents", self._pupil_id)

    def focus_first(self) -> None:
        self.table.setFocus()


def _columns() -> tuple[Column[PupilConsent], ...]:
    return (
        Column("title", _("Consent"), lambda row: row.short_title, stretch=True, tip=lambda row: row.title),
        Column(
            "standing",
            _("How it stands"),
            _standing,
            icon=lambda row: _SIGNS[row.verdict.standing],
            longest=_("Asked, no reply"),
            tip=lambda row: row.verdict.reason,
        ),
        Column(
            "until",
            _("Until"),
            lambda row: short_date(row.verdict.until) if row.verdict.in_force and row.verdict.until else "",
            longest="31 Jul 2027",
        ),
    )


def _standing(row: PupilConsent) -> str:
    codelist_name = "consent_request_standing" if row.type.basis == REQUEST else "consent_standing"
    return codelist(codelist_name).label_of(row.verdict.standing.value)
