"""The window before a file is open: it leads from «which file» to a signed-in desk, and hands that on."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pupil_desk.basics.clock import Clock, SystemClock
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.places import home_of_data
from pupil_desk.basics.words import _
from pupil_desk.services import units
from pupil_desk.services.desk import Desk
from pupil_desk.services.units import Recovered
from pupil_desk.ui.entry import first_run, sign_in
from pupil_desk.ui.entry.panel import Panel
from pupil_desk.ui.kit.ask import Ask
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.memory import Memory
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

_LAST_FILE = "unit/file"


class Entry(QWidget):
    """Emits ``opened`` with the desk of whoever signed in."""

    opened = Signal(object)
    closing = Signal()

    def __init__(
        self, jobs: Jobs, ask: Ask, memory: Memory, *, path: Path | None = None, clock: Clock | None = None
    ) -> None:
        super().__init__()
        self._jobs, self._ask, self._memory = jobs, ask, memory
        self._clock = clock or SystemClock()
        self.setWindowTitle("Pupil Desk")
        self.setObjectName("entry")
        self.resize(tokens.READING + 4 * tokens.HUGE, tokens.READING + tokens.HUGE)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        self.panel: Panel
        known = path or self._remembered()
        if known is not None:
            self.sign_in(known)
        else:
            self.welcome()

    def _remembered(self) -> Path | None:
        kept = self._memory.get(_LAST_FILE)
        place = Path(kept) if isinstance(kept, str) else home_of_data() / first_run.FILE_NAME
        return place if place.is_file() else None

    def _show(self, panel: Panel) -> None:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(tokens.XXL, tokens.HUGE, tokens.XXL, tokens.XXL)
        row.addStretch(1)
        panel.setMaximumWidth(sized(tokens.READING))
        panel.setMinimumWidth(min(sized(tokens.FIELD), tokens.READING))
        row.addWidget(panel, 8, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        self._area.setWidget(holder)
        self.panel = panel
        panel.begin()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.panel.begin()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        super().closeEvent(event)
        self.closing.emit()

    def welcome(self) -> None:
        """No file is known on this PC."""
        self._show(first_run.Welcome(self.new_unit, self.training, self.open_file))

    def new_unit(self) -> None:
        """A unit's details and its first user."""
        self._show(
            first_run.NewUnit(
                self._jobs,
                self._clock,
                self.show_code,
                self.welcome,
                choose=lambda: self._ask.folder(_("Where to keep the unit’s file")),
            )
        )

    def training(self) -> None:
        """A unit of invented pupils, made in the folder for data; opened if it is there already."""
        from pupil_desk.services import demo

        place = home_of_data() / "training" / first_run.FILE_NAME
        if place.is_file():
            self.sign_in(place)
            return
        panel = self.panel
        sign_in.in_a_job(panel, self._jobs, lambda: demo.training_unit(place, clock=self._clock), self._trained)

    def _trained(self, made: tuple[Desk, str]) -> None:
        desk, password = made
        self._ask.tell(
            _("The training unit is ready"),
            _("Every pupil in it is invented. Next time, sign in as {name} with the password: {password}").format(
                name=desk.user.name, password=password
            ),
        )
        self.enter(desk)

    def open_file(self) -> None:
        """A file that is there already."""
        place = self._ask.open_file(_("Open a unit’s file"), ((_("Unit’s file"), f"*{units.ENDING}"),), home_of_data())
        if place is not None:
            self.sign_in(place)

    def sign_in(self, path: Path) -> None:
        """Name and password for a known file."""
        others = [
            (_("I have forgotten my password"), lambda: self.forgotten(path)),
            (_("Another unit’s file…"), self.welcome),
        ]
        self._show(sign_in.SignIn(path, self._jobs, self._clock, self.enter, others))

    def forgotten(self, path: Path) -> None:
        """By the recovery code; a data officer can also set a colleague's password anew."""
        self._show(sign_in.RecoveryCode(path, self._jobs, self._clock, self.recovered, lambda: self.sign_in(path)))

    def recovered(self, recovered: Recovered) -> None:
        """The code was right: whose password is new?"""
        self._show(sign_in.ResetPassword(recovered, self._jobs, self.show_code))

    def show_code(self, desk: Desk, code: str) -> None:
        """A recovery code was made; it is shown once, and typed back."""
        self._show(sign_in.ShownCode(code, desk, self.enter, lambda: self._print_code(desk, code)))

    def _print_code(self, desk: Desk, code: str) -> None:
        from pupil_desk.documents import recovery_sheet
        from pupil_desk.documents.page import build_pdf
        from pupil_desk.ui.kit.printing import print_pdf

        story = recovery_sheet.story(desk.settings.name, code, show_date(desk.today))
        print_pdf(build_pdf(story, title=_("Recovery code")), self, memory=self._memory)

    def enter(self, desk: Desk) -> None:
        """Signed in. A password that somebody else knows is changed first."""
        if desk.user.must_change_password:
            self._show(sign_in.NewPassword(desk, self._jobs, self.enter))
            return
        self._memory.put(_LAST_FILE, str(desk.vault.path))
        self.opened.emit(desk)
