"""What Qt hands to a screen reader: the interfaces of the widgets that ``accessible`` has marked."""

from typing import Any

import shiboken6
from PySide6.QtGui import QAccessible, QAccessibleAttributesInterface, QAccessibleInterface, QAccessibleSelectionInterface
from PySide6.QtWidgets import QAccessibleWidget, QComboBox, QLabel, QWidget

Role, Text, Kind = QAccessible.Role, QAccessible.Text, QAccessible.InterfaceType


class _Told(QAccessibleWidget):
    """A widget with a further interface. PySide takes no None for one that there is not, and ends the program."""

    further: tuple[QAccessible.InterfaceType, Any]

    def interface_cast(self, kind: QAccessible.InterfaceType, /) -> Any:
        which, interface = self.further
        return interface if kind is which else super().interface_cast(kind) or shiboken6.VoidPtr(0)


class _Level(QAccessibleAttributesInterface):
    def __init__(self, level: int) -> None:
        super().__init__()
        self._level = level

    def attributeKeys(self) -> list[QAccessible.Attribute]:  # noqa: N802 - Qt's name
        return [QAccessible.Attribute.Level]

    def attributeValue(self, key: QAccessible.Attribute, /) -> Any:  # noqa: N802 - Qt's name
        return self._level if key is QAccessible.Attribute.Level else None


class AccessibleHeading(_Told):
    """A label that is a heading, with its level."""

    def __init__(self, label: QLabel, level: int) -> None:
        super().__init__(label, Role.Heading)
        self.further = (Kind.AttributesInterface, _Level(level))

    def text(self, kind: QAccessible.Text, /) -> str:
        told, label = super().text(kind), self.object()
        return label.text() if not told and kind is Text.Name and isinstance(label, QLabel) else told


class _Chosen(QAccessibleSelectionInterface):
    """The line of its list that a box holds."""

    def __init__(self, box: "Box") -> None:
        super().__init__()
        self._told = box

    def _lines(self) -> QAccessibleInterface:
        return QAccessible.queryAccessibleInterface(self._told.box.view())

    def selectedItemCount(self) -> int:  # noqa: N802 - Qt's name
        return int(self._told.box.currentIndex() >= 0)

    def selectedItem(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # noqa: N802 - Qt's name
        return next(iter(self.selectedItems()[index:]), None)

    def selectedItems(self) -> list[QAccessibleInterface]:  # noqa: N802 - Qt's name
        return [self._lines().child(self._told.box.currentIndex())] if self.selectedItemCount() else []

    def isSelected(self, item: QAccessibleInterface, /) -> bool:  # noqa: N802 - Qt's name
        return self.selectedItemCount() > 0 and self._lines().indexOfChild(item) == self._told.box.currentIndex()

    def select(self, item: QAccessibleInterface, /) -> bool:
        place, box = self._lines().indexOfChild(item), self._told.box
        if place >= 0:
            box.setCurrentIndex(place)
            box.activated.emit(place)
        return place >= 0

    def unselect(self, _item: QAccessibleInterface, /) -> bool:
        return False

    def selectAll(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def clear(self) -> bool:
        return False


class Box(_Told):
    """A box to choose from: its list, the line where one can type, and as what is chosen what it holds."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box, Role.ComboBox)
        self.further = (Kind.SelectionInterface, _Chosen(self))

    @property
    def box(self) -> QComboBox:
        """Asked of Qt each time: who keeps it would keep it for good."""
        widget = self.object()
        assert isinstance(widget, QComboBox)
        return widget

    def text(self, kind: QAccessible.Text, /) -> str:
        return self.box.currentText() if kind is Text.Value else super().text(kind)

    def state(self) -> QAccessible.State:
        state = super().state()
        state.expandable = state.hasPopup = 1
        state.expanded = int(self.box.view().isVisible())
        state.editable = int(self.box.isEditable())
        return state

    def _parts(self) -> list[QWidget]:
        box = self.box
        line = box.lineEdit() if box.isEditable() else None
        return [box.view(), *([line] if line is not None else [])]

    def childCount(self) -> int:  # noqa: N802 - Qt's name
        return len(self._parts())

    def child(self, index: int, /) -> QAccessibleInterface | None:  # type: ignore[override]  # Qt takes None for no child
        parts = self._parts()
        return QAccessible.queryAccessibleInterface(parts[index]) if 0 <= index < len(parts) else None

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:  # noqa: N802 - Qt's name
        parts = self._parts()
        return next((place for place, part in enumerate(parts) if part is child.object()), -1)

    def actionNames(self) -> list[str]:  # noqa: N802 - Qt's name
        return ["ShowMenu", *super().actionNames()]

    def doAction(self, name: str, /) -> None:  # noqa: N802 - Qt's name
        if name == "ShowMenu":
            self.box.showPopup()
        else:
            super().doAction(name)


def of(widget: QWidget, level: int, role: str) -> QAccessibleInterface:
    """That of a heading of some level, of a box, or of a widget that Qt tells well but for its role."""
    if level and isinstance(widget, QLabel):
        return AccessibleHeading(widget, level)
    return Box(widget) if isinstance(widget, QComboBox) else QAccessibleWidget(widget, Role[role])
