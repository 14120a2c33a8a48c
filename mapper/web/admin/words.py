"""How the codes of the set-up are said to the administrator."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

Words = Mapping[str, LazyString]

GENDERS: Words = {
    "woman": _l("Women"),
    "man": _l("Men"),
    "another": _l("Another gender"),
    "unavailable": _l("Gender not available"),
}
SAMPLING: Words = {
    "random": _l("At random from a full list"),
    "quota": _l("By the auditor, to a quota"),
    "volunteer": _l("Workers volunteer"),
    "employer_chosen": _l("By the employer"),
}
ACTORS: Words = {
    "ra_origin": _l("Agency in the country of origin"),
    "ra_destination": _l("Agency in the country of destination"),
    "sub_agent": _l("Sub-agent or broker"),
}
ROLES: Words = {
    "auditor": _l("Auditor"),
    "reviewer": _l("Company reviewer"),
    "supplier": _l("Supplier"),
    "researcher": _l("Researcher"),
    "administrator": _l("Administrator"),
    "remediation": _l("Remediation"),
}
ROLE_HINTS: Words = {
    "auditor": _l("interviews workers and managers"),
    "reviewer": _l("sees the released results of one buyer's suppliers"),
    "supplier": _l("follows the action plan of one supplier, and sees nothing else"),
    "researcher": _l("works on questionnaires and pseudonymous data"),
    "administrator": _l("sets up, gives access, sees all but repayments"),
    "remediation": _l("sees what is owed to workers, looks after repayments and cases"),
}
TABLES: Words = {  # what may depend on something, by the name of its table
    "site": _l("sites"),
    "supplylink": _l("supply links"),
    "recruiterlink": _l("links to labour recruiters"),
    "mapping": _l("mappings"),
    "round": _l("rounds"),
    "response": _l("responses"),
    "referralcontact": _l("referral contacts"),
    "user": _l("users"),
    "programme": _l("programmes"),
    "outcome": _l("outcomes"),
    "programmeindicator": _l("indicators"),
    "actual": _l("reported figures"),
    "stakeholder": _l("stakeholders"),
    "training": _l("trainings"),
    "trainingstakeholder": _l("trainings that it took part in"),
    "genderassessment": _l("levels on the gender scale"),
    "evidencequestion": _l("questions of the evidence matrix"),
    "evidencesource": _l("sources of the evidence matrix"),
    "evidencefinding": _l("findings of the evidence matrix"),
    "passage": _l("coded passages"),
    "releaseplan": _l("ways of releasing"),
    "release": _l("releases"),
    "actionplan": _l("action plans"),
    "findingnote": _l("notes on findings"),
    "workermessage": _l("messages to workers"),
    "roundclosing": _l("closed rounds"),
}
APART = _l("records that the administrator does not see")  # of safeguarding and remedy: not how many there are


def in_words(dependents: Mapping[str, int]) -> list[str]:
    """What depends on something, each with its number; what other staff keep apart without one."""
    shown = [f"{TABLES[table]}: {count}" for table, count in dependents.items() if table in TABLES]
    return [*shown, str(APART)] if dependents.keys() - TABLES.keys() else shown
