"""Run in a copy of the program to which all of ``newcomer`` was added: uses each new thing as a person would, and prints what came of it."""

import contextlib
import io
import json
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication, QLabel

from pupil_desk.basics.clock import FixedClock
from pupil_desk.cli import main as run_command
from pupil_desk.documents.blocks import plain_text
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.unit.settings import UnitSettings
from pupil_desk.services import figures, sheet
from pupil_desk.services.exports import export_named, promised_exports, run_export
from pupil_desk.services.exports.listing import past_exports
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.figures import FigureQuestion
from pupil_desk.services.imports import run as imports
from pupil_desk.services.notices import notice_text
from pupil_desk.services.paper_forms import printing
from pupil_desk.services.pupils import contacts, pupils
from pupil_desk.services.quality import looking
from pupil_desk.services.unit import units
from pupil_desk.store.file.keyslots import FLOOR
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.jobs import ImmediateJobs
from pupil_desk.ui.kit.talk.ask import Answers
from pupil_desk.ui.kit.watch.memory import Memory
from pupil_desk.ui.pages import pages
from pupil_desk.ui.window import Window
from tests.rules import places

CLOCK = FixedClock(datetime(2026, 11, 24, 9, tzinfo=UTC))
SETTINGS = UnitSettings(name="Larkfield", la="919", estab="1100")


class Office:
    """A unit with one pupil of 18, who came by the import and has shoes, and its window."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk, _code = units.create_unit(
            folder / "unit.pupildesk", SETTINGS, user="Ada", password="four plain short words", clock=CLOCK, cost=FLOOR
        )
        source = b"upn,surname,forename,dob,Shoes,start_date\nY919110026001,Quill,Bea,2008-05-06,38,2026-09-02\n"
        imports.run_import(self.desk, "pupils", source, "pupils.csv")
        (self.pupil,) = pupils.all_pupils(self.desk)
        contacts.add_contact(
            self.desk,
            Contact(
                pupil_id=self.pupil.id, surname="Quill", forename="Ann", relationship="PAM", parental_responsibility=True, lives_with=True
            ),
        )
        self.window = Window(pages(), desk=self.desk, jobs=ImmediateJobs(), ask=Answers(), memory=Memory(folder / "window.json"))

    def item(self) -> str:
        """On the form, in the notice, the template, the import and the sheet."""
        form = Form(Pupil, today=self.desk.today)
        form.show_record(self.pupil)
        assert form.record() == self.pupil
        assert form.fields["shoe_size"].editor.typed_text() == "38"
        assert any("Shoe size" in row.labels for row in self.annex().items)
        assert "shoe_size" in imports.template("pupils")
        story = plain_text(sheet.paper(self.desk, self.pupil.id)[0])
        assert "Shoe size" in story
        assert "38" in story
        return "on the form, in the notice, the import and the sheet"

    def annex(self) -> Any:
        """The annex of the notice."""
        return notice_text.annex_of(SETTINGS, self.desk.today, promised_exports(self.desk))

    def export(self) -> str:
        """Made with its receipt, logged, and named in the notice."""
        made = run_export(self.desk, "taxi-list", self.folder, ExportOrder(reason="Buses", plain=True))
        (file,) = made.files
        assert (self.folder / file.name).read_text("utf-8-sig").splitlines() == ["surname,forename,postcode", "Quill,Bea,"]
        assert list(places.of_columns(self.desk, export_named(self.desk, "taxi-list"))) == []
        assert past_exports(self.desk)[0].title == "Names for transport"
        assert any("508B" in row.law for row in self.annex().recipients)
        return "made, with its receipt, and in the notice"

    def import_(self) -> str:
        """Two rows go in, the second time one is changed."""
        source = "upn,name,dose,taken\nY919110026001,Ibuprofen,{dose},at lunch\n"
        counts = [imports.run_import(self.desk, imports.AUTO, source.format(dose=dose).encode(), "m.csv") for dose in ("5 ml", "10 ml")]
        assert [(one.added, one.changed) for one in counts] == [(1, 0), (0, 1)]
        return "added, and changed the second time"

    def page(self) -> str:
        """Opened from the rail, with its help."""
        self.window.go("rota")
        assert any(words.text() == "Nobody is on duty." for words in self.window.page.findChildren(QLabel))
        return "opened from the rail"

    def part(self) -> str:
        """Entered in its part of the record, and told on the sheet."""
        self.window.go("pupils", self.pupil.id)
        view = self.window.page.view
        view.turn_to("lockers")
        from pupil_desk.domain.pupils.locker import Locker

        from pupil_desk.services.pupils import lockers

        lockers.add_locker(self.desk, Locker(pupil_id=self.pupil.id, number="L17"))
        assert [locker.number for locker in lockers.of_pupil(self.desk, self.pupil.id)] == ["L17"]
        assert "L17" in plain_text(sheet.paper(self.desk, self.pupil.id)[0])
        return "in the record and on the sheet"

    def check(self) -> str:
        """On the list of what to check."""
        assert any("There is no e-mail address of the pupil’s own." in finding.words for finding in looking.findings(self.desk))
        return "on the list of what to check"

    def figure(self) -> str:
        """Counted in every way that it has."""
        kind = figures.kind_called("sexes")
        period = figures.periods(self.desk)[0]
        shown = [figures.look(self.desk, FigureQuestion("sexes", period, way)) for way, _words in kind.ways]
        assert {figure.title for figure in shown} == {"Girls on roll"}
        return "counted in every way"

    def form(self) -> str:
        """Printed with its code, and on file."""
        made = printing.make_forms(self.desk, "open-evening", [self.pupil])
        assert len(made.forms) == 1, made.left_out
        assert "paper_form" in printing.record_printed(self.desk, made.forms).kinds
        return "printed, and on file"

    def command(self) -> str:
        """Run by its name, it lists the pupil."""
        os.environ["PUPIL_DESK_PASSWORD"] = "four plain short words"
        self.desk.vault.close()
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = run_command(["birthdays", str(self.folder / "unit.pupildesk"), "--user", "Ada", "--on", "2026-11-24"])
        assert (status, said.getvalue()) == (0, "05-06 Bea Quill\n")
        return "run by its name"


def main(folder: Path) -> None:
    """Print, by kind, what came of it, or the failure."""
    app = QApplication([])
    office = Office(folder)
    uses: dict[str, Callable[[], str]] = {
        "item": office.item, "export": office.export, "import": office.import_, "page": office.page, "part": office.part,
        "check": office.check, "figure": office.figure, "form": office.form, "command": office.command,
    }  # fmt: skip
    results = {}
    for kind, use in uses.items():
        try:
            results[kind] = f"works: {use()}"
        except Exception:  # noqa: BLE001 - whatever it is, it is told
            results[kind] = traceback.format_exc()
    lacking = [sentence for look in places.ALL.values() for sentence in look()]
    print(json.dumps(results | {"places": json.dumps(lacking)}))
    sys.stdout.flush()
    del app
    os._exit(0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
