"""The notice in its other versions, addressed to nobody: for pupils, easy to read, in large print, in Arabic; as PDF and as web page."""

from collections.abc import Sequence
from dataclasses import dataclass

from pupil_desk.basics.words import _
from pupil_desk.documents import notice
from pupil_desk.documents.blocks import Block
from pupil_desk.documents.prose import blocks_of
from pupil_desk.documents.style import Look
from pupil_desk.services import notice_text
from pupil_desk.services.desk import Desk
from pupil_desk.services.saving import HTML, Saving


@dataclass(frozen=True, slots=True)
class _Version:
    """One version: its file's name, its title, how it is set and in what language."""

    stem: str
    title: str
    story: Sequence[Block]
    look: Look = Look.STANDARD
    lang: str = "en-GB"


def save_versions(saving: Saving, desk: Desk, form: str) -> None:
    """Write them to a folder, as PDF or as web pages. Raises CannotWrite."""
    from pupil_desk.documents.page import build_pdf
    from pupil_desk.documents.web import build_web

    footer = _("{unit}. Privacy notice.").format(unit=desk.settings.name)
    for version in _versions(desk):
        title, look, lang = version.title, version.look, version.lang
        if form == HTML:
            data = build_web(version.story, title=title, look=look, lang=lang)
        else:
            data = build_pdf(version.story, title=title, footer=footer, look=look, lang=lang)
        saving.keep(version.stem, f".{form}", data)


def _versions(desk: Desk) -> list[_Version]:
    filling, _missing = notice_text.filling_of(desk.settings, desk.today, desk.schedule)
    usual = notice.story(notice_text.prose(), filling, notice_text.annex_of(desk.settings, desk.today, schedule=desk.schedule))
    pupils, easy = (blocks_of(notice_text.prose(part), filling) for part in ("notice_pupil", "notice_easy"))
    arabic = blocks_of(notice_text.prose("notice", "ar"), filling)
    return [
        _Version("privacy-notice-for-pupils", _("Privacy notice for pupils"), pupils),
        _Version("privacy-notice-easy-read", _("Privacy notice, easy to read"), easy, Look.EASY),
        _Version("privacy-notice-large-print", _("Privacy notice, large print"), usual, Look.LARGE),
        _Version("privacy-notice-arabic", "إشعار الخصوصية", arabic, lang="ar"),
    ]
