"""What the file knows that helps to enter an incident: the needs and the known triggers of a pupil, and the names of those who were there before."""

from collections.abc import Iterable

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.text import capital
from pupil_desk.basics.words import _
from pupil_desk.domain.incidents.incident import Incident, names_in, newest_first
from pupil_desk.domain.incidents.place_spellings import place_key
from pupil_desk.services.care import health
from pupil_desk.services.care.health_answers import disability_words, item_with_kind
from pupil_desk.services.desk import Desk
from pupil_desk.services.incidents.looking import LAST_YEAR
from pupil_desk.services.pupils.pupils import pupil_of
from pupil_desk.services.roles import Action
from pupil_desk.store.tables import incidents as store
from pupil_desk.store.tables import staff

_NO_NEED = "N"  # of the list of SEN provision


def needs(desk: Desk, pupil_id: str) -> str:
    """The special educational needs, disabilities and conditions on file today, one a line; empty where nothing is. That it was read is logged."""
    desk.viewed("pupil", pupil_id)
    pupil = pupil_of(desk.vault, pupil_id)
    answer = health.answer_on_file(desk, pupil_id)
    types = [codelist("sen_need").label_of(need) for need in (pupil.sen_need_1, pupil.sen_need_2) if need]
    lines = []
    if pupil.sen_provision and pupil.sen_provision != _NO_NEED:
        provision = codelist("sen_provision").label_of(pupil.sen_provision)
        lines.append(_("{provision}: {needs}").format(provision=provision, needs=", ".join(types)) if types else provision)
    elif types:
        lines.append(", ".join(types))
    lines += [capital(disability_words(disability)) for disability in answer.disabilities]
    lines += [item_with_kind(item) for item in answer.items]
    return "\n".join(lines)


def triggers(desk: Desk, pupil_id: str) -> str:
    """The known triggers as the newest incident of the pupil that names any has them; empty where none does."""
    desk.require(Action.READ_RECORD)
    cases = newest_first(case for case in store.of_pupil(desk.vault, pupil_id) if not case.struck)
    return next((case.now.triggers for case in cases if case.now.triggers), "")


def places(desk: Desk) -> tuple[str, ...]:
    """Where incidents happened before, each once in the spelling of most of them, which come first. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    by_key: dict[str, str] = {}
    for place in store.places(desk.vault):
        by_key.setdefault(place_key(place), place)
    return tuple(by_key.values())


def may_sign(desk: Desk, accounts: Iterable[Incident]) -> tuple[str, ...]:
    """Who can sign these accounts: who is at the desk, the others who sign in, the head, and the members of staff whom the accounts name. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    users = sorted((member.name for member in staff.all_staff(desk.vault) if member.active), key=str.casefold)
    involved = (name for incident in accounts for name in (*names_in(incident.staff), *names_in(incident.done_by)))
    head = (desk.settings.head,) if desk.settings.head else ()
    return tuple(dict.fromkeys((desk.user.name, *users, *head, *involved)))


def staff_names(desk: Desk) -> tuple[str, ...]:
    """The names of those who sign in, and of those whom the incidents of the last year name as staff, by letter. Raises NotAllowed."""
    desk.require(Action.READ_RECORD)
    names = {member.name for member in staff.all_staff(desk.vault) if member.active}
    for case in store.between(desk.vault, desk.today - LAST_YEAR, desk.today):
        if not case.struck:
            names |= set(names_in(case.now.staff))
    return tuple(sorted(names, key=str.casefold))
