"""Makes the training unit of a run: ``python -m tests.monkey.made PLACE`` in the Python of another tree, whose unit is its own."""

import base64
import sys
from pathlib import Path

from pupil_desk.basics.clock import SystemClock
from pupil_desk.services.demo.unit import make_training_unit
from tests.monkey.trees import either


def make(place: Path, *, number: int = 60) -> None:
    """A training unit's file of so many pupils, which nobody has open."""
    units = either("pupil_desk.services.unit.units", "pupil_desk.services.units")
    units.sign_out(make_training_unit(place, number=number, clock=SystemClock()).desk)


def agree_to_an_erasure(place: Path) -> None:
    """Two people have agreed on an erasure of what is due, and the days of waiting are over."""
    from pupil_desk.domain.governance.erasure_case import ErasureStep, ErasureStepKind, Ground
    from pupil_desk.services.demo.unit import OFFICER, PASSWORD, USERS
    from pupil_desk.services.erasure import cases
    from pupil_desk.services.roles import Action
    from pupil_desk.services.unit import units
    from pupil_desk.store.rows.rows import new_id
    from pupil_desk.store.tables import erasure_cases

    desk = units.sign_in(place, name=OFFICER, password=PASSWORD, clock=SystemClock())
    line = next(line for line in cases.lines(desk) if line.state is cases.State.DUE and line.pupil_id)
    proposed = ErasureStep(
        case_id=new_id(),
        pupil_id=line.pupil_id,
        reach=line.reach,
        step=ErasureStepKind.PROPOSED,
        ground=Ground.DUE.value,
        not_before=desk.today,  # else it waits for as many days as the settings say
        parts=tuple(line.parts),
    )
    with desk.act(Action.PROPOSE_ERASURE, "pupil", line.pupil_id, "its days are over") as work:
        erasure_cases.add(desk.vault, proposed, moment=work.stamp, actor=work.actor)
    units.sign_out(desk)
    desk = units.sign_in(place, name=next(name for name, _role in USERS if name != OFFICER), password=PASSWORD, clock=SystemClock())
    cases.agree(desk, proposed.case_id)
    units.sign_out(desk)


_PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
_PUPILS = """surname,forename,dob,upn,sex,ethnicity,address_1,town,postcode,year_group,start_date,enrolment_status
Quillfeather,Marigold,2012-05-06,Y919110026001,F,WBRI,4 Larch Way,Larkfield,AL28 2QN,10,2026-09-02,C
Bramley,Theo,2013-02-10,M919110026002,,WBRI,9 Mill Lane,Larkfield,AL28 3QN,9,2026-09-02,C
"""


def another_list(files: Path, number: int) -> str:
    """The name of a further list of pupils to be read in, of whom none is on file yet; a run has too few of them for their days to meet."""
    name = f"pupils-{number}.csv"
    heads, first, *_others = _PUPILS.splitlines()
    values = dict(zip(heads.split(","), first.split(","), strict=True))
    values |= {"surname": f"Larkspur{'abcdefghij'[number % 10]}", "upn": "", "dob": f"2012-{1 + number % 12:02}-{1 + number % 28:02}"}
    (files / name).write_text("\n".join((heads, ",".join(values.values()), "")), encoding="utf-8")
    return name


def files_of(folder: Path) -> Path:
    """The folder of files that can be read in, and beside them that of what is written."""
    files = folder / "files"
    (files / "out").mkdir(parents=True, exist_ok=True)
    (files / "pupils.csv").write_text(_PUPILS, encoding="utf-8")
    (files / "photograph.png").write_bytes(_PICTURE)
    return files


if __name__ == "__main__":
    make(Path(sys.argv[1]))
