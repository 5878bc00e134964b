"""The sheet for a translator of the notice: what came back stands in the editor as if it were typed, and is in use only once it is made current."""

from pupil_desk.domain.notices.addressees import ENGLISH
from pupil_desk.services.notices import notice_sheet
from pupil_desk.services.notices.checklist import MAIN, Place
from pupil_desk.services.notices.notice_sheet import NoticeTakenBack
from pupil_desk.services.roles import Action
from pupil_desk.services.translations.papers import NOTICE_TITLE
from pupil_desk.services.translations.sheets import SheetTakenBack, sheet_name
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.words import allow
from pupil_desk.ui.pages.notices.translator_sheet import TranslatorSheet
from pupil_desk.ui.pages.notices.writing import NoticeEditor


class NoticeTranslator:
    """The two buttons beside the editor; ``say`` is called whenever other words are shown there."""

    def __init__(self, context: Context, writing: NoticeEditor) -> None:
        self._context, self._writing = context, writing
        self.sheet = TranslatorSheet(context, writing, self.write, self.read)

    def say(self, place: Place, *, may: bool) -> None:
        """They are there for a translation of the whole notice."""
        for sheet_button in (self.sheet.write_button, self.sheet.read_button):
            sheet_button.setVisible(place[0] != ENGLISH and place[1] == MAIN[1])
            allow(sheet_button, may, only(Action.EDIT_NOTICE))

    def write(self) -> None:
        """Write the English words in use out, with what stands in the editor already."""
        desk, prose = self._context.desk, self._writing.prose
        self.sheet.write(
            sheet_name(NOTICE_TITLE, prose.language),
            lambda path: notice_sheet.write_notice_sheet(desk, prose.language, prose.front, prose.more, path),
        )

    def read(self) -> None:
        """Take a sheet back into the editor."""
        desk, place, prose = self._context.desk, self._writing.place, self._writing.prose

        def take(sheet_back: NoticeTakenBack) -> SheetTakenBack | None:
            if self._writing.place != place:  # other words were turned to meanwhile
                return None
            self._writing.take_texts(sheet_back.front, sheet_back.more)
            return sheet_back.sheet

        self.sheet.read(lambda data: notice_sheet.read_notice_sheet(desk, place[0], prose.front, prose.more, data), take)
