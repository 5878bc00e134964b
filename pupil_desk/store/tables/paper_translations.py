"""Translations of letters and forms, version by version."""

from pupil_desk.domain.translations.translation import PaperTranslation
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows.rows import columns, insert, read


def everything(vault: Vault) -> list[PaperTranslation]:
    """Every version of every translation, the earlier before the later."""
    return read(vault, PaperTranslation, f"SELECT {columns(PaperTranslation)} FROM paper_translation ORDER BY paper, language, version")


def of_paper(vault: Vault, paper: str) -> list[PaperTranslation]:
    """Every version of the translations of one paper, the earlier before the later."""
    return read(
        vault,
        PaperTranslation,
        f"SELECT {columns(PaperTranslation)} FROM paper_translation WHERE paper = ? ORDER BY language, version",
        (paper,),
    )


def add(vault: Vault, translation: PaperTranslation, *, moment: str, actor: str) -> None:
    """Keep a version."""
    insert(vault, "paper_translation", translation, at=moment, made_by=actor)


def made_by(vault: Vault) -> list[Row]:
    """Of each version its identity, when it was kept, and by whom."""
    return vault.rows("SELECT p.id, p.at, coalesce(s.name, p.made_by) AS by FROM paper_translation p LEFT JOIN staff s ON s.id = p.made_by")
