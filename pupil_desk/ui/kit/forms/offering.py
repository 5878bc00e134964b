"""A field of text that offers names on a list, any part of which finds one: two spellings would be two of them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from pupil_desk.ui.kit.forms.dropdown import DropDown
from pupil_desk.ui.kit.forms.form import Form


def offer_names(form: Form[Any], item_name: str, names: Sequence[str]) -> DropDown | None:
    """Offer these in the field of an item; what is returned keeps the list in its place, and is kept as long as the field."""
    line = form.fields[item_name].editor.field
    assert isinstance(line, QLineEdit)
    completer = QCompleter(list(names), line)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    line.setCompleter(completer)
    popup = completer.popup()
    return DropDown(line, popup, lambda _key: False) if popup is not None else None
