"""Panels in which one entry about a pupil is typed and recorded: the form in a scroll area, the two buttons beneath it."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QLabel, QLayout, QWidget

from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.services.program import keys
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.editors import CodeEditor, LinesEditor
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.keys import shortcut_within
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.announce import announce
from pupil_desk.ui.kit.words import STRETCH, button, column_in, growing, label, row_layout
from pupil_desk.ui.style import tokens


class EntryPanel[T](Foldable):
    """``record_saved`` carries what was changed, and what it did in words; ``edited`` comes with each change of a text."""

    edited = Signal()
    record_saved = Signal(object, str)

    def __init__(self, context: Context, form: Form[T]) -> None:
        super().__init__()
        self.context, self.form = context, form

    def lay_out(
        self,
        head: Sequence[QWidget],
        fields: Sequence[QWidget | QLayout],
        foot: Sequence[QWidget] = (),
        *,
        back: tuple[str, Callable[[], None]],
        spacing: int = tokens.S,
    ) -> None:
        """``head`` and ``foot`` stay in sight while ``fields`` scroll, ``spacing`` apart. ``back`` is the other button, which Esc presses too.

        In a low window they scroll with the fields: there would be no room for these between them.
        """
        self._head, self._foot, content = head, foot, QWidget()
        self._in_content = column_in(content, spacing, *fields, STRETCH, right=tokens.S)
        self.record_button = button(_("Re&cord (Ctrl+S)"), self.save, "primary")
        self.back_button = button(*back)
        self._area = scrolled(content)
        self._area.setMinimumHeight(tokens.HUGE * 2)  # so that the buttons are seen in a window that is hardly low, too
        buttons = row_layout(self.record_button, self.back_button, STRETCH)
        self._in_panel = column_in(self, tokens.S, *head, growing(self._area), *foot, buttons)
        shortcut_within(self, keys.ESC.sequence, back[1])

    def fold(self, *, is_low: bool) -> None:
        goal = self._in_content if is_low else self._in_panel
        if goal.indexOf(self._head[0]) < 0:
            for place, words in enumerate(self._head):
                goal.insertWidget(place, words)
            for words in self._foot:
                goal.insertWidget(goal.count() - 1, words)

    def attempt(self, work: Callable[[], Changed]) -> Changed | None:
        """Ask a service; None when it refused, and the form or the banner has said why."""
        return self.context.attempt(work, on_refusal=self.form.show_problems)

    @property
    def dirty(self) -> bool:
        """Whether anything is typed and not recorded."""
        raise NotImplementedError

    def save(self) -> bool:
        """Record it; False when it could not be, and the form or the banner has said why."""
        raise NotImplementedError


class SaidPanel[T](EntryPanel[T]):
    """Records what somebody said about a pupil; ``effect`` says beforehand what it would do.

    ``note_lines`` of its note stand in sight, so that the whole does. ``limited`` is what a role needs to record what was said
    otherwise than on a signed form.
    """

    def __init__(self, context: Context, form: Form[T], *, note_lines: int, limited: Action) -> None:
        super().__init__(context, form)
        self.record: PupilRecord | None = None
        self.filling = False
        self.effect: QLabel = label("", "label")
        note = form.fields["note"].editor
        assert isinstance(note, LinesEditor)
        note.set_tallest(note_lines)
        if not context.desk.may(limited):
            self._limit_channels(limited)

    def _limit_channels(self, action: Action) -> None:
        """Ways other than the signed form stand there disabled, with who may."""
        editor = self.form.fields["channel"].editor
        assert isinstance(editor, CodeEditor)
        model = editor.box.model()
        assert isinstance(model, QStandardItemModel)
        for place in range(editor.box.count()):
            if editor.box.itemData(place) not in ("form", ""):
                model.item(place).setEnabled(False)
                model.item(place).setToolTip(only(action))

    @property
    def complete(self) -> bool:
        """Whether all that is required is said, so that recording it is the chief act: until then that only says what is missing."""
        raise NotImplementedError

    def fill(self) -> None:
        """Nothing said yet about the pupil shown."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the cursor on the first question."""
        raise NotImplementedError

    def draft(self) -> dict[str, Any]:
        """What is said and typed, for a draft."""
        raise NotImplementedError

    def take_draft(self, draft: dict[str, Any]) -> None:
        """Put back what ``draft`` gave."""
        raise NotImplementedError

    def tell(self) -> None:
        """What is typed is other than it was: the buttons follow, and the effect is read out."""
        self.record_button.setEnabled(self.dirty)
        self.record_button.be_main(is_main=self.complete)
        self.back_button.setEnabled(self.dirty)
        announce(self.effect, self.effect.text())
        self.edited.emit()

    def put_back(self) -> None:
        """Say nothing again; until the next act it can be undone."""
        if not self.dirty or self.record is None:
            return
        draft, pupil_id = self.draft(), self.record.pupil.id
        self.discard()

        def bring_back() -> None:
            if self.record is not None and self.record.pupil.id == pupil_id:
                self.put_back()  # what was typed since, which can be brought back in its turn
                self.take_draft(draft)

        self.context.banner.success(_("Put back as it was."), undo=(_("&Bring my changes back"), bring_back))

    def discard(self) -> None:
        """Say nothing again: the person has been asked."""
        self.fill()
        self.focus_first()
