"""The leaver pack, in the place of the list of stays: what goes into it, where it is made, and its password, once."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.sending import school_named_in
from pupil_desk.services.exports import delivery
from pupil_desk.services.guard import Guard, guard
from pupil_desk.services.pupils import leaver_letter, leaver_pack
from pupil_desk.services.pupils.leaver_letter import LetterLack, Where
from pupil_desk.services.pupils.leaver_pack import LeaverPackMade, LeaverPackOptions, listed_papers
from pupil_desk.services.pupils.pupils import PupilRecord
from pupil_desk.services.unit.units import is_training
from pupil_desk.ui.kit.context import SEVERAL, Context, Place
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.linkline import LinkLine
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.talk.next_act import NextAct
from pupil_desk.ui.kit.talk.passphrase import Passphrase, ShownSecret, all_noted
from pupil_desk.ui.kit.talk.shown_again import NotNoted, say_of_hidden
from pupil_desk.ui.kit.words import STRETCH, button, column_in, column_of, flow_of, growing, label, labelled
from pupil_desk.ui.pages.pupils.record.next_return import next_return
from pupil_desk.ui.style import tokens

FOLDER = "pupils/leaver-folder"  # where the last pack was made
_LONGEST = 255  # characters
_MADE = 1  # the page of what was made


class LeaverPack(QWidget):
    """``closed`` comes when the person goes back to the stays; ``pack_made`` carries what a service changed."""

    closed = Signal()
    pack_made = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._record: PupilRecord | None = None
        self._stay: Enrolment | None = None
        self._transfer_id = ""
        self.title, self.lacks = label("", "subhead"), QWidget()
        column_in(self.lacks, tokens.XS)
        self.next_step, self.packet, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        for box in (self.next_step, self.packet, self.reason):
            box.setMaxLength(_LONGEST)
            box.setMaximumWidth(tokens.READING)
            box.returnPressed.connect(self.make)  # which asks where to
        self.plain = TickBox(_("Common Transfer File &plain, for its upload"))
        self.make_button = button(_("Make the p&ack…"), self.make, "primary", icon_name="package")
        self.back_button = button(_("Ba&ck to the stays"), self.close_it)
        self.files, self.left = label(""), label("", "check")
        explain = _(
            "Once you have noted them, they are not shown again. Tell the receiver of a file its password by another way than the file."
        )
        self.papers = Passphrase(_("Password of the papers"), explain)
        self.transfer = Passphrase(_("Password of the Common Transfer File"), "")
        self.next_act = NextAct()
        self.done_button = button(_("&Done"), self._close_once_noted, "primary")
        self.pages = QStackedWidget()
        self.pages.addWidget(self._before())
        self.pages.addWidget(self._after())
        column_in(self, tokens.M, self.title, growing(self.pages), top=tokens.M)

    def _before(self) -> QWidget:
        intro = _(
            "Made in one action: the Common Transfer File; a letter to each household; a receipt for the next school to sign; and for our file the wishes, the consents that end, and how long the record is kept."
        )
        hint = _("It stands in the letter after “From then on”. Leave it empty for no letter.")
        next_step = labelled(_("What comes ne&xt"), self.next_step)
        packet = _(
            "With a comma between two, such as: EHC plan, exam certificates, works of art. The receipt names them. A child protection file goes apart, from one designated lead to the other."
        )
        return _page(
            label(intro, "muted"),
            self.lacks,
            next_step,
            label(hint, "hint"),
            labelled(_("Other papers in the pac&ket"), self.packet),
            label(packet, "hint"),
            labelled(_("&Why the pack is made"), self.reason),
            self.plain,
            label(
                _(
                    "Proposed, since the upload to the next school takes only a plain file. For any other way take the tick out: it is locked then."
                ),
                "hint",
            ),
            acts=(self.make_button, self.back_button),
        )

    def _after(self) -> QWidget:
        return _page(self.papers, self.transfer, self.left, self.files, self.next_act, acts=(self.done_button,))

    def begin(self, record: PupilRecord, stay: Enrolment) -> None:
        """Start on a stay that has a leaving day."""
        self._record, self._stay = record, stay
        assert stay.end_date is not None
        self.title.setText(_("Leaver pack, last day {day}").format(day=show_date(stay.end_date)))
        self.next_step.setText(school_named_in(stay) if stay.next_school else "")
        self.packet.clear()
        self.reason.setText(_("The pupil leaves"))
        self.plain.setChecked(True)
        self._tell_lacks()
        self.pages.setCurrentIndex(0)
        self.next_step.setFocus()

    def look_again(self) -> None:
        """What has been put right since, of the record or of the settings, is lacking no more; and the step that was done since is not offered again."""
        self._tell_lacks()
        if self.pages.currentIndex() == _MADE:
            self._offer_next()

    def _tell_lacks(self) -> None:
        """Before anything is made: why there would be no letter, or none to somebody, each with the way to where it is put right."""
        column = self.lacks.layout()
        assert column is not None  # made with it
        while (item := column.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        pupil_id = self._record.pupil.id if self._record is not None else ""
        lacks = self.context.attempt(lambda: leaver_letter.letter_lacks(self.context.desk, pupil_id)) if pupil_id else None
        for lack in lacks or ():
            column.addWidget(LinkLine(lack.words, partial(self.context.go, *_way(lack, pupil_id)), "check"))
        self.lacks.setVisible(bool(lacks))

    def make(self) -> None:
        """Ask what must be asked, then where, and make it."""
        record, stay = self._record, self._stay
        if record is None or stay is None or not self.context.clock_is_right():
            return
        context, pupil_id = self.context, record.pupil.id
        pupil_guard = guard(context.desk, [pupil_id], "leaver pack")
        if not self._ask_if_protected(pupil_guard) or not self._may_be_plain():
            return
        start = Path(str(context.memory.get(FOLDER))) if context.memory.get(FOLDER) else None
        folder = context.ask.folder(_("Where to make the pack"), start)
        if folder is None:
            return
        context.memory.keep(FOLDER, str(folder))
        pack_request = LeaverPackOptions(
            reason=self.reason.text(),
            next_step=self.next_step.text(),
            papers=listed_papers(self.packet.text()),
            confirmed=bool(pupil_guard),
            plain=self.plain.isChecked(),
        )

        def secrets_of(pack: LeaverPackMade) -> list[ShownSecret]:
            names, about = (self.papers.name, self.transfer.name), "\n".join([_file_words(pack, folder), *pack.left])
            return [ShownSecret(name, about, words) for name, (_kind, words) in zip(names, pack.secrets, strict=False)]

        def finish(pack: LeaverPackMade) -> None:
            if self._record is record:
                self._show(pack, _file_words(pack, folder))
            else:  # the place where they would stand is gone: another pupil is shown, or the stays of this one
                context.attempt(lambda: NotNoted(context, self.window()).take(secrets_of(pack)))
            self.pack_made.emit(pack.changed)
            say_of_hidden(context, self.papers, _waiting(pack), lambda: self._go_to_made(pupil_id))

        context.jobs.run(
            self,
            lambda job: leaver_pack.make_pack(context.desk, pupil_id, stay.id, folder, pack_request, progress=job.step),
            finish,
            title=_("Making the leaver pack"),
            untold=lambda pack: context.not_kept.extend(secrets_of(pack)),
        )

    def _go_to_made(self, pupil_id: str) -> bool:
        if not self.context.go("pupils", str(Place(pupil_id, "stays"))):
            return False
        self.papers.secret.setFocus()
        return self.papers.isVisible()

    def _ask_if_protected(self, pupil_guard: Guard) -> bool:
        return not pupil_guard or self.context.ask.confirm(
            _("Make a pack for a protected pupil?"), pupil_guard.question, _("Make it"), danger=True
        )

    def _may_be_plain(self) -> bool:
        if not self.plain.isChecked() or is_training(self.context.desk):
            return True
        assert self._record is not None
        text = _(
            "The Common Transfer File of {pupil} is made plain for its upload: it tells of the pupil to anyone who finds it. Delete it once it is uploaded. The log says that it was plain. To make it, type plain."
        )
        return self.context.ask.confirm_typed(
            _("Make a plain file?"), text.format(pupil=self._record.pupil.full_name), _("plain"), _("Make a plain file")
        )

    def _show(self, pack: LeaverPackMade, files: str) -> None:
        self.files.setText(files)
        self.left.setText("\n".join(pack.left))
        self.left.setVisible(bool(pack.left))
        papers, *transfer_secrets = [words for _kind, words in pack.secrets]
        self.papers.show_secret(papers, files)
        self.transfer.setVisible(bool(transfer_secrets))
        if transfer_secrets:
            self.transfer.show_secret(transfer_secrets[0], files)
        self._transfer_id = pack.transfer_id
        self._offer_next()
        self.pages.setCurrentIndex(_MADE)
        self.papers.copy.setFocus()

    def _offer_next(self) -> None:
        """The return that is due of the stay; else that it is noted once the next school has its file."""
        due = next_return(self.context, self._stay.id) if self._stay is not None else None
        if due is not None:
            self.next_act.offer(due[1], (due[2],))
        elif self._transfer_id and not delivery.is_delivered(self.context.desk, self._transfer_id):
            to_export = (_("To the export made"), partial(self.context.go, "exports", self._transfer_id))
            self.next_act.offer(_("Record that the Common Transfer File was delivered, once the next school has it."), (to_export,))
        else:
            self.next_act.offer("", ())

    def _close_once_noted(self) -> None:
        if all_noted(self.context.ask, [self.papers, self.transfer]):
            self.close_it()

    def forget(self) -> None:
        """Keep nothing of it: the words are not shown again."""
        self.papers.forget()
        self.transfer.forget()
        self.files.setText("")
        self._record = self._stay = None
        self.pages.setCurrentIndex(0)

    def close_it(self) -> None:
        """Back to the stays."""
        self.forget()
        self.closed.emit()


def _file_words(pack: LeaverPackMade, folder: Path) -> str:
    """Which files were made, and where they lie."""
    return "\n".join([*(_("File: {name}").format(name=file.name) for file in pack.files), _("Folder: {folder}").format(folder=folder)])


def _waiting(pack: LeaverPackMade) -> str:
    """That its passwords are to be noted, and where they stand."""
    if len(pack.secrets) == 1:
        return _("The leaver pack is made. Its password is shown in the pupil’s record under Stays, to be noted.")
    return _("The leaver pack is made. Its passwords are shown in the pupil’s record under Stays, to be noted.")


def _way(lack: LetterLack, pupil_id: str) -> tuple[str, str]:
    """The page, and the place there: the very setting, the letters and their words, the address, or the part of the record."""
    if lack.where is Where.SETTINGS:
        return "settings", lack.place
    if lack.where is Where.LETTERS:
        return "pupils", str(Place(pupil_id, SEVERAL, "letters"))
    return "pupils", str(Place(pupil_id, "details", "pupil", "", "address_1") if lack.place == "details" else Place(pupil_id, lack.place))


def _page(*parts: QWidget, acts: tuple[QWidget, ...]) -> QWidget:
    """What is read and filled in scrolls; what can be done stays in view beneath."""
    content = column_of(*parts, STRETCH, spacing=tokens.M, right=tokens.S, bottom=tokens.M)
    return column_of(growing(scrolled(content)), flow_of(*acts), spacing=tokens.S)
