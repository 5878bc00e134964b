"""What a pupil's age makes of a consent: from when the pupil alone decides, and from when the pupil's own no counts."""

from datetime import date

from pupil_desk.basics.dates import age_on, birthday
from pupil_desk.domain.consents.case import ConsentCase
from pupil_desk.domain.consents.consent import ADULT, ConsentType
from pupil_desk.domain.register.calendar import terms_before

_SIXTEEN = 16


def pupil_decides(rule: ConsentType, case: ConsentCase, day: date) -> bool:
    """Whether on that day the pupil alone decides: from 18 always; earlier from the type's age, if competent."""
    age = age_on(case.dob, day)
    if age >= ADULT or age < rule.own_age:
        return age >= ADULT
    competent = case.competent(day)
    return bool(competent) if rule.own_competence == "recorded" else competent is not False


def own_no_counts_from(rule: ConsentType, case: ConsentCase) -> date:
    """From what day on the pupil's own no can count at all; of one that counts at any age the birth.

    Of terms before the 16th birthday, as in sex education: the first day of the term that lies so many before the term of the birthday
    (DfE guidance on relationships, sex and health education; how they are counted back is our reading, which favours the pupil).
    """
    if rule.pupil_no_terms:
        return terms_before(birthday(case.dob, _SIXTEEN), rule.pupil_no_terms, case.terms)
    return birthday(case.dob, rule.pupil_no_from) if rule.pupil_no_from else case.dob
