"""The floor of windows: bare Qt, as little of it as shows the same thing."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QMainWindow, QPushButton, QTableView, QVBoxLayout, QWidget

from bench.floors import age_of, bare_anything, bare_list


def settle() -> None:
    """Everything that is waiting is done, and what has changed is painted: nobody waits for the rest of a window to be painted over."""
    QApplication.processEvents()
    QApplication.processEvents()


class BareRows(QAbstractTableModel):
    """Rows of a query as they are: name, age, year."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[Any, ...]] = []
        self.today = date.today()

    def replace(self, rows: list[tuple[Any, ...]]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return len(self.rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        _id, surname, forename, _known, dob, year = self.rows[index.row()]
        match index.column():
            case 0:
                return f"{surname}, {forename}"
            case 1:
                return str(age_of(dob, self.today))
        return str(year)


class BareList(QMainWindow):
    """A find box and a list, as large as the window of ours."""

    def __init__(self, con: Any) -> None:
        super().__init__()
        self.con, self.model = con, BareRows()
        self.find_box, self.table = QLineEdit(), QTableView()
        self.table.setModel(self.model)
        body = QWidget()
        column = QVBoxLayout(body)
        column.addWidget(self.find_box)
        column.addWidget(self.table)
        self.setCentralWidget(body)
        self.find_box.textChanged.connect(self.refresh)
        self.resize(1180, 780)

    def refresh(self, find: str = "") -> None:
        self.model.replace(bare_list(self.con, find))

    def look_anywhere(self, find: str) -> None:
        self.model.replace(bare_anything(self.con, find))


class BareRecord(QMainWindow):
    """One line edit for each column of a pupil's row."""

    def __init__(self, con: Any) -> None:
        super().__init__()
        self.con = con
        self.columns = [row[1] for row in con.execute("PRAGMA table_info(pupil)")]
        body = QWidget()
        form = QFormLayout(body)
        self.edits = [QLineEdit() for _name in self.columns]
        for name, edit in zip(self.columns, self.edits, strict=True):
            form.addRow(name, edit)
        self.setCentralWidget(body)
        self.resize(1180, 780)

    def show_pupil(self, pupil_id: str) -> None:
        row = self.con.execute("SELECT * FROM pupil WHERE id = ?", (pupil_id,)).fetchone()
        for table in ("enrolment", "contact", "protection"):
            self.con.execute(f"SELECT * FROM {table} WHERE pupil_id = ?", (pupil_id,)).fetchall()
        for value, edit in zip(row, self.edits, strict=True):
            edit.setText(str(value or ""))


class BareEntry(QWidget):
    """A name, a password and a button."""

    def __init__(self) -> None:
        super().__init__()
        form = QFormLayout(self)
        form.addRow("Name", QLineEdit())
        form.addRow("Password", QLineEdit())
        form.addRow(QPushButton("Sign in"))
        self.resize(700, 600)
