"""Who may read restricted notes, and who is safeguarding lead, on the page of users: named by a data officer, given their key by one who
holds it, or by two of three sheets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.changes import Changed
from pupil_desk.domain.unit.staff import StaffMember
from pupil_desk.services.notes import key_sheets, readers, second_key
from pupil_desk.services.notes.rooms import NOTES, SAFEGUARDING_FILES, Room
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.tickbox import TickBox
from pupil_desk.ui.kit.heading import only
from pupil_desk.ui.kit.papers.printing import print_pdf
from pupil_desk.ui.kit.words import button, flow_of, label


@dataclass(frozen=True, slots=True)
class _RoomWords:
    """How the page speaks of who is named for a room. In ``tick`` the letter to press stands behind «&»; «{name}» is whom it concerns."""

    short: str
    waits: str
    tick: str
    name_title: str
    named_now: str
    reads: str
    reads_once_handed: str
    end_title: str
    ended: str
    reads_no_more: str
    hand_over: str
    make_sheets: str
    open_with_sheets: str


_WORDS: Mapping[str, _RoomWords] = {
    NOTES.name: _RoomWords(
        short=_("May read them"),
        waits=_("Waits for the key"),
        tick=_("{name} may read restricted no&tes"),
        name_title=_("Let {name} read restricted notes?"),
        named_now=_("{name} may read restricted notes."),
        reads=_(
            "{name} then reads every restricted note of every pupil. It holds at once, and stays on record with your name and the reason."
        ),
        reads_once_handed=_(
            "{name} then reads every restricted note of every pupil, once somebody who holds their key hands it over. It stays on record with your name and the reason."
        ),
        end_title=_("Stop {name} reading restricted notes?"),
        ended=_("{name} no longer reads restricted notes."),
        reads_no_more=_("{name} then reads only what {name} wrote. It holds at once, and stays on record with your name and the reason."),
        hand_over=_("Hand over the key of the restricted notes…"),
        make_sheets=_("Three sheets for the key of the restricted notes…"),
        open_with_sheets=_("Get the key of the restricted notes by two sheets…"),
    ),
    SAFEGUARDING_FILES.name: _RoomWords(
        short=_("Safeguarding lead or deputy"),
        waits=_("Safeguarding, waits for the key"),
        tick=_("{name} is safe&guarding lead or deputy"),
        name_title=_("Name {name} as safeguarding lead or deputy?"),
        named_now=_("{name} is named as safeguarding lead or deputy."),
        reads=_(
            "{name} then opens the safeguarding file of every pupil, beside what their role includes. It stays on record with your name and the reason."
        ),
        reads_once_handed=_(
            "{name} then opens the safeguarding file of every pupil, once somebody who holds their key hands it over. It stays on record with your name and the reason."
        ),
        end_title=_("Is {name} safeguarding lead or deputy no longer?"),
        ended=_("{name} no longer opens safeguarding files."),
        reads_no_more=_("{name} then opens no safeguarding file. It holds at once, and stays on record with your name and the reason."),
        hand_over=_("Hand over the key of the safeguarding files…"),
        make_sheets=_("Three sheets for the key of the safeguarding files…"),
        open_with_sheets=_("Get the key of the safeguarding files by two sheets…"),
    ),
}


class ReaderTick(TickBox):
    """Ticked while the user chosen is named for a room; a data officer changes it."""

    def __init__(self, context: Context, room: Room = NOTES) -> None:
        self._room, self._texts = room, _WORDS[room.name]
        super().__init__(self._texts.tick.format(name=_("This user")))
        self.context = context
        self._member: StaffMember | None = None
        self._readers: dict[str, str] = {}
        self._waiting: frozenset[str] = frozenset()
        self.clicked.connect(self.change)

    def read(self) -> None:
        """Who is named now; someone who may not manage users learns it of themselves."""
        desk = self.context.desk
        self._waiting = frozenset(second_key.waiting(desk.vault, self._room))
        if not desk.may(Action.MANAGE_USERS):
            self._readers = {desk.user.id: ""} if readers.may_read(desk, self._room) else {}
            return
        words = _("Named by {by} on {day}: {reason}")
        self._readers = {
            reader.user_id: words.format(by=reader.by, day=show_date(reader.since.date()), reason=reader.reason)
            for reader in readers.named_readers(desk, self._room).values()
        }

    def words_of(self, member: StaffMember) -> str:
        """What is said of a user in the list, empty for who is not named."""
        if member.id in self._waiting:
            return self._texts.waits
        return self._texts.short if member.id in self._readers else ""

    def tip_of(self, member: StaffMember) -> str:
        """By whom a user was named, when and why; empty for who is not named."""
        return self._readers.get(member.id, "")

    def show_member(self, member: StaffMember | None) -> None:
        """The tick of that user, as it is on file."""
        self._member = member
        may = self.context.desk.may(Action.MANAGE_USERS)
        self.setEnabled(may and member is not None)
        self.setToolTip(_("The name and the reason stay on record") if may else only(Action.MANAGE_USERS))
        self.setChecked(member is not None and member.id in self._readers)
        name = member.name if member is not None else _("This user")
        self.setText(self._texts.tick.format(name=name.replace("&", "&&")))
        self.setAccessibleName(self._texts.tick.replace("&", "").format(name=name))

    def change(self) -> None:
        """Name the user shown, or no longer, once the reason is given."""
        member = self._member
        self.show_member(member)  # as it is on file, until it is agreed
        if member is None:
            return
        may, texts = member.id not in self._readers, self._texts
        if may:
            hint, verb = _("Reason, such as “designated safeguarding lead”"), _("Name them")
            held = second_key.is_held(self.context.desk.vault, self._room)
            title, text, message = texts.name_title, texts.reads if held else texts.reads_once_handed, texts.named_now
        else:
            hint, verb = _("Reason, such as “has another post”"), _("Stop it")
            title, text, message = texts.end_title, texts.reads_no_more, texts.ended
        reason = self.context.ask.text(title.format(name=member.name), text.format(name=member.name), hint, verb=verb)
        if reason is not None:
            desk, banner = self.context.desk, self.context.banner
            if self.context.keep(lambda: readers.set_reader(desk, member, may=may, reason=reason, room=self._room)):
                if member.id in second_key.waiting(desk.vault, self._room):
                    waits = _("{name} is {naming}, and waits for their key. {who}")
                    who = second_key.who_hands_over(desk, self._room)
                    banner.note(waits.format(name=member.name, naming=self._room.naming, who=who))
                else:
                    banner.success(message.format(name=member.name))


class KeyOfRoom:
    """Who holds the key of a room, handing it over to who waits for it, and its three sheets: whatever one's role.

    ``show_once`` shows a secret, and puts it in force once it is noted.
    """

    def __init__(self, context: Context, show_once: Callable[..., Changed | None], room: Room = NOTES) -> None:
        self.context, self._show_once, self.send, self._room = context, show_once, print_pdf, room
        texts = _WORDS[room.name]
        self.words = label("", "hint")
        self.words.setAccessibleName(room.key_at_start)
        self.button = button(texts.hand_over, self.hand_over, icon_name="lock-key")
        self.make_button = button(texts.make_sheets, self.make_sheets, icon_name="printer")
        self.open_button = button(texts.open_with_sheets, self.open_with_sheets, icon_name="lock-key")
        self.buttons = flow_of(self.button, self.make_button, self.open_button)

    def refresh(self) -> None:
        """As it is now; the button is there for who holds the key, while somebody waits for it. Their line takes no room where none is offered."""
        desk = self.context.desk
        made_on = key_sheets.made_on(desk, self._room)
        sheets = _("Its three sheets were made on {day}.").format(day=made_on) if made_on else ""
        self.words.setText(" ".join(filter(None, (second_key.who_holds_it(desk, self._room), sheets))))
        offered = {
            self.button: bool(second_key.to_be_given(desk, self._room)),
            self.make_button: key_sheets.may_make(desk, self._room),
            self.open_button: key_sheets.may_open(desk, self._room),
        }
        for key_button, is_offered in offered.items():
            key_button.setVisible(is_offered)
        self.buttons.setVisible(any(offered.values()))

    def hand_over(self) -> None:
        """To the first who waits; the question names them."""
        waiting = second_key.to_be_given(self.context.desk, self._room)
        if not waiting:
            return
        member = waiting[0]
        text = _(
            "{name} can then open all {texts} of every pupil. A data officer has named them for it. Only you, or another who holds the key, can do this."
        )
        if self.context.ask.confirm(
            _("Hand {key} over to {name}?").format(key=self._room.key, name=member.name),
            text.format(name=member.name, texts=self._room.texts),
            _("Hand it over"),
        ):
            self.context.keep(
                lambda: second_key.hand_over(self.context.desk, member, self._room),
                _("{name} holds the key from the next sign-in.").format(name=member.name),
            )

    def make_sheets(self) -> None:
        """Three codes, printed on a sheet each, in force once groups of each were typed back from the paper."""
        text = _(
            "Pupil Desk makes up three codes and shows them, to be printed on a sheet each, for three people. Any two together give the key to somebody who is named; the recovery code then opens the {texts} no more. Sheets of before open nothing once the new ones are in force."
        ).format(texts=self._room.texts)
        if not self.context.ask.confirm(_("Make three sheets for {key}?").format(key=self._room.key), text, _("Make the sheets")):
            return
        new = self.context.attempt(lambda: key_sheets.new_sheets(self.context.desk, self._room))
        if new is None:
            return
        words = _("Print them, and give each sheet to another person in a sealed envelope. The codes are shown only now.")
        codes, had_some = new.secret.split("\n"), bool(key_sheets.made_on(self.context.desk, self._room))
        changed = self._show_once(new, _("Three sheets"), words, print_it=lambda: self._print(codes), typed_back=codes)
        if changed is not None:
            self.context.news.tell(changed)
            done = _("The three sheets are in force. Destroy those of before.") if had_some else _("The three sheets are in force.")
            self.context.banner.success(done)

    def _print(self, codes: list[str]) -> None:
        from pupil_desk.documents.papers import recovery_sheet
        from pupil_desk.documents.pdf.page import build_pdf

        desk = self.context.desk
        story = recovery_sheet.key_sheets(desk.settings.name, codes, show_date(desk.today), self._room.texts, self._room.key)
        data = build_pdf(story, title=self._room.key_at_start)
        self.context.attempt(lambda: self.send(data, self.words.window(), memory=self.context.memory))

    def open_with_sheets(self) -> None:
        """The codes of two sheets, typed by who is named and does not hold the key; a mistyped one is asked for again, and no other."""
        title, ask, desk = _("{key} by two sheets").format(key=self._room.key_at_start), self.context.ask, self.context.desk
        words, field, verb = _("Type the code of one sheet."), _("Code of a sheet"), _("Go on")
        first = ask.text(title, words, field, verb=verb, check=lambda code: key_sheets.fault(desk, code, room=self._room))
        if first is None:
            return
        words, field, verb = _("Type the code of another sheet."), _("Code of another sheet"), _("Get the key")
        second = ask.text(title, words, field, verb=verb, check=lambda code: key_sheets.fault(desk, first, code, room=self._room))
        if second is not None:
            done = _("You hold {key}.").format(key=self._room.key)
            self.context.keep(lambda: key_sheets.open_with(desk, first, second, self._room), done)
