"""notice, form: what is written, what is recorded, and that a failure leaves nothing."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from pupil_desk.basics import files
from pupil_desk.basics.errors import CannotWrite
from pupil_desk.documents.reading.read_back import read_pdf
from pupil_desk.services import saving
from pupil_desk.services.notices import notices
from tests.cli.ran import NOBODY, OFFICE, OFFICER, UNDER_ORDER, Ran, left_in

Run = Callable[..., Ran]


def test_a_notice_for_one_pupil_is_a_pdf_that_names_nobody(run: Run, unit: Path, out: Path) -> None:
    made = run("notice", unit, "--for", "P0002", "--to", out, user=OFFICE, as_json=True)
    assert made.status == 0
    assert {"files", "edition"} <= set(made.told)
    assert made.told["edition"] == "2026-11-24, number 2"
    assert left_in(out) == {file["name"] for file in made.told["files"]}
    for file in made.told["files"]:
        data = (out / file["name"]).read_bytes()
        assert data.startswith(b"%PDF-")
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert file["name"].startswith("privacy-notice-P0002-")


def test_a_notice_as_a_web_page(run: Run, unit: Path, out: Path) -> None:
    made = run("notice", unit, "--for", "P0002", "--format", "html", "--to", out, user=OFFICE, as_json=True)
    assert all(b"<h1>" in (out / file["name"]).read_bytes() for file in made.told["files"])


def test_a_family_is_given_two_sides_and_the_pupil_one_and_the_page_has_the_tables(run: Run, unit: Path, out: Path) -> None:
    plain = run("notice", unit, "--for", "P0002", "--to", out, user=OFFICE, as_json=True).told["files"]
    alone = run("notice", unit, "--for", "P0002", "--no-pupil-side", "--to", out, user=OFFICE, as_json=True).told["files"]
    web = run("notice", unit, "--for", "P0002", "--format", "html", "--to", out, user=OFFICE, as_json=True).told["files"]
    assert {read_pdf((out / file["name"]).read_bytes()).pages for file in alone} == {2}
    for file in plain:
        read = read_pdf((out / file["name"]).read_bytes())
        assert (read.pages, "Your information, and what we do with it" in read.text) in ((3, True), (2, False))
        assert "Legal surname" not in read.text
    assert any(read_pdf((out / file["name"]).read_bytes()).pages == 3 for file in plain)
    assert all(b"Legal surname" in (out / file["name"]).read_bytes() for file in web)


def test_the_tables_alone_are_for_the_folder_in_the_office(run: Run, unit: Path, out: Path) -> None:
    made = run("notice", unit, "--tables", "--to", out, user=OFFICE, as_json=True)
    assert (made.status, left_in(out)) == (0, {"privacy-notice-tables.pdf"})
    read = read_pdf((out / "privacy-notice-tables.pdf").read_bytes())
    assert "Legal surname" in read.text
    assert "edition 24 November 2026, number 2" in read.text
    assert "print-notice" in [row["action"] for row in run("log", unit, user=OFFICER, as_json=True).told[-3:]]
    assert run("notice", unit, "--tables", "--issue", "--to", out, user=OFFICE).status == 2


def test_a_slip_is_the_last_sheet_and_only_of_the_whole_notice_as_pdf(run: Run, unit: Path, out: Path) -> None:
    plain = run("notice", unit, "--for", "P0002", "--to", out, user=OFFICE, as_json=True).told["files"]
    slipped = run("notice", unit, "--for", "P0002", "--slip", "--issue", "--to", out, user=OFFICE, as_json=True).told["files"]
    pages = [[read_pdf((out / file["name"]).read_bytes()) for file in files] for files in (plain, slipped)]
    assert all("Have you got our privacy notice?" not in read.text for read in pages[0])
    assert all("Have you got our privacy notice?" in read.text and read.pages % 2 for read in pages[1])
    for more in (("--format", "html"), ("--variant", "pupil")):
        assert run("notice", unit, "--for", "P0002", "--slip", *more, "--to", out, user=OFFICE).status == 2


def test_issuing_records_the_channel_and_those_due_become_fewer(run: Run, unit: Path, out: Path) -> None:
    due = run("notice", unit, "--due", "--format", "html", "--to", out, user=OFFICE, as_json=True).told["files"]
    again = run("notice", unit, "--due", "--format", "html", "--to", out, "--issue", "--channel", "post", user=OFFICE, as_json=True).told[
        "files"
    ]
    assert len(due) == len(again) > 0
    assert run("notice", unit, "--due", "--format", "html", "--to", out, user=OFFICE, as_json=True).told["files"] == []
    ref = again[0]["name"].split("-")[2]
    shown = run("show", unit, ref, user=OFFICE, as_json=True).told["notices"][-1]
    assert (shown["channel"], shown["on"], shown["issued_by"]) == ("post", "2026-11-24", OFFICE)


def test_what_was_there_is_never_written_over(run: Run, unit: Path, out: Path) -> None:
    for _each in range(2):
        assert run("notice", unit, "--for", "P0021", "--to", out, user=OFFICE).status == 0
    assert "privacy-notice-P0021-1-copy-2.pdf" in left_in(out)


def test_all_lists_who_gets_none_and_why(run: Run, unit: Path, out: Path) -> None:
    made = run("notice", unit, "--all", "--format", "html", "--to", out, user=OFFICE, as_json=True)
    assert made.status == 0
    reasons = {row["pupil"]: row["reason"] for row in made.told["left_out"]}
    assert reasons[NOBODY] == "nobody to give it to"
    assert "under an order" in reasons[UNDER_ORDER]


def test_a_pupil_with_nobody_to_give_it_to_is_done_in_part(run: Run, unit: Path, out: Path) -> None:
    made = run("notice", unit, "--for", NOBODY, "P0002", "--to", out, user=OFFICE)
    assert made.status == 1
    assert f"No notice for:\n  {NOBODY}  nobody to give it to\n" in made.out
    assert left_in(out)


def test_a_missing_detail_of_the_unit_is_named_beside(run: Run, tmp_path: Path, out: Path) -> None:
    file = tmp_path / "bare.pupildesk"
    run("new", file, "--unit", "Bare", "--la", "919", "--estab", "1100", user="Dee")
    made = run("notice", file, "--all", "--to", out, user="Dee", as_json=True)
    assert (made.status, made.told["files"]) == (0, [])
    assert "Head of the unit" in made.err


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "."),
        ("--for", "P0002", "--due", "--to", "."),
        ("--for", "P9999", "--to", "."),
        ("--due", "--to", ".", "--channel", "post"),
        ("--due", "--to", ".", "--issue", "--on", "2026-11-25"),
        ("--due", "--to", ".", "--format", "docx"),
    ],
    ids=["nobody said", "two at once", "unknown", "channel without issue", "given tomorrow", "format"],
)
def test_wrong_use_writes_nothing(run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]) -> None:
    monkeypatch.chdir(out)
    refused = run("notice", unit, *words, user=OFFICE)
    assert refused.status == 2
    assert refused.sentence
    assert left_in(out) == set()


def test_a_folder_that_is_not_there_is_a_stick_that_was_removed(run: Run, unit: Path, out: Path) -> None:
    refused = run("notice", unit, "--for", "P0002", "--to", out / "gone", user=OFFICE)
    assert refused.status == 7
    assert "put the stick back in" in refused.sentence


def test_a_stick_pulled_half_way_leaves_nothing_and_records_nothing(
    run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pulled(path: Path, data: bytes, *, replace: bool = False) -> str:
        if len(left_in(out)) == 3:
            raise CannotWrite("The stick was pulled. Put it back in.")
        return files.write_whole(path, data, replace=replace)

    monkeypatch.setattr(saving, "write_whole", pulled)
    before = len(run("log", unit, user=OFFICER, as_json=True).told)
    refused = run("notice", unit, "--all", "--issue", "--format", "html", "--to", out, user=OFFICE)
    assert (refused.status, refused.sentence) == (7, "The stick was pulled. Put it back in.")
    assert left_in(out) == set()
    rows = run("log", unit, user=OFFICER, as_json=True).told[before:]
    assert {row["action"] for row in rows} == {"sign-in", "sign-out"}


def test_papers_that_cannot_be_recorded_are_taken_away(run: Run, unit: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise CannotWrite("The disk is full. Free some space.")

    monkeypatch.setattr(notices, "issue", full)
    assert run("notice", unit, "--for", "P0002", "--issue", "--to", out, user=OFFICE).status == 7
    assert left_in(out) == set()


def test_forms_for_named_pupils_and_for_all_unasked(run: Run, unit: Path, out: Path) -> None:
    made = run("form", unit, "sharing-choice", "--for", "P0002", "P0021", "P0002", "--to", out, user=OFFICE, as_json=True)
    assert made.status == 0
    assert {file["name"].split("-")[2] for file in made.told["files"]} == {"P0002", "P0021"}
    assert all((out / file["name"]).read_bytes().startswith(b"%PDF-") for file in made.told["files"])
    every = run("form", unit, "sharing-choice", "--all-unasked", "--to", out, user=OFFICE)
    assert every.status == 0
    assert every.out.endswith("forms written.\n")
    rows = run("log", unit, "--pupil", "P0021", user=OFFICER, as_json=True).told
    assert (rows[-1]["action"], rows[-1]["reason"]) == ("print-form", "sharing-choice")


def test_a_form_there_is_not(run: Run, unit: Path, out: Path) -> None:
    assert "sharing-choice" in run("form", unit, "photo", "--for", "P0001", "--to", out, user=OFFICE).sentence


def test_a_pupil_of_whom_nobody_can_be_asked_is_done_in_part(run: Run, unit: Path, out: Path) -> None:
    made = run("form", unit, "sharing-choice", "--for", NOBODY, "--to", out, user=OFFICE, as_json=True)
    assert (made.status, made.told["files"]) == (1, [])
    assert [row["pupil"] for row in made.told["left_out"]] == [NOBODY]
    assert run("form", unit, "sharing-choice", "--for", NOBODY, "--to", out, user=OFFICE).out.startswith(f"No form for:\n  {NOBODY}  ")


def test_a_notice_given_on_a_day_to_come_leaves_no_file_and_no_row_of_the_log(run: Run, unit: Path, out: Path) -> None:
    before = len(run("log", unit, user=OFFICER, as_json=True).told)
    assert run("notice", unit, "--due", "--to", out, "--issue", "--on", "2030-01-01", user=OFFICER).status == 2
    assert list(out.iterdir()) == []
    actions = [row["action"] for row in run("log", unit, user=OFFICER, as_json=True).told]
    assert [a for a in actions[before:] if a not in ("sign-in", "sign-out")] == []


def test_papers_about_someone_protected_are_told_of_and_logged_and_say_nothing_of_it(run: Run, unit: Path, out: Path) -> None:
    """Whoever is named is meant, and so is everybody for whom all are asked: the fixed contract makes each family its notice."""
    for more in (("--for", UNDER_ORDER), ("--all",)):
        made = run("notice", unit, *more, "--format", "html", "--to", out, user=OFFICE, as_json=True)
        assert UNDER_ORDER in made.told["protected"]
        assert "Something must be kept from someone about: " in made.err
        assert "Nothing on their papers says so: check name and address before they are sent." in made.err
        written = [(out / file["name"]).read_bytes() for file in made.told["files"]]
        assert written
        assert not any(words in page for page in written for words in (b"Office use", b"check the name", b"into their envelopes"))
    free = run("notice", unit, "--for", "P0002", "--to", out, user=OFFICE, as_json=True)
    assert (free.told["protected"], free.err) == ([], free.err.replace("Something must be kept", ""))
    rows = run("log", unit, "--pupil", UNDER_ORDER, user=OFFICER, as_json=True).told
    assert "print-protected" in [row["action"] for row in rows]


def test_forms_in_large_print_are_printed_and_read_back(run: Run, unit: Path, out: Path) -> None:
    """What the command wrote is what a scanner would give: each page is filed, and waits for a person."""
    made = run("form", unit, "sharing-choice", "--for", "P0002", "P0021", "--variant", "large", "--to", out, user=OFFICE, as_json=True)
    assert made.status == 0
    files = [out / one["name"] for one in made.told["files"]]
    came = run("read-forms", unit, *files, user=OFFICE, as_json=True)
    assert came.status == 0
    told = came.told
    assert (told["filed"], told["set_aside"], told["blank"]) == (told["pages"], {}, 0)
    pages = [len(pypdfium2.PdfDocument(file)) for file in files]
    assert min(pages) >= 2
    assert told["pages"] == sum(pages)
    assert told["waiting"] >= len(files)
    again = run("read-forms", unit, files[0], user=OFFICE)
    assert again.status == 1
    assert f"{pages[0]}  This page came back already" in again.out


def test_what_is_no_scan_is_refused_and_nothing_is_read(run: Run, unit: Path, out: Path) -> None:
    letter = out / "letter.txt"
    letter.write_text("words", encoding="utf-8")
    assert "Choose a PDF, or pictures" in run("read-forms", unit, letter, user=OFFICE).sentence
    assert run("read-forms", unit, out / "nothing.pdf", user=OFFICE).status == 2


def test_the_slip_that_asks_whether_all_is_right_comes_back_and_has_no_variants(run: Run, unit: Path, out: Path) -> None:
    made = run("form", unit, "data-check", "--for", "P0002", "--to", out, user=OFFICE, as_json=True)
    assert made.status == 0
    path = out / made.told["files"][0]["name"]
    came = run("read-forms", unit, path, user=OFFICE, as_json=True)
    assert came.status == 0
    assert came.told["filed"] == came.told["pages"] > 1
    assert came.told["set_aside"] == {}
    assert run("form", unit, "data-check", "--for", "P0002", "--variant", "large", "--to", out, user=OFFICE).status == 2


def test_a_notice_in_large_print_is_recorded_so_and_one_that_cannot_be_given_is_wrong_use(run: Run, unit: Path, out: Path) -> None:
    assert run("notice", unit, "--for", "P0002", "--language", "pl", "--to", out, user=OFFICE).status == 2
    assert left_in(out) == set()
    made = run("notice", unit, "--for", "P0002", "--variant", "large", "--issue", "--to", out, user=OFFICE, as_json=True)
    assert all(file["name"].startswith("privacy-notice-large-P0002-") for file in made.told["files"])
    shown = run("show", unit, "P0002", user=OFFICE, as_json=True).told["notices"][-1]
    assert (shown["variant"], shown["language"]) == ("large", "en")
    easy = run("notice", unit, "--for", "P0002", "--variant", "easy", "--to", out, user=OFFICE, as_json=True)
    assert all(file["name"].startswith("privacy-notice-easy-P0002-") for file in easy.told["files"])


def test_one_name_that_no_font_has_stops_nobody_and_is_told(run: Run, unit: Path, out: Path, tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(
        "surname,forename,dob,address_1,postcode,enrolment_status,start_date\n𠮷,Ren,2009-05-01,1 Elm Row,AL28 1AB,C,2026-09-02\n", "utf-8"
    )
    assert run("import", unit, "pupils", rows, user=OFFICE).status == 0
    ref = next(one["ref"] for one in run("pupils", unit, user=OFFICE, as_json=True).told if one["surname"] == "𠮷")
    for command in (
        ("notice", "--for", ref, "--for", "P0002"),
        ("form", "data-check", "--for", ref, "--for", "P0002"),
        ("form", "sharing-choice", "--all-unasked"),
        ("statement", "--for", ref, "P0002", "--since", "2026-11-01", "--until", "2026-11-24"),
    ):
        made = run(command[0], unit, *command[1:], "--to", out, user=OFFICE, as_json=True)
        reasons = [left["reason"] for left in made.told["left_out"] if left["pupil"] == ref]
        assert made.status == 1, command
        assert any("no font here has these characters: 𠮷" in reason for reason in reasons), command
        assert made.told["files"], command
        assert not any(ref in file["name"] for file in made.told["files"]), command


def test_a_statement_is_two_sides_a_pupil_and_adds_up_to_the_log(run: Run, unit: Path, out: Path) -> None:
    words = ("statement", unit, "--for", "P0002", "P0004", "--since", "2025-11-25", "--until", "2026-11-24", "--to", out)
    made = run(*words, user=OFFICE, as_json=True)
    assert (made.status, set(made.told)) == (0, {"files", "lines"})
    assert left_in(out) == {"statement-P0002.pdf", "statement-P0004.pdf"} == {file["name"] for file in made.told["files"]}
    assert all(read_pdf((out / name).read_bytes()).pages <= 2 for name in left_in(out))
    held = [run("show", unit, number, user=OFFICE, as_json=True).told["disclosures"] for number in ("P0002", "P0004")]
    assert made.told["lines"] + 2 == sum(len(rows) for rows in held), "each statement is itself told, after what it tells"
    again = run(*words, user=OFFICE, as_json=True)
    assert again.told["lines"] == made.told["lines"] + 2
    assert left_in(out) > {"statement-P0002.pdf", "statement-P0004.pdf"}, "nothing is written over"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--for", "P9999", "--since", "2026-11-01", "--until", "2026-11-24"), "no pupil with the number “P9999”"),
        (("--for", "P0002", "--since", "2026-11-24", "--until", "2026-11-01"), "ends before it begins"),
        (("--for", "P0002", "--since", "2026-11-24"), "until"),
    ],
)
def test_a_statement_that_cannot_be_is_wrong_use(run: Run, unit: Path, out: Path, words: tuple[str, ...], sentence: str) -> None:
    refused = run("statement", unit, *words, "--to", out, user=OFFICE)
    assert (refused.status, left_in(out)) == (2, set())
    assert sentence in refused.sentence
