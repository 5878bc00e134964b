"""The first run: a new unit with its first user, the training unit, or a file that is there already."""

from collections.abc import Callable
from pathlib import Path

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.files import make_folder
from pupil_desk.basics.places import home_of_data
from pupil_desk.basics.words import _
from pupil_desk.domain.settings import UnitSettings
from pupil_desk.services import units
from pupil_desk.services.desk import Desk
from pupil_desk.ui.entry.panel import Panel
from pupil_desk.ui.entry.sign_in import in_a_job
from pupil_desk.ui.kit.form import Form
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.words import button, label

FILE_NAME = "unit" + units.ENDING


class Welcome(Panel):
    """What to do when no file is known on this PC."""

    def __init__(
        self, new_unit: Callable[[], object], training: Callable[[], object], open_file: Callable[[], object]
    ) -> None:
        super().__init__(
            _("Welcome to Pupil Desk"),
            _("Pupil records, and who may be told what, in one encrypted file on this PC."),
            _("&Set up a unit"),
            new_unit,
        )
        self.close_with()
        self.column.insertWidget(
            self.column.count() - 1,
            label(_("Not ready yet? Practise with invented pupils, or open a file that is there already.")),
        )
        self.training = button(_("Try the &training unit"), training)
        self.open_file = button(_("&Open a unit’s file…"), open_file)
        for part in (self.training, self.open_file):
            self.column.insertWidget(self.column.count() - 1, part)

    def begin(self) -> None:
        """The likeliest choice."""
        self.forward.setFocus()


class NewUnit(Panel):
    """The unit's details and its first user, on one page."""

    def __init__(self, jobs: Jobs, clock: Clock, made: Callable[[Desk, str], object], back: Callable[[], object],
                 place: Path | None = None, choose: Callable[[], Path | None] | None = None) -> None:  # fmt: skip
        super().__init__(
            _("Set up a unit"),
            _("You are the first user, and a data officer: you can do everything, and add your colleagues."),
            _("&Make the unit’s file"),
            self._make,
        )
        self._jobs, self._clock, self._made = jobs, clock, made
        self._place, self._choose = place or home_of_data() / FILE_NAME, choose
        self.form = Form(UnitSettings, today=clock.today(), only=("name", "la", "estab"))
        self.add(self.form)
        self.user = self.field(_("Your &name"), _("As you will type it to sign in"))
        self.password = self.field(
            _("Choose a &password"), _("At least 14 characters, or four different words"), secret=True
        )
        self.again = self.field(_("The password &again"), secret=True)
        self.where = label("", "hint")
        self.add(self.where)
        self._show_place()
        others: list[tuple[str, Callable[[], object]]] = (
            [(_("Keep the file in another folder…"), self._elsewhere)] if choose else []
        )
        self.close_with([*others, (_("Back"), back)])

    def begin(self) -> None:
        """The unit's name comes first."""
        self.form.focus("name")

    def _show_place(self) -> None:
        self.where.setText(_("The file will be kept at {place}").format(place=self._place))

    def _elsewhere(self) -> None:
        folder = self._choose() if self._choose else None
        if folder is not None:
            self._place = folder / FILE_NAME
            self._show_place()

    def _make(self) -> None:
        settings = self.form.submit()
        if settings is None:
            return
        if self.password.text() != self.again.text():
            self.say(_("The two passwords are not the same. Type the password twice."))
            return
        user, password, place = self.user.text(), self.password.text(), self._place

        def make() -> tuple[Desk, str]:
            make_folder(place.parent)
            return units.create_unit(
                place, settings, user=user, password=password, clock=self._clock, cost=units.calibrated()
            )

        in_a_job(self, self._jobs, make, lambda both: self._made(*both))
