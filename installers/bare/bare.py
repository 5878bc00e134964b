"""The floor of a start: a bare window with two boxes and a button, as large as sign-in, frozen as the program is."""

import sys

from PySide6.QtWidgets import QApplication, QFormLayout, QLineEdit, QPushButton, QWidget

TITLE = "Bare window"


def main() -> int:
    """Show the window until it is closed."""
    app = QApplication(sys.argv)
    window = QWidget()
    window.setWindowTitle(TITLE)
    form = QFormLayout(window)
    form.addRow("Name", QLineEdit())
    form.addRow("Password", QLineEdit())
    form.addRow(QPushButton("Sign in"))
    window.resize(700, 600)
    window.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
