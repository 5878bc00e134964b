"""The choice of a consent or a trip, which a lock keeps: replies entered after it would else be of another."""

from pupil_desk.basics.words import _
from pupil_desk.ui.kit.forms.codebox import ChoiceBox


class SubjectBox(ChoiceBox):
    """Offers what can be asked for, by the keys of ``asking.subjects``."""

    def __init__(self) -> None:
        super().__init__(name=_("Consent, or trip"))
        self.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(28)

    def view_kept(self) -> str:
        """What is chosen."""
        return self.key()

    def take_view(self, kept: str) -> None:
        """Choose it again, where it is still offered."""
        if self.findData(kept) >= 0:
            self.set_key(kept)
