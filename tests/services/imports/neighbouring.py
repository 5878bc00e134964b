"""The lists laid out as other systems write them, and what must come of each: ``neighbours/README.md`` of the shared data, and our own."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.services.imports.made import ANN

FOLDER = Path(__file__).parent / "neighbours"
BEFORE = frozenset({"contacts_sims.csv", "parents.csv", "wonde_contacts.csv"})  # lists about a pupil who must be here
MAPPED = {
    "cymru.csv": {"Cyfenw": "surname", "Enw cyntaf": "forename", "Dyddiad geni": "dob", "Rhyw": "", "Blwyddyn": "year_group"},
    "isams_table.csv": {
        "txtUPN": "upn",
        "txtFormerUPN": "former_upn",
        "txtForename": "forename",
        "txtSurname": "surname",
        "txtPreName": "preferred_forename",
        "txtGender": "sex",
        "txtDOB": "dob",
        "intNCYear": "year_group",
        "txtForm": "",
        "txtEmailAddress": "email",
        "txtMobileNumber": "phone",
        "txtEthnicGroup": "ethnicity",
        "txtEnrolmentDate": "start_date",
    },
    "wonde_students.csv": {
        "date_of_birth.date": "dob",
        "education_details.upn": "upn",
        "education_details.current_nc_year": "year_group",
        "education_details.admission_date.date": "start_date",
        "extended_details.ethnicity_code": "ethnicity",
        "contact_details.phones.mobile": "phone",
        "contact_details.emails.email": "email",
    },
    "sims_primary.csv": {
        "Personal.PreferredForename": "preferred_forename",
        "Personal.PreferredSurname": "preferred_surname",
        "Personal.LegalForename": "forename",
        "Personal.LegalSurname": "surname",
        "Personal.DateOfBirth": "dob",
        "Enrolment.UPN": "upn",
    },
    "sen2_person.csv": {"UPN – Unique Pupil Number": "upn", "ULN - Young person unique learner number": "uln"},
    "schoolbase.csv": {
        "PupSenProv": "sen_provision",
        "InCareIndicator": "looked_after",
        "HomeAddressLine1": "address_1",
        "HomeAddressLine2": "address_2",
        "HomeAddressPostcode": "postcode",
    },
}
"""What a person says of the headings of a list which are not known."""
ODD = frozenset({"dup_header.csv", "title_rows.csv", "mixed_1252.csv", "traps.csv", "x_two_sheets.xlsx", "sims_demo.csv"})
"""Lists that are laid out as no other: with the two kinds above they stand for all, where all would take long."""
_SIMS = ("Admission No", "Pupil Premium", "EAL", "School", "Enrolment Status")


@dataclass(frozen=True)
class Expected:
    """Read, added, changed, unchanged, refused; the codes of errors and of warnings; the places of what is not taken."""

    counts: tuple[int, int, int, int, int]
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()


def _one(*not_taken: str, warnings: tuple[str, ...] = ()) -> Expected:
    """One pupil goes in, and these columns are told."""
    told = ("unknown_column",) if not_taken else ()
    return Expected((1, 1, 0, 0, 0), warnings=(*told, *warnings), not_taken=not_taken)


EXPECTED = {
    "arbor_std.csv": _one("Registration form"),
    "bromcom_std.csv": _one("Form"),
    "contacts_sims.csv": Expected(
        (2, 2, 0, 0, 0),
        (),
        ("unknown_column", "spoilt_by_spreadsheet", "bad_phone"),
        ("Pupil Surname", "Work Telephone", "Address Block", "Court Order"),
    ),
    "dup_header.csv": Expected((0, 0, 0, 0, 0), ("duplicate_column",)),
    "footer.csv": Expected((3, 1, 0, 0, 2), ("missing",), ("no_upn", "one_cell")),
    "mixed_1252.csv": _one(warnings=("old_letters", "no_upn")),
    "sep_hint.csv": _one(warnings=("no_upn",)),
    "sims_demo.csv": Expected((3, 0, 0, 0, 3), ("bad_upn_format",), ("unknown_column",), _SIMS),
    "sims_short.csv": Expected(
        (3, 3, 0, 0, 0),
        (),
        ("unknown_column", "no_upn", "odd_age"),
        ("Reg", "English as additional language", "Pupil Premium Indicator", "Eligible for free meals", "Ever in care"),
    ),
    "title_rows.csv": _one(warnings=("lines_above", "no_upn")),
    "traps.csv": Expected(
        (28, 15, 0, 0, 13),
        ("bad_date", "bad_upn_format", "unknown_code", "bad_postcode", "bad_text", "too_long", "future_date"),
        ("no_upn", "odd_age", "bare_day", "spoilt_by_spreadsheet", "extra_cells"),
        ("column 11", "column 12"),
    ),
    "utf8_doublebom.csv": _one(warnings=("no_upn",)),
    "x_1904_serial.xlsx": _one(warnings=("bare_day", "no_upn")),
    "x_errors.xlsx": Expected((2, 1, 0, 0, 1), ("bad_date", "bad_upn_format", "bad_postcode"), ("spoilt_by_spreadsheet", "no_upn")),
    "x_two_sheets.xlsx": _one(warnings=("other_sheets", "no_upn")),
    "integris.csv": _one("LearnerId", "LearnerCode", "FormerSurname", "EAL", "ULN", warnings=("uln_not_known",)),
    "assembly.csv": _one("mis_id"),
    "isams.csv": _one("Id", "Title", "Name Initials", "Nationality", "Form/Tutor Group", "Enrolment Date", "School Email Address"),
    "impero.csv": _one("Class Name"),
    "hodder.csv": _one("Action", "User Type", "Class", "FSM", "Pupil Premium", "EAL"),
    "century.csv": _one("School Email Address", "Classes"),
    "parents.csv": Expected((2, 2, 0, 0, 0), (), ("unknown_column",), ("Pupil Name",)),
    "ap_census.csv": _one("PAON", "PlacementReason"),
    "tass.csv": _one("student_code", "pc_tutor_group", warnings=("no_upn",)),
    "cymru.csv": _one("Rhyw", "Dosbarth"),
    "schoolbase.csv": _one("PupilID", "AdmissionNumber", "YearName", "ClassName", "House", "Mobile", "FSMEntitlement"),
    "mis_load.csv": _one("externalid", "admissionno", "everincare", "rowhash"),
    "wonde_students.csv": _one("id", "mis_id", "upi", "initials"),
    "isams_table.csv": _one("TblPupilManagementPupilsID", "txtSchoolID", "txtFormerSurname", "txtForm"),
    "sen2_person.csv": _one("Person table ID", "Native ID"),
    "go4schools.csv": _one("id", "admission_number", "is_fsm", "is_fsm_ever6", "is_eal", "is_pupil_premium"),
    "bromcom_api.csv": _one(
        "Id", "ExamNumber", "AdmissionNumber", "IsGiftedAndTalented", "IsFsmEver6", "IsEal", "IsPupilPremium", "Attendance"
    ),
    "sims_primary.csv": _one("IsDeleted", "ExternalID", warnings=("lines_above",)),
    "class_school.csv": _one("EnrolNumber", "Nationality", "Birthplace", "CountryofOrigin", "Boarder", warnings=("old_letters", "no_upn")),
    "wonde_contacts.csv": Expected((3, 2, 0, 0, 1), ("unknown_code",), (), ("Work Phone", "Work Email")),
}


def tables() -> list[Path]:
    """Every list there is."""
    return [path for folder in ("tables", "more") for path in (FOLDER / folder).iterdir() if path.suffix in (".csv", ".xlsx")]


def source_of(name: str) -> bytes:
    """The bytes of a list; where it speaks of a pupil who is here, of Ann."""
    (path,) = (path for path in tables() if path.name == name)
    return path.read_bytes().replace(b"__UPN__", ANN.encode())


def in_the_suite(lists: Iterable[str | Path]) -> list[Any]:
    """Parameters of a test by the window, the slowest way in: the torture takes all of them, the suite those that stand for all."""
    near = ODD | BEFORE | MAPPED.keys()
    return [pytest.param(one, id=Path(one).name, marks=() if Path(one).name in near else pytest.mark.torture) for one in lists]
