"""A garage that is told by an export of the unit's own, with the consent on which it rests."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from pupil_desk.domain.consents.consent import Occasion
from pupil_desk.domain.exports.own_export import OwnColumn, OwnExport
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents import occasions
from pupil_desk.services.consents.recording import ConsentEntry
from pupil_desk.services.exports import export_named, run_export
from pupil_desk.services.exports.export import Ask
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.exports.own import versions
from tests.services.consents.saying import record_said
from tests.services.exports.made import DAY, Unit

SPRING = date(2026, 10, 5)
NAMES = ("Ada", "Ben", "Cem", "Dee")
COLUMNS = (OwnColumn("pupil.surname", "Surname"), OwnColumn("pupil.forename", "Forename"), OwnColumn("enrolment.start_date", "Here since"))


class Garage:
    """Four pupils with a mother each, a made-up employer to be told, and an export for it."""

    def __init__(self, unit: Unit) -> None:
        self.unit, self.desk = unit, unit.desk
        self.pupils: dict[str, Pupil] = {}
        self.mothers: dict[str, Contact] = {}
        for number, name in enumerate(NAMES):
            pupil = self.pupils[name] = unit.pupil(
                "Quill", name, date(2012, 5, 6 + number), year_group="9", medical="Asthma", address_1="4 Larch Way"
            )
            self.mothers[name] = unit.contact(pupil, "Quill", forename=f"Mo{number}", parental_responsibility=True, lives_with=True)

    def asked(self, name: str = "Acme Garage") -> str:
        """A person or body about which families are asked; its identity."""
        ids = [pupil.id for pupil in self.pupils.values()]
        return occasions.add(self.desk, Occasion(consent_type="named-sharing", name=name, about="Your name, for the work placement."), ids)[
            1
        ]

    def said(self, occasion: str, name: str, what: str, on: date = SPRING) -> None:
        said = ConsentEntry(
            pupil_id=self.pupils[name].id,
            consent_type="named-sharing",
            step=what,
            giver=self.mothers[name].id,
            day=on,
            channel="form",
            occasion_id=occasion,
        )
        record_said(self.desk, [said])

    def export(self, occasion: str, **changes: object) -> OwnExport:
        made = OwnExport(
            title="Placements",
            recipient="Acme Garage",
            purpose="To plan placements",
            basis="consent",
            consent=f"named-sharing|{occasion}|",
            columns=COLUMNS,
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def approved(self, made: OwnExport) -> OwnExport:
        kept = versions.save(self.desk, made)
        versions.approve(self.desk, kept.id)
        return kept

    def going(self, name: str, day: date = DAY) -> tuple[list[str], dict[str, str]]:
        """Who goes, and of who does not why, as the receipt says it."""
        found = export_named(self.desk, name).select(self.desk, Ask(day=day))
        return [told.pupil.forename for told in found.exported], {left.pupil.forename: left.receipt_reason for left in found.left_out}


def written(garage: Garage, name: str, stick: Path) -> tuple[list[str], ExportMade]:
    """Who stands in the file that is made now, by forename, in its order; and what was made."""
    made = run_export(garage.desk, name, stick, ExportOrder(reason="Placements", plain=True))
    (file,) = made.files
    header, *rows = (stick / file.name).read_bytes().decode("utf-8-sig").splitlines()
    assert header == "Surname,Forename,Here since"
    return [row.split(",")[1] for row in rows], made
