"""A small invented Common Transfer File, and ways to change it."""

from collections.abc import Sequence

NAME = "9194003_CTF_9191100_001.xml"
_HEADER = (
    "<Header><DocumentName>Common Transfer File</DocumentName><CTFversion>{version}</CTFversion><DateTime>2026-11-20T15:05:00</DateTime>"
    "<DocumentQualifier>full</DocumentQualifier><SupplierID>Invented</SupplierID><SourceSchool><LEA>919</LEA><Estab>4003</Estab>"
    "<SchoolName>Larkfield School</SchoolName><AcademicYear>2026</AcademicYear></SourceSchool>"
    "<DestSchool><LEA>919</LEA><Estab>{estab}</Estab></DestSchool></Header>"
)
CONTACT = (
    "<Contact><Order>1</Order><Title>Ms</Title><Surname>Hall</Surname><Forename>Ada</Forename><Relationship>PAM</Relationship>"
    "<Responsibility>true</Responsibility><Address><AddressAsPupil>true</AddressAsPupil></Address>"
    "<Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700 900646</PhoneNo></Phone></Phones></Contact>"
)
RESULT = (
    "<StageAssessments><KeyStage><Stage>KS2</Stage><StageAssessment><Locale>ENG</Locale><Year>2023</Year><Subject>REA</Subject><Method>TT</Method>"
    "<Component>SUB</Component><ResultStatus>R</ResultStatus><ResultQualifier>SS</ResultQualifier><Result>{result}</Result></StageAssessment>"
    "</KeyStage></StageAssessments>"
)


def pupil_of(
    upn: str,
    surname: str = "Hall",
    forename: str = "Ann",
    dob: str = "2012-02-01",
    *,
    basic: str = "",
    rest: str = "",
    town: str = "Larkfield",
) -> str:
    """A pupil of these numbers and names; ``basic`` and ``rest`` are further elements."""
    number = f"<UPN>{upn}</UPN>" if upn else ""
    return (
        f"<Pupil>{number}<Surname>{surname}</Surname><Forename>{forename}</Forename><DOB>{dob}</DOB><Sex>F</Sex>"
        f"<BasicDetails><NCyearActual>9</NCyearActual>{basic}</BasicDetails>"
        f"<Address><AddressLines><AddressLine1>1 Mill Lane</AddressLine1><AddressLine3>{town}</AddressLine3></AddressLines>"
        f"<PostCode>AL28 3HZ</PostCode></Address>{rest}</Pupil>"
    )


def ctf_of(*pupils: str, version: str = "26.0", estab: str = "1100", prolog: str = "", root: str = "CTfile") -> bytes:
    """A file of these pupils."""
    header = _HEADER.format(version=version, estab=estab)
    body = f"<{root}>{header}<CTFpupilData>{''.join(pupils)}</CTFpupilData></{root}>"
    return f'<?xml version="1.0" encoding="UTF-8"?>{prolog}{body}'.encode()


def contacts_of(*contacts: str) -> str:
    """The part of a pupil that holds contacts."""
    return f"<Contacts>{''.join(contacts)}</Contacts>"


def codes_of(problems: Sequence[tuple[int | None, str, str, str]]) -> set[tuple[int | None, str]]:
    """Row and code of problems."""
    return {(row, code) for row, _column, code, _severity in problems}
