"""What is due to be erased, and erasures from proposal to certificate: each line says what comes next, and who may do it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.words import _, join_words, some_of
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.governance.erasure_case import ErasureLack, Ground, Reach
from pupil_desk.domain.governance.retention import PROOF
from pupil_desk.services.erasure import cases, certificate, several
from pupil_desk.services.erasure.cases import CaseLine, State
from pupil_desk.services.erasure.falling_due import how_much
from pupil_desk.services.erasure.several import of_state
from pupil_desk.services.guard import NOBODY
from pupil_desk.services.pupils import pupils
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.short import ShortTable
from pupil_desk.ui.kit.papers.paper import Paper
from pupil_desk.ui.kit.talk.ask import Choice
from pupil_desk.ui.kit.talk.empty import EmptyState
from pupil_desk.ui.kit.words import STRETCH, button, column_in, flow_of, label, show_words
from pupil_desk.ui.pages.governance.erasing_words import EMPTY, SPARE, STATES, TO_DO, columns, pupil_words
from pupil_desk.ui.style import tokens


class Erasing(QWidget):
    """The list, the words about the line one is on, and what can be done with it. ``went_to_holds`` carries the pupil to be held."""

    certified = Signal()
    went_to_holds = Signal(str)

    def __init__(self, context: Context, paper: Paper) -> None:
        super().__init__()
        self._context, self._paper, self._view_key = context, paper, TO_DO
        self._asked_for = ("", "")  # a pupil of whom nothing is due, and of whom an erasure may be proposed; with name and reference
        self.empty = EmptyState("eraser", *EMPTY[TO_DO])
        self.table: ShortTable[CaseLine] = ShortTable(
            columns(context.desk),
            name=_("Keeping and erasing"),
            id_of=lambda row: row.id,
            memory=context.memory,
            memory_key="erasing",
            several=True,
            empty=self.empty,
            stands_on_first=False,
        )
        self.words = label("", "muted")
        self.propose_button = button(_("Pr&opose to erase…"), self.propose, "primary", icon_name="eraser")
        self.agree_button = button(_("&Agree…"), self.agree, "primary", icon_name="users-three")
        self.carry_button = button(_("&Erase now…"), self.carry_out, "danger", icon_name="eraser")
        self.withdraw_button = button(_("With&draw…"), self.withdraw)
        self.hold_button = button(_("Set a &hold…"), self.hold, icon_name="hand-palm")
        self.certificate_button = button(_("&Certificate…"), self.print_, icon_name="file-text")
        self.another_button = button(_("For a&nother pupil…"), self.propose_another)
        self._lay_out()
        self.table.current_changed.connect(lambda _row: self._show_one())
        self.table.lead_to(self.propose_button, self.agree_button, self.certificate_button, self.withdraw_button, self.hold_button)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._show_several())
        self.table.always_give_way(SPARE, room_of=self)

    def _lay_out(self) -> None:
        row = flow_of(
            self.propose_button,
            self.agree_button,
            self.carry_button,
            self.withdraw_button,
            self.hold_button,
            self.certificate_button,
            self.another_button,
        )
        column_in(self, tokens.S, self.table, self.words, row, STRETCH)

    def show_what(self, view_key: str) -> None:
        """Which lines: what is to be done, what is due within a year, or what was done."""
        self._view_key = view_key if view_key in STATES else self._view_key
        self.empty.say(*EMPTY[self._view_key])

    def refresh(self) -> None:
        """The lines as they are now."""
        self.table.show_rows([line for line in cases.lines(self._context.desk) if line.state in STATES[self._view_key]])
        self._show_one()

    def panes(self) -> list[QWidget]:
        return [self.table]

    def go_to_pupil(self, pupil_id: str) -> None:
        """The line of a pupil; where there is none, a way to propose an erasure all the same."""
        line = next((line for line in self.table.rows if line.pupil_id == pupil_id), None)
        if line is not None:
            self.table.select(line.id)
            self.table.setFocus()
            return
        pupil = self._context.attempt(lambda: pupils.record(self._context.desk, pupil_id).pupil)
        if pupil is not None:
            self.table.choose_none()
            self._show_one()
            self._asked_for = (pupil_id, _("{pupil} ({ref})").format(pupil=pupil.full_name, ref=pupil.ref))
            words = _("{pupil} ({ref}): nothing is due. An erasure can be proposed on another ground, such as a request.")
            self.words.setText(words.format(pupil=pupil.full_name, ref=pupil.ref))
            self.words.setMinimumHeight(1)  # as tall as at the width they have, and not at the narrowest: the buttons are in sight
            self.words.show()
            self._offer(self.propose_button, Action.PROPOSE_ERASURE, visible=True)
            self.propose_button.setFocus()

    @property
    def line(self) -> CaseLine | None:
        """The one that the person is on."""
        return self.table.current() if self.table.rows else None

    def _show_one(self) -> None:
        line, desk = self.line, self._context.desk
        self._asked_for = ("", "")
        self.words.setMinimumHeight(0)
        hint = _("Choose a line to see what can be done.") if self.table.rows else ""
        lifted = _(" It is lifted under “Holds on deletion”.") if line is not None and line.state is State.HELD else ""
        show_words(self.words, line.words + lifted if line is not None else hint)
        state, is_own = (line.state if line is not None else None), False
        if line is not None and line.case is not None:
            is_own = line.case.proposed.by_id == desk.user.id
        open_case = state in (State.READY, State.AGREE, State.WAITING) or (
            state is State.HELD and line is not None and line.case is not None
        )
        for command_button, visible, action in (
            (self.propose_button, state in (State.DUE, State.SOON), Action.PROPOSE_ERASURE),
            (self.agree_button, state is State.AGREE, Action.AGREE_ERASURE),
            (self.carry_button, state is State.READY, Action.ERASE),
            (self.withdraw_button, open_case, Action.PROPOSE_ERASURE),
            (self.hold_button, state in (State.DUE, State.SOON, State.AGREE, State.WAITING, State.READY), Action.SET_HOLD),
            (self.certificate_button, state is State.DONE, Action.READ_RECORD),
            (self.another_button, self._view_key == TO_DO, Action.PROPOSE_ERASURE),
        ):
            self._offer(command_button, action, visible=visible)
        if is_own:
            self.agree_button.setEnabled(False)
            self.agree_button.setToolTip(_("You proposed it. Somebody else must agree."))

    @property
    def _chosen_lines(self) -> list[CaseLine]:
        """Of several lines chosen those with which the same can be done as with the one that the person is on; else none."""
        rows, line = self.table.selected(), self.line
        alike = of_state(rows, line.state) if line is not None and len(rows) > 1 else []
        return alike if len(alike) > 1 else []

    def _show_several(self) -> None:
        """How many lines are chosen, where it is more than one."""
        if lines := self._chosen_lines:
            self.words.setText(
                _("{number} lines chosen. What you do is done with each of them: {names}.").format(
                    number=len(lines), names=join_words([row.name for row in lines])
                )
            )
        else:
            self._show_one()

    def _names_and_reach(self, rows: Sequence[CaseLine]) -> str:
        desk = self._context.desk
        return "\n".join(
            _("{pupil} ({ref}): {how}").format(pupil=row.name, ref=row.ref, how=how_much(desk, row.reach, row.parts)) for row in rows
        )

    def _what_comes_before(self) -> str:
        """What must happen before an erasure that is proposed is carried out: where there is one user alone, nobody else can agree."""
        if cases.is_alone(self._context.desk):
            return _("Some days pass, and the recovery code is asked for, before it can be carried out: there is one user alone.")
        return _("Somebody else must agree, and some days pass, before it can be carried out.")

    def _offer(self, command_button: QPushButton, action: Action, *, visible: bool) -> None:
        may = self._context.desk.may(action)
        command_button.setVisible(visible)
        command_button.setEnabled(may)
        command_button.setToolTip("" if may else only(action))

    # -- what can be done

    def propose(self) -> None:
        """The erasure that each line chosen says is due; or one of the pupil that another page has led to."""
        line, lines = self.line, self._chosen_lines
        if line is not None and line.state is State.DUE and lines:
            words = f"{self._what_comes_before()}\n{self._names_and_reach(lines)}"
            if self._context.ask.confirm(_("Propose to erase, {number} pupils?").format(number=len(lines)), words, _("Propose them")):
                self._act(lambda: several.propose(self._context.desk, lines), _("The erasures are proposed."))
            return
        if line is None:
            if self._asked_for[0]:
                self._propose(*self._asked_for)
            return
        if line.state is State.SOON:
            self._propose(line.pupil_id, pupil_words(line))
            return
        words, how = _("{pupil} ({ref}). {how}. {before}"), how_much(self._context.desk, line.reach, line.parts)
        text = words.format(pupil=line.name, ref=line.ref, how=how, before=self._what_comes_before())
        if self._context.ask.confirm(_("Propose to erase?"), text, _("Propose it")):
            self._keep_proposal(line.pupil_id, line.reach, Ground.DUE, "", line.parts)

    def propose_another(self) -> None:
        """An erasure of a pupil whose time is not over, on another ground."""
        number = self._context.ask.text(
            _("Propose to erase"), _("Of which pupil? Our reference, or the UPN."), _("Reference or UPN"), verb=_("Go on")
        )
        pupil = self._context.attempt(lambda: pupils.by_number(self._context.desk, number)) if number else None
        if pupil is not None:
            self._propose(pupil.id, _("{pupil} ({ref})").format(pupil=pupil.full_name, ref=pupil.ref))

    def _propose(self, pupil_id: str, pupil_words: str) -> None:
        ask, schedule = self._context.ask, self._context.desk.schedule
        grounds = [Choice(code.code, code.label) for code in codelist("erasure_ground").choices(self._context.desk.today)]
        law = _("{pupil}. The law keeps each entry of the registers {least}: only a court, or a mistake, goes before that.").format(
            pupil=pupil_words, least=schedule.register_law
        )
        ground = ask.choose(_("Why is it to be erased?"), law, [*grounds, Choice("", _("Cancel"))], safe="")
        if not ground:
            return
        reaches = [Choice(code.code, code.label) for code in codelist("erasure_reach").choices(self._context.desk.today)]
        proof = _("{pupil}. Proof of choices, notices and of what was told is kept {until}.").format(
            pupil=pupil_words, until=schedule[PROOF].running
        )
        reach = ask.choose(_("How much is to be erased?"), proof, [*reaches, Choice("", _("Cancel"))], safe="")
        if not reach:
            return
        text = _(
            "The erasure of {pupil} is proposed. A note, such as the number of the request. Name nobody in it: it stays when the data are gone. It may be empty where the time is over."
        )
        note = ask.text(_("A note"), text.format(pupil=pupil_words), _("Note"), verb=_("Propose it"))
        if note is not None:
            self._keep_proposal(pupil_id, Reach(reach), Ground(ground), note)

    def _keep_proposal(self, pupil_id: str, reach: Reach, ground: Ground, note: str, parts: Sequence[str] = ()) -> None:
        if self._context.keep(
            lambda: cases.propose(self._context.desk, pupil_id, reach, ground, note, parts=parts), _("The erasure is proposed.")
        ):
            self.refresh()

    def agree(self) -> None:
        """The second person's word, for each line chosen."""
        line, lines = self.line, self._chosen_lines
        if lines:
            if self._context.ask.confirm(
                _("Agree to erase, {number} pupils?").format(number=len(lines)), self._names_and_reach(lines), _("I agree to all")
            ):
                self._act(lambda: several.agree(self._context.desk, lines), _("You have agreed to the erasures."))
            return
        if line is None or line.case is None:
            return
        case = line.case
        words = _("{pupil} ({ref}). {how}. {words}").format(
            pupil=line.name, ref=line.ref, how=how_much(self._context.desk, line.reach, line.parts), words=line.words
        )
        if self._context.ask.confirm(_("Agree to erase?"), words, _("I agree")):
            self._act(lambda: cases.agree(self._context.desk, case.id), _("You have agreed to the erasure."))

    def withdraw(self) -> None:
        """Think again."""
        line = self.line
        if line is None or line.case is None:
            return
        case = line.case
        text = _("{pupil}. It stays on file that it was proposed and withdrawn. Name nobody in the reason.").format(pupil=pupil_words(line))
        reason = self._context.ask.text(_("Withdraw this erasure?"), text, _("Why"), verb=_("Withdraw it"), stay=_("Keep it"))
        if reason is not None:
            self._act(lambda: cases.withdraw(self._context.desk, case.id, reason), _("The erasure is withdrawn."))

    def carry_out(self) -> None:
        """Erase, once the surname is typed, and the recovery code where nobody else could agree."""
        line, desk, ask = self.line, self._context.desk, self._context.ask
        if line is None or line.case is None:
            return
        rows = self._chosen_lines or [line]
        if not self._sure_of(rows):
            return
        code = None
        if any(row.case is not None and ErasureLack.CODE in cases.standing(desk, row.case) for row in rows):
            text = _(
                "To erase: {pupils}. You are the only user, so nobody else can agree. Type the recovery code from the sealed envelope."
            )
            code = ask.secret(
                _("Recovery code"), text.format(pupils=some_of([pupil_words(row) for row in rows])), _("Recovery code"), verb=_("Erase")
            )
            if code is None:
                return
        self._act(lambda: several.carry_out(desk, rows, recovery_code=code), _("It is erased. The certificate is under “What was erased”."))

    def _sure_of(self, rows: Sequence[CaseLine]) -> bool:
        """Whether the person typed the surname, or of several pupils how many they are."""
        line, ask = rows[0], self._context.ask
        if len(rows) > 1:
            text = (
                _("This cannot be undone. To go on, type how many lines it is: {number}").format(number=len(rows))
                + "\n"
                + self._names_and_reach(rows)
            )
            return ask.confirm_typed(_("Erase the data of {number} pupils?").format(number=len(rows)), text, str(len(rows)), _("Erase"))
        surname = line.name.partition(",")[0]
        words = _("{pupil}\n{how}. This cannot be undone. To go on, type the surname of the pupil: {surname}")
        text = words.format(pupil=pupil_words(line), how=how_much(self._context.desk, line.reach, line.parts), surname=surname)
        return ask.confirm_typed(_("Erase the data of this pupil?"), text, surname, _("Erase"))

    def _act(self, work: Callable[[], Changed], message: str) -> None:
        if self._context.keep(work, message):
            self.refresh()

    def hold(self) -> None:
        """Nothing of this pupil's is deleted from now on."""
        if self.line is not None:
            self.went_to_holds.emit(self.line.pupil_id)

    def print_(self) -> None:
        """The certificate of the line one is on, seen first."""
        line, desk = self.line, self._context.desk
        if line is None or line.case is None or line.state is not State.DONE:
            return
        case_id = line.case.id

        def work(_job: object) -> tuple[str, bytes]:
            from pupil_desk.documents.pdf.page import build_pdf

            story, title = certificate.certificate(desk, case_id)
            return title, build_pdf(story, title=title, footer=desk.settings.name)

        self._context.jobs.run(self, work, lambda paper: self._show(case_id, paper), title=_("Making the certificate"))

    def _show(self, case_id: str, paper: tuple[str, bytes]) -> None:
        self._paper.show_pdf(*paper, on_printed=lambda: certificate.log_print(self._context.desk, case_id), guard=NOBODY)
        self.certified.emit()
