"""Who may read restricted notes, on the page of users: named by a data officer, given their key by one who holds it."""

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.notes import readers, second_key
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.rows import Column
from pupil_desk.ui.kit.words import button, label


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
            title, verb, message = _("Let {name} read restricted notes?"), _("Name them"), _("{name} may read restricted notes.")
            text = _(
                "{name} then reads every restricted note of every pupil. It holds at once, and stays on record with your name and the reason."
            )
            if not second_key.is_held(self.context.desk.vault):
                text = _(
                    "{name} then reads every restricted note of every pupil, once somebody who holds their key hands it over. It stays on record with your name and the reason."
                )
        else:
            title, verb, message = _("Stop {name} reading restricted notes?"), _("Stop it"), _("{name} no longer reads restricted notes.")
            text = _("{name} then reads only what {name} wrote. It holds at once, and stays on record with your name and the reason.")
        reason = self.context.ask.text(
            title.format(name=member.name), text.format(name=member.name), _("Reason, such as “designated safeguarding lead”"), verb=verb
        )
        if reason is not None:
            desk = self.context.desk
            self.context.keep(lambda: readers.set_reader(desk, member, may=may, reason=reason), message.format(name=member.name))


class NotesKey:
    """Who holds the key of the restricted notes, and handing it over to who waits for it, whatever one's role."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.words = label("", "hint")
        self.words.setAccessibleName(_("The key of the restricted notes"))
        self.button = button(_("Hand over the key of the restricted notes…"), self.hand_over, icon_name="lock-key")

    def refresh(self) -> None:
        """As it is now; the button is there for who holds the key, while somebody waits for it."""
        desk = self.context.desk
        self.words.setText(second_key.who_holds_it(desk))
        self.button.setVisible(bool(second_key.to_be_given(desk)))

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
