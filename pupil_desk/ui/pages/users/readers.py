"""Who is named to read restricted notes: a tick for the user chosen, agreed with a reason."""

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.notes import readers
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.lists.rows import Column


class ReaderTick(TickBox):
    """Ticked while the user chosen may read restricted notes; a data officer changes it."""

    def __init__(self, context: Context) -> None:
        super().__init__(_("May read restricted notes"))
        self.context = context
        self._member: StaffMember | None = None
        self._readers: dict[str, str] = {}
        self.column = Column[StaffMember](
            "restricted", _("Restricted notes"), self._words, tip=lambda member: self._readers.get(member.id, "")
        )
        self.clicked.connect(self.change)

    def read(self) -> None:
        """Who is named now; someone who may not manage users learns it of themselves."""
        desk = self.context.desk
        if not desk.may(Action.MANAGE_USERS):
            self._readers = {desk.user.id: ""} if readers.may_read(desk) else {}
            return
        words = _("Named by {by} on {day}: {reason}")
        self._readers = {
            reader.user_id: words.format(by=reader.by, day=show_date(reader.since.date()), reason=reader.reason)
            for reader in readers.named_readers(desk).values()
        }

    def _words(self, member: StaffMember) -> str:
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
        else:
            title, verb, message = _("Stop {name} reading restricted notes?"), _("Stop it"), _("{name} no longer reads restricted notes.")
            text = _("{name} then reads only what {name} wrote. It holds at once, and stays on record with your name and the reason.")
        reason = self.context.ask.text(
            title.format(name=member.name), text.format(name=member.name), _("Reason, such as “designated safeguarding lead”"), verb=verb
        )
        if reason is not None:
            desk = self.context.desk
            self.context.keep(lambda: readers.set_reader(desk, member, may=may, reason=reason), message.format(name=member.name))
