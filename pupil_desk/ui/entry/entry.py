"""The window before a file is open: it leads from «which file» to a signed-in desk, and hands that on."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QPushButton, QWidget

from pupil_desk.basics.clock import Clock, SystemClock
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.errors import FileClosed, Known, MadeClosed
from pupil_desk.basics.files import new_folder
from pupil_desk.basics.pc.placement import Objection
from pupil_desk.basics.pc.placement_check import objection_to
from pupil_desk.basics.places import ENDING, UNIT_FILE, home_of_data
from pupil_desk.basics.words import _
from pupil_desk.services.program import keys
from pupil_desk.ui.entry import sign_in
from pupil_desk.ui.entry.known_units import KnownUnits, is_training_place, missing_words, training_hint, training_place
from pupil_desk.ui.entry.panel import Others, Panel
from pupil_desk.ui.kit.accessible import set_role
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.ask import Ask
from pupil_desk.ui.kit.talk.dialogs import Dialogs
from pupil_desk.ui.kit.watch.making import Making
from pupil_desk.ui.kit.watch.memory import SAY_AT_SIGN_IN, Memory, put_where_it_was, remember_place
from pupil_desk.ui.kit.words import STRETCH, column_in, row_layout
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import dress, sized

if TYPE_CHECKING:  # sign-in is painted before these are read
    from pupil_desk.services.backup.this_pc import Moved
    from pupil_desk.services.desk import Desk
    from pupil_desk.services.unit.staff import NewSecret
    from pupil_desk.services.unit.units import Recovered

_FILES = ((_("Unit’s file"), f"*{ENDING}"),)
_BACKUPS = ((_("Backup of Pupil Desk"), "*.pupilbackup"),)


def _print(data: bytes, parent: QWidget, *, memory: Memory) -> object:
    from pupil_desk.ui.kit.papers.printing import print_pdf  # sign-in is painted before this is read

    return print_pdf(data, parent, memory=memory)


class _Closes(Protocol):
    def close(self) -> None: ...


class Entry(QWidget):
    """Emits ``opened`` with the desk of whoever signed in. ``name`` is that of whom the window was locked on, if it was. ``send`` is what prints, for tests to replace."""

    opened = Signal(object)
    closing = Signal()

    def __init__(
        self, jobs: Jobs, ask: Ask, memory: Memory, *, path: Path | None = None, clock: Clock | None = None, name: str = ""
    ) -> None:
        super().__init__()
        dress(self)
        set_role(self, "Window")
        self._jobs, self._ask, self._memory = jobs, ask, memory
        self._units, self._clock = KnownUnits(memory), clock or SystemClock()
        self._held_file: _Closes | None = None  # a file that is open while a password or a code is set
        self.send, self.making = _print, Making()
        if isinstance(ask, Dialogs):
            ask.stand_on(self)
            ask.help_place = self._help_place
        QShortcut(QKeySequence(keys.HELP.sequence), self, self._show_help)
        self.setWindowTitle("Pupil Desk")
        self.setObjectName("entry")
        usual = QSize(sized(tokens.READING) + 4 * tokens.HUGE, sized(tokens.READING) + 4 * tokens.HUGE)
        self._was_put, self._size_at_first = put_where_it_was(self, memory, usual, QSize(0, 0)), self.size()
        holder = QWidget()
        self._row = row_layout(STRETCH, spacing=None)
        column_in(holder, 0, self._row, STRETCH, left=tokens.XXL, top=tokens.XXL, right=tokens.XXL, bottom=tokens.L)
        column_in(self, None, scrolled(holder, gap=0))
        self.panel: Panel
        self._locked_on = (path, name)
        self.start(path)

    def start(self, path: Path | None = None) -> None:
        """Sign-in for the file asked for, else for the one used last on this PC; without any for the training unit, or the first run."""
        if path is not None and path.suffix != ENDING:  # a backup that somebody looked at until the window was locked
            path = None
        existing = path if path is not None and path.is_file() else self._units.own
        requested = path or self._units.last
        if existing is None and requested is None:
            existing = requested = self._units.training
        if existing is not None and (requested is None or requested == existing):
            self.sign_in(existing)
            self._say_kept()
            return
        self.welcome(back=existing)
        if requested is not None:
            self.panel.say(missing_words(requested))
            self.panel.begin()

    def _say_kept(self) -> None:
        """Why the window went to sign-in, if it did by itself."""
        words = self._memory.get(SAY_AT_SIGN_IN)
        self._memory.keep(SAY_AT_SIGN_IN, None)
        if isinstance(words, str):
            self.panel.say(words)

    def _show(self, panel: Panel) -> None:
        panel.setMaximumWidth(sized(tokens.READING) + 2 * tokens.XXL)
        if self._row.count() == 1:
            self._row.insertWidget(0, panel, 8)
            self._row.insertStretch(0, 1)
        else:
            old = self.panel
            self._row.replaceWidget(old, panel)
            old.hide()
            old.deleteLater()  # it may hold the very button that was pressed: let that end first
        self.panel = panel
        panel.show()
        panel.begin()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self.panel.begin()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        if self.panel.loses and not self._ask.confirm(_("Close now?"), self.panel.loses, _("Close"), danger=True, stay=_("Stay")):
            event.ignore()
            return
        super().closeEvent(event)
        self._keep_place()
        self._let_go()
        self.closing.emit()

    def _keep_place(self) -> None:
        """The window stands where sign-in stood, unless nobody has ever put either anywhere: then as large as it is at first."""
        if self._was_put or self.isMaximized() or self.size() != self._size_at_first:
            remember_place(self, self._memory)

    def _help_place(self) -> str:
        return self.panel.help_place

    def _show_help(self) -> None:
        """It tells of the program alone, so it is there before anybody has signed in."""
        from pupil_desk.ui.kit.talk.help_text import show_help_at  # sign-in is painted before this is read

        show_help_at(self._help_place(), self)

    def _let_go(self) -> None:
        if self._held_file is not None:
            self._held_file.close()
            self._held_file = None

    # -- which file

    def welcome(self, back: Path | None = None) -> None:
        """No file is known on this PC, or another one is wanted; ``back`` is the file that sign-in was shown for."""
        from pupil_desk.ui.entry import first_run

        links = [(_("Back to sign-in"), lambda: self.sign_in(back))] if back is not None else []
        self._show(first_run.Welcome(lambda: self.new_unit(back), self.training, self.open_file, self.restore, links))

    def new_unit(self, back: Path | None = None) -> None:
        """A unit's details and its first user."""
        from pupil_desk.services.backup.free_names import free_place
        from pupil_desk.ui.entry import first_run

        with self.making.of(self) as pause:
            new = first_run.NewUnit(
                self._jobs,
                self._clock,
                self.show_code,
                lambda: self.welcome(back),
                on_closed=self._show_code_of_closed,
                place=free_place(home_of_data() / UNIT_FILE),
                choose=lambda: self._ask.folder(_("Where to keep the unit’s file")),
            )
            pause()
            self._show(new)

    def training(self, pressed: QPushButton) -> None:
        """A unit of invented pupils, made in a folder of its own; sign-in if it is there already."""
        from pupil_desk.services.demo.unit import make_training_unit

        place = training_place()
        if place.is_file():
            self.sign_in(place)
            return

        def make() -> None:
            with new_folder(place.parent):
                make_training_unit(place, clock=self._clock).desk.vault.close()

        self.panel.in_a_job(self._jobs, make, lambda _unit: self.sign_in(place), _("Inventing a unit"), pressed=pressed)

    def open_file(self) -> None:
        """A file that is there already."""
        place = self._ask.open_file(_("Open a unit’s file"), _FILES, home_of_data())
        if place is not None:
            self.sign_in(place)

    def restore(self) -> None:
        """A backup as this PC's file."""
        from pupil_desk.services.backup.free_names import free_place
        from pupil_desk.ui.entry import restoring

        backup = self._ask.open_file(_("Which backup?"), _BACKUPS)
        if backup is not None:
            target, live = free_place(home_of_data() / UNIT_FILE), self._units.last
            self._show(
                restoring.Restore(
                    backup, target, self._jobs, self._clock, self._on_restored, live=live, opened=self.enter, back=self.welcome
                )
            )

    def _on_restored(self, path: Path, message: str) -> None:
        self._units.opened(path, training=False)
        self.sign_in(path, f"{_('The backup is restored. Sign in as on the day when it was made.')} {message}".strip())

    # -- who

    def sign_in(self, path: Path, hint: str = "") -> None:
        """Name and password for a file."""
        if not path.is_file():
            self.welcome()
            self.panel.say(missing_words(path))
            self.panel.begin()
            return
        if (objection := objection_to(path)) is not None:
            self._offer_to_move(path, objection)
            return
        links = [
            (_("I have forgotten my password"), lambda: self.forgotten(path)),
            *self._other_unit(path),
            (_("Another unit’s file, or a backup…"), lambda: self.welcome(back=path)),
        ]
        if is_training_place(path):
            hint = training_hint()
        choose = partial(self._ask.folder, _("Where to keep the copy"))
        panel = sign_in.SignIn(path, self._jobs, self._clock, self.enter, links, hint=hint, choose=choose)
        if self._locked_on[0] == path and self._locked_on[1]:
            panel.unlock(self._locked_on[1])
        self._show(panel)

    def _other_unit(self, path: Path) -> Others:
        """From the office's own unit to the training unit, where somebody has worked in that, and from there to the own one."""
        training, own = self._units.training, self._units.own
        if path == training or is_training_place(path):
            return [(_("Sign in to your own unit"), partial(self.sign_in, own))] if own is not None else []
        return [(_("Sign in to the training unit"), partial(self.sign_in, training))] if training is not None else []

    def _offer_to_move(self, path: Path, objection: Objection) -> None:
        from pupil_desk.ui.entry import moving

        links = [(_("Another unit’s file, or a backup…"), self.welcome)]
        self._show(moving.MoveHere(path, objection, self._jobs, self._ask, partial(self._on_moved, path), links=links))

    def _on_moved(self, old: Path, move: "Moved") -> None:
        self._units.moved(old, move.path)
        self.sign_in(move.path, _("The file is on this PC now. Sign in as before."))
        if move.left:
            self.panel.say(
                _("The old file could not be removed from {folder}. Delete it there, so that nobody works on it.").format(
                    folder=move.left[0].parent
                )
            )

    def forgotten(self, path: Path) -> None:
        """By the recovery code; a data officer can also set a colleague's password anew."""
        choose = partial(self._ask.folder, _("Where to keep the copy"))
        self._show(sign_in.RecoveryCode(path, self._jobs, self._clock, self.recovered, lambda: self.sign_in(path), choose=choose))

    def recovered(self, recovered: "Recovered") -> None:
        """The code was right: whose password is new?"""
        self._held_file = recovered
        on_done, back = partial(self._show_new_code, recovered), partial(self._back_to_sign_in, recovered.vault.path)
        self._show(sign_in.ResetPassword(recovered, on_done, back))

    def _show_new_code(self, recovered: "Recovered", new: "NewSecret[Desk]") -> None:
        """The code that takes the place of the one used; it and the new password are in force once it is typed back."""
        from pupil_desk.ui.entry.shown_code import ShownCode

        path, unit = recovered.vault.path, recovered.unit_name

        def put_in_force() -> "Desk | FileClosed":
            try:
                return new.put_in_force()
            except FileClosed as closed:
                return closed

        def entered(outcome: "Desk | FileClosed") -> None:
            panel.forget_code()
            if isinstance(outcome, FileClosed):
                self._back_to_sign_in(path, f"{_('The new password and the new code are in force.')} {outcome.message}")
            else:
                self.enter(outcome)

        panel = ShownCode(
            new.secret,
            lambda: panel.in_a_job(self._jobs, put_in_force, entered, _("Setting the password")),
            lambda: self._print_code(unit, new.secret),
            unchanged=new.unchanged,
            back=lambda: self._back_to_sign_in(path),
        )
        self._show(panel)

    def show_code(self, desk: "Desk", code: str) -> None:
        """The recovery code of a file just made; it is shown once, and typed back."""
        from pupil_desk.ui.entry.shown_code import ShownCode

        self._held_file = desk.vault
        self._show(ShownCode(code, lambda: self.enter(desk), lambda: self._print_code(desk.settings.name, code)))

    def _show_code_of_closed(self, path: Path, unit: str, made: MadeClosed) -> None:
        """The same, of a file that could not be opened: sign-in comes next."""
        from pupil_desk.ui.entry.shown_code import ShownCode

        self._show(ShownCode(made.code, lambda: self.sign_in(path), lambda: self._print_code(unit, made.code)))
        self.panel.say(made)

    def _print_code(self, unit: str, code: str) -> None:
        from pupil_desk.documents.papers import recovery_sheet
        from pupil_desk.documents.pdf.page import build_pdf

        story = recovery_sheet.story(unit, code, show_date(self._clock.today()))
        try:
            self.send(build_pdf(story, title=_("Recovery code")), self, memory=self._memory)
        except Known as error:
            self.panel.say(error)

    def enter(self, desk: "Desk") -> None:
        """Signed in. A password that somebody else knows is changed first."""
        from pupil_desk.services.unit import units

        path = desk.vault.path
        if desk.user.must_change_password and not desk.vault.read_only:
            self._held_file = desk.vault
            self._show(sign_in.NewPassword(desk, self._jobs, self.enter, lambda: self._back_to_sign_in(path)))
            return
        self._held_file = None
        if path.suffix == ENDING:
            self._units.opened(path, training=units.is_training(desk))
        self._keep_place()
        self.opened.emit(desk)

    def _back_to_sign_in(self, path: Path, hint: str = "") -> None:
        self._let_go()
        self.sign_in(path, hint)
