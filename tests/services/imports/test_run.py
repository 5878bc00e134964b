"""An import as a whole: proposed, mended, decided on, kept in one transaction or not at all."""

import dataclasses
import hashlib
from collections.abc import Callable

import pytest

from pupil_desk.basics.errors import WrongUse
from pupil_desk.services.desk import Desk
from pupil_desk.services.imports.kinds import Fate
from pupil_desk.services.imports.outcome import Outcome, outcome_of
from pupil_desk.services.imports.proposal import accept_all, mend, pick
from pupil_desk.services.imports.run import keep, propose, run_import
from pupil_desk.services.pupils.pupils import save_pupil
from pupil_desk.store.file import audit
from pupil_desk.store.file.vault import Vault
from pupil_desk.store.rows import amendments
from pupil_desk.store.tables import ledger, pupils
from tests.services.imports.made import ANN, BEN, CAT, counts, errors, table, told, workbook

GOOD = f"surname|forename|dob|upn|town\nHall|Ann|1/2/2012|{ANN}|Larkfield\nIvy|Ben|1/2/2012|{BEN}|Larkfield"
ONE_BAD = GOOD + f"\nJay|Cat|31/2/2012|{CAT}|Larkfield"


def names(desk: Desk) -> list[str]:
    return [pupil.forename for pupil in pupils.all_pupils(desk.vault)]


@pytest.mark.acceptance(54)
def test_a_dry_run_says_what_the_real_one_does_and_leaves_no_trace(desk: Desk) -> None:
    before = audit.head(desk.vault)
    dry = run_import(desk, "pupils", table(ONE_BAD), dry_run=True)
    assert (names(desk), audit.head(desk.vault), ledger.imports(desk.vault)) == ([], before, [])
    real = run_import(desk, "pupils", table(ONE_BAD))
    assert dry.as_json() == real.as_json()
    assert (dry.status, real.status, names(desk)) == (1, 1, ["Ann", "Ben"])
    assert (real.news.kinds, len(real.news.ids)) == ({"pupil", "enrolment"}, 2)


def test_an_import_is_one_row_of_the_log_with_counts_and_one_of_the_ledger_with_the_digest(desk: Desk) -> None:
    source, before = table(ONE_BAD), audit.head(desk.vault).seq
    run_import(desk, "pupils", source, "Hall family.csv")
    assert audit.head(desk.vault).seq == before + 1
    logged = ledger.log_rows(desk.vault)[0]
    assert (logged["action"], logged["kind"]) == ("import", "import")
    assert logged["reason"] == "pupils: 3 read, 2 added, 0 changed, 0 unchanged, 1 refused"
    (made,) = ledger.imports(desk.vault)
    assert (made["id"], made["sha256"]) == (logged["object_id"], hashlib.sha256(source).hexdigest())
    assert (made["read"], made["added"], made["refused"], made["made_by_name"]) == (3, 2, 1, "Dee")


def test_strict_keeps_nothing_if_a_row_is_refused(desk: Desk) -> None:
    run_import(desk, "pupils", table(GOOD.splitlines()[0] + f"\nHall|Ann|1/2/2012|{ANN}|Larkfield"))
    for dry_run in (True, False):
        outcome = run_import(desk, "pupils", table(ONE_BAD), strict=True, dry_run=dry_run)
        assert (counts(outcome), outcome.status) == ((3, 0, 0, 1, 2), 1)
    assert (names(desk), len(ledger.imports(desk.vault))) == (["Ann"], 1)
    assert counts(run_import(desk, "pupils", table(GOOD), strict=True)) == (2, 1, 0, 1, 0)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        (b"", (None, "", "unreadable_file")),
        (b"MZ\x90\x00\x03", (None, "", "unreadable_file")),
        (b"surname,forename\nHall,Ann\n", (1, "dob", "missing")),
        (b"surname,forename,dob,DOB\nHall,Ann,1/2/2012,1/2/2012\n", (1, "dob", "duplicate_column")),
    ],
)
def test_a_wrong_file_is_told_by_its_code_and_changes_nothing(desk: Desk, source: bytes, problem: tuple[int | None, str, str]) -> None:
    for dry_run in (True, False):
        outcome = run_import(desk, "pupils", source, dry_run=dry_run)
        assert (counts(outcome), outcome.status, errors(outcome)) == ((0, 0, 0, 0, 0), 1, {problem})
    assert (names(desk), ledger.imports(desk.vault)) == ([], [])
    assert ledger.log_rows(desk.vault)[0]["reason"].endswith(f"{problem[2]}; nothing kept")


def test_a_file_that_fits_no_kind_is_told_so(desk: Desk) -> None:
    outcome = run_import(desk, "auto", b"Tutor House,Points\nAsh,12\n")
    assert (counts(outcome), errors(outcome)) == ((0, 0, 0, 0, 0), {(None, "", "unreadable_file")})
    with pytest.raises(WrongUse, match="pupils, contacts, choices"):
        run_import(desk, "dinners", b"")


def test_headings_alone_are_no_rows_and_no_error(desk: Desk) -> None:
    outcome = run_import(desk, "auto", b"surname,forename,dob\n")
    assert (outcome, outcome.status) == (Outcome(read=0, added=0, changed=0, unchanged=0, refused=0), 0)


def test_a_workbook_is_told_apart_by_what_is_in_it(desk: Desk) -> None:
    source = workbook(("Surname", "Forename", "Date of birth", "UPN"), (), ("Hall", "Ann", 40940, ANN), ("Ivy", "Ben", "x", BEN))
    outcome = run_import(desk, "auto", source, "pupils.csv")
    assert (counts(outcome), errors(outcome)) == ((2, 1, 0, 0, 1), {(4, "dob", "bad_date")})


def test_a_refused_row_is_mended_before_anything_is_kept(desk: Desk) -> None:
    proposal = propose(desk, "pupils", table(ONE_BAD))
    assert proposal.row(4).fate is Fate.REFUSED
    mended = mend(proposal, 4, {"dob": "28/2/2012"})
    assert counts(outcome_of(mended)) == (3, 3, 0, 0, 0)
    assert counts(outcome_of(proposal)) == (3, 2, 0, 0, 1)
    assert counts(keep(desk, mended)) == (3, 3, 0, 0, 0)
    assert names(desk) == ["Ann", "Ben", "Cat"]


def test_a_mended_row_is_judged_with_the_others(desk: Desk) -> None:
    mended = mend(propose(desk, "pupils", table(ONE_BAD)), 4, {"dob": "28/2/2012", "upn": BEN})
    assert told(outcome_of(mended)) == {(4, "", "duplicate_in_file", "error")}
    earlier = mend(mended, 3, {"upn": CAT})
    assert counts(outcome_of(earlier)) == (3, 3, 0, 0, 0)


def test_a_row_lacking_a_column_the_file_has_not_can_be_mended_too(desk: Desk) -> None:
    proposal = propose(desk, "pupils", table("surname|forename|dob\nHall|Ann|1/2/2012"))
    keep(desk, mend(proposal, 2, {"upn": ANN}))
    assert pupils.by_number(desk.vault, ANN)


def test_each_cell_that_differs_can_be_decided(desk: Desk) -> None:
    run_import(desk, "pupils", table(GOOD))
    source = table(f"surname|forename|dob|upn|town\nHall|Anna|1/2/2012|{ANN}|Coldharbour")
    proposal = propose(desk, "pupils", source)
    assert [(d.column, d.old_text, d.new_text, d.accept) for d in proposal.row(2).plan.differences] == [
        ("forename", "Ann", "Anna", "theirs"),
        ("town", "Larkfield", "Coldharbour", "theirs"),
    ]
    assert proposal.row(2).fate is Fate.CHANGED
    picked = pick(proposal, 2, "forename", "mine")
    assert accept_all(proposal, "mine").row(2).fate is Fate.UNCHANGED
    assert pick(picked, 2, "town", "mine").row(2).fate is Fate.UNCHANGED
    keep(desk, picked)
    held = pupils.by_number(desk.vault, ANN)
    assert held
    assert (held.forename, held.town) == ("Ann", "Coldharbour")
    assert [row["item"] for row in amendments.of_pupil(desk.vault, held.id)][-1:] == ["town"]


def test_a_preview_that_is_no_longer_true_is_not_kept(desk: Desk) -> None:
    run_import(desk, "pupils", table(GOOD))
    proposal = propose(desk, "pupils", table(f"surname|forename|dob|upn|town\nHall|Ann|1/2/2012|{ANN}|Coldharbour"))
    held = pupils.by_number(desk.vault, ANN)
    assert held
    save_pupil(desk, dataclasses.replace(held, phone="01632 960201"))
    with pytest.raises(WrongUse, match="read the file again"):
        keep(desk, proposal)
    now = pupils.by_number(desk.vault, ANN)
    assert now
    assert (now.town, now.phone) == ("Larkfield", "01632 960201")


def test_a_preview_stays_true_while_others_only_look(desk: Desk) -> None:
    run_import(desk, "pupils", table(GOOD))
    proposal = propose(desk, "pupils", table(f"surname|forename|dob|upn\nJay|Cat|1/2/2012|{CAT}"))
    run_import(desk, "pupils", table("surname|forename|dob\nKay|Dan|1/2/2012"))
    assert counts(keep(desk, proposal)) == (1, 1, 0, 0, 0)
    assert sorted(pupil.ref for pupil in pupils.all_pupils(desk.vault)) == ["P0001", "P0002", "P0003", "P0004"]


@pytest.mark.acceptance(11)
def test_what_fails_while_keeping_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise MemoryError

    monkeypatch.setattr(ledger, "add_import", full)
    before = audit.head(desk.vault)
    with pytest.raises(MemoryError):
        run_import(desk, "pupils", table(GOOD))
    assert (names(desk), audit.head(desk.vault)) == ([], before)


@pytest.mark.acceptance(11)
def test_memory_that_runs_out_at_any_statement_leaves_nothing_and_the_program_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    done: list[str] = []

    def failing(real: Callable[..., int]) -> Callable[..., int]:
        def execute(vault: Vault, sql: str, *values: object) -> int:
            done.append(sql)
            if len(done) == at:
                raise MemoryError
            return real(vault, sql, *values)

        return execute

    before, at = audit.head(desk.vault), 0
    while names(desk) == []:
        at += 1
        done.clear()
        with monkeypatch.context() as patch:
            for name in ("execute", "execute_many"):
                patch.setattr(Vault, name, failing(getattr(Vault, name)))
            try:
                run_import(desk, "pupils", table(GOOD))
            except MemoryError:
                assert (names(desk), audit.head(desk.vault)) == ([], before)
    record_property("tried", at - 1)
    assert at > 5
    assert names(desk) == ["Ann", "Ben"]
