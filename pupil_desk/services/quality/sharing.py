"""Sharing choices, privacy notices and the consent to a photograph: who has not been asked or told, what was said by one who may not say it, and what must go."""

from collections.abc import Iterator

from pupil_desk.basics.dates import show_date
from pupil_desk.basics.text import tokens
from pupil_desk.basics.words import _
from pupil_desk.domain.notices.addressees import addressees
from pupil_desk.domain.sharing.choice import OWN_WORD_FROM, PARENT, PUPIL, Choice, entitled, latest_by_giver
from pupil_desk.domain.sharing.recipients import Recipient
from pupil_desk.domain.sharing.sharing import YOUTH_SUPPORT_FROM, SharingCase, decide, post_16_providers, youth_support_service
from pupil_desk.services.quality.rule import OURS, Gap, Gravity, Need, PupilFile, QualityContext, QualityRule, Scope


def _by_the_rule(file: PupilFile, context: QualityContext, recipient: Recipient) -> bool:
    """Whether nobody who may has said anything about a recipient."""
    notice_days = [issue.on for issue in file.issues if issue.contact_id and issue.whole]
    case = SharingCase(pupil=file.pupil, enrolments=file.stays, choices=file.choices, notices_given=notice_days)
    decision = decide(case, recipient, context.today, context.rules)
    return decision is not None and decision.decided_by == "rule"


def parent_not_asked(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """From 13 to 15, no parent has answered about youth support."""
    if YOUTH_SUPPORT_FROM <= file.age < OWN_WORD_FROM and _by_the_rule(file, context, youth_support_service()):
        words = _(
            "The pupil is {age}, and no parent has answered about the youth support service. Give the reply form, and enter the answer."
        )
        yield Gap(words.format(age=file.age), "", "choice")


def pupil_not_asked(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """From 16, the pupil has not answered about youth support, or about colleges."""
    if file.age < OWN_WORD_FROM:
        return
    recipients = [recipient.label for recipient in (youth_support_service(), post_16_providers()) if _by_the_rule(file, context, recipient)]
    if recipients:
        words = _("The choice is the pupil’s own from 16, and the pupil has not answered about: {whom}. Ask the pupil.")
        yield Gap(words.format(whom=", ".join(recipients)), "", "choice")


def not_theirs_to_choose(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A choice that counts for nothing, since it was not the giver's to make, where who may make it has not spoken."""
    chooser = PUPIL if file.age >= OWN_WORD_FROM else PARENT
    answered = {choice.recipient for choice in file.choices if choice.by == chooser and entitled(choice, file.pupil.dob)}
    for choice in _last_words(file):
        if choice.recipient not in answered and not entitled(choice, file.pupil.dob):
            words = _("What was said on {day} was the pupil’s own to say, and a parent said it. It counts for nothing: ask the pupil.")
            if choice.by == PUPIL:
                words = _("What was said on {day} was a parent’s to say, and the pupil said it. It counts for nothing: ask a parent.")
            yield Gap(words.format(day=show_date(choice.on)), "", "choice", choice.id)


def giver_without_right(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A parent's choice in force by one who is no contact with parental responsibility. Of a name in free text a surname in common is enough."""
    if file.age >= OWN_WORD_FROM or not any(choice.giver for choice in file.choices):
        return
    surnames = {word for contact in file.holders for word in tokens(contact.surname)}
    holders = {contact.id for contact in file.holders}
    for choice in _last_words(file):
        if (
            choice.by == PARENT
            and choice.giver
            and entitled(choice, file.pupil.dob)
            and not (choice.contact_id in holders if choice.contact_id else surnames & set(tokens(choice.giver)))
        ):
            words = _("{name} chose on {day}, and no contact of that name has parental responsibility. Check who may choose.")
            yield Gap(words.format(name=choice.giver, day=show_date(choice.on)), "", "choice", choice.id)


def _last_words(file: PupilFile) -> Iterator[Choice]:
    for name in sorted({choice.recipient for choice in file.choices}):
        yield from latest_by_giver(choice for choice in file.choices if choice.recipient == name)


def no_notice(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Nobody of the family was ever given a notice."""
    if not any(issue.whole for issue in file.issues):
        yield Gap(_("No privacy notice was given to anybody yet. Print it, and give it."), "", "notice_issue")


def earlier_notice(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """Somebody to whom the notice is due has not had the edition that holds now."""
    issues_given = [issue for issue in file.issues if issue.whole]
    if not issues_given or not context.edition_id:
        return
    had = {issue.contact_id for issue in issues_given if issue.edition_id == context.edition_id}
    letters = addressees(file.pupil, file.contacts, file.protections, context.today).letters
    waiting = [
        letter for letter in letters if not had.issuperset([contact.id for contact in letter.contacts] or [None])
    ]  # the pupil's own letter is recorded without a contact
    if waiting:
        last = max(issue.on for issue in issues_given)
        words = _("{whom} has not had the present edition of the notice; the last one was given on {day}.")
        yield Gap(words.format(whom=waiting[0].addressee, day=show_date(last)), "", "notice_issue")


def photograph_must_go(file: PupilFile, context: QualityContext) -> Iterator[Gap]:
    """A photograph on file whose consent has ended, of a leaver too: the consent form says that it is taken off the record."""
    if file.photograph:
        words = _("The consent to the photograph has ended. It is shown no more: take it off the record, on the card.")
        yield Gap(words, "", "attachment", file.photograph)


_SHARING, _NOTICE = _("Education and Skills Act 2008, section 72"), _("UK GDPR, articles 13 and 14")
RULES = (
    QualityRule(_("No parent has answered"), (Need.SHARING, Need.YOUTH), Gravity.SHOULD, Scope.HERE, OURS, parent_not_asked),
    QualityRule(_("The pupil has not answered"), (Need.SHARING, Need.YOUTH, Need.COLLEGE), Gravity.SHOULD, Scope.HERE, OURS, pupil_not_asked),
    QualityRule(_("Not theirs to choose"), (Need.SHARING, Need.YOUTH), Gravity.MUST, Scope.HERE, _SHARING, not_theirs_to_choose),
    QualityRule(_("Giver without the right"), (Need.SHARING, Need.YOUTH), Gravity.SHOULD, Scope.HERE, _SHARING, giver_without_right),
    QualityRule(_("No notice given"), (Need.NOTICES,), Gravity.MUST, Scope.HERE, _NOTICE, no_notice),
    QualityRule(_("Notice of an earlier edition"), (Need.NOTICES,), Gravity.SHOULD, Scope.HERE, _NOTICE, earlier_notice),
    QualityRule(_("Photograph without a consent"), (Need.RECORD,), Gravity.MUST, Scope.ANYONE, _("UK GDPR Articles 7(3) and 17(1)(b)"), photograph_must_go),
)  # fmt: skip
