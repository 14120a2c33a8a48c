"""The keys of every part of a method's files."""

from dataclasses import fields

from mapper.definition.keys import Key, Keys
from mapper.definition.vocabulary import KINDS, STAGES, STATUSES
from mapper.scoring import method
from mapper.scoring.fee_rules import TYPES
from mapper.scoring.results import BANDS
from mapper.scoring.results_parts import PARTS, SOURCES

TESTS = method.TESTS
SPAN_NAMES = tuple(field.name for field in fields(method.Spans))
LISTED = Key("list", "Rows, each beginning with a dash.", needed=True)

_NAME = Key("text", "Name, as it appears in results.", needed=True)
_NUMBER = Key("text", "A number.", needed=True)
_SOURCE = {"source": Key("text", "Where the numbers come from.")}
_STATUS = {"status": Key("text", "How sure the source is.", words=STATUSES)}

METHOD: Keys = {
    "name": Key("text", "Name, the same as the file's.", needed=True),
    "title": Key("text", "Title for people.", needed=True),
    "extends": Key("text", "The file whose entries this one takes over where it does not say its own."),
    "indicator_set": Key("text", "Indicators of this set are those that classify.", needed=True),
    "status": Key(
        "text", "`provisional` methods may not be used for a release.", words={"found": "", "provisional": ""}
    ),
    "roles": Key("entries", "The question that plays each role.", needed=True),
    "meanings": Key("entries", "Which answers mean what.", needed=True),
    "wage": Key("entries", "How a wage becomes one for a month.", needed=True),
    "quality": Key("entries", "How interviews are weighed.", needed=True),
    "components": Key("entries", "How the components are computed.", needed=True),
    "bands": Key("list", "The bands in their order, each with its rules.", needed=True),
    "classification": Key("entries", "How a worker's class follows from the indicators.", needed=True),
    "edition": Key("text", "Number of the method's edition; CHANGELOG.md says what moved.", needed=True),
    "discrepancy": Key("entries", "How workers and others are compared by topic.", needed=True),
    "sample": Key("entries", "How many to interview.", needed=True),
    "sorting": Key("entries", "The optional single number for sorting.", needed=True),
}
ROLES: Keys = {field.name: Key("text", "Name of a question.") for field in fields(method.Roles)}
MEANINGS: Keys = {field.name: Key("names", "Answers.", needed=True) for field in fields(method.Meanings)}
SPANS: Keys = dict.fromkeys(SPAN_NAMES, _NUMBER) | _SOURCE
QUALITY: Keys = {
    "flags": Key("list", "Conditions that weaken an interview.", needed=True),
    "sampling": Key("entries", "A factor for each way in which workers were chosen.", needed=True),
    **_SOURCE,
}
FLAG: Keys = {
    "name": _NAME,
    "question": Key("text", "The question looked at.", needed=True),
    "answers": Key("names", "The answers that raise the flag.", needed=True),
    "factor": _NUMBER,
    "converts": Key("flag", 'Whether this worker\'s "no" becomes unknown.'),
    "only": Key("text", "The one kind of indicator that it concerns.", words=KINDS),
}
COMPONENTS: Keys = {
    "fee_months": _NUMBER,
    "gaps_answered": _NUMBER,
    "missing": Key("entries", "Why a component is not computed."),
    **_SOURCE,
}
DISCREPANCY: Keys = {
    "sources": Key("entries", "The questionnaires of each source.", needed=True),
    "counted": Key("names", "Sources that enter D.", needed=True, words=dict.fromkeys(SOURCES, "")),
    "weights": Key("entries", "The weight of a topic, where it is not 1.", needed=True),
    "least_share": _NUMBER,
    "least_topics": _NUMBER,
    "not_statements": Key("names", "Gaps that do not say whether the problem exists."),
    **_SOURCE,
}
SAMPLE: Keys = {
    "steps": Key("list", "The minimum by inherent risk.", needed=True),
    "affected": Key("names", "Shares of workers affected to plan for.", needed=True),
    **_SOURCE,
}
SAMPLE_STEP: Keys = {"inherent": _NUMBER, "interviews": _NUMBER}
SORTING: Keys = {
    "weights": Key("entries", "The weight of each component.", needed=True),
    "sensitivity": _NUMBER,
    **_SOURCE,
}
INHERENT: Keys = {
    "part": Key("text", "What the row is about.", needed=True, words=dict.fromkeys(PARTS, "")),
    "country": Key("text", "Country of destination."),
    "sector": Key("text", "Sector."),
    "origin": Key("text", "Country of origin, or any."),
    "destination": Key("text", "Country of destination, or any."),
    "score": _NUMBER,
    "valid_from": Key("text", "First day.", needed=True),
    "note": Key("text", "What else to know."),
    **_STATUS,
    "source": Key("text", "Where the score comes from.", needed=True),
}
BAND: Keys = {
    "band": Key("text", "The band.", needed=True, words=dict.fromkeys(BANDS, "")),
    "rules": Key("list", "Rules, any of which gives the band.", needed=True),
}
BAND_RULE: Keys = {
    "name": _NAME,
    "label": Key("text", "What the rule is about, for people.", needed=True),
    "when": Key("list", "Conditions that must all hold; none means always.", needed=True),
    "because": Key("text", "The reason in words, with {measure} for counts.", needed=True),
}
CONDITION: Keys = {
    "measure": Key("text", "What is looked at.", needed=True, words=method.MEASURES),
    **{test: Key("text", about) for test, about in TESTS.items()},
}
CLASSIFICATION: Keys = {
    "rule": Key("text", "When a worker is a case.", needed=True, words=method.CLASSIFICATIONS),
    "kinds": Key("names", "Kinds of indicators that count as breaches.", needed=True, words=KINDS),
    "other_involuntary": _NUMBER,
    "debt_indicator": Key("text", "The indicator that tells of a debt to employer or agent."),
    "bondage_indicator": Key("text", "The indicator that is the signal of debt bondage."),
    **_SOURCE,
}
COST_ITEM: Keys = {
    "code": Key("text", "Name of the choice.", needed=True),
    "label": Key("text", "The item in words.", needed=True),
    "category": Key("text", "Class of the definition.", needed=True, words=method.CATEGORIES),
    "stage": Key("text", "Where on the journey it arises.", needed=True, words=STAGES),
    "in_ilo": Key("flag", "Whether the ILO definition has it.", needed=True),
    "ilo_status": Key("text", "How sure that is.", words=STATUSES),
    "in_sdg": Key("flag", "Whether SDG indicator 10.7.1 counts it.", needed=True),
    "sdg_status": Key(
        "text", "How sure that is.", words=STATUSES | {"asked_in_survey": "official cost surveys ask it"}
    ),
    **_STATUS,
    **_SOURCE,
}
FEE_RULE: Keys = {
    "origin": Key("names", "Countries of origin, or any.", needed=True),
    "destination": Key("names", "Countries of destination, or any.", needed=True),
    "sector": Key("names", "Sectors, or any.", needed=True),
    "gender": Key("names", "Genders, or any.", needed=True),
    "type": Key("text", "Kind of rule.", needed=True, words=TYPES),
    "amount": Key("text", "The ceiling."),
    "currency": Key("text", "Its currency."),
    "months_of_wage": Key("text", "The ceiling in months of wage."),
    "per_contract_months": Key("text", "For each so many months of contract."),
    "months_at_most": Key("text", "At most so many months of wage, however long the contract."),
    "valid_from": Key("text", "First day; a month or year alone means its first day."),
    "valid_to": Key("text", "Last day."),
    "covers": Key("names", "Categories of cost that the ceiling is about.", needed=True, words=method.CATEGORIES),
    "items": Key("names", "Single costs that it is about as well, by their codes."),
    "scope": Key(
        "text", "Whose rule it is.", words={"national": "a rule of law", "standard": "the yardstick of the ILO"}
    ),
    "instrument": Key("text", "The law or notice.", needed=True),
    "note": Key("text", "What else to know."),
    **_STATUS,
    "source": Key("text", "Where the ceiling and its days were read.", needed=True),
}
RATES: Keys = {"valid_from": Key("text", "First day.", needed=True), **_STATUS, **_SOURCE}
