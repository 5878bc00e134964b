"""The last step of a copy: what is still to do, how it will look, where it is written; then its files, and their password, once."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QStackedWidget, QWidget

from pupil_desk.basics.clock import local_time
from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.requests.pack import PackBegun
from pupil_desk.services.desk import Desk
from pupil_desk.services.packs import listing, restricted, writing
from pupil_desk.services.packs.content import Compiled
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.passphrase import Passphrase, ShownSecret, all_noted
from pupil_desk.ui.kit.talk.shown_again import NotNoted
from pupil_desk.ui.kit.words import (
    STRETCH,
    button,
    column_in,
    column_of,
    fill,
    flow_of,
    label,
    labelled,
    set_look,
    show_words,
    without_sign,
)
from pupil_desk.ui.pages.requests.pack_sections import grounds, refusable
from pupil_desk.ui.pages.requests.pack_state import PackState
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.icons import icon

FOLDER = "requests/folder"  # where the last copy was written
_GIVEN = ("", _("Give them, without what is withheld"))
_ADD = _("&Add to the copy, locked")
_NAME = _("Password of the files")


class PackFinish(QWidget):
    """``wants`` carries what is to be shown: «copy» or «list» as a paper, «again» the copy compiled anew. ``records_changed`` comes with what a service changed,
    ``copy_written`` when the password of a copy stands there; ``wants_answer`` leads back to the request, of which the copy is written.
    """

    wants = Signal(str)
    records_changed = Signal(object)
    copy_written = Signal()
    wants_answer = Signal()

    def __init__(self, state: PackState, *, restricted_only: bool = False) -> None:
        super().__init__()
        self.state, self._restricted_only = state, restricted_only
        self.todo = label("", "check")
        self.ready, self.written = label("", "muted"), label("", "understood")
        self.ground = ChoiceBox(
            (_GIVEN, *((code, _("Withhold all: {ground}").format(ground=words)) for code, words in grounds())),
            name=_("What to do with these notes"),
        )
        self.ground.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.ground.setMinimumContentsLength(24)
        self.see_button = button(_("Look at the co&py"), lambda: self.wants.emit("copy"), icon_name="eye")
        self.list_button = button(_("What is w&ithheld"), lambda: self.wants.emit("list"), icon_name="list-bullets")
        words = _ADD if restricted_only else _("&Write the copy…")
        self.write_button = button(words, self.seal if restricted_only else self.write, "primary", icon_name="lock-key")
        self.answer_button = button(_("Go back and give the ans&wer"), self.wants_answer.emit, "primary", icon_name="arrow-right")
        self.files = label("")
        explain = _(
            "Give it to who asked by another way than the files, such as by telephone. Once you have noted it, it is not shown again."
        )
        self.password = Passphrase(_NAME, explain)
        self.done_button = button(_("&Done"), self._close_once_noted, "primary")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._before())
        self.pages.addWidget(self._after())
        column_in(self, tokens.S, top=tokens.M).addWidget(self.pages, 1)
        state.changed.connect(self._changed)
        self.ground.currentIndexChanged.connect(lambda _place: self.refresh())

    def _before(self) -> QWidget:
        content = QWidget()
        column = column_in(content, tokens.S, self.written, self.todo, self.ready)
        ground = labelled(_("What to do with these n&otes"), self.ground)
        fill(column, ground, flow_of(self.answer_button, self.write_button, self.see_button, self.list_button), STRETCH)
        (self.list_button if self._restricted_only else ground).hide()
        return scrolled(content)

    def _after(self) -> QWidget:
        content = column_of(self.files, self.password, flow_of(self.done_button), STRETCH)
        return scrolled(content)

    def _changed(self) -> None:
        if self.isVisible() or self.state.compiled_pack is None:
            self.refresh()

    def refresh(self) -> None:
        """Say what is still to do, or what will be written."""
        compiled_pack, leaves_out = self.state.compiled_pack, self._restricted_only and bool(self.ground.key())
        reason = writing.undecided_words(compiled_pack) if compiled_pack and not leaves_out else ""
        show_words(self.todo, reason)
        self.ready.setText(
            _words(compiled_pack, restricted_only=self._restricted_only) if compiled_pack and not (reason or leaves_out) else ""
        )
        show_words(self.written, self._trace(compiled_pack) if compiled_pack is not None and not self._restricted_only else "")
        self.write_button.setEnabled(compiled_pack is not None and not reason)
        is_written = bool(self.written.text())
        self.answer_button.setVisible(compiled_pack is not None and is_written and not compiled_pack.changed_to)
        set_look(self.write_button, "" if is_written else "primary")
        self.write_button.setIcon(icon("lock-key", QPalette.ColorRole.ButtonText if is_written else QPalette.ColorRole.Base))
        if self._restricted_only:
            words = _("&Withhold all of them") if leaves_out else _ADD
            self.write_button.setText(words)
            self.write_button.setAccessibleName(without_sign(words))

    def _trace(self, compiled_pack: Compiled) -> str:
        """What was written of this copy already: a step that is done shows it."""
        return "\n".join(written_words(self.state.context.desk, compiled_pack.pack))

    @property
    def showing_password(self) -> bool:
        """Whether words stand there that are kept nowhere else."""
        return self.password.showing

    def write(self) -> None:
        """Ask where, and write. A protection asks once more first."""
        compiled_pack, context = self.state.compiled_pack, self.state.context
        if compiled_pack is None or not self._ask_if_protected(compiled_pack):
            return
        start = Path(str(context.memory.get(FOLDER))) if context.memory.get(FOLDER) else None
        folder = context.ask.folder(_("Where to write the copy"), start)
        if folder is None:
            return
        context.memory.keep(FOLDER, str(folder))

        def finish(written_pack: writing.Written) -> None:
            if self._is_open(compiled_pack):
                self._show(_lines_of(written_pack, folder), written_pack.password)
            else:  # the place where it would stand is gone: another request is shown, or how the copy of this one stands
                context.attempt(lambda: NotNoted(context, self.window()).take([_secret_of(written_pack, folder)]))
            self.records_changed.emit(written_pack.changed)
            self.copy_written.emit()

        context.jobs.run(
            self,
            lambda job: writing.write(context.desk, compiled_pack, folder, progress=job.step),
            finish,
            title=_("Writing the copy"),
            after=lambda: self._look_anew(compiled_pack),
            untold=lambda written_pack: context.not_kept.append(_secret_of(written_pack, folder)),
        )

    def _is_open(self, compiled_pack: Compiled) -> bool:
        """Whether that copy is still worked on here."""
        now = self.state.compiled_pack
        return now is not None and now.pack.id == compiled_pack.pack.id

    def _look_anew(self, compiled_pack: Compiled) -> None:
        """Nothing was written, as something was entered meanwhile: it is shown, to be decided too."""
        if self._is_open(compiled_pack) and not self.showing_password:
            self.wants.emit("again")

    def _ask_if_protected(self, compiled_pack: Compiled) -> bool:
        if not compiled_pack.protected:
            return True
        text = _(
            "The record of {pupil} is protected: {kinds}. Make sure that the copy does not reach the person it protects from, and that the address it is sent to is right."
        ).format(pupil=compiled_pack.pupil.full_name, kinds="; ".join(compiled_pack.protected))
        return self.state.context.ask.confirm(_("Write a copy of a protected record?"), text, _("Write it"), danger=True)

    def seal(self) -> None:
        """Add the restricted notes to the copy under lock, or withhold all of them on a ground."""
        context, ground, password = self.state.context, self.ground.key(), [""]

        def work(compiled_pack: Compiled) -> Compiled:
            password[0] = restricted.seal(context.desk, compiled_pack, exemption=ground)
            return compiled_pack

        if not refusable(self.state, work):
            return
        sealed_pack = self.state.compiled_pack
        if password[0]:
            self._show([_("The notes are added to the copy, locked. Who compiles it sees only how many there are.")], password[0])
        else:
            context.banner.success(_("The notes are withheld. The copy says so, and on what ground."))
        if sealed_pack is not None:
            self.records_changed.emit(Changed.of("pack", "request", ids=(sealed_pack.pack.id, sealed_pack.pack.pupil_id)))

    def _show(self, lines: list[str], password: str) -> None:
        self.files.setText("\n".join(lines))
        self.password.show_secret(password, self.files.text())
        self.pages.setCurrentIndex(1)
        self.password.copy.setFocus()

    def _close_once_noted(self) -> None:
        """Back to the step once the person says that the words are noted, which are shown only now."""
        if all_noted(self.state.context.ask, [self.password]):
            self.forget()
            (self.see_button if self._restricted_only else self.answer_button).setFocus()

    def forget(self) -> None:
        """Take the words off the screen: they are not shown again."""
        self.password.forget()
        self.files.setText("")
        self.pages.setCurrentIndex(0)
        self.refresh()


def _lines_of(written_pack: writing.Written, folder: Path) -> list[str]:
    """Which files were written, where they lie, and what is not in them."""
    lines = [_("File: {name}").format(name=file.name) for file in written_pack.files]
    if any("-restricted" in file.name for file in written_pack.files):
        lines.append(_("Other words open the files with restricted notes: who added them has those."))
    return [
        *lines,
        _("Folder: {folder}").format(folder=folder),
        _("{places} withheld. The list of them stays here, and is not in the files.").format(
            places=count_of(written_pack.withheld, _("place"), _("places"))
        ),
    ]


def _secret_of(written_pack: writing.Written, folder: Path) -> ShownSecret:
    return ShownSecret(_NAME, "\n".join(_lines_of(written_pack, folder)), written_pack.password)


def written_words(desk: Desk, pack: PackBegun) -> list[str]:
    """When the copy was written, and by whom, the latest first."""
    return [
        _("Written on {day} by {who}.").format(day=show_date(local_time(moment).date()), who=actor)
        for moment, actor in listing.written_copies(desk, pack)
    ]


def _words(compiled_pack: Compiled, *, restricted_only: bool) -> str:
    if restricted_only:
        return _(
            "All is decided. {places} withheld. The notes are locked with a password that only you see: you tell it to who asked."
        ).format(places=count_of(len(compiled_pack.withheld), _("place is"), _("places are")))
    words = _(
        "All is decided: {records} in {sections}, {places} withheld. The copy is read again before it is written, to prove that they are gone."
    ).format(
        records=count_of(sum(compiled_pack.counts.values()), _("record"), _("records")),
        sections=count_of(len(compiled_pack.parts), _("section"), _("sections")),
        places=count_of(compiled_pack.withheld_count, _("place"), _("places")),
    )
    return f"{words} {compiled_pack.left_out}".rstrip()
