"""What comes from outside harms nothing."""

import pytest

from tests.acceptance.durability import _no_transaction
from tests.acceptance.number import Number, Protection, nothing, put


def _a_doctype_let_through(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.documents.reading import xml_tree

    real = xml_tree._refuse_unsafe
    patch.setattr(xml_tree, "_refuse_unsafe", lambda text: real(text.replace("<!DOCTYPE", "").replace("<!ENTITY", "")))


def _kept_at_once(patch: pytest.MonkeyPatch) -> None:
    """What is only to be looked at is kept."""
    from pupil_desk.services.imports import run

    keep, require = run.keep, run.require

    def kept(desk: object, proposal: object) -> None:
        patch.setattr(run, "require", require)
        keep(desk, proposal)  # type: ignore[arg-type]
        patch.setattr(run, "require", kept)

    patch.setattr(run, "require", kept)


def _twice_is_twice(patch: pytest.MonkeyPatch) -> None:
    from pupil_desk.services.imports import proposal

    patch.setattr(proposal, "_repeated_row", lambda _first, plan, *_given: plan)


def _read_all_the_same(source: bytes) -> str:
    return source.decode("utf-8", errors="replace")


NUMBERS = (
    Number(
        52,
        "A transfer file that points outside itself is refused, and nothing is imported",
        (Protection("the refusal of a DOCTYPE", _a_doctype_let_through),),
    ),
    Number(
        53,
        "A file that swells as it is read is refused soon, in little memory",
        (
            Protection("the look before the parser", _a_doctype_let_through),
            Protection("the most tags", put("pupil_desk.documents.reading.xml_tree._MOST_TAGS", 2**40)),
            Protection("the most that is read", put("pupil_desk.documents.reading.table_file.MOST_BYTES", 2**40)),
        ),
    ),
    Number(
        54,
        "A wrong transfer file: its problems are listed, and nothing changes until it is confirmed",
        (
            Protection("the look before", _kept_at_once),
            Protection("the look for a second telling", _twice_is_twice),
            Protection("the look at the letters", put("pupil_desk.documents.reading.xml_tree._decode", _read_all_the_same)),
        ),
    ),
    Number(
        55,
        "An archive that is a trap is refused",
        (Protection("the look at its members", put("pupil_desk.documents.reading.workbook._check_archive", nothing)),),
    ),
    Number(
        56,
        "A program renamed as a list or a paper is refused",
        (Protection("the look at how a file begins", put("pupil_desk.basics.filekinds._STARTS", ())),),
    ),
    Number(57, "A crash in the middle of an import: all of it or nothing", (Protection("the transaction", _no_transaction),)),
    Number(
        58,
        "Twenty thousand spoiled files: a sentence for each, no crash, none over five seconds",
        (Protection("the sentence for a damaged part of a backup", put("pupil_desk.store.file.backup_file._hurt", KeyError)),),
    ),
)
