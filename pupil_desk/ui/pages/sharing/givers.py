"""Who said it, and what shows it: a contact with parental responsibility, or the pupil from 16, and a paper on file."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from pupil_desk.basics.dates import short_date
from pupil_desk.basics.words import _
from pupil_desk.domain.papers.attachment import Attachment
from pupil_desk.domain.sharing.choice import PUPIL
from pupil_desk.domain.sharing.wish import may_give
from pupil_desk.services.attachments import attachments
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.sharing import wishes
from pupil_desk.ui.kit.context import Context, Place
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.words import button, column_in, flow_of, label, labelled
from pupil_desk.ui.style import tokens

_OWN = "pupil"  # the key of the pupil among the givers
_WIDE = 22  # characters


class GiverFields(QWidget):
    """The giver from a closed list; where a file brought names that match no contact, whether one of them is this giver. ``papers`` stands elsewhere."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._record: PupilRecord | None = None
        self._keys_shown = ("", "", "")
        self.giver, self.known_box, self.evidence = (
            _box(_("Who said it")),
            _box(_("Also on file as")),
            _box(_("Paper on file that shows it")),
        )
        self.no_giver_label = label(
            _("Nobody with parental responsibility, and free of an order, is on file. Add the contact first."), "problem"
        )
        self.contacts_button = button(_("Contacts of this pupil"), self._to_contacts, "link")
        self.known_row = labelled(_("Also on file a&s"), self.known_box)
        self.known_hint = label(
            _("This name came with a file and matches no contact. Choose it only if you know that it is the same person."), "hint"
        )
        self.papers = labelled(_("&Paper on file that shows it"), self.evidence)
        self.giver_row = labelled(_("Wh&o said it (required)"), self.giver)
        column_in(
            self,
            tokens.XS,
            flow_of(self.giver_row, self.known_row, spacing=tokens.XL),
            self.known_hint,
            self.no_giver_label,
            self.contacts_button,
        )
        for box in (self.giver, self.known_box, self.evidence):
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())

    def _to_contacts(self) -> None:
        if self._record is not None:
            self.context.go("pupils", str(Place(self._record.pupil.id, "contacts", "contact", "", "surname")))

    def show_record(self, record: PupilRecord, capacity: str) -> None:
        """The givers in that right: who said it is asked where there are several."""
        self._record = record
        pupil, is_own_choice = record.pupil, capacity == PUPIL
        people = [] if is_own_choice else may_give(pupil, record.contacts, record.protections, pupil.dob)
        givers = [(_OWN, pupil.legal_name)] if is_own_choice else [(contact.id, contact.full_name) for contact in people]
        strangers = [] if is_own_choice else [(name, name) for name in wishes.strangers(self.context.desk, pupil.id) if name]
        papers = [paper for paper in attachments.of_pupil(self.context.desk, pupil.id) if paper.set_aside_on is None]
        self.giver.ask_for(givers)
        self.known_box.offer([("", _("No other name")), *strangers])
        self.evidence.offer([("", _("None")), *((paper.id, _paper_words(paper)) for paper in papers)])
        self.giver_row.setVisible(bool(givers))
        no_giver_parts: tuple[QWidget, ...] = (self.no_giver_label, self.contacts_button)
        for part in no_giver_parts:
            part.setVisible(not givers)
        self.known_row.setVisible(bool(strangers and givers))
        self.known_hint.setVisible(bool(strangers and givers))
        self.papers.setVisible(bool(papers))
        self._keys_shown = (self.giver.key(), "", "")

    @property
    def names(self) -> list[str]:
        """The givers to choose from."""
        return [self.giver.itemText(place) for place in range(self.giver.count()) if self.giver.itemData(place)]

    @property
    def name(self) -> str:
        """Who is chosen; empty for nobody."""
        return self.giver.currentText() if self.giver.key() else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be said who of several it was."""
        return bool(self.names) and not self.giver.key()

    @property
    def contact_id(self) -> str | None:
        """The contact chosen; None for the pupil, and for nobody."""
        key = self.giver.key()
        return None if key in ("", _OWN) else key

    @property
    def known_as(self) -> str:
        """The name on file that is found to be this giver's; empty for none."""
        return self.known_box.key()

    @property
    def evidence_id(self) -> str | None:
        """The paper chosen."""
        return self.evidence.key() or None

    @property
    def dirty(self) -> bool:
        """Whether another is chosen than was offered first."""
        return (self.giver.key(), self.known_box.key(), self.evidence.key()) != self._keys_shown

    def draft(self) -> dict[str, Any]:
        """What is chosen, for a draft."""
        return {"giver": self.giver.key(), "known": self.known_box.key(), "evidence": self.evidence.key()}

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave; what is no longer there stays as it was offered."""
        for box, key in ((self.giver, draft["giver"]), (self.known_box, draft["known"]), (self.evidence, draft["evidence"])):
            if box.findData(key) >= 0:
                box.set_key(key)


def _box(name: str) -> ChoiceBox:
    box = ChoiceBox(name=name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(_WIDE)
    return box


def _paper_words(paper: Attachment) -> str:
    day = paper.paper_day or paper.kept_on
    return _("{title}, {day}").format(title=paper.title, day=short_date(day)) if day else paper.title
