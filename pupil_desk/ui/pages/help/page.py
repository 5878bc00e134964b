"""Help: the pages of ``resources/help``, listed on the left, read on the right."""

import re
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextBrowser

from pupil_desk.basics.places import resource
from pupil_desk.basics.text import fold
from pupil_desk.basics.words import _
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import Heading
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.panes import Panes


class HelpPage(Page):
    """Tasks: read about the page I was on (F1); find a word."""

    name = "help"
    title = _("Help")
    icon = "question"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.column.addWidget(Heading(_("Help"), text=_("Press F1 on any page to come to its help.")))
        self.topics = QListWidget()
        self.topics.setAccessibleName(_("Topics"))
        self.topics.setWordWrap(True)
        self.topics.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reader = QTextBrowser()
        self.reader.setAccessibleName(_("Help text"))
        self.reader.setProperty("look", "prose")
        self.reader.setOpenLinks(False)
        self.reader.anchorClicked.connect(self._follow)
        for path in sorted(resource("help").glob("*.md")):
            item = QListWidgetItem(_title(path))
            item.setData(256, path.stem)
            self.topics.addItem(item)
        self.topics.currentItemChanged.connect(lambda item, _before: self._read(item))
        panes = Panes(self.topics, self.reader, shares=(1, 3), memory=context.memory, key="help")
        self.column.addWidget(panes, 1)
        self.topics.setCurrentRow(0)

    def shown(self, object_id: str | None = None) -> None:
        """The topic of a page, if one is asked for; its file is named after the page."""
        if object_id:
            self._open(object_id)

    def _open(self, topic: str) -> None:
        for row in range(self.topics.count()):
            stem = str(self.topics.item(row).data(256))
            if _name_of(stem) == _name_of(topic):
                self.topics.setCurrentRow(row)
                return

    def _follow(self, link: QUrl) -> None:
        self._open(link.toString().removesuffix(".md"))

    def _read(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.reader.setMarkdown(resource("help", f"{item.data(256)}.md").read_text(encoding="utf-8"))


def _name_of(stem: str) -> str:
    """«07-backup» is the help of the page «backup»: numbers only order the list."""
    return fold(re.sub(r"^\d+-", "", stem))


def _title(path: Path) -> str:
    with open(path, encoding="utf-8") as file:
        return file.readline().lstrip("# ").strip()
