"""The first run: a new unit with its first user, the training unit, a file that is there already, or a backup."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLineEdit, QPushButton

from pupil_desk.basics.clock import Clock
from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.errors import Known, MadeClosed
from pupil_desk.basics.files import new_folder
from pupil_desk.basics.pc.placement_check import objection_to, sentence
from pupil_desk.basics.places import UNIT_FILE, home_of_data
from pupil_desk.basics.words import _
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services.desk import Desk
from pupil_desk.services.unit import settings as settings_service
from pupil_desk.services.unit import units
from pupil_desk.ui.entry.panel import Others, Panel
from pupil_desk.ui.kit.forms.codebox import ChoiceBox
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.jobs import Jobs
from pupil_desk.ui.kit.watch.descendants import descendants
from pupil_desk.ui.kit.watch.making import making_of
from pupil_desk.ui.kit.words import button, label, name_label


class Welcome(Panel):
    """What to do when no file is known on this PC, or another one is wanted. ``links``: the way back, if there is one."""

    help_place = "start"

    def __init__(
        self,
        new_unit: Callable[[], object],
        training: Callable[[QPushButton], object],
        open_file: Callable[[], object],
        restore: Callable[[], object],
        links: Others = (),
    ) -> None:
        super().__init__(
            _("Welcome to Pupil Desk"),
            _("Pupil records, and who may be told what, in one encrypted file on this PC."),
            _("&Set up a unit"),
            new_unit,
        )
        self.training = button(_("Try the &training unit"), lambda: training(self.training), icon_name="graduation-cap")
        self.open_file = button(_("&Open a unit’s file…"), open_file, icon_name="folder-open")
        self.restore = button(_("&Restore a backup…"), restore, icon_name="clock-counter-clockwise")
        ways = (
            (_("Start with an empty file of your own."), self.forward),
            (_("Practise first: every pupil in it is invented."), self.training),
            (_("The unit has a file already, on this PC or on a drive."), self.open_file),
            (_("The file is lost or damaged, and there is a backup of it."), self.restore),
        )
        for words, way in ways:
            self.column.addSpacing(self.column.spacing())
            self.add(label(words))
            self.add_button(way)
        for words, run in links:
            self.column.addSpacing(self.column.spacing())
            self.add_back(words, run)
        self.add(self.problem)
        self.column.addStretch(1)

    def begin(self) -> None:
        """The likeliest choice."""
        self.forward.setFocus()


class NewUnit(Panel):
    """The unit's name and number, its first user, and where the file goes."""

    help_place = "start"

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        on_made: Callable[[Desk, str], object],
        back: Callable[[], object],
        *,
        on_closed: Callable[[Path, str, MadeClosed], object],
        place: Path | None = None,
        choose: Callable[[], Path | None],
    ) -> None:
        super().__init__(
            _("Set up a unit"),
            _("You are the first user, and a data officer: you can do everything, and add your colleagues."),
            _("&Make the unit’s file"),
            self._make,
        )
        self._jobs, self._clock, self._on_made, self._on_closed = jobs, clock, on_made, on_closed
        self._unit_name = ""  # of the unit that was asked for last
        self._place, self._choose = place or home_of_data() / UNIT_FILE, choose
        self.form = Form(UnitSettings, today=clock.today(), only=("name", "la", "estab"), check=settings_service.check_settings)
        self.add(self.form)
        self.goes_through(descendants(self.form, QLineEdit))
        self.user = self.field(_("Your &name"), _("As you will type it to sign in"))
        hint = _("At least 14 characters, or four different words")
        self.password, self.repeat_field = self.password_twice(_("Choose a &password"), hint, _("The password &again"))
        kinds = [(code.code, code.label) for code in codelist("unit_kind").choices(clock.today())]
        self.kind = ChoiceBox([("", _("Not chosen yet: Home will ask")), *kinds], name=_("Kind of unit"))
        words = name_label(_("&Kind of unit, by which duties differ"), self.kind)
        self.add(words)
        self.add(self.kind)
        self.where = label("", "hint")
        self.add(self.where)
        self._show_place()
        self.close_with([(_("Keep the file in another folder…"), self._elsewhere)])
        self.add_back(_("Back"), back)

    def _show_place(self) -> None:
        self.where.setText(_("The file will be kept at {place}").format(place=self._place))

    def _elsewhere(self) -> None:
        folder = self._choose()
        if folder is None:
            return
        objection = objection_to(folder / UNIT_FILE)
        if objection is not None:
            self.say(sentence(objection, folder / UNIT_FILE, new=True))
            return
        self.say("")
        self._place = folder / UNIT_FILE
        self._show_place()

    def _make(self) -> None:
        self.say("")
        form_settings = self.form.submit()
        if form_settings is None:
            return
        settings = dataclasses.replace(form_settings, kind=self.kind.key() or None)
        user, password, place = self.user.text(), self.password.text(), self._place
        if not user.strip():
            self.wants(self.user, _("Enter your name."))
        elif weak := making_of(self).beside(lambda: units.weakness(password, settings.name, user)):
            self.wants(self.password, weak)
        elif password != self.repeat_field.text():
            self.wants(self.repeat_field, _("The two passwords are not the same. Type it again."))
        else:
            self._unit_name = settings.name

            def make() -> tuple[Desk, str]:
                with new_folder(place.parent):
                    return units.create_unit(place, settings, user=user, password=password, clock=self._clock, cost=units.calibrated())

            self.in_a_job(self._jobs, make, lambda pair: self._on_made(*pair), _("Making the unit’s file"))

    def refused(self, why: Known) -> None:
        """A file that is made and closed has a recovery code, which is shown all the same."""
        if isinstance(why, MadeClosed):
            self._on_closed(self._place, self._unit_name, why)
        else:
            super().refused(why)
