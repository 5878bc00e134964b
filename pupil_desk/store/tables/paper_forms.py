"""Forms printed, with the numbers of their pages, whom they ask and what came of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pupil_desk.basics.grouping import grouped
from pupil_desk.domain.papers.paper_form import PaperForm, standing_form_steps
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert_all, insert_row, insert_rows, read, read_first
from pupil_desk.store.rows.same import as_kept, of_person


def add(vault: Vault, forms: Sequence[PaperForm], *, moment: str, actor: str) -> None:
    """Keep forms as printed."""
    insert_all(vault, "paper_form", forms, {"at": lambda _form: moment, "issued_by": lambda _form: actor})


def add_asked(vault: Vault, addressees: Sequence[Mapping[str, Any]]) -> None:
    """Keep whom forms ask: ``form_id``, ``pupil_id``, ``contact_id``."""
    insert_rows(vault, "paper_form_asked", addressees)


def add_pages(vault: Vault, pages: Sequence[Mapping[str, Any]]) -> None:
    """Keep the pages of forms: ``code``, ``form_id``, ``pupil_id``, ``page``, ``layout``."""
    insert_rows(vault, "paper_form_page", pages)


def add_step(
    vault: Vault, form: PaperForm, step: str, *, moment: str, actor: str, because: str | None = None, attachment_id: str | None = None
) -> None:
    """Keep what came of a form."""
    values = {"form_id": form.id, "pupil_id": form.pupil_id, "step": step, "because": because, "attachment_id": attachment_id}
    insert_row(vault, "paper_form_step", {**values, "at": moment, "recorded_by": actor})


def get(vault: Vault, form_id: str) -> PaperForm | None:
    """A form by its identity."""
    return read_first(vault, PaperForm, f"SELECT {columns(PaperForm, 'f')} FROM paper_form f WHERE f.id = ?", (form_id,))


def moment_of(vault: Vault, form_id: str) -> str:
    """When a form was kept as printed, as the file keeps a moment; empty for none on file."""
    row = vault.first_row("SELECT at FROM paper_form WHERE id = ?", (form_id,))
    return row["at"] if row is not None else ""


def asked_counts(vault: Vault) -> dict[str, int]:
    """By form, how many contacts it asks, on file or not, one of two records once; a form that asks the pupil is not among them."""
    rows = vault.rows(
        f"SELECT a.form_id, count(DISTINCT {as_kept('a.contact_id', 'contact')}) AS number FROM paper_form_asked a GROUP BY a.form_id"
    )
    return {row["form_id"]: int(row["number"]) for row in rows}


def everything(vault: Vault) -> list[PaperForm]:
    """Every form printed, the earlier before the later."""
    return read(vault, PaperForm, f"SELECT {columns(PaperForm, 'f')} FROM paper_form f ORDER BY f.seq")


def of_pupil(vault: Vault, pupil_id: str) -> list[Row]:
    """The forms printed about a pupil: each as it was printed, when and by whom."""
    return vault.rows(
        f"""SELECT f.id AS record_id, f.title, f.asked, f."on", f.wording, f.language, f.translation, f.at, coalesce(s.name, f.issued_by) AS issued_by
           FROM paper_form f LEFT JOIN staff s ON s.id = f.issued_by WHERE {of_person("f")} ORDER BY f.seq""",
        (pupil_id,),
    )


def steps_of(vault: Vault, pupil_id: str) -> list[Row]:
    """What came of a pupil's forms, in order, with who recorded it."""
    return vault.rows(
        f"""SELECT t.form_id, t.step, t.because, t.at, coalesce(s.name, t.recorded_by) AS recorded_by
           FROM paper_form_step t LEFT JOIN staff s ON s.id = t.recorded_by WHERE {of_person("t")} ORDER BY t.seq""",
        (pupil_id,),
    )


def steps(vault: Vault) -> dict[str, list[str]]:
    """What came of each form, in order, by form. That it came back goes with its undoing: neither is among them."""
    all_steps = grouped((row["form_id"], row["step"]) for row in vault.rows("SELECT form_id, step FROM paper_form_step ORDER BY seq"))
    return {form_id: standing_form_steps(form_steps) for form_id, form_steps in all_steps.items()}


def addressees(vault: Vault) -> dict[str, list[tuple[str, str]]]:
    """Whom each form asks, by form: the contact, as kept, and the name that the record has now."""
    contacts_by_form: dict[str, list[tuple[str, str]]] = {}
    rows = vault.rows(
        f"""SELECT a.form_id, c.id, trim(coalesce(c.title || ' ', '') || coalesce(c.forename || ' ', '') || c.surname) AS name
           FROM paper_form_asked a JOIN contact c ON c.id = {as_kept("a.contact_id", "contact")} ORDER BY a.form_id, c."order", c.surname"""
    )
    for row in rows:
        contacts_by_form.setdefault(row["form_id"], []).append((row["id"], row["name"]))
    return contacts_by_form


def pages(vault: Vault, codes: Iterable[str] | None = None) -> list[Row]:
    """Pages of forms by their numbers, or all: ``code``, ``form_id``, ``page``, ``layout``."""
    if codes is None:
        return vault.rows("SELECT code, form_id, page, layout FROM paper_form_page")
    return [row for code in codes for row in vault.rows("SELECT code, form_id, page, layout FROM paper_form_page WHERE code = ?", (code,))]


def pages_of(vault: Vault, form_id: str) -> list[Row]:
    """The pages of one form, in order."""
    return vault.rows("SELECT code, form_id, page, layout FROM paper_form_page WHERE form_id = ? ORDER BY page", (form_id,))


def page_counts(vault: Vault) -> dict[str, int]:
    """How many pages each form has."""
    return {row["form_id"]: row["pages"] for row in vault.rows("SELECT form_id, count(*) AS pages FROM paper_form_page GROUP BY form_id")}
