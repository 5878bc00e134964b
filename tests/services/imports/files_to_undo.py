"""A file of each kind of import, about the two pupils of the tests: to be read in, and undone."""

from tests.services.imports.ctf_made import CONTACT, RESULT, contacts_of, ctf_of, pupil_of
from tests.services.imports.made import ANN, BEN, table

FILES: dict[str, bytes] = {
    "pupils": table(
        f"upn | surname | forename | dob | town | enrolment_status | start_date\n{ANN} | Ash | Ann | 05/01/2012 | Ware | |\n"
        f"{BEN} | Beck | Ben | 06/02/2011 | Ware | C | 02/09/2026"
    ),
    "contacts": table(f"upn | surname | forename | relationship | order\n{ANN} | Ash | Ada | PAM | 1"),
    "choices": table(f"upn | recipient | choice | by | on | channel\n{ANN} | youth-support | restrict | parent | 10/09/2026 | form"),
    "attendance": table(f"upn | date | session | code\n{ANN} | 23/11/2026 | AM | /\n{ANN} | 20/11/2026 | AM | I"),
    "suspensions": table(f"upn | category | start | session | sessions | reason_1\n{ANN} | SUSP | 16/11/2026 | AM | 4 | PP"),
    "incidents": table(f"upn | kind | day | time | account\n{ANN} | Bullying | 16/11/2026 | 10:05 | Words in the yard"),
    "accidents": table(
        f"upn | day | time | place | account | injury | body_part | reported_on\n{ANN} | 16/11/2026 | 10:05 | Yard or field | Fell | Bump or bruise | Arm or elbow |"
    ),
    "plans": table(f"upn | kind | made_on | needs\n{ANN} | Risk assessment | 07/09/2026 | Runs off"),
    "assessments": table(
        f"upn | stage | subject | method | component | date | result_type | result\n{ANN} | KS2 | MAT | TT | SUB | 01/07/2023 | SS | 101"
    ),
}
CTF = ctf_of(pupil_of(BEN, "Beck", "Ben", "2011-02-06", rest=contacts_of(CONTACT) + RESULT.format(result=94)))
