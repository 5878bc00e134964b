"""The notice in its other versions, addressed to nobody: for pupils, easy to read, in large print, in Arabic; as PDF and as web page."""

from pupil_desk.basics.words import _
from pupil_desk.documents.blocks import Heading
from pupil_desk.documents.papers import notice
from pupil_desk.documents.prose import blocks_of
from pupil_desk.domain.notices.addressees import PUPIL
from pupil_desk.services.desk import Desk
from pupil_desk.services.notices import notice_text
from pupil_desk.services.notices.notice_papers import TABLES, NoticeSheet, Version, file_of
from pupil_desk.services.saving import Saving


def save_versions(saving: Saving, desk: Desk, form: str) -> None:
    """Write them to a folder, as PDF or as web pages; the tables by themselves, too. Raises CannotWrite."""
    for stem, sheet in _sheets(desk).items():
        saving.keep(stem, f".{form}", file_of(sheet, form))


def _sheets(desk: Desk) -> dict[str, NoticeSheet]:
    """Each by its file's name."""
    filling, _missing = notice_text.filling_of(desk.settings, desk.today, desk.schedule)
    footer = _("{unit}. Privacy notice.").format(unit=desk.settings.name)
    tables = notice.tables(notice_text.annex_of(desk.settings, desk.today, schedule=desk.schedule), filling)

    def sheet(part: str, title: str, version: Version) -> NoticeSheet:
        story = blocks_of(notice_text.prose(part, version.language), filling)
        return NoticeSheet(story, title, footer, version, tables if version.is_whole else ())

    return {
        "privacy-notice-for-pupils": sheet("notice_pupil", _("Privacy notice for pupils"), Version(variant=PUPIL)),
        "privacy-notice-easy-read": sheet("notice_easy", _("Privacy notice, easy to read"), Version(variant="easy")),
        "privacy-notice-large-print": sheet("notice", _("Privacy notice, large print"), Version(variant="large")),
        "privacy-notice-arabic": sheet("notice", "إشعار الخصوصية", Version("ar")),
        "privacy-notice-tables": NoticeSheet([Heading(1, TABLES), *tables], TABLES, footer),
    }
