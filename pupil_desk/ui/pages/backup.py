"""Backup: make one and prove it, look at an old one, restore one to a new name, check the file."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.pc.drives import Drive, drive_holding, removable_drives
from pupil_desk.basics.words import _, count_of
from pupil_desk.domain.changes import Changed
from pupil_desk.services.backup import backups, checks, drill, keeping
from pupil_desk.services.backup.backups import BackupMade, StickBackup, Verified, backups_on
from pupil_desk.services.backup.checks import FileDefect
from pupil_desk.services.backup.drill import Drill
from pupil_desk.services.guard import NOBODY
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.groups import UNIT
from pupil_desk.ui.kit.heading import Command, Heading
from pupil_desk.ui.kit.jobs import Job
from pupil_desk.ui.kit.page import Page
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.watch.sticks import StickWatch
from pupil_desk.ui.kit.words import STRETCH, button, card, column_in, fill, growing, label, name_label, row_layout
from pupil_desk.ui.style import tokens
from pupil_desk.ui.style.look import sized

FOLDER = "backup/folder"  # where the last one went; the one at sign-out goes there too
_LISTED = 4  # backups on sticks that are named
_KINDS = ((_("Backup of Pupil Desk"), "*.pupilbackup"),)


class BackupPage(Page):
    """Tasks: make a backup on the stick (2 clicks); prove an old one; restore one to try it; check this file."""

    name = "backup"
    title = _("Backup")
    icon = "shield-check"
    group = UNIT
    action = Action.BACK_UP

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        commands = (
            Command("make", _("&Make a backup"), self.make, Action.BACK_UP, icon="floppy-disk", primary=True),
            Command("verify", _("Check a &backup…"), self.verify, icon="check-circle"),
            Command("restore", _("&Restore to a new file…"), self.restore, Action.RESTORE, icon="clock-counter-clockwise"),
            Command("drill", _("Restore &drill…"), self.drill, Action.RESTORE, icon="shield-check"),
            Command("check", _("&Check this file"), self.check, Action.CHECK_FILE, icon="first-aid"),
        )
        self.heading = Heading(
            _("Backup"),
            commands,
            desk=context.desk,
            text=_("One encrypted file holds everything. Each backup is opened and checked before it counts."),
            is_whole=True,
        )
        self.column.addWidget(self.heading)
        self.last = label("", "subhead")
        self.column.addWidget(self._standing())
        self.result = card()
        self.result.setMaximumWidth(sized(tokens.READING + tokens.FIELD))
        self._result = column_in(self.result, tokens.XS, left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.M)
        self.column.addWidget(self.result)
        self.result.hide()
        self._drills = label("", "hint")
        kept = label(
            _(
                "Of the backups made at signing out, the latest of each of {days} days, {weeks} weeks and {months} months are kept, and older ones removed. What you make here is never removed."
            ).format(days=keeping.DAYS, weeks=keeping.WEEKS, months=keeping.MONTHS),
            "hint",
        )
        kept.setMaximumWidth(sized(tokens.READING))
        advice = label(
            _(
                "Keep three: this PC, and two sticks that take turns, one of them away from the building. Take the stick out when the backup is done: what is not plugged in cannot be encrypted by a criminal."
            ),
            "hint",
        )
        advice.setMaximumWidth(sized(tokens.READING))
        self.paper = Paper(context, _("The certificate of the drill"))
        self.paper.closed.connect(self.paper.hide)
        self.paper.hide()
        fill(self.column, advice, kept, self._drills, growing(self.paper), STRETCH)
        self.watch = StickWatch(self, self.on_show)

    def _standing(self) -> QFrame:
        """How the backups stand, and where the next one goes."""
        self.sticks = label("")
        self.sticks.setAccessibleName(_("Backups on the sticks"))
        frame = card()
        frame.setMaximumWidth(sized(tokens.READING + tokens.FIELD))
        column_in(frame, tokens.M, self.last, self._place_row(), self.sticks, left=tokens.L, top=tokens.M, right=tokens.L, bottom=tokens.L)
        self.sticks.hide()
        return frame

    def _place_row(self) -> QHBoxLayout:
        self.place = ChoiceBox()
        self.place.setAccessibleName(_("Where to"))
        self.place.setMinimumWidth(tokens.RAIL)
        self.place.setMaximumWidth(sized(tokens.FIELD))
        self.place.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.place.setPlaceholderText(_("No stick is plugged in"))
        name = name_label(_("&Where to"), self.place, wraps=False)
        return row_layout(name, growing(self.place, 100), button(_("Another &folder…"), self.choose, icon_name="folder-open"), STRETCH)

    def on_show(self, object_id: str | None = None) -> None:
        """When the last one was, and where the next may go."""
        self.watch.mark_seen()
        last = backups.last(self.context.desk)
        self.last.setText(
            _("Last proved backup: {when}").format(
                when=_("{day} at {time}").format(day=show_date(last.moment.date()), time=last.moment.strftime("%H:%M"))
                if last
                else _("none yet")
            )
        )
        self._tell_drill()
        chosen_path = self.place.currentData() or self.context.memory.get(FOLDER)
        self.place.clear()
        drives = removable_drives()
        self._look_at(drives, chosen_path)
        for drive in drives:
            self.place.addItem(_drive_words(drive), str(drive.path))
        if isinstance(chosen_path, str) and self.place.findData(chosen_path) < 0 and Path(chosen_path).is_dir():
            self.place.addItem(chosen_path, chosen_path)  # a folder, chosen now or the last time
        if self.place.count():
            self.place.setCurrentIndex(max(0, self.place.findData(chosen_path)))
        self.heading.enable("make", self.place.count() > 0, _("Put a stick in, or choose a folder"))

    def _look_at(self, drives: Sequence[Drive], chosen_path: object) -> None:
        """Read the heads of the backups on the sticks, and say which is the newest of this unit."""
        folders = [drive.path for drive in drives]
        if isinstance(chosen_path, str) and drive_holding(Path(chosen_path), drives) is not None:
            folders.append(Path(chosen_path))
        if not folders:
            self.sticks.hide()
            return
        desk = self.context.desk
        self.context.jobs.run(
            self,
            lambda _job: backups_on(desk, folders),
            lambda on_sticks: self._tell_sticks(on_sticks, drives),
            title=_("Looking at the sticks"),
        )

    def _tell_sticks(self, on_sticks: Sequence[StickBackup], drives: Sequence[Drive]) -> None:
        own_backups = [backup for backup in on_sticks if backup.is_of_this_unit]
        lines = [_line_of(backup, drives) for backup in own_backups[:_LISTED]]
        if len(own_backups) > _LISTED:
            lines.append(_("and {backups} older ones").format(backups=len(own_backups) - _LISTED))
        if len(on_sticks) > len(own_backups):
            lines.append(
                _("{backups} of another unit’s file").format(backups=count_of(len(on_sticks) - len(own_backups), _("backup"), _("backups")))
            )
        self.sticks.setText("\n".join(lines) or _("No backup of this unit is on what is plugged in."))
        self.sticks.show()

    def refresh(self) -> None:
        """Look for sticks again."""
        self.on_show()

    def on_change(self, changed: Changed) -> None:
        """One was made, here or at another time."""
        if "backup" in changed.kinds:
            self.on_show()

    def choose(self) -> None:
        """A folder that is no stick."""
        folder = self.context.ask.folder(_("Where to keep the backup"))
        if folder is not None:
            if self.place.findData(str(folder)) < 0:
                self.place.addItem(str(folder), str(folder))
            self.place.setCurrentIndex(self.place.findData(str(folder)))
            self.heading.enable("make", True)

    def make(self) -> None:
        """Make one where the box says, and prove it."""
        chosen_path = self.place.currentData()
        if not chosen_path:
            return
        folder = Path(chosen_path)
        removable = drive_holding(folder, removable_drives()) is not None

        def work(job: Job) -> tuple[BackupMade, Changed]:
            job.step(0, 1, _("Making the backup and opening it"))
            return backups.make(self.context.desk, folder, removable=removable)

        self.context.jobs.run(self, work, self._on_backup_made, title=_("Backup"))

    def _on_backup_made(self, outcome: tuple[BackupMade, Changed]) -> None:
        backup, changed = outcome
        self.context.memory.keep(FOLDER, str(backup.path.parent))
        self._say(
            _("Made and proved"),
            [
                _("File: {name}").format(name=backup.path.name),
                _("Size: {size} kB").format(size=f"{backup.bytes // 1000:,}"),
                _("In it: {pupils}, {rows} in all").format(
                    pupils=count_of(backup.rows.get("pupil", 0), _("pupil"), _("pupils")),
                    rows=count_of(sum(backup.rows.values()), _("row"), _("rows")),
                ),
                _("Last row of its log: {head}").format(head=backup.log_head.reference),
                _("Digest (SHA-256): {digest}").format(digest=backup.sha256),
            ],
        )
        self.context.news.tell(changed)
        self.context.banner.success(_("The backup was made, opened and checked. If it is on a stick, eject it and take it out."))

    def verify(self) -> None:
        """Prove an old backup by opening it with one's own sign-in."""
        path = self._ask_backup(_("Check a backup"))
        password = self._password(_("Check a backup")) if path else None
        if path is None or password is None:
            return
        name = self.context.desk.user.name
        self.context.jobs.run(
            self, lambda _job: backups.verify(path, name=name, password=password), self._verified, title=_("Proving the backup")
        )

    def _verified(self, verified: Verified) -> None:
        head = verified.log_head.reference if verified.log_head else _("not readable")
        lines = [defect.message for defect in verified.defects] or [
            _("It opens, and everything in it is whole: {rows}.").format(rows=count_of(sum(verified.rows.values()), _("row"), _("rows"))),
            _("Last row of its log: {head}").format(head=head),
        ]
        self._say(_("The backup is good") if verified.ok else _("The backup is damaged: use another"), lines)
        if verified.ok:
            self.context.banner.success(_("The backup is good."))
        else:
            self.context.banner.problem(_("The backup is damaged. Use another one."))

    def restore(self) -> None:
        """A backup as a new file, beside this one and never over it."""
        path = self._ask_backup(_("Restore a backup"))
        if path is None:
            return
        target = self.context.ask.save_file(_("Name of the restored file"), "restored.pupildesk", ((_("Unit’s file"), "*.pupildesk"),))
        password = self._password(_("Restore a backup")) if target else None
        if target is None or password is None:
            return
        desk = self.context.desk

        def work(_job: Job) -> Verified:
            return backups.restore(path, target, desk.clock, name=desk.user.name, password=password, live=desk.vault.path)

        self.context.jobs.run(self, work, lambda verified: self._restored(verified, target), title=_("Restoring"))

    def _restored(self, verified: Verified, target: Path) -> None:
        rows = count_of(sum(verified.rows.values()), _("row"), _("rows"))
        self._say(
            _("Restored and checked"),
            [
                str(target),
                rows,
                *backups.erased_words(verified),
                _("To work with it, sign out, start the program again, and open it with “Another unit’s file”."),
            ],
        )
        self.context.banner.success(_("The backup was restored to a new file. The file you are in has not changed."))

    def _tell_drill(self) -> None:
        before = drill.last(self.context.desk)
        when = _("{day} at {time}").format(day=show_date(before.date()), time=before.strftime("%H:%M")) if before else _("none yet")
        self._drills.setText(_("Last restore drill: {when}").format(when=when))

    def drill(self) -> None:
        """Restore a backup for a try, read it, and show the certificate; nothing of it is left."""
        path = self._ask_backup(_("Which backup is restored for a try?"))
        password = self._password(_("Restore drill")) if path else None
        if path is None or password is None:
            return
        desk = self.context.desk

        def work(_job: Job) -> tuple[Drill, bytes]:
            from pupil_desk.documents.pdf.page import build_pdf

            done = drill.make(desk, path, name=desk.user.name, password=password)
            return done, build_pdf(done.story(), title=drill.TITLE)

        self.context.jobs.run(self, work, self._drilled, title=_("Restore drill"))

    def _drilled(self, outcome: tuple[Drill, bytes]) -> None:
        done, certificate = outcome
        pupils = count_of(done.pupils, _("pupil"), _("pupils"))
        words = _("The backup can be restored: it passed its checks, and {read} of {pupils} were read. Nothing of it is left on this PC.")
        self.context.banner.success(words.format(read=done.read, pupils=pupils))
        self._tell_drill()
        self.paper.show()
        self.paper.show_pdf(drill.TITLE, certificate, guard=NOBODY)
        self.context.news.tell(Changed.of("backup"))

    def check(self) -> None:
        """The file, the log's chain and the records."""
        self.context.jobs.run(self, lambda _job: checks.check_file(self.context.desk), self._checked, title=_("Checking the file"))

    def _checked(self, defects: list[FileDefect]) -> None:
        serious = [defect for defect in defects if defect.serious]
        lines = [f"{defect.where}: {defect.message}" for defect in (*serious, *(defect for defect in defects if not defect.serious))]
        first_lines = lines[:12] + ([_("and {count} more").format(count=len(lines) - 12)] if len(lines) > 12 else [])
        self._say(_("Something is wrong") if serious else _("The file and its log are whole"), first_lines or [_("Nothing was found.")])

    def _ask_backup(self, title: str) -> Path | None:
        start = self.context.memory.get(FOLDER)
        return self.context.ask.open_file(title, _KINDS, Path(start) if isinstance(start, str) else None)

    def _password(self, title: str) -> str | None:
        text = _("A backup has its own sign-in: the password you had when it was made.")
        return self.context.ask.secret(title, text, _("Your password"), verb=_("Open the backup"))

    def _say(self, title: str, lines: list[str]) -> None:
        while (item := self._result.takeAt(0)) is not None:
            widget: QWidget | None = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._result.addWidget(label(title, "subhead"))
        for line in lines:
            self._result.addWidget(label(line))
        self.result.show()


def _line_of(backup: StickBackup, drives: Sequence[Drive]) -> str:
    drive = drive_holding(backup.path, drives)
    where, when = (
        drive.label if drive else str(backup.path.parent),
        _("{day} at {time}").format(day=show_date(backup.moment.date()), time=backup.moment.strftime("%H:%M")),
    )
    return (_("Newest on the sticks: {where}, {when}") if backup.newest else _("Older: {where}, {when}")).format(where=where, when=when)


def _drive_words(drive: Drive) -> str:
    """«REGISTER (E:), 12.4 GB free»."""
    giga = drive.free / 1_000_000_000
    room = _("{size} GB free").format(size=f"{giga:.1f}") if giga >= 1 else _("{size} MB free").format(size=drive.free // 1_000_000)
    return f"{drive.label}, {room}"
