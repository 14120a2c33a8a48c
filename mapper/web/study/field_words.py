"""Words about what is in the field and why not."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mapper.exchange import drafts
from mapper.store.study_tables import Publication

REFUSED = {  # CannotPublish.why → what a person reads
    "errors": _l("The draft has errors. Mend them, upload it again, and publish that."),
    "changed": _l("Meanwhile somebody changed what is in the field. Look at the difference again."),
    "same": _l("This is the version that is in the field already."),
    "nothing": _l("There is nothing to do: nobody published or retired this questionnaire here."),
    "apart": _l("It is asked of repaid workers: it is changed in the server's files alone."),
}
ACTIONS = {"publish": _l("published"), "retire": _l("retired"), "undo": _l("last step taken back")}
FOLLOWS = {  # consequence → what a person reads
    "break": _l("Answers before and after cannot be put together."),
    "people": _l("Other people are asked than before: shares are of another group."),
    "compare": _l("Compare figures over time with care: people hear something else."),
    "gone": _l("Its column stays for earlier interviews; later ones have none."),
    "new": _l("Earlier interviews have no answer: unknown, never no."),
}
KINDS = {"added": _l("added"), "removed": _l("removed"), "changed": _l("changed")}
WHAT = {  # what changed → what a person reads
    "title": _l("Title"), "respondent": _l("Who answers"), "languages": _l("Languages"),
    "module_added": _l("Module added"), "module_removed": _l("Module removed"),
    "label": _l("Wording"), "hint": _l("Help"), "guidance_hint": _l("Guidance for the auditor"),
    "required_message": _l("Said when it is left out"), "constraint_message": _l("Said when it does not fit"),
    "type": _l("Type"), "currencies": _l("Currencies"), "period": _l("Period"), "default": _l("Answer beforehand"),
    "sensitive": _l("Sensitive"), "read_only": _l("Shown only"), "media": _l("Pictures and recordings"),
    "parameters": _l("Parameters"), "appearance": _l("Appearance"),
    "asked_when": _l("Asked when"), "required": _l("Must be answered"), "constraint": _l("Must hold"),
    "calculation": _l("Worked out as"), "choice_filter": _l("Choices offered"), "urgent": _l("Opens the safety steps"),
    "section": _l("Section"), "group": _l("Group"),
    "choice_added": _l("Choice added"), "choice_removed": _l("Choice removed"),
    "choice_reworded": _l("Choice reworded"),
    "choice_missing": _l("Counts as missing"),
    "rule": _l("True when"), "kind": _l("Kind"), "side": _l("Side"), "stage": _l("Stage"), "source": _l("Source"),
    "actors": _l("Actor"), "topic": _l("Topic"), "xlsform": _l("Other columns"),
    "status": _l("Status of the source"), "table": _l("Table in the summary"), "counts_as": _l("Counts as"),
    "sets": _l("Indicator set"), "adapted": _l("Means the same, because"),
}  # fmt: skip
DIFFERENCE = {"what": WHAT, "kinds": KINDS, "follows": FOLLOWS}  # what the templates of differences need


def what_holds(row: Publication) -> str:
    """What a step leaves in the field, as a sentence."""
    if row.retired:
        return _("It is retired: no new interview begins with it.")
    if row.version:
        return _("New interviews are held with version %(version)s.", version=row.version)
    if drafts.is_in_files(row.name):
        return _("New interviews are held with it as the files on the server say it.")
    return _("Nothing of this name is in the field; its draft may be published again.")
