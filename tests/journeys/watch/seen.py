"""What a person sees of the program: its windows and what is in them, as the display shows them now."""


def is_making():
    """Whether a page or a part of a record is being made, between the steps of which the program hears of this watch."""
    from PySide6.QtWidgets import QApplication

    makings = [
        getattr(window, "making", None) for window in QApplication.topLevelWidgets()
    ]  # a part that stands nowhere yet may have another
    return any(getattr(making, "is_under_way", False) for making in makings)


def columns(view):
    from PySide6.QtWidgets import QListView

    return range(1 if isinstance(view, QListView) else view.model().columnCount(view.rootIndex()))


def texts(widget):
    from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QTabBar, QTextEdit

    if isinstance(widget, QLabel):
        return [widget.text()]
    if isinstance(widget, QLineEdit):
        return [widget.displayText()]
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        return [widget.toPlainText()]
    if isinstance(widget, QTabBar):
        return [widget.tabText(place).replace("&", "") for place in range(widget.count())]
    if isinstance(widget, QComboBox):
        return [widget.currentText()]
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model, root = widget.model(), widget.rootIndex()
        return [str(model.index(r, c, root).data() or "") for r in range(min(model.rowCount(root), 300)) for c in columns(widget)]
    if isinstance(getattr(widget, "words", None), str):  # our own links draw their words themselves
        return [widget.words]
    text = getattr(widget, "text", None)
    return [text()] if callable(text) else []


def shown():
    from PySide6.QtWidgets import QApplication, QWidget

    modal = QApplication.activeModalWidget()
    tops = [modal] if modal is not None else [w for w in QApplication.topLevelWidgets() if w.isVisible()]
    for top in (
        top for top in tops if top.windowHandle() is None or top.windowHandle().isExposed()
    ):  # the display has not shown the others yet
        yield from (w for w in (top, *top.findChildren(QWidget)) if w.isVisible())


def named(widget):
    names = [widget.accessibleName(), widget.objectName(), *texts(widget)[:1]]
    return [name.replace("&", "") for name in names if name]


def is_label(widget):
    from PySide6.QtWidgets import QLabel

    return isinstance(widget, QLabel)  # a label has the words of the field it names


def place(widget):
    from PySide6.QtCore import QPoint

    middle = widget.mapToGlobal(QPoint(widget.width() // 2, widget.height() // 2))
    return [middle.x(), middle.y()]
