"""Editions of the privacy notice as they were: their words, all that each said, the files that were given, and who has them."""

import json
import zlib
from collections import defaultdict

from pupil_desk.domain.notices.addressees import Edition, NoticeAcknowledgement
from pupil_desk.domain.notices.edition import EditionContent, NoticeProse, content_of
from pupil_desk.store.file.vault import Row, Vault
from pupil_desk.store.rows import rows
from pupil_desk.store.rows.rows import columns, insert, insert_row, read, reverse
from pupil_desk.store.rows.same import as_kept, of_person

# -- words


def proses(vault: Vault) -> list[NoticeProse]:
    """The unit's own words in every language and layout, the earlier before the later."""
    return read(vault, NoticeProse, f"SELECT {columns(NoticeProse)} FROM notice_prose ORDER BY language, variant, version")


def prose_rows(vault: Vault) -> list[Row]:
    """Of each of the unit's own words: its identity, when it was made current, and by whom."""
    return vault.rows("SELECT p.id, p.at, coalesce(s.name, p.made_by) AS by FROM notice_prose p LEFT JOIN staff s ON s.id = p.made_by")


def add_prose(vault: Vault, prose: NoticeProse, *, moment: str, actor: str) -> None:
    """Keep words that are made current."""
    insert(vault, "notice_prose", prose, at=moment, made_by=actor)


def drafts(vault: Vault) -> list[Row]:
    """What is being written: language, variant, front, more, when and by whom."""
    return vault.rows(
        """SELECT d.language, d.variant, d.front, d.more, d.at, coalesce(s.name, d.made_by) AS by
           FROM notice_draft d LEFT JOIN staff s ON s.id = d.made_by ORDER BY d.language, d.variant"""
    )


def keep_draft(vault: Vault, place: tuple[str, str], front: str, further_pages: str, *, moment: str, actor: str) -> None:
    """Keep what is written so far in one language and layout."""
    drop_draft(vault, place)
    insert_row(vault, "notice_draft", language=place[0], variant=place[1], front=front, more=further_pages, at=moment, made_by=actor)


def drop_draft(vault: Vault, place: tuple[str, str]) -> None:
    vault.execute("DELETE FROM notice_draft WHERE language = ? AND variant = ?", place)


# -- editions


def editions(vault: Vault) -> list[Edition]:
    """Every edition on file, the latest first."""
    return read(vault, Edition, f"SELECT {columns(Edition)} FROM notice_edition ORDER BY number DESC")


def body_rows(vault: Vault) -> list[Row]:
    """Of each edition of which all that it said is on file: whether it told of the Learning Records Service, why its change of words
    is minor, when it was made and by whom."""
    return vault.rows(
        """SELECT b.edition_id, b.lrs, b.wording_minor, b.at, coalesce(s.name, b.made_by) AS by
           FROM notice_edition_body b LEFT JOIN staff s ON s.id = b.made_by"""
    )


def add_body(
    vault: Vault, edition_id: str, content: EditionContent, *, names_lrs: bool, wording_minor: str, moment: str, actor: str
) -> None:
    """Keep all that an edition says."""
    packed = zlib.compress(json.dumps(content.as_data(), ensure_ascii=False).encode(), 9)
    insert_row(
        vault,
        "notice_edition_body",
        edition_id=edition_id,
        said=packed,
        lrs=names_lrs,
        wording_minor=wording_minor,
        at=moment,
        made_by=actor,
    )


def body(vault: Vault, edition_id: str) -> EditionContent | None:
    """All that an edition said; None for one that was made before it was kept."""
    row = vault.first_row("SELECT said FROM notice_edition_body WHERE edition_id = ?", (edition_id,))
    return content_of(json.loads(zlib.decompress(row["said"]))) if row else None


# -- the files given


def has_specimen(vault: Vault, digest: str) -> bool:
    """Whether a file that is addressed to nobody is on file."""
    return vault.first_row("SELECT 1 FROM notice_specimen WHERE digest = ?", (digest,)) is not None


def add_specimen(vault: Vault, digest: str, edition_id: str, place: tuple[str, str], media_type: str, *, data: bytes, moment: str) -> None:
    """Keep an edition as a file addressed to nobody; ``digest`` is the SHA-256 of its bytes."""
    insert_row(
        vault,
        "notice_specimen",
        digest=digest,
        edition_id=edition_id,
        language=place[0],
        variant=place[1],
        media_type=media_type,
        body=zlib.compress(data, 9),
        at=moment,
    )


def specimen(vault: Vault, digest: str) -> bytes | None:
    """The bytes of a file that is addressed to nobody."""
    row = vault.first_row("SELECT body FROM notice_specimen WHERE digest = ?", (digest,))
    return zlib.decompress(row["body"]) if row else None


def specimen_rows(vault: Vault) -> list[Row]:
    """The files addressed to nobody, as they came: of which edition, in which language, layout and kind of file."""
    return vault.rows("SELECT digest, edition_id, language, variant, media_type FROM notice_specimen ORDER BY at, rowid")


def add_copy(vault: Vault, issue_id: str, pupil_id: str, *, specimen: str, size: int, digest: str, body: bytes) -> None:
    """Keep what one given notice differs from its specimen by."""
    insert_row(vault, "notice_copy", issue_id=issue_id, pupil_id=pupil_id, specimen=specimen, size=size, digest=digest, body=body)


def copy(vault: Vault, issue_id: str) -> Row | None:
    """What is kept of a given notice: specimen, size, digest, body, and the kind of file."""
    return vault.first_row(
        """SELECT c.specimen, c.size, c.digest, c.body, s.media_type FROM notice_copy c
           JOIN notice_specimen s ON s.digest = c.specimen WHERE c.issue_id = ?""",
        (issue_id,),
    )


def copies(vault: Vault) -> list[Row]:
    """What is kept of every given notice, to be proved: specimen, digest, body."""
    return vault.rows("SELECT specimen, digest, body FROM notice_copy ORDER BY specimen, rowid")


# -- who has it


def add_acknowledgement(vault: Vault, acknowledgement: NoticeAcknowledgement, *, moment: str, actor: str) -> None:
    """Record that somebody says they have an edition."""
    insert(vault, "notice_acknowledgement", acknowledgement, at=moment, recorded_by=actor)


def take_acknowledgement_back(
    vault: Vault, acknowledgement: NoticeAcknowledgement, *, reason: str, moment: str, actor: str, act: str
) -> None:
    """Record that nobody said so."""
    reverse(
        vault, "notice_acknowledgement_reversal", "acknowledgement_id", acknowledgement, reason=reason, moment=moment, actor=actor, act=act
    )


def acknowledgements_by_pupil(vault: Vault) -> defaultdict[str, list[NoticeAcknowledgement]]:
    """Of each pupil, who said that they have which edition, as it was recorded; those taken back since are left out."""
    counts = "NOT EXISTS (SELECT 1 FROM notice_acknowledgement_reversal r WHERE r.acknowledgement_id = notice_acknowledgement.id)"
    sql = f"SELECT {columns(NoticeAcknowledgement)} FROM notice_acknowledgement WHERE {counts} ORDER BY seq"
    return rows.by_pupil(vault, NoticeAcknowledgement, sql)


def acknowledgements_of(vault: Vault, pupil_id: str) -> list[Row]:
    """Who of one pupil's family said that they have which edition: when, how, and who recorded it; of what was taken back, why."""
    return vault.rows(
        f"""SELECT a.acknowledged_by, a."on", a.channel, {as_kept("a.contact_id", "contact")} AS contact_id, a.at,
             coalesce(s.name, a.recorded_by) AS recorded_by, e.number, e.made_on, r.reason AS back_because
           FROM notice_acknowledgement a JOIN notice_edition e ON e.id = a.edition_id LEFT JOIN staff s ON s.id = a.recorded_by
             LEFT JOIN notice_acknowledgement_reversal r ON r.acknowledgement_id = a.id
           WHERE {of_person("a")} ORDER BY a.seq""",
        (pupil_id,),
    )
