"""Places that schools agreed, as a unit has them in a table of its own: by the pupil, the school and the first day.

A school is named by its DfE number, or by just the name that the settings give it.
"""

import dataclasses

from pupil_desk.basics.words import _
from pupil_desk.domain.catalogue.items import Item, Kind
from pupil_desk.domain.catalogue.validation import Problem
from pupil_desk.domain.schools.school_place import SchoolPlace, check_school_place
from pupil_desk.domain.unit.school_name import number_of
from pupil_desk.services.imports.keyed import Keyed, StoredByKey, import_of
from pupil_desk.services.imports.kinds import ImportKind, Judging, Plan, ReadRow, refused_plan
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import several
from pupil_desk.store.tables import settings


@dataclasses.dataclass(frozen=True, slots=True)
class StoredSchoolPlaces:
    """The places on file, and the unit's own list of schools, by which a name stands for its number."""

    places: StoredByKey[SchoolPlace]
    told_schools: str | None


def _by_name_too(by_number: ImportKind[StoredByKey[SchoolPlace]]) -> ImportKind[StoredSchoolPlaces]:
    """The same kind, whose rows may name the school in words."""

    def columns() -> tuple[Item, ...]:
        hint = _("DfE number, such as 919/4001, or the name that the settings give it")
        return tuple(dataclasses.replace(item, kind=Kind.TEXT, hint=hint) if item.name == "school" else item for item in by_number.columns)

    def hold(vault: Vault) -> StoredSchoolPlaces:
        return StoredSchoolPlaces(by_number.hold(vault), settings.current(vault).told_schools)

    def plan(stored: StoredSchoolPlaces, row: ReadRow, judging: Judging) -> Plan:
        number = number_of(row.values["school"], stored.told_schools)
        if not number:
            words = _("The settings give no one school this name. Write its DfE number, such as 919/4001.")
            return refused_plan(Problem("school", "unknown_school", words))
        return by_number.plan(stored.places, dataclasses.replace(row, values={**row.values, "school": number}), judging)

    return ImportKind(
        name=by_number.name, label=by_number.label, columns=columns, hold=hold, plan=plan, quiet=by_number.quiet, switch=by_number.switch
    )


SCHOOL_PLACES = _by_name_too(
    import_of(
        "school-places",
        _("Places agreed with schools"),
        Keyed(
            record_type=SchoolPlace,
            key_of=lambda place: (place.school, place.start_date),
            by_pupil=lambda vault: several.by_pupil(vault, SchoolPlace),
            check=check_school_place,
        ),
        switch="records_schools",
    )
)
