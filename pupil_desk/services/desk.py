"""The small tray that every service is handed: the open file, who is at the desk, and the time.

Beside it, how long work says how far it is, and how services that must not know the window ask for pictures of its pages.
"""

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from pupil_desk import __version__
from pupil_desk.basics.clock import Clock, stamp
from pupil_desk.basics.errors import NotAllowed
from pupil_desk.basics.rulefiles import in_force
from pupil_desk.basics.words import _
from pupil_desk.domain.governance.retention import Schedule
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.domain.unit.staff import SecondRole, StaffMember
from pupil_desk.services.roles import Action, may, who_may
from pupil_desk.store.file import audit
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows.rows import new_id
from pupil_desk.store.tables import notes, retention_events, second_keys
from pupil_desk.store.tables import settings as settings_store

_ROOM_OF = {SecondRole.SAFEGUARDING_LEAD: second_keys.SAFEGUARDING}
_VIEW_AGAIN_AFTER = timedelta(minutes=10)  # one view of a record is one log row, however often it is repainted


@dataclass(frozen=True, slots=True)
class Work:
    """One transaction under way: when and by whom, and a way to add further log rows to it. ``act`` is its own identity."""

    desk: "Desk"
    moment: datetime
    actor: str
    act: str = field(default_factory=new_id)

    @property
    def stamp(self) -> str:
        """The moment, as the file keeps it."""
        return stamp(self.moment)

    def provenance(self, source: str) -> dict[str, str]:
        """What every amendment bears: when, by whom, by which act, and how («form», «import», …)."""
        return {"moment": self.stamp, "actor": self.actor, "act": self.act, "source": source}

    def note(self, action: Action | str, kind: str = "", object_id: str = "", reason: str = "") -> None:
        """One more row of the log in the same transaction. ``reason`` holds field names, counts or a stated reason, never values."""
        self.desk.append(self.moment, action, kind, object_id, reason)


@dataclass(frozen=True, slots=True)
class Desk:
    """What every service function takes first."""

    vault: Vault
    user: StaffMember
    clock: Clock
    _viewed: dict[tuple[str, str], datetime] = field(default_factory=dict, repr=False)
    _acts: deque[str] = field(default_factory=partial(deque, maxlen=1), repr=False)

    @property
    def today(self) -> date:
        return self.clock.today()

    @property
    def settings(self) -> UnitSettings:
        """The unit's settings in force."""
        return self.vault.while_unchanged.remember("settings", lambda: settings_store.current(self.vault))

    @property
    def schedule(self) -> Schedule:
        """How long each class of what is held is kept, as it holds today."""
        return retention_events.schedule(self.vault, self.today)

    @property
    def last_act(self) -> str:
        """The identity of what was done last at this desk; empty for nothing."""
        return self._acts[-1] if self._acts else ""

    def remember[T](self, what: str, work: Callable[[], T], *about: Hashable) -> T:
        """What takes long to work out of the file, once for as long as the file, the day and the rules stay as they are."""
        return self.vault.while_unchanged.remember((what, self.today, in_force(), *about), work)

    def may(self, action: Action) -> bool:
        """Whether the person at the desk may do this, by their role or by a second one that they hold."""
        return may(self.user.role, action) or any(may(role, action) and self.holds(role) for role in SecondRole)

    def holds(self, role: SecondRole) -> bool:
        """Whether they hold a second role: they are named for it, and hold the key of its room, without which the name opens nothing."""
        room = _ROOM_OF[role]
        return notes.is_reader(self.vault, self.user.id, room) and second_keys.is_held(self.vault, room)

    def require(self, action: Action, kind: str = "", object_id: str = "") -> None:
        """Refuse what the role does not include, and log that it was asked for. Raises NotAllowed, saying who may."""
        if self.may(action):
            return
        if self.vault.read_only:
            raise NotAllowed(_refusal(action))
        with self.vault.transaction():
            self.append(self.clock.now(), f"refused: {action.value}", kind, object_id, "")
        raise NotAllowed(_refusal(action))

    @contextmanager
    def act(
        self, action: Action, kind: str = "", object_id: str = "", reason: str = "", *, last: Callable[[], None] | None = None
    ) -> Iterator[Work]:
        """One whole transaction with its log row inside it; an exception undoes both.

        ``last`` is what a transaction cannot undo, such as a change of the keys: it is done when nothing is left but to
        commit. Should the commit itself fail, it has been done all the same; the keys alone are put back.
        """
        self.require(action, kind, object_id)
        with self.vault.transaction():
            work = Work(self, self.clock.now(), self.user.id)
            yield work
            self.append(work.moment, action, kind, object_id, reason)
            if last is not None:
                last()
        self._acts.append(work.act)

    def log(self, action: Action, kind: str = "", object_id: str = "", reason: str = "") -> None:
        """One whole transaction that writes its log row and nothing else."""
        with self.act(action, kind, object_id, reason):
            pass

    def viewed(self, kind: str, object_id: str) -> None:
        """Log that a record was looked at, once in ten minutes of one sitting."""
        self.require(Action.READ_RECORD, kind, object_id)
        now = self.clock.now()
        last = self._viewed.get((kind, object_id))
        if self.vault.read_only or (last is not None and now - last < _VIEW_AGAIN_AFTER):
            return
        with self.vault.transaction(changes=False):
            self.append(now, "view", kind, object_id, "")
        self._viewed[(kind, object_id)] = now

    def append(self, moment: datetime, action: Action | str, kind: str, object_id: str, reason: str) -> None:
        """One row of the log, inside a transaction."""
        audit.append(
            self.vault,
            moment=moment,
            user_id=self.user.id,
            role=self.user.role.value,
            action=action.value if isinstance(action, Action) else action,
            kind=kind,
            object_id=object_id,
            reason=reason,
            app_version=__version__,
        )


def _refusal(action: Action) -> str:
    return _("Your role does not include this. Ask someone who may: {who}.").format(who=who_may(action))


type Progress = Callable[[int, int, str], None]
"""What long work calls: done, total, in words. It may raise to stop the work."""


def unwatched(_finished: int, _total: int, _words: str) -> None:
    """The progress of work that nobody watches."""


type DrawPages = Callable[[Desk, Path], list[Path]]
"""Draws each page of the window off screen into a folder, and returns the pictures; the composition root hands it in."""
