"""The page that lies beside the data: for whom they are, what may not be done with them, and how to read them."""

from collections.abc import Mapping, Sequence
from textwrap import fill

from mapper.exchange.data_out_plan import MISSING_CODES
from mapper.exchange.data_out_store import SurveyData

SYNTHETIC = "SYNTHETIC DATA. All of it was made up to show how the program works; it says nothing about anybody."
SYNTHETIC_PARTLY = "SOME OF THESE DATA ARE SYNTHETIC (column `synthetic`). Leave those rows out of any result."
FOR_WHOM = (
    "For a researcher of the audit team, and for nobody else. These rows are pseudonymous, not anonymous:"
    " who knows a workplace may recognise a person from age, origin, job and cost together. A worker who "
    "is recognised can lose work, pay or papers, or come to harm."
)
LIMITS = (
    "Give no row and no part of a row to a buyer, supplier, recruiter or employer, and assume that what a"
    " buyer sees reaches the employer. What leaves the audit team goes through a release of this program.",
    "Publish nothing about fewer than 10 workers, nor two figures whose difference tells about fewer than"
    " 10; round counts to 5; no minimum, maximum or single amount that is one person's.",
    "Do not try to find out who somebody is, and do not join these rows with other data about persons.",
    "Keep the files encrypted, and delete them when the work is done. A worker may withdraw later: export"
    " anew before you publish.",
)
LEFT_OUT = (
    "Not in these files: names of sites and interviewers, devices, times of arrival, days (dates are cut "
    "to the month), places on a map, files, {free_text}and whatever is calculated from these. The keys "
    "are drawn anew for every export and the rows stand in their order, so that neither leads back to an "
    "interview."
)
FREE_TEXT = (
    "THESE FILES HOLD WHAT PEOPLE TYPED. Names of persons, places and companies may stand in it. Read it,"
    " take such words out, and keep this export apart from others."
)
READING = (
    "Every table of a questionnaire is joined by response_key; rows of repeats are numbered in `row` "
    "within the one around them. Column names are names of questions with their groups in front "
    "(group__question) and stay the same over versions.",
    "An empty cell is a null: there is no answer. The column question__missing says why. Unknown is never a no.",
    "indicators: true, false or null for each respondent, as in the program before classification. For "
    "figures as the summary has them, take a false of a sign of the ILO's eleven (codebook, ilo11) as "
    "null where supervised_interview is true.",
)
HOW: Mapping[str, str] = {
    "csv": "CSV in UTF-8 (for Excel rather export xlsx). A text that a spreadsheet might take for a "
    "formula has an apostrophe before it. A country code NA is Namibia: read with pandas.read_csv(file, "
    "keep_default_na=False, "
    'na_values=[""]) or read.csv(file, na.strings="").',
    "xlsx": "Every text is stored as text, also where it begins with = or +.",
    "parquet": "pandas.read_parquet gives back the types: Int64, Float64, boolean, string, category.",
    "stata": "Names longer than 32 characters are cut and end in a mark that stays the same (codebook, "
    "name_in_stata). Choices are numbers with value labels; why a value is missing stands in "
    "question__missing, not in .a to .z.",
    "spss": "Choices are numbers with value labels; why a value is missing stands in question__missing.",
}


def readme(found: Sequence[SurveyData], format_: str) -> str:
    parts = ["Data for research", *_mark(found), FOR_WHOM, *(f"- {limit}" for limit in LIMITS)]
    with_text = any(data.options.free_text for data in found)
    parts += [FREE_TEXT] if with_text else []
    parts += [
        LEFT_OUT.format(free_text="" if with_text else "what people typed, "),
        "What there is",
        *map(_said, found),
    ]
    parts += ["How to read it", *READING, HOW[format_], "Codes in question__missing:"]
    codes = "\n".join(f"  {code:<16}{meaning}" for code, meaning in MISSING_CODES.items())
    return "\n\n".join(fill(part, 100, subsequent_indent="  " if part.startswith("- ") else "") for part in parts) + (
        f"\n\n{codes}\n"
    )


def _mark(found: Sequence[SurveyData]) -> list[str]:
    synthetic = sum(data.kept.synthetic for data in found)
    if not synthetic:
        return []
    return [SYNTHETIC if synthetic == sum(data.kept.respondents for data in found) else SYNTHETIC_PARTLY]


def _said(data: SurveyData) -> str:
    kept = data.kept
    lengths = ", ".join(f"{table.name} ({len(table.frame)} rows)" for table in data.tables)
    parts = [
        f"{data.survey.name}: {lengths}.",
        f"Versions, newest first: {', '.join(survey.version for survey in data.versions)}.",
    ]
    parts += [f"Not in the data: {kept.no_consent} without consent."] if kept.no_consent else []
    parts += [f"{kept.no_use} whose worker asked that nothing be used."] if kept.no_use else []
    if kept.aggregate_only:
        parts.append(f"{kept.aggregate_only} only want to be counted with many others: describe none of their cases.")
    return " ".join(parts)
