"""Templates of letters, edition by edition, and which letters were printed."""

from collections.abc import Sequence

from pupil_desk.domain.papers.letter import LetterSent, LetterTemplate
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, insert_all, read
from pupil_desk.store.rows.same import of_person


def editions(vault: Vault) -> list[LetterTemplate]:
    """Every edition of every template, the earlier before the later."""
    return read(vault, LetterTemplate, f"SELECT {columns(LetterTemplate)} FROM letter_template ORDER BY template_id, edition")


def has_edition(vault: Vault, edition_id: str) -> bool:
    """Whether an edition is on file."""
    return vault.first_row("SELECT 1 FROM letter_template WHERE id = ?", (edition_id,)) is not None


def add_edition(vault: Vault, template: LetterTemplate, *, moment: str, actor: str) -> None:
    insert(vault, "letter_template", template, at=moment, made_by=actor)


def add_sent(vault: Vault, letters: Sequence[LetterSent], *, moment: str, actor: str) -> None:
    """Record that these letters were printed."""
    insert_all(vault, "letter_sent", letters, {"at": lambda _letter: moment, "issued_by": lambda _letter: actor})


def sent_of(vault: Vault, pupil_id: str) -> list[Row]:
    """The letters printed about a pupil: which, for whom, when, by whom, of which edition of its template, and in which language beside the English."""
    return vault.rows(
        f"""SELECT l.letter, l.sent_to, l."on", l.language, l.translation, t.subject || char(10) || char(10) || t.body AS english,
             t.edition AS number, l.at, coalesce(s.name, l.issued_by) AS issued_by
           FROM letter_sent l JOIN letter_template t ON t.id = l.template_edition LEFT JOIN staff s ON s.id = l.issued_by
           WHERE {of_person("l")} ORDER BY l.seq""",
        (pupil_id,),
    )


def history_of(vault: Vault, template_id: str) -> list[Row]:
    """Who made which edition of a template, and when, the latest first."""
    return vault.rows(
        """SELECT t.edition, t.at, t.retired, coalesce(s.name, t.made_by) AS by FROM letter_template t
           LEFT JOIN staff s ON s.id = t.made_by WHERE t.template_id = ? ORDER BY t.edition DESC""",
        (template_id,),
    )
