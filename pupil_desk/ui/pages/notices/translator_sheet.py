"""A sheet for a translator on the screen: asked where to, written; asked which came back, read, and said what it brought."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pupil_desk.basics.words import _, count_of, some_of
from pupil_desk.documents.reading.table_file import bytes_of
from pupil_desk.services.translations.sheets import SheetTakenBack, SheetWriter
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.words import button


class TranslatorSheet:
    """Two buttons: to write a sheet out, and to take one back. ``owner`` is the widget whose work it is."""

    def __init__(self, context: Context, owner: QWidget, write: Callable[[], None], read: Callable[[], None]) -> None:
        self._context, self._owner = context, owner
        self.write_button = button(_("Sheet for a translator…"), write, icon_name="floppy-disk")
        self.read_button = button(_("Take a sheet back…"), read)

    def write(self, file_name: str, write: SheetWriter) -> None:
        """Ask where to, and have it written."""
        kinds = ((_("Excel workbook"), "*.xlsx"), (_("CSV table"), "*.csv"))
        path = self._context.ask.save_file(_("Where to save the sheet"), file_name, kinds)
        if path is None:
            return
        self._context.jobs.run(
            self._owner,
            lambda _job: write(path),
            lambda _nothing: self._context.banner.success(_("Saved. Have the last column filled in, and take the sheet back here.")),
            title=_("Making the sheet"),
        )

    def read[T](self, read: Callable[[bytes], T], take: Callable[[T], SheetTakenBack | None]) -> None:
        """Ask which came back, and read it; ``take`` puts what it says where it belongs, or gives None where it belongs nowhere any more. Nothing is kept by it."""
        path = self._context.ask.open_file(_("Which sheet came back"), ((_("Workbook or CSV table"), "*.xlsx *.csv"),))
        if path is None:
            return
        self._context.jobs.run(
            self._owner, lambda _job: read(bytes_of(path)), lambda result: self._say(take(result)), title=_("Reading the sheet")
        )

    def _say(self, sheet_back: SheetTakenBack | None) -> None:
        if sheet_back is None:
            self._context.banner.note(_("The sheet was read, and nothing taken from it: another language was chosen meanwhile."))
            return
        words = _("Read: {lines}. Nothing is kept yet: enter who translated and who checked it, and keep it.").format(
            lines=count_of(len(sheet_back.words), _("line"), _("lines"))
        )
        if sheet_back.other_english:
            words += " " + _("Not taken, since the English is another now: {lines}.").format(lines=some_of(sheet_back.other_english))
        if sheet_back.doubled:
            words += " " + _("Not taken, since the sheet has them more than once with other words: {lines}.").format(
                lines=some_of(sheet_back.doubled)
            )
        if sheet_back.empty:
            words += " " + _("Still without a translation: {lines}.").format(lines=count_of(sheet_back.empty, _("line"), _("lines")))
        (self._context.banner.note if sheet_back.empty or sheet_back.other_english or sheet_back.doubled else self._context.banner.success)(
            words
        )
