"""The pages, in the order of the rail. A new page is its folder, or its one file, and its line here."""

from pupil_desk.ui.kit.page import Page


def pages() -> tuple[type[Page], ...]:
    """The pages, imported when the first is needed, so that sign-in is painted before."""
    from pupil_desk.ui.pages.backup import BackupPage
    from pupil_desk.ui.pages.changes import ChangesPage
    from pupil_desk.ui.pages.consents import ConsentsPage
    from pupil_desk.ui.pages.exports import ExportsPage
    from pupil_desk.ui.pages.figures import FiguresPage
    from pupil_desk.ui.pages.forms import FormsPage
    from pupil_desk.ui.pages.governance import DataProtectionPage
    from pupil_desk.ui.pages.help import HelpPage
    from pupil_desk.ui.pages.importing import ImportPage
    from pupil_desk.ui.pages.log import LogPage
    from pupil_desk.ui.pages.notices import NoticesPage
    from pupil_desk.ui.pages.providers import ProvidersPage
    from pupil_desk.ui.pages.quality import QualityPage
    from pupil_desk.ui.pages.requests import RequestsPage
    from pupil_desk.ui.pages.schools import SchoolsPage
    from pupil_desk.ui.pages.settings import SettingsPage
    from pupil_desk.ui.pages.sharing import SharingPage
    from pupil_desk.ui.pages.this_pc import ThisPcPage
    from pupil_desk.ui.pages.transport import TransportPage
    from pupil_desk.ui.pages.users import UsersPage

    return (
        *_daily_pages(),
        SharingPage,
        NoticesPage,
        ConsentsPage,
        FormsPage,
        RequestsPage,
        ExportsPage,
        FiguresPage,
        DataProtectionPage,
        SchoolsPage,
        ProvidersPage,
        TransportPage,
        ImportPage,
        QualityPage,
        ChangesPage,
        BackupPage,
        LogPage,
        UsersPage,
        SettingsPage,
        ThisPcPage,
        HelpPage,
    )


def _daily_pages() -> tuple[type[Page], ...]:
    """Those of the first group of the rail."""
    from pupil_desk.ui.pages.home import HomePage
    from pupil_desk.ui.pages.incidents import IncidentsPage
    from pupil_desk.ui.pages.pupils import PupilsPage
    from pupil_desk.ui.pages.register import RegisterPage
    from pupil_desk.ui.pages.safeguarding import SafeguardingPage

    return (HomePage, PupilsPage, RegisterPage, IncidentsPage, SafeguardingPage)
