"""How the codes of the field are said to a reader: one place, marked for translation with `N_`."""

from collections.abc import Mapping
from datetime import date

from mapper.language.reader import N_, Reader, Words
from mapper.scoring.method import CATEGORIES
from mapper.scoring.results_parts import InherentPart
from mapper.summary.choices import lender, sector
from mapper.summary.topics import TOPICS

__all__ = ["CATEGORIES", "N_", "TOPICS", "Words", "lender", "say", "sector"]


BANDS: Mapping[str, str] = {
    "critical": N_("Critical"),
    "high": N_("High"),
    "elevated": N_("Elevated"),
    "lower": N_("Lower"),
    "not_enough_information": N_("Not enough information"),
}

CLASSES: Mapping[str, str] = {
    "FL_indicated": N_("Indicators consistent with forced labour"),
    "FL_not_excluded": N_("Forced labour not excluded"),
    "at_risk": N_("At risk"),
    "other_breach": N_("Other breach reported"),
    "incomplete": N_("Answers incomplete"),
    "none_reported": N_("None reported"),
}

STAGES: Mapping[str, str] = {
    "S0_context": N_("Home community"),
    "S1_recruitment": N_("Recruitment"),
    "S2_predeparture": N_("Before departure"),
    "S3_transit": N_("Journey"),
    "S4_arrival": N_("Arrival"),
    "S5_employment": N_("Employment"),
    "S6_end": N_("End or renewal"),
    "S7_return_onward": N_("Return or onward"),
}

ACTORS: Mapping[str, str] = {
    "lead_company": N_("Lead company"),
    "tier1": N_("Tier 1 supplier"),
    "tier2": N_("Tier 2 supplier"),
    "tier3": N_("Tier 3 supplier"),
    "employer": N_("Employer"),
    "ra_origin": N_("Recruitment agency, origin"),
    "ra_destination": N_("Recruitment agency, destination"),
    "sub_agent": N_("Sub-agent"),
    "gov_origin": N_("Government, origin"),
    "gov_destination": N_("Government, destination"),
    "medical": N_("Medical centre"),
    "training": N_("Training centre"),
    "lender": N_("Lender"),
    "transport": N_("Transport"),
    "accommodation": N_("Accommodation"),
    "cso": N_("Civil society, union"),
    "other": N_("Other"),
}

SAMPLING: Mapping[str, str] = {
    "random": N_("Random, from a list"),
    "quota": N_("Quota set by the auditor"),
    "volunteer": N_("Workers came forward"),
    "employer_chosen": N_("Chosen by the employer"),
    "unknown": N_("Not stated"),
}

FLAGS: Mapping[str, str] = {
    "employer_present": N_("Employer, supervisor or agent present"),
    "coaching_admitted": N_("Coaching admitted"),
    "coaching_suspected": N_("Coaching suspected"),
    "questions_shared_before": N_("Questions shared beforehand"),
    "interpreter_employer_or_agency": N_("Interpreter from employer or agency"),
    "interpreter_coworker": N_("Interpreter was a co-worker"),
    "selected_by_employer": N_("Worker chosen by the employer"),
    "worksite_open": N_("Where others could hear, or by video, at the worksite"),
    "gender_mismatch": N_("No interviewer of the wanted gender"),
}

COMPONENTS: Mapping[str, str] = {
    "W": N_("Worker evidence"),
    "F": N_("Fees"),
    "D": N_("Discrepancy"),
    "M": N_("Management systems"),
    "I": N_("Inherent risk"),
    "Q": N_("Interview quality"),
}

INTERVALS: Mapping[str, str] = {
    "wilson": N_("Wilson 95 %"),
    "wilson_fpc": N_("Wilson 95 %, finite population"),
    "census": N_("All workers asked: no sampling interval"),
}

LOWER = N_("Lower end, indicated")  # of the headline interval: its two ends are about different workers
UPPER = N_("Upper end, with not excluded")

GENDERS: Mapping[str, str] = {
    "woman": N_("Women"),
    "man": N_("Men"),
    "another": N_("Another gender"),
    "prefer_not": N_("Preferred not to say"),
    "unavailable": N_("Breakdown unavailable"),
}

AGE_BANDS: Mapping[str, str] = {
    "under_16": N_("Under 16"),
    "age_16_17": N_("16 or 17"),
    "age_18_24": N_("18 to 24"),
    "age_25_34": N_("25 to 34"),
    "age_35_44": N_("35 to 44"),
    "age_45_plus": N_("45 and older"),
}

REST: Mapping[str, str] = {
    "gender": N_("All other genders, and those whose gender is unavailable"),
    "corridor": N_("All other corridors"),
    "age_band": N_("All other ages"),
}

NOT_RELEASED = N_("Not released yet")
NOT_KNOWN = N_("not known")
NOT_STATED = N_("not stated")

ALL_INTERVIEWED = N_("All interviewed")

EXTREMES: Mapping[str, str] = {"few": N_("few"), "most": N_("most")}

QUALITIES: Mapping[str, str] = {"weak": N_("weak"), "fair": N_("fair"), "good": N_("good")}

WEAK_CONDITIONS = N_(
    "Weak conditions hide harm and rarely create false reports: a supervised “no” is unknown, a “yes” stands."
)

OUTCOMES: Mapping[str, str] = {  # of a release, beside indicators, classes and cost items
    "forced_labour:possible": N_("Forced labour indicated or not excluded"),
    "evidence:at_risk": N_("Threats, strong involuntary circumstances, or a debt tied to the job"),
    "fees:paid": N_("Paid for the job and were not repaid in full"),
    "fees:above_cap": N_("Paid more than the national cap"),
    "fees:borrowed": N_("Borrowed for the job"),
    "months:over:1": N_("Bore more than a month of wage"),
    "months:over:3": N_("Bore more than three months of wage"),
    "months:over:6": N_("Bore more than six months of wage"),
}

DIMENSIONS: Mapping[str, str] = {
    "gender": N_("Gender"),
    "corridor": N_("Corridor"),
    "age_band": N_("Age"),
}

ROUNDED = N_(
    "Counts are rounded to 5, and ≈ marks what is rounded. Few: none to two. Most: all but two or so. "
    "Months are rounded to a half."
)

NEVER_LOW = N_("Not enough information never means low risk.")

NOT_DRAWN = N_(
    "Where workers were not drawn at random from a list, figures describe those interviewed, not the workforce."
)

CAVEATS: tuple[str, ...] = (
    N_("Figures describe what the workers interviewed reported. They are indicators, not findings of law."),
    NOT_DRAWN,
    N_(
        "Unknown answers (refused, not known, not reached, not in the questionnaire that was asked) are never counted "
        "as no and stand outside the denominator."
    ),
    N_("Do not rank suppliers on differences smaller than the interval. Bands, not small differences, carry meaning."),
    NEVER_LOW,
    N_("No supplier may be dropped because of a band alone: engage, verify, remedy."),
)

AUDIENCES: Mapping[str, str] = {
    "audit": N_("Audit team only. Do not pass on: contains figures about small groups of workers."),
    "release": N_(
        "Release: what the audit team decided to show. Workers' figures are rounded, small groups are left out."
    ),
}

ROLES: Mapping[str, str] = {  # of an indicator in the classification
    "involuntariness": N_("not freely chosen"),
    "penalty": N_("menace of a penalty"),
    "debt": N_("debt tied to the job"),
    "fees": N_("fees"),
    "management": N_("management's own answer"),
}

MODES: Mapping[str, str] = {
    "experienced": N_("happened to the worker"),
    "threatened": N_("was threatened"),
    "witnessed": N_("was seen done to others"),
}

SOURCES: Mapping[str, str] = {
    "management": N_("Management"),
    "recruiter": N_("Recruiters"),
    "documents": N_("Documents"),
    "observation": N_("Observation on site"),
}

SAYS: Mapping[str, str] = {
    "problem": N_("a problem"),
    "no_problem": N_("no problem"),
    "nothing": N_("nothing known"),
}

VOICES: Mapping[str, str] = {  # who says what on a topic
    "problem": N_("A problem: %(who)s"),
    "no_problem": N_("No problem: %(who)s"),
    "undecided": N_("Undecided: %(who)s"),
}

DIRECTIONS: Mapping[str, str] = {
    "others_more_favourable": N_("Management or documents are more favourable than workers"),
    "workers_more_favourable": N_("Workers are more favourable"),
    "agree_problem": N_("Workers and every other voice that counts report a problem"),
    "agree_no_problem": N_("Neither workers nor any other voice that counts reports a problem"),
    "undecided": N_("Undecided: workers' unknown answers or rounding would decide"),
    "not_comparable": N_("Cannot be compared"),
}

INHERENT: Mapping[str, str] = {
    "country": N_("Country"),
    "sector": N_("Sector"),
    "corridor": N_("Corridor"),
}

KINDS: Mapping[str, str] = {  # of an indicator
    "forced_labour": N_("Forced labour"),
    "fees": N_("Fees and costs"),
    "breach": N_("Other breach"),
    "gender": N_("Gendered harm"),
    "climate": N_("Climate and migration"),
    "management_gap": N_("Management gap"),
    "description": N_("Description"),
}

OF_HARM: Mapping[str, str] = {  # dimensions of the guidelines of 2012
    "recruitment": N_("Unfree recruitment"),
    "work_and_life": N_("Work and life under duress"),
    "leaving": N_("Impossibility of leaving"),
    "any": N_("No dimension"),
}

STATUSES: Mapping[str, str] = {"found": N_("source read"), "verify": N_("source to verify")}

SPEAKERS: Mapping[str, str] = {"workers": N_("Workers"), "management": N_("Management")}

ANYWHERE = N_("anywhere")

NOTHING_TO_SHOW = N_("Nothing to show.")

AUDIENCE_NAMES: Mapping[str, str] = {"audit": N_("Audit team only"), "release": N_("Release")}

HOW_TO_READ = N_("How to read this")

SYNTHETIC_SHORT = N_("Synthetic data")

SYNTHETIC = N_("Synthetic demonstration data. No real worker, supplier, recruiter or buyer is described.")


def say(words: Mapping[str, str], code: str | None) -> Words:
    """The words for a code; a code that is not listed is shown readably rather than hidden."""
    said = "" if code is None else words.get(code, code.replace("_", " "))
    return Words(said)


def stated(value: object) -> object:
    """What was set up of a company; in words where nobody stated it."""
    return Words(NOT_STATED) if value is None else value


def topic(code: str) -> Words:
    return say(TOPICS, code)


def outcome(name: str) -> Words:
    """A figure that has no label of its own: a class of workers, or what concerns them all."""
    return say({**OUTCOMES, **{f"class:{code}": words for code, words in CLASSES.items()}}, name)


def since(part: InherentPart, read: Reader) -> str:
    """From which day on a row of the table of inherent risk holds."""
    return read.date(date.fromisoformat(part.valid_from))


def about(part: InherentPart, read: Reader) -> str:
    """What a row of the table of inherent risk is about."""
    if part.part == "country":
        return read.country(part.about)
    if part.part == "sector":
        return str(read.cell(sector(part.about)))
    origin, _, destination = part.about.partition("-")
    return read.corridor(*(read.say(ANYWHERE) if code == "any" else code for code in (origin, destination)))
