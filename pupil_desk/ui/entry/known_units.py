"""The units that this PC knows: the office's own file and the training unit, each as it was open last."""

from pathlib import Path

from pupil_desk.basics.places import OWN_UNIT, UNIT_FILE, home_of_data
from pupil_desk.basics.words import _, join_words
from pupil_desk.ui.kit.watch.memory import Memory

_TRAINING = "unit/training"


def training_place() -> Path:
    """Where the training unit lies on this PC."""
    return home_of_data() / "training" / UNIT_FILE


def is_training_place(path: Path) -> bool:
    """Whether a file lies there, by whatever way it is named."""
    return path.resolve() == training_place().resolve()


class KnownUnits:
    """``memory`` keeps where they lie."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    @property
    def last(self) -> Path | None:
        """The office's own file as it was open last, whether it is there now or not."""
        return self._kept(OWN_UNIT)

    @property
    def own(self) -> Path | None:
        """The office's own file, where it is there."""
        return next((place for place in (self.last, home_of_data() / UNIT_FILE) if place is not None and place.is_file()), None)

    @property
    def training(self) -> Path | None:
        """The training unit that somebody has worked in, where it is there."""
        place = self._kept(_TRAINING)
        return place if place is not None and place.is_file() else None

    def opened(self, path: Path, *, training: bool) -> None:
        """Somebody works in this one."""
        self._memory.keep(_TRAINING if training else OWN_UNIT, str(path))

    def moved(self, old: Path, path: Path) -> None:
        """The file lies elsewhere now."""
        if self.last == old:
            self._memory.keep(OWN_UNIT, str(path))

    def _kept(self, key: str) -> Path | None:
        kept = self._memory.get(key)
        return Path(kept) if isinstance(kept, str) else None


def training_hint() -> str:
    """The open secret of the training unit."""
    from pupil_desk.services.demo.unit import PASSWORD, USERS

    names = join_words([_("{name} ({role})").format(name=name, role=role.label.lower()) for name, role in USERS])
    return _(
        "This is the training unit: every pupil in it is invented. Sign in as one of these: {names}. The password of each is: {password}"
    ).format(names=names, password=PASSWORD)


def missing_words(path: Path) -> str:
    """That a file is not where it was, and what to do."""
    return _("{name} is not in {folder} any more. If it is on a drive, plug that in and open the file.").format(
        name=path.name, folder=path.parent
    )
