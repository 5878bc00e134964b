"""The help's table of those with whom a unit works says what the register says, and how sure we are of each."""

from pupil_desk.basics.places import resource
from pupil_desk.domain.sharing.recipients import NoticeUse, register


def test_the_table_is_that_of_the_register() -> None:
    text = resource("help", "sharing-rules.md").read_text(encoding="utf-8")
    part = text.partition("## Others with whom you work")[2].partition("\n## ")[0]
    told = [[cell.strip() for cell in line.strip("|").split("|")] for line in part.splitlines() if line.startswith("| ")][1:]
    assert told == [[one.label, one.law, one.covers, one.sure] for one in register().values() if one.use is NoticeUse.CHOSEN]
    assert "28 November 2026" in part
    assert {str(one.checked) for one in register().values()} == {"2026-11-28"}


def test_the_commands_chapter_names_each_kind_that_can_be_previewed() -> None:
    text = resource("help", "90-command-line.md").read_text(encoding="utf-8")
    assert all(f"`{one.name}`" in text for one in register().values() if one.use is NoticeUse.CHOSEN)
