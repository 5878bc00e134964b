"""Whether a pupil understands what one type asks: what was found, and finding it anew."""

from PySide6.QtCore import Signal

from pupil_desk.basics.codelists import codelist
from pupil_desk.basics.dates import age_on, show_date
from pupil_desk.basics.words import _
from pupil_desk.domain.consents.consent import Competence, ConsentType
from pupil_desk.domain.pupils.pupil import Pupil
from pupil_desk.services.consents import recording, standings
from pupil_desk.services.consents.standings import PupilConsent
from pupil_desk.services.roles import Action
from pupil_desk.ui.kit.context import Context
from pupil_desk.ui.kit.forms.form import Form
from pupil_desk.ui.kit.heading import only_for
from pupil_desk.ui.kit.low.foldable import Foldable
from pupil_desk.ui.kit.scroll import scrolled
from pupil_desk.ui.kit.words import button, column_in, flow_of, growing, label
from pupil_desk.ui.pages.consents.words import standing_words
from pupil_desk.ui.style import tokens

_FIELDS = ("finding", "on", "reason")


class CompetencePanel(Foldable):
    """A form with Save and Cancel. ``record_saved`` carries what was changed, ``closed`` comes when it is left."""

    record_saved = Signal(object)
    closed = Signal()
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._pupil: Pupil | None = None
        self.subject: PupilConsent | None = None
        self.title = label("", "subhead")
        self.form = Form(Competence, today=context.desk.today, only=_FIELDS)
        self.save_button = button(_("&Save what was found"), self.save, "primary", icon_name="check")
        self.close_button = button(_("Back (Esc)"), self.close_)
        help_ = _(
            "Whether a pupil understands what is asked, and what yes and no would mean, is found by talking. It is never taken from the age."
        )
        self._help, area = label(help_, "muted"), scrolled(self.form)
        area.setMinimumHeight(tokens.HUGE * 2)  # so that the buttons stand beneath it in a low window too
        column_in(self, tokens.S, self.title, self._help, growing(area), flow_of(self.save_button, self.close_button))
        self.form.edited.connect(self.edited)
        only_for(context.desk, Action.RECORD_CONSENT, self.save_button)

    def fold(self, *, is_low: bool) -> None:
        self._help.setVisible(not is_low)  # the help says it too, and the fields need the room

    def begin(self, pupil: Pupil, subject: PupilConsent) -> None:
        """Find anew, today, about the type of a consent."""
        self._pupil, self.subject, consent_type = pupil, subject, subject.type
        self.title.setText(
            _("Does {name} understand it? {type}").format(name=pupil.preferred_forename or pupil.forename, type=consent_type.name)
        )
        self.form.show_record(
            None, pupil_id=pupil.id, consent_type=consent_type.consent_type, asked_about=consent_type.name, on=self.context.desk.today
        )
        self.form.focus("finding")

    @property
    def dirty(self) -> bool:
        """Whether something is typed and not kept."""
        return self.form.dirty

    def save(self) -> bool:
        """Keep what was found; False when it could not be, and the form has said why."""
        competence = self.form.submit()
        if competence is None or not self._may_change(competence):
            return False
        changed = self.context.attempt(lambda: recording.find(self.context.desk, competence), on_refusal=self.form.show_problems)
        if changed is None:
            return False
        self.form.put_back()
        self.record_saved.emit(changed)
        return True

    def _may_change(self, competence: Competence) -> bool:
        """Ask first where a consent would begin or cease to hold by it: a yes that a parent gave long ago, or the pupil's own no."""
        pupil, consents = self._pupil, standings.changed_by(self.context.desk, competence)
        if pupil is None or not consents:
            return True
        lines = [
            _("{consent}: {standing}. {reason}").format(
                consent=consent.title, standing=standing_words(consent.type, consent.verdict), reason=consent.verdict.reason
            )
            for consent in consents
        ]
        return self.context.ask.confirm(
            _("What holds changes with it"),
            "\n\n".join([_("{pupil}. It would then stand:").format(pupil=pupil.full_name), *lines]),
            _("Save what was found"),
        )

    def close_(self) -> None:
        """Leave it as it was."""
        self.form.put_back()
        self.closed.emit()


def found_words(consent_type: ConsentType, pupil: Pupil, competence: Competence | None, context: Context) -> str:
    """What is on file of it, in a line; a reminder from the age on at which it is to be asked."""
    if competence is not None and competence.finding != "open":
        return _("{finding}, found on {day}: {reason}").format(
            finding=codelist("consent_competence").label_of(competence.finding), day=show_date(competence.on), reason=competence.reason
        )
    if consent_type.competent_from and age_on(pupil.dob, context.desk.today) >= consent_type.competent_from:
        return _("Not recorded. From {age} it is time to ask.").format(age=consent_type.competent_from)
    return _("Not recorded")
