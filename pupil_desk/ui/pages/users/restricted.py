"""Who may read restricted notes, on the page of users: named by a data officer, given their key by one who holds it, or by two of three sheets."""

from collections.abc import Callable

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.notes import key_sheets, readers, second_key
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.papers.printing import print_pdf
from pupil_desk.ui.kit.words import button, flow_of, label


class ReaderTick(TickBox):
    """Ticked while the user chosen may read restricted notes; a data officer changes it."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("May read restricted notes"))
        self.context = context
        self._member: StaffMember | None = None
        self._readers: dict[str, str] = {}
        self._waiting: frozenset[str] = frozenset()
        self.column = Column[StaffMember](
            "restricted", _("Restricted notes"), self._words, tip=lambda member: self._readers.get(member.id, "")
        )
        self.clicked.connect(self.change)

    def read(self) -> None:
        """Who is named now; someone who may not manage users learns it of themselves."""
        desk = self.context.desk
        self._waiting = frozenset(second_key.waiting(desk.vault))
        if not desk.may(Action.MANAGE_USERS):
            self._readers = {desk.user.id: ""} if readers.may_read(desk) else {}
            return
        words = _("Named by {by} on {day}: {reason}")
        self._readers = {
            reader.user_id: words.format(by=reader.by, day=show_date(reader.since.date()), reason=reader.reason)
            for reader in readers.named_readers(desk).values()
        }

    def _words(self, member: StaffMember) -> str:
        if member.id in self._waiting:
            return _("Waits for the key")
        return _("May read them") if member.id in self._readers else ""

    def show_member(self, member: StaffMember | None) -> None:
        """The tick of that user, as it is on file."""
        self._member = member
        may = self.context.desk.may(Action.MANAGE_USERS)
        self.setEnabled(may and member is not None)
        self.setToolTip(_("The name and the reason stay on record") if may else only(Action.MANAGE_USERS))
        self.setChecked(member is not None and member.id in self._readers)
        name = member.name.replace("&", "&&") if member is not None else _("This user")
        self.setText(_("{name} may read restricted no&tes").format(name=name))
        self.setAccessibleName(_("{name} may read restricted notes").format(name=name))

    def change(self) -> None:
        """Name the user shown, or no longer, once the reason is given."""
        member = self._member
        self.show_member(member)  # as it is on file, until it is agreed
        if member is None:
            return
        may = member.id not in self._readers
        if may:
            hint = _("Reason, such as “designated safeguarding lead”")
            title, verb, message = _("Let {name} read restricted notes?"), _("Name them"), _("{name} may read restricted notes.")
            text = _(
                "{name} then reads every restricted note of every pupil. It holds at once, and stays on record with your name and the reason."
            )
            if not second_key.is_held(self.context.desk.vault):
                text = _(
                    "{name} then reads every restricted note of every pupil, once somebody who holds their key hands it over. It stays on record with your name and the reason."
                )
        else:
            hint = _("Reason, such as “has another post”")
            title, verb, message = _("Stop {name} reading restricted notes?"), _("Stop it"), _("{name} no longer reads restricted notes.")
            text = _("{name} then reads only what {name} wrote. It holds at once, and stays on record with your name and the reason.")
        reason = self.context.ask.text(title.format(name=member.name), text.format(name=member.name), hint, verb=verb)
        if reason is not None:
            desk, banner = self.context.desk, self.context.banner
            if self.context.keep(lambda: readers.set_reader(desk, member, may=may, reason=reason)):
                if member.id in second_key.waiting(desk.vault):
                    waits = _("{name} is named to read restricted notes, and waits for their key. {who}")
                    banner.note(waits.format(name=member.name, who=second_key.who_hands_over(desk)))
                else:
                    banner.success(message.format(name=member.name))


class NotesKey:
    """Who holds the key of the restricted notes, handing it over to who waits for it, and its three sheets: whatever one's role.

    ``show_once`` shows a secret, and puts it in force once it is noted.
    """

    def __init__(self, context: Context, show_once: Callable[..., Changed | None]) -> None:
        self.context, self._show_once, self.send = context, show_once, print_pdf
        self.words = label("", "hint")
        self.words.setAccessibleName(_("The key of the restricted notes"))
        self.button = button(_("Hand over the key of the restricted notes…"), self.hand_over, icon_name="lock-key")
        self.make_button = button(_("Three sheets for the key of the restricted notes…"), self.make_sheets, icon_name="printer")
        self.open_button = button(_("Get the key of the restricted notes by two sheets…"), self.open_with_sheets, icon_name="lock-key")
        self.buttons = flow_of(self.button, self.make_button, self.open_button)

    def refresh(self) -> None:
        """As it is now; the button is there for who holds the key, while somebody waits for it."""
        desk = self.context.desk
        made_on = key_sheets.made_on(desk)
        sheets = _("Its three sheets were made on {day}.").format(day=made_on) if made_on else ""
        self.words.setText(" ".join(filter(None, (second_key.who_holds_it(desk), sheets))))
        self.button.setVisible(bool(second_key.to_be_given(desk)))
        self.make_button.setVisible(key_sheets.may_make(desk))
        self.open_button.setVisible(key_sheets.may_open(desk))

    def hand_over(self) -> None:
        """To the first who waits; the question names them."""
        waiting = second_key.to_be_given(self.context.desk)
        if not waiting:
            return
        member = waiting[0]
        text = _(
            "{name} can then open every restricted note of every pupil. A data officer has named them for it. Only you, or another who holds the key, can do this."
        )
        if self.context.ask.confirm(
            _("Hand the key of the restricted notes over to {name}?").format(name=member.name),
            text.format(name=member.name),
            _("Hand it over"),
        ):
            self.context.keep(
                lambda: second_key.hand_over(self.context.desk, member),
                _("{name} holds the key from the next sign-in.").format(name=member.name),
            )

    def make_sheets(self) -> None:
        """Three codes, printed on a sheet each, in force once groups of each were typed back from the paper."""
        text = _(
            "Pupil Desk makes up three codes and shows them, to be printed on a sheet each, for three people. Any two together give the key to somebody who is named; the recovery code then opens the restricted notes no more. Sheets of before open nothing once the new ones are in force."
        )
        if not self.context.ask.confirm(_("Make three sheets for the key of the restricted notes?"), text, _("Make the sheets")):
            return
        new = self.context.attempt(lambda: key_sheets.new_sheets(self.context.desk))
        if new is None:
            return
        words = _("Print them, and give each sheet to another person in a sealed envelope. The codes are shown only now.")
        codes, had_some = new.secret.split("\n"), bool(key_sheets.made_on(self.context.desk))
        changed = self._show_once(new, _("Three sheets"), words, print_it=lambda: self._print(codes), typed_back=codes)
        if changed is not None:
            self.context.news.tell(changed)
            done = _("The three sheets are in force. Destroy those of before.") if had_some else _("The three sheets are in force.")
            self.context.banner.success(done)

    def _print(self, codes: list[str]) -> None:
        from pupil_desk.documents.papers import recovery_sheet
        from pupil_desk.documents.pdf.page import build_pdf

        desk = self.context.desk
        data = build_pdf(
            recovery_sheet.key_sheets(desk.settings.name, codes, show_date(desk.today)), title=_("Key of the restricted notes")
        )
        self.context.attempt(lambda: self.send(data, self.words.window(), memory=self.context.memory))

    def open_with_sheets(self) -> None:
        """The codes of two sheets, typed by who is named and does not hold the key; a mistyped one is asked for again, and no other."""
        title, ask, desk = _("The key of the restricted notes by two sheets"), self.context.ask, self.context.desk
        words, field, verb = _("Type the code of one sheet."), _("Code of a sheet"), _("Go on")
        first = ask.text(title, words, field, verb=verb, check=lambda code: key_sheets.fault(desk, code))
        if first is None:
            return
        words, field, verb = _("Type the code of another sheet."), _("Code of another sheet"), _("Get the key")
        second = ask.text(title, words, field, verb=verb, check=lambda code: key_sheets.fault(desk, first, code))
        if second is not None:
            self.context.keep(lambda: key_sheets.open_with(desk, first, second), _("You hold the key of the restricted notes."))
