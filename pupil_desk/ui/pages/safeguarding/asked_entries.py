"""Which entries of the file in view are shown, and go into a printed chronology: by kind, by days and by words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _
from pupil_desk.domain.safeguarding.entry import EntryKind
from pupil_desk.services.disclosures.told import EVER
from pupil_desk.services.safeguarding.chronology import EntriesAsked
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.days_box import DaysBox
from pupil_desk.ui.kit.low.filter_row import FilterRow
from pupil_desk.ui.kit.words import column_in, find_line, label, labelled


class AskedEntries(QWidget):
    """``asked_anew`` comes when other entries are asked for."""

    asked_anew = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        labels = codelist("safeguarding_entry")
        self.kind_box = ChoiceBox((("", _("All kinds")), *((kind, labels.label_of(kind)) for kind in EntryKind)), name=_("Kind of entry"))
        self.kind_box.setCurrentIndex(0)
        self.days = DaysBox(context.desk.today)
        self.find_box = find_line(_("Find words in the file"))
        self.count = label("", "muted")
        column_in(
            self,
            0,
            FilterRow(labelled(_("What"), self.kind_box), self.days, find=(_("Find words in the file"), self.find_box), beside=self.count),
        )
        self.find_box.textChanged.connect(lambda _text: self.asked_anew.emit())
        self.kind_box.activated.connect(lambda _place: self.asked_anew.emit())
        self.days.chosen.connect(self.asked_anew)

    @property
    def asked(self) -> EntriesAsked:
        """Days that are not typed whole yet leave nothing out."""
        return EntriesAsked(self.kind_box.key(), self.days.days or EVER, self.find_box.text())

    def ask_for_all(self) -> None:
        """As at first, for another file."""
        self.kind_box.setCurrentIndex(0)
        self.days.when.setCurrentIndex(0)
        self.find_box.clear()

    def say_how_many(self, shown: int, all_entries: int) -> None:
        """That some are left out, and why days that are typed count for nothing."""
        words = _("{shown} of {all} entries").format(shown=shown, all=all_entries) if shown != all_entries else ""
        self.count.setText(" ".join(filter(None, (words, self.days.wrong))))
