"""Help: the chapters of ``resources/help``, listed on the left, read on the right, and each on paper too."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser, QWidget

from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.services.guard import NOBODY
from pupil_desk.services.program.guides import Chapter, chapters, pdf_of, save_guide, text_of
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import AT_THE_END
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.words import fill, growing

FOLDER = "help/folder"  # where the last chapter was saved


class HelpPage(Page):
    """Tasks: read about the page I was on (F1); print a chapter; give it to somebody as PDF."""

    name = "help"
    title = _("Help")
    icon = "question"
    group = AT_THE_END

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._chapters = chapters()
        self.heading = Heading(_("Help"), self._commands(), text=_("Press F1 on any page to come to its help."))
        self.topics = QListWidget()
        self.topics.setAccessibleName(_("Topics"))
        self.topics.setWordWrap(True)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader = QTextBrowser()
        self.reader.setAccessibleName(_("Help text"))
        self.reader.setProperty("look", "prose")
        self.reader.setOpenLinks(False)
        self.reader.anchorClicked.connect(self._follow)
        for chapter in self._chapters:
            item = QListWidgetItem(chapter.title)
            item.setData(256, chapter.name)
            self.topics.addItem(item)
        self.reading = Panes(self.topics, self.reader, shares=(1, 3), memory=context.memory, key="help")
        self.paper = Paper(context, _("A chapter of the help"))
        self.paper.closed.connect(self._close_paper)
        self.body = Body(self.reading, self.paper)
        fill(self.column, self.heading, growing(self.body))
        self.topics.currentRowChanged.connect(self._read)
        self.topics.setCurrentRow(0)

    def _commands(self) -> list[Command]:
        return [
            Command("print", _("Print…"), self.show_paper, icon="printer", tip=_("This chapter on paper (Ctrl+P)")),
            Command("pdf", _("&Save as PDF…"), self.save_pdf, icon="file-pdf", tip=_("This chapter as a file")),
        ]

    def on_show(self, object_id: str | None = None) -> None:
        """The topic of a page, if one is asked for; its file is named after the page."""
        if object_id:
            self._open(object_id)
        if self.body.currentWidget() is self.reading:
            self.topics.setFocus()

    def panes(self) -> list[QWidget]:
        if self.body.currentWidget() is self.paper:
            return [self.paper]
        return [self.heading, self.topics, self.reader]

    def print_(self) -> None:
        """Ctrl+P: show the chapter as it would be printed; print it, once it is shown."""
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
        else:
            self.show_paper()

    def show_paper(self) -> None:
        """The chapter as it would be printed."""
        chapter = self._chapter()
        self.context.jobs.run(
            self, lambda _job: pdf_of(chapter.name), lambda data: self._show(chapter, data), title=_("Laying out the chapter")
        )

    def save_pdf(self) -> None:
        """The chapter as a file, in a folder that is asked for."""
        chapter, start = self._chapter(), self.context.memory.get(FOLDER)
        title = _("Where to save this chapter")
        folder = self.context.ask.folder(title, Path(start) if isinstance(start, str) else None)
        if folder is not None:
            self.context.memory.keep(FOLDER, str(folder))
            self.context.jobs.run(self, lambda _job: save_guide(chapter.name, folder), self._on_saved, title=_("Saving the chapter"))

    def _show(self, chapter: Chapter, data: bytes) -> None:
        self.body.setCurrentWidget(self.paper)
        self.heading.hide()  # the paper has its own title and buttons
        self.paper.show_pdf(chapter.title, data, guard=NOBODY)

    def _on_saved(self, file: FileMade) -> None:
        self.context.banner.success(_("Saved as {name}.").format(name=file.name))

    def _close_paper(self) -> None:
        self.paper.clear()
        self.body.setCurrentWidget(self.reading)
        self.heading.show()
        self.topics.setFocus()

    def _chapter(self) -> Chapter:
        return self._chapters[max(self.topics.currentRow(), 0)]

    def _open(self, topic: str) -> None:
        for row, chapter in enumerate(self._chapters):
            if topic == chapter.name or fold(topic) == fold(chapter.topic):
                if self.body.currentWidget() is self.paper:
                    self._close_paper()
                self.topics.setCurrentRow(row)
                return

    def _follow(self, link: QUrl) -> None:
        self._open(link.toString().removesuffix(".md"))

    def _read(self, row: int) -> None:
        if row >= 0:
            self.reader.setMarkdown(text_of(self._chapters[row].name))
