"""Pupils who leave for other schools, and the transfer file of two of them byte for byte."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

from pupil_desk.domain.care.health import Disability
from pupil_desk.domain.care.needs import CarePeriod, SenNeed, SenPeriod
from pupil_desk.domain.learning.assessment import Assessment
from pupil_desk.domain.pupils.contact import Contact
from pupil_desk.domain.pupils.enrolment import Enrolment
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import register
from pupil_desk.services.desk import Desk
from pupil_desk.services.exports import run_export
from pupil_desk.services.exports.made import ExportMade
from pupil_desk.services.exports.making import ExportOrder
from pupil_desk.services.learning import assessments as results
from pupil_desk.store.rows import several
from pupil_desk.store.rows.rows import new_id
from tests.services.exports.made import Unit

SCHEMA = Path(__file__).with_name("ctf26.xsd")
BORN = date(2012, 5, 6)
UPNS = ("Y919110026001", "M919110026002", "B801200005001", "R674123101121", "T919110022999")
LEFT = Enrolment(
    status="C", start_date=date(2026, 9, 2), end_date=date(2026, 11, 20), next_school="Larkfield School 919/4001", deletion_ground="9(1)(a)"
)
ZOE: dict[str, Any] = {
    "middle_names": "Bríd", "preferred_forename": "Zo", "preferred_surname": "O’Hanrahan-Łukasz", "upn": UPNS[0], "former_upn": "J91911002600A",
    "uln": "9276308686", "sex": "F", "ethnicity": "WBRI", "ethnicity_source": "P", "first_language": "POL", "address_1": "Flat 2", "address_2": "94 Larkfield Rise",
    "locality": "Nether End", "town": "Coldharbour", "county": "Hertfordshire", "postcode": "AL28 2QN", "phone": "07700 900646", "email": "z@example.org",
    "year_group": "9", "medical": "Asthma", "looked_after": True, "care_authority": "919",
}  # fmt: skip
FILE = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile>
  <Header>
    <DocumentName>Common Transfer File</DocumentName>
    <CTFversion>26.0</CTFversion>
    <DateTime>{moment}</DateTime>
    <DocumentQualifier>full</DocumentQualifier>
    <SupplierID>Pupil Desk</SupplierID>
    <SourceSchool><LEA>919</LEA><Estab>1100</Estab><SchoolName>Larkfield Centre</SchoolName><AcademicYear>2026</AcademicYear></SourceSchool>
    <DestSchool><LEA>919</LEA><Estab>4001</Estab></DestSchool>
  </Header>
  <CTFpupilData>
    <Pupil>
      <UPN>Y919110026001</UPN>
      <UniqueLearnerNumber>9276308686</UniqueLearnerNumber>
      <Surname>O'Hanrahan</Surname>
      <Forename>Zoë</Forename>
      <DOB>2012-05-06</DOB>
      <Sex>F</Sex>
      <BasicDetails>
        <FormerUPN>J91911002600A</FormerUPN>
        <PreferredSurname>O'Hanrahan-Łukasz</PreferredSurname>
        <PreferredForename>Zo</PreferredForename>
        <MiddleNames>Bríd</MiddleNames>
        <NCyearActual>9</NCyearActual>
        <Ethnicity>WBRI</Ethnicity>
        <EthnicitySource>P</EthnicitySource>
        <Languages><Type><LanguageType>F</LanguageType><Language>POL</Language></Type></Languages>
        <MedicalFlag>true</MedicalFlag>
        <Disabilities><Disability>HEAR</Disability></Disabilities>
        <EnrolStatus>P</EnrolStatus>
      </BasicDetails>
      <FSMhistory>
        <FSMinstance><FSMstartDate>2023-09-01</FSMstartDate><FSMendDate>2024-07-31</FSMendDate><UKcountry>ENG</UKcountry></FSMinstance>
        <FSMinstance><FSMstartDate>2025-09-01</FSMstartDate><UKcountry>ENG</UKcountry><FSMCategory>TFSM</FSMCategory></FSMinstance>
      </FSMhistory>
      <LookedAfter><InCare>true</InCare><CareAuthority>919</CareAuthority></LookedAfter>
      <SENhistory>
        <SEN><StartDate>2024-01-08</StartDate><EndDate>2025-01-09</EndDate><SENprovision>K</SENprovision></SEN>
        <SEN><StartDate>2025-01-10</StartDate><SENprovision>E</SENprovision></SEN>
        <SENneeds><SENneed><SENtype>SEMH</SENtype><SENtypeRank>1</SENtypeRank></SENneed></SENneeds>
      </SENhistory>
      <Address>
        <AddressLines>
          <AddressLine1>Flat 2</AddressLine1>
          <AddressLine2>94 Larkfield Rise</AddressLine2>
          <AddressLine3>Nether End</AddressLine3>
          <AddressLine4>Coldharbour</AddressLine4>
        </AddressLines>
        <County>Hertfordshire</County>
        <PostCode>AL28 2QN</PostCode>
      </Address>
      <Phones><Phone><TelephoneType>M</TelephoneType><PhoneNo>07700900646</PhoneNo></Phone></Phones>
      <Email>z@example.org</Email>
      <Contacts>
        <Contact>
          <Order>1</Order><Title>Ms</Title><Surname>O'Hanrahan</Surname><Forename>Ada</Forename><Relationship>PAM</Relationship>
          <Responsibility>true</Responsibility><Address><AddressAsPupil>true</AddressAsPupil></Address>
          <Phones>
            <Phone><TelephoneType>H</TelephoneType><PhoneNo>01632960001</PhoneNo></Phone>
            <Phone><TelephoneType>M</TelephoneType><PhoneNo>07700900647</PhoneNo></Phone>
          </Phones>
          <Email>ada@example.org</Email>
        </Contact>
        <Contact>
          <Order>2</Order><Surname>Away</Surname><Relationship>PAF</Relationship>
          <Address><AddressLines><AddressLine1>3 Open Row</AddressLine1><AddressLine3>Marden</AddressLine3></AddressLines><PostCode>AL28 3JG</PostCode></Address>
        </Contact>
      </Contacts>
      <Attendance>
        <YearData>
          <Year>2026</Year><LEA>919</LEA><Estab>1100</Estab><SchoolName>Larkfield Centre</SchoolName><SessionsPossible>4</SessionsPossible>
          <SessionsAuthorised>1</SessionsAuthorised><SessionsAttended>2</SessionsAttended><SessionsUnauthorised>1</SessionsUnauthorised>
        </YearData>
      </Attendance>
      <StageAssessments>
        <KeyStage>
          <Stage>KS2</Stage>
          <StageAssessment>
            <Locale>ENG</Locale><Year>2023</Year><Subject>MAT</Subject><Method>TT</Method><Component>SUB</Component><ResultStatus>R</ResultStatus>
            <ResultQualifier>SS</ResultQualifier><Result>103</Result><ResultDate>2023-05-10</ResultDate>
          </StageAssessment>
        </KeyStage>
      </StageAssessments>
      <SchoolHistory>
        <School>
          <LEA>919</LEA><Estab>1100</Estab><SchoolName>Larkfield Centre</SchoolName><EntryDate>2026-09-02</EntryDate>
          <LeavingDate>2026-11-20</LeavingDate><LastSchool>true</LastSchool>
        </School>
      </SchoolHistory>
    </Pupil>
  </CTFpupilData>
</CTfile>
"""


def send(desk: Desk, folder: Path, *named: Pupil, **more: Any) -> ExportMade:
    chosen = frozenset(pupil.id for pupil in named) if named else None
    return run_export(desk, "ctf", folder, ExportOrder(reason="Transfer", plain=True, pupils=chosen, **more))


def without_blanks(text: str) -> str:
    return "".join(line.strip() for line in text.splitlines())


def filled(unit: Unit) -> None:
    """A pupil who has left, with something of everything."""
    zoe = unit.pupil("O’Hanrahan", "Zoë", BORN, LEFT, **ZOE)
    unit.contact(
        zoe,
        "O’Hanrahan",
        forename="Ada",
        title="Ms",
        order=1,
        parental_responsibility=True,
        lives_with=True,
        phone="01632 960001",
        mobile="07700 900647",
        email="ada@example.org",
    )
    away = Contact(pupil_id=zoe.id, surname="Away", relationship="PAF", order=2, address_1="3 Open Row", town="Marden", postcode="AL28 3JG")
    more = [
        dataclasses.replace(away, id=new_id()),
        SenPeriod(id=new_id(), pupil_id=zoe.id, provision="K", start_date=date(2024, 1, 8), end_date=date(2025, 1, 9)),
        SenPeriod(id=new_id(), pupil_id=zoe.id, provision="E", start_date=date(2025, 1, 10)),
        SenNeed(id=new_id(), pupil_id=zoe.id, need="SEMH", rank=1, start_date=date(2025, 1, 10)),
        SenNeed(id=new_id(), pupil_id=zoe.id, need="HI", rank=1, start_date=date(2024, 1, 8), end_date=date(2025, 1, 9)),
        CarePeriod(id=new_id(), pupil_id=zoe.id, kind="FSM", start_date=date(2023, 9, 1), end_date=date(2024, 7, 31)),
        CarePeriod(id=new_id(), pupil_id=zoe.id, kind="TFSM", start_date=date(2025, 9, 1)),
        CarePeriod(id=new_id(), pupil_id=zoe.id, kind="DPP", start_date=date(2025, 9, 1)),
        Disability(id=new_id(), pupil_id=zoe.id, disability="HEAR"),
    ]
    with unit.desk.vault.transaction():
        for record in more:
            several.add(unit.desk.vault, record)
    marks = zip((date(2026, 11, 19), date(2026, 11, 20)), (("/", "U"), ("I", "B")), strict=True)
    register.mark(
        unit.desk,
        [
            Mark(pupil_id=zoe.id, day=day, session=session, code=code)
            for day, codes in marks
            for session, code in zip(Session, codes, strict=True)
        ],
    )
    maths = {"stage": "KS2", "subject": "MAT", "method": "TT", "component": "SUB", "qualifier": "SS", "date": date(2023, 5, 10)}
    of_today = {"stage": "KS4", "subject": "ENG", "method": "TA", "component": "UNIT"}
    for entry in (
        Assessment(pupil_id=zoe.id, result="103", **maths),
        Assessment(pupil_id=zoe.id, result="Pass", date=date(2026, 10, 16), **of_today),
        Assessment(
            pupil_id=zoe.id,
            result="5",
            stage="KS4",
            subject="MAT",
            method="TT",
            component="GCSE",
            date=date(2026, 11, 10),
            published_on=date(2027, 1, 14),
        ),
        Assessment(pupil_id=zoe.id, result="110", status="T", **maths),
    ):
        results.add(unit.desk, entry)
