"""Help: the chapters of ``resources/help``, listed and found on the left, read on the right, and each on paper too."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from pupil_desk.basics.words import _, count_of
from pupil_desk.documents.papers.receipt import FileMade
from pupil_desk.services.guard import NOBODY
from pupil_desk.services.program.guides import (
    MOST,
    Chapter,
    Passage,
    are_read,
    card_of,
    chapters,
    found,
    passage_at,
    passages,
    pdf_of,
    save_guide,
)
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.groups import AT_THE_END
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.lists.find_pupil import FindBox
from pupil_desk.ui.kit.lists.two_lines import WORDS_ROLE, TwoLines
from pupil_desk.ui.kit.page import Body, Page
from pupil_desk.ui.kit.panes import Panes
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.talk.help_text import HelpText
from pupil_desk.ui.kit.words import column_of, fill, growing, label, name_label, show_words
from pupil_desk.ui.style.icons import icon

FOLDER = "help/folder"  # where the last chapter was saved


class HelpPage(Page):
    """Tasks: read about the page I was on (F1); find how something is done; print a chapter; give it to somebody as PDF."""

    name = "help"
    title = _("Help")
    icon = "question"
    group = AT_THE_END

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._chapters = chapters()
        self.heading = Heading(_("Help"), self._commands(), text=_("Press F1 on any page to come to its help."))
        self.topics = _List(_("Topics"))
        for chapter in self._chapters:
            item = QListWidgetItem(chapter.title)
            item.setData(Qt.ItemDataRole.UserRole, chapter.name)
            self.topics.addItem(item)
        self.results = _List(_("What is found"))
        self.results.setItemDelegate(TwoLines(self.results))
        self.find_box = FindBox(_("Find in the help"), lambda: self.results)
        self.count = label("", "muted")
        self.reader = HelpText()
        self.reader.link_followed.connect(self._go_to)
        left = column_of(
            name_label(_("&Find in the help (Ctrl+F)"), self.find_box),
            self.find_box,
            self.count,
            growing(self.topics),
            growing(self.results),
        )
        self.reading = Panes(left, self.reader, shares=(1, 3), memory=context.memory, key="help")
        self.paper = Paper(context, _("A chapter of the help"))
        self.paper.closed.connect(self._close_paper)
        self.body = Body(self.reading, self.paper)
        fill(self.column, self.heading, growing(self.body))
        self.find_box.textChanged.connect(self._look)
        self.find_box.chose.connect(self._open_found)
        self.find_box.left.connect(self._leave_find)
        self.topics.currentRowChanged.connect(self._read)
        self.results.currentRowChanged.connect(self._show_found)
        self.results.activated.connect(lambda _index: self.reader.setFocus())
        self._look("")
        self.topics.setCurrentRow(0)

    def _commands(self) -> list[Command]:
        return [
            Command("print", _("Print…"), self.show_paper, icon="printer", tip=_("This chapter on paper (Ctrl+P)")),
            Command(
                "card",
                _("Print the &quick card…"),
                self.show_card,
                icon="identification-card",
                tip=_("What your role does most, on one side"),
            ),
            Command("pdf", _("Sa&ve as PDF…"), self.save_pdf, icon="file-pdf", tip=_("This chapter as a file")),
        ]

    def on_show(self, object_id: str | None = None) -> None:
        """The topic of a page, if one is asked for, at a heading of it: «pupils#Contacts»."""
        if object_id:
            self._go_to(object_id)
        if self.body.currentWidget() is self.reading:
            (self.reader if object_id else self.find_box).setFocus()

    def panes(self) -> list[QWidget]:
        if self.body.currentWidget() is self.paper:
            return [self.paper]
        return [self.heading, self.find_box, self.topics if self.topics.isVisible() else self.results, self.reader]

    def search(self) -> None:
        if self.body.currentWidget() is self.paper:
            self._close_paper()
        self.find_box.setFocus()
        self.find_box.selectAll()

    def print_(self) -> None:
        """Ctrl+P: show the chapter as it would be printed; print it, once it is shown."""
        if self.body.currentWidget() is self.paper:
            self.paper.print_()
        else:
            self.show_paper()

    def put_back(self) -> None:
        """Esc: back to the page that one asked for help on."""
        self.context.back()

    def show_paper(self) -> None:
        """The chapter as it would be printed."""
        self._show_as_paper(self._chapter())

    def show_card(self) -> None:
        """The quick card of the role at this desk, as it would be printed."""
        self._show_as_paper(card_of(self.context.desk.user.role))

    def _show_as_paper(self, chapter: Chapter) -> None:
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

    def _go_to(self, place: str) -> None:
        """To a heading; what was looked for is put away."""
        if self.body.currentWidget() is self.paper:
            self._close_paper()
        self.find_box.clear()
        passage = passage_at(place)
        self.topics.setCurrentRow(self._chapters.index(passage.chapter))
        self.reader.read(passage)

    def _read(self, row: int) -> None:
        if row >= 0:
            self.reader.read(passage_at(self._chapters[row].name))

    def _look(self, text: str) -> None:
        """List what has the words typed, in place of the topics; the first of it is shown at once."""
        is_looking = bool(text.strip())
        if is_looking and not are_read():
            self.context.making.beside(passages)
        matches = found(text)
        self.results.clear()
        for match in matches:
            item = QListWidgetItem(icon("question"), match.title)
            for role, value in (
                (Qt.ItemDataRole.UserRole, match.passage),
                (WORDS_ROLE, match.excerpt),
                (Qt.ItemDataRole.AccessibleTextRole, f"{match.title}. {match.excerpt}".strip()),
            ):
                item.setData(role, value)
            self.results.addItem(item)
        self.topics.setVisible(not is_looking)
        self.results.setVisible(is_looking)
        show_words(self.count, _count_words(len(matches)) if is_looking else "")
        if matches:
            self.results.setCurrentRow(0)
        if is_looking and self.isVisible():
            announce(self.find_box, self.count.text())

    def _leave_find(self) -> None:
        """Esc in the box: what was looked for is put away; with nothing there, the help."""
        if self.find_box.text():
            self.find_box.clear()
        else:
            self.put_back()

    def _show_found(self, row: int) -> None:
        if row >= 0:
            passage: Passage = self.results.item(row).data(Qt.ItemDataRole.UserRole)
            self.topics.setCurrentRow(self._chapters.index(passage.chapter))
            self.reader.read(passage, self.find_box.text())

    def _open_found(self) -> None:
        """Enter: on to reading at the heading that is chosen."""
        if self.results.currentRow() >= 0:
            self._show_found(self.results.currentRow())
            self.reader.setFocus()


class _List(QListWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _count_words(number: int) -> str:
    if not number:
        return _("Nothing is found by that. Try fewer words, or the beginning of one.")
    if number == MOST:
        return _("The first {number} places. Type more to find fewer.").format(number=number)
    return _("{places}. Enter reads there.").format(places=count_of(number, _("place"), _("places")))
