"""An expected attendance at a provider is no mark until the provider has said so: it is listed, entered by the return, and amended by a later word."""

import dataclasses
from datetime import date

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.domain.catalogue.validation import Refused
from pupil_desk.domain.providers.provider_return import ProviderReturn
from pupil_desk.domain.pupils.placement import Placement
from pupil_desk.domain.register.attendance import Mark, Session
from pupil_desk.services import changes, register
from pupil_desk.services.changes import provider_sessions
from pupil_desk.services.imports.run import run_import, template
from pupil_desk.services.imports.undoing import undo
from pupil_desk.services.providers import provider_due, returns
from pupil_desk.services.providers.listed import why_all_listed, why_listed
from pupil_desk.services.pupils import placements
from pupil_desk.services.unit import settings
from pupil_desk.store.rows import several
from tests.services.imports.made import errors
from tests.services.providers.conftest import UPN, Farm

AM, PM = Session.AM, Session.PM
MONDAY, TUESDAY, LAST, TODAY = (date(2026, 11, number) for number in (16, 17, 23, 24))


def listed(farm: Farm) -> list[tuple[date, str, str, str]]:
    sessions = [session.expected for session in returns.to_confirm(farm.desk)]
    return [(session.day, session.session, session.code, session.returned_outcome) for session in sessions]


def codes(farm: Farm, day: date, session: Session = AM) -> list[tuple[str, str]]:
    return [(entry.code, entry.reason) for entry in register.entries(farm.desk, farm.pupil.id, day, session)]


def say(farm: Farm, outcome: str, *days: date) -> None:
    sessions = [session for session in returns.to_confirm(farm.desk) if session.expected.day in days]
    returns.enter(farm.desk, [returns.returned(session, outcome, "Ms Reed") for session in sessions])


def test_every_session_that_has_begun_is_listed_until_the_provider_has_spoken(farm: Farm) -> None:
    open_sessions = [(MONDAY, AM, "", ""), (MONDAY, PM, "", ""), (TUESDAY, AM, "", ""), (LAST, AM, "", ""), (LAST, PM, "", "")]
    assert listed(farm) == [*open_sessions, (TODAY, AM, "", "")]
    register.mark(farm.desk, [Mark(pupil_id=farm.pupil.id, day=MONDAY, session=AM, code="B")])
    assert listed(farm)[0] == (MONDAY, AM, "B", ""), "a B that nobody returned is still to be confirmed"
    due = provider_due.providers_due(farm.desk)
    assert (due.sessions, due.since) == (5, MONDAY), "today’s has time"
    register.mark(farm.desk, [Mark(pupil_id=farm.pupil.id, day=MONDAY, session=PM, code="I")])
    assert (MONDAY, PM, "I", "") not in listed(farm)


def test_a_return_makes_the_mark_and_a_later_word_amends_it(farm: Farm) -> None:
    say(farm, "attended", MONDAY)
    say(farm, "absent", TUESDAY)
    assert codes(farm, MONDAY) == [("B", "")]
    assert codes(farm, TUESDAY) == [("N", "")]
    assert [session[0] for session in listed(farm)] == [LAST, LAST, TODAY]
    (first, *_rest) = several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id)
    assert (first.provider, first.outcome, first.told_by) == ("Marden Farm", "attended", "Ms Reed")
    returns.enter(farm.desk, [dataclasses.replace(first, id="", outcome="absent")])
    assert codes(farm, MONDAY) == [("B", ""), ("N", "Returned by Marden Farm")]
    assert len(several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id)) == 3, "one of each session"


def test_what_was_seen_or_decided_stays_whatever_a_provider_says(farm: Farm) -> None:
    """A taxi that did not come, or a pupil who was here, is no absence without leave because the farm saw nobody."""
    register.mark(
        farm.desk, [Mark(pupil_id=farm.pupil.id, day=day, session=AM, code=code) for day, code in ((MONDAY, "Y1"), (TUESDAY, "/"))]
    )
    farm_says = {"pupil_id": farm.pupil.id, "provider": "Marden Farm", "session": AM}
    returns.enter(farm.desk, [ProviderReturn(day=day, outcome="absent", **farm_says) for day in (MONDAY, TUESDAY)])
    assert (codes(farm, MONDAY), codes(farm, TUESDAY)) == ([("Y1", "")], [("/", "")])
    assert not {MONDAY, TUESDAY} & {day for day, session, _code, _said in listed(farm) if session == AM}
    returns.enter(farm.desk, [ProviderReturn(day=TUESDAY, outcome="attended", **farm_says)])
    assert codes(farm, TUESDAY) == [("/", "")]
    assert (TUESDAY, AM, "/", "attended") in listed(farm), "a contradiction is listed, and a person decides"


def test_a_session_returned_twice_is_one_and_another_providers_absence_takes_nothing_away(farm: Farm) -> None:
    placements.add(farm.desk, Placement(pupil_id=farm.pupil.id, provider="Boat Yard", start_date=MONDAY, setting="OTH", sessions="Mon"))
    farm_says = ProviderReturn(pupil_id=farm.pupil.id, provider="Marden Farm", day=MONDAY, session=AM, outcome="absent")
    returns.enter(farm.desk, [farm_says, dataclasses.replace(farm_says, provider="MARDEN  farm", outcome="attended")])
    returns.enter(farm.desk, [dataclasses.replace(farm_says, provider="Boat Yard")])
    assert codes(farm, MONDAY) == [("B", "")]
    assert len(several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id)) == 2


def test_a_mark_that_was_entered_ahead_is_confirmed_by_the_return(farm: Farm) -> None:
    later = Mark(pupil_id=farm.pupil.id, day=date(2026, 11, 30), session=AM, code="B")
    register.mark(farm.desk, [later])
    with pytest.raises(Refused, match="still to come"):
        returns.enter(
            farm.desk, [ProviderReturn(pupil_id=farm.pupil.id, provider="Marden Farm", day=later.day, session=AM, outcome="attended")]
        )
    assert register.view(farm.desk, later.day, later.day).rows[0].cells[later.day, AM].is_planned


def test_a_providers_table_is_read_and_counts_once_a_person_confirms_it(farm: Farm) -> None:
    assert template("provider-returns") == "date,session,outcome,upn,surname,forename,provider,told_by,note"
    rows = ["16/11/2026,AM,Present", "16/11/2026,PM,No", "18/11/2026,AM,Present", "16/10/2026,AM,Present"]
    text = "surname,forename,date,session,outcome\n" + "\n".join(f"Ash,Zoë,{row}" for row in rows)
    outcome = run_import(farm.desk, "provider-returns", text.encode())
    assert errors(outcome) == {(4, "session", "not_expected"), (5, "surname", "no_such_pupil")}
    assert codes(farm, MONDAY) == [], "the register is not touched"
    assert listed(farm)[:2] == [(MONDAY, AM, "", "attended"), (MONDAY, PM, "", "absent")]
    returns.confirm(farm.desk, returns.to_confirm(farm.desk))
    assert (codes(farm, MONDAY), codes(farm, MONDAY, PM)) == ([("B", "")], [("N", "")])
    assert len(listed(farm)) == 4, "of which nothing was returned"
    other = run_import(
        farm.desk, "provider-returns", f"UPN,surname,forename,date,session,outcome\n{UPN},Oak,Zoë,16/11/2026,AM,Absent\n".encode()
    )
    assert errors(other) == {(2, "upn", "another_name")}
    undo(farm.desk, outcome.import_id)
    assert several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id) == []
    assert listed(farm)[0] == (MONDAY, AM, "B", ""), "without the return the mark is to be confirmed again"


def test_a_unit_that_buys_no_places_is_offered_none_of_it(farm: Farm) -> None:
    say(farm, "attended", MONDAY)
    settings.save_settings(farm.desk, dataclasses.replace(farm.desk.settings, buys_places=False))
    assert returns.to_confirm(farm.desk) == []
    assert not provider_due.providers_due(farm.desk).sessions
    (stored, *_rest) = several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id)
    with pytest.raises(WrongUse, match="“We buy places at other providers” is switched off"):
        returns.enter(farm.desk, [stored])


def outcomes(farm: Farm) -> list[str]:
    return [each.outcome for each in several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id)]


def test_sessions_that_are_taken_back_lose_the_return_and_the_mark_together(farm: Farm) -> None:
    say(farm, "attended", MONDAY)
    undone = provider_sessions.undo(farm.desk, farm.desk.last_act)
    assert (len(undone.lines), undone.left, outcomes(farm)) == (4, (), [])
    assert (codes(farm, MONDAY)[-1][0], codes(farm, MONDAY, PM)[-1][0]) == ("", "")
    changes.undo(farm.desk, undone.act)
    assert (outcomes(farm), codes(farm, MONDAY)[-1][0]) == (["attended", "attended"], "B"), "an undo is undone alike"


def test_what_was_said_or_marked_otherwise_since_stays_whole_and_is_told(farm: Farm) -> None:
    say(farm, "attended", MONDAY)
    act = farm.desk.last_act
    (first, *_rest) = several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id)
    returns.enter(farm.desk, [dataclasses.replace(first, id="", outcome="late")])
    undone = provider_sessions.undo(farm.desk, act)
    assert [(each.label, each.reason) for each in undone.left] == [
        ("16 Nov 2026, AM", "The provider’s word was changed since, and the mark stays with it.")
    ]
    assert (outcomes(farm), codes(farm, MONDAY)[-1][0], codes(farm, MONDAY, PM)[-1][0]) == (["late"], "B", "")
    assert (MONDAY, AM) not in [session[:2] for session in listed(farm)]
    say(farm, "attended", LAST)
    act = farm.desk.last_act
    register.mark(farm.desk, [Mark(pupil_id=farm.pupil.id, day=LAST, session=session, code="I") for session in (AM, PM)], reason="Rang in")
    with pytest.raises(WrongUse, match="changed since"):
        provider_sessions.undo(farm.desk, act)
    assert [session for session in listed(farm) if session[0] == LAST] == [(LAST, AM, "I", "attended"), (LAST, PM, "I", "attended")]


def test_the_list_of_changes_undoes_such_an_entry_by_the_same_way(farm: Farm) -> None:
    say(farm, "attended", TUESDAY)
    act = farm.desk.last_act
    lines = [(line.label or line.record, line.after) for line in changes.would_undo(farm.desk, act).lines]
    assert lines == [("Return of a provider", "Taken away"), ("Mark of 17 Nov 2026, AM", "nothing")]
    changes.undo(farm.desk, act)
    assert (outcomes(farm), codes(farm, TUESDAY)[-1][0]) == ([], "")


def test_only_entries_of_sessions_at_providers_are_taken_back_so(farm: Farm) -> None:
    register.mark(farm.desk, [Mark(pupil_id=farm.pupil.id, day=MONDAY, session=AM, code="I")])
    with pytest.raises(WrongUse, match="no entry of yours of sessions"):
        provider_sessions.undo(farm.desk, farm.desk.last_act)
    assert codes(farm, MONDAY)[-1][0] == "I"
    say(farm, "attended", TUESDAY)
    (first,) = several.of_pupil(farm.desk.vault, ProviderReturn, farm.pupil.id)
    assert not returns.enter(farm.desk, [dataclasses.replace(first, id="")]).kinds, "nothing to undo: all of it was so already"
    register.mark(farm.desk, [Mark(pupil_id=farm.pupil.id, day=TUESDAY, session=AM, code="I")], reason="Was here")
    assert not returns.enter(farm.desk, [dataclasses.replace(first, id="")]).kinds


@pytest.mark.parametrize(
    ("code", "outcome", "words"),
    [
        ("", "attended", "The provider says that the pupil came, and nothing is marked yet."),
        ("I", "attended", "The provider says that the pupil came, and the register says otherwise."),
        ("B", "not-run", "The register says that the pupil was there, and the provider that the session was not run."),
        ("", "not-run", "The provider says that the session was not run, and nothing is marked yet."),
        ("", "absent", "The provider has said that the pupil did not come, and nothing is marked yet."),
    ],
)
def test_why_a_session_is_listed_is_said_as_it_is(farm: Farm, code: str, outcome: str, words: str) -> None:
    expected = dataclasses.replace(returns.to_confirm(farm.desk)[0].expected, code=code, returned_outcome=outcome)
    assert not expected.is_settled
    assert why_listed(expected).startswith(words)
    other = dataclasses.replace(expected, code="", returned_outcome="")
    assert why_all_listed([expected, other]).startswith("The sessions chosen are listed for different reasons.")
