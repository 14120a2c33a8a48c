"""The tables of a mapping summary. Each is one function from the summary to rows; nothing is computed here that
scoring has already computed."""

from mapper.language.reader import N_, Label, Place, Words
from mapper.language.spoken import Sentence, Several
from mapper.scoring.results import CostItem, IndicatorResult, Proportion, SupplierScore
from mapper.summary import released
from mapper.summary.chain_map import stage_of_item
from mapper.summary.model import Column, Summary, Table
from mapper.summary.ranking import ranked
from mapper.summary.wording import (
    ACTORS,
    BANDS,
    CATEGORIES,
    CLASSES,
    COMPONENTS,
    FLAGS,
    INTERVALS,
    KINDS,
    LOWER,
    NOT_RELEASED,
    SAMPLING,
    STAGES,
    STATUSES,
    UPPER,
    WEAK_CONDITIONS,
    say,
    sector,
    stated,
)

SUPPLIER = (Column("Supplier", width=22), Column("Round", width=10))
PROPORTION = (
    Column("Cases", "count", 9, N_("Workers for whom the indicator is true.")),
    Column("Answered", "count", 10, N_("Workers for whom it is true or false: the denominator.")),
    Column(
        "Unknown",
        "count",
        10,
        N_("Refused, not known, not reached, or not in the questionnaire that was asked: outside the denominator."),
    ),
    Column("Share", "share", 9),
    Column("Lower end", "share", 9, N_("Lower end of the 95 % interval.")),
    Column("Upper end", "share", 9, N_("Upper end of the 95 % interval.")),
    Column("Interval", "text", 24),
)
PAID = (
    Column("Cost known", "count", 9),
    Column("Payers", "count", 8),
    Column("Share who paid", "share", 9),
    Column("Mean months", "months", 9, N_("Payers with a known wage.")),
    Column("Median months", "months", 9),
)


def suppliers(summary: Summary) -> Table:
    """One row per supplier and round, the most urgent first."""
    rows = tuple(_supplier_row(summary, place, score) for place, score in enumerate(_scores(summary), start=1))
    note = N_("Most urgent first. Within a band, suppliers whose intervals overlap are in no meaningful order.")
    columns = tuple(one.rounded() if one.title in _OF_WORKERS else one for one in _SUPPLIER_COLUMNS)
    return Table("suppliers", "Suppliers", note, columns if summary.is_release else _SUPPLIER_COLUMNS, rows)


_SUPPLIER_COLUMNS = (
    Column("Order", "count", 7),
    *SUPPLIER,
    Column("Country", width=9),
    Column("Sector", width=13),
    Column("Tier", "count", 6),
    Column("Band", "band", 17),
    Column("Interviews", "count", 10, N_("Valid worker interviews.")),
    Column("Migrant workers", "count", 9, N_("Stated for the supplier's sites.")),
    Column("Indicated", "count", 9, CLASSES["FL_indicated"]),
    Column("Not excluded", "count", 9, CLASSES["FL_not_excluded"]),
    Column(LOWER, "share", 11, N_("Lower end of the 95 % interval of the share indicated.")),
    Column(UPPER, "share", 11, N_("Upper end of the 95 % interval of those indicated or not excluded.")),
    Column("Paid something", "share", 10),
    Column("Mean months of wage", "months", 9, N_("Over payers with a known wage (SDG 10.7.1).")),
    Column("Why this band", "long", 52),
)
_OF_WORKERS = ("Interviews", "Indicated", "Not excluded", LOWER, UPPER, "Paid something", "Mean months of wage")


def _supplier_row(summary: Summary, place: int, score: SupplierScore) -> tuple[object, ...]:
    facts = summary.facts_of(score)
    is_open = summary.is_release and score.released is None
    band = NOT_RELEASED if is_open else say(BANDS, score.band)
    about = (place, facts.name, score.round, Place(facts.country), sector(facts.sector), stated(facts.tier), band)
    reported = released.reported(score) if summary.is_release else _reported(score)
    return (*about, *reported, Several(rule.because for rule in score.rules_fired))


def _reported(score: SupplierScore) -> tuple[object, ...]:
    found, paid = score.forced_labour, score.fees
    labour = (found.cases, found.not_excluded, found.low, found.high)
    return (score.interviews, stated(score.workers), *labour, paid.paid_share, paid.mean_months)


def components(summary: Summary) -> Table:
    """The parts of the evidence from which the band is read, each 0-100."""
    columns = (
        *SUPPLIER,
        Column("Band", "band", 20),
        *(Column(words, "score", 13) for words in COMPONENTS.values()),
        Column("How workers were chosen", width=24),
        Column("Not computed", "long", 50),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, say(BANDS, score.band),
            *(score.components.get(code) for code in COMPONENTS), say(SAMPLING, score.sampling),
            Several((_missing(code, reason) for code, reason in score.components_missing.items()), "; "),
        )
        for score in _scores(summary)
    )  # fmt: skip
    note = N_("Higher is worse, except for interview quality (Q), where higher is better.")
    return Table("components", "Components", note, columns, rows)


def _missing(code: str, reason: str) -> Sentence:
    return Sentence(N_("{component}: {reason}"), {"component": say(COMPONENTS, code), "reason": reason})


def classes(summary: Summary) -> Table:
    """Workers of each supplier by class; the classes partition the valid interviews."""
    columns = (*SUPPLIER, *(Column(words, "count", 13) for words in CLASSES.values()))
    rows = tuple(
        (summary.facts_of(score).name, score.round, *(score.classes.get(code, 0) for code in CLASSES))
        for score in _scores(summary)
    )
    return Table("classes", "Workers by class", N_("Each valid interview stands in exactly one class."), columns, rows)


def indicators(summary: Summary) -> Table:
    """Every indicator of every supplier with its denominator and interval."""
    columns = (
        *SUPPLIER,
        Column("Indicator", "long", 48),
        Column("Kind", width=15),
        Column("Stage", width=18),
        Column("ILO", width=9),
        *PROPORTION,
        Column("Status of source", width=12),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, Label(found.label), say(KINDS, found.kind),
            say(STAGES, found.stage), " ".join(found.ilo11), *proportion(found.proportion),
            say(STATUSES, found.status),
        )
        for score in _scores(summary) for found in score.indicators
    )  # fmt: skip
    note = N_("Cases of answered, with a 95 % interval. Unknown answers stand outside the denominator.")
    return Table("indicators", "Indicators", note, columns, rows)


def fees(summary: Summary) -> Table:
    """What workers paid, by supplier and corridor, in months of wage."""
    columns = (
        Column("Supplier and corridor", width=32),
        Column("Round", width=10),
        Column("From", width=14),
        Column("To", width=14),
        Column("Interviews", "count", 10),
        *PAID,
        Column("Median, all workers", "months", 10, N_("Everybody whose cost and wage are known.")),
        Column("Above national cap", "share", 10, N_("Of those for whom a cap is known.")),
        Column("Cap known", "count", 8),
        Column("Borrowed", "share", 9),
    )
    rows = tuple(
        (
            Several((summary.facts_of(score).name, Place(f"{place.origin} → {place.destination}")), ", "), score.round,
            Place(place.origin), Place(place.destination), place.interviews,
            place.fees.answered, place.fees.payers, place.fees.paid_share, place.fees.mean_months,
            place.fees.median_months, place.fees.median_months_all, place.fees.above_cap_share, place.fees.with_cap,
            place.fees.borrowed_share,
        )
        for score in _scores(summary) for place in score.corridors
    )  # fmt: skip
    note = N_(
        "Recruitment cost borne by the worker and not reimbursed, divided by the same worker's first monthly wage."
    )
    return Table("fees", "Fees by corridor", note, columns, rows)


def cost_items(summary: Summary) -> Table:
    """What the money was paid for."""
    columns = (
        *SUPPLIER,
        Column("Stage", width=18),
        Column("Item", "long", 44),
        Column("Group", width=14),
        Column("Payers", "count", 8),
        Column("Mean months", "months", 9),
        Column("Share of all cost", "share", 9),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, say(STAGES, stage_of_item(item.code)), Label(item.label),
            say(CATEGORIES, item.category), item.payers, item.mean_months, item.share_of_cost,
        )
        for score in _scores(summary) for item in in_stages(score)
    )  # fmt: skip
    return Table("items", "Cost items", N_("Items that at least one worker paid and was not repaid."), columns, rows)


def in_stages(score: SupplierScore) -> list[CostItem]:
    """Items that anybody paid, along the journey, and at each stage those that most paid first."""
    order, paid = list(STAGES), (item for item in score.fees.items.values() if item.payers)
    return sorted(paid, key=lambda item: (order.index(stage_of_item(item.code)), -item.payers))


def chain(summary: Summary) -> Table:
    """Who stood between the worker's home and the job, by corridor."""
    columns = (
        *SUPPLIER,
        Column("From", width=7),
        Column("To", width=7),
        Column("Place in chain", "count", 8),
        Column("Actor", width=30),
        Column("Workers who met", "count", 9),
        Column("Paid them", "count", 8),
        Column("Got a receipt", "count", 8),
        Column("Mean months paid", "months", 9),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, Place(link.origin), Place(link.destination), link.order,
            say(ACTORS, link.actor), link.workers, link.payers, link.receipts, link.mean_months,
        )
        for score in _scores(summary) for link in score.chain
    )  # fmt: skip
    return Table("chain", "Recruitment chain", N_("Actor types in the order in which workers met them."), columns, rows)


def quality(summary: Summary) -> Table:
    """Under what conditions the interviews took place."""
    kinds = sorted({kind for score in _scores(summary) for kind in score.quality.by_kind})
    columns = (
        *SUPPLIER,
        Column("Interviews", "count", 10),
        Column("Consent refused", "count", 9),
        Column("Quality (0-100)", "score", 9),
        Column("Mean factor", "number", 9),
        Column("Complete", "share", 9),
        *(Column(KINDS[kind], "score", 12, N_("Quality for indicators of this kind.")) for kind in kinds),
        *(Column(words, "count", 13) for words in FLAGS.values()),
    )
    rows = tuple(
        (
            summary.facts_of(score).name, score.round, score.interviews, score.refused_consent, score.quality.score,
            score.quality.mean_factor, score.quality.completeness,
            *(score.quality.by_kind.get(kind) for kind in kinds),
            *(score.quality.flags.get(flag, 0) for flag in FLAGS),
        )
        for score in _scores(summary)
    )  # fmt: skip
    return Table("quality", "Interview quality", WEAK_CONDITIONS, columns, rows)


def management(summary: Summary) -> Table:
    """Gaps in policies and practice as management itself described them."""
    columns = (*SUPPLIER, Column("Gap", "long", 60), Column("Stage", width=18), Column("Present", width=10))
    rows = tuple(
        (summary.facts_of(score).name, score.round, Label(found.label), say(STAGES, found.stage), _said(found))
        for score in _scores(summary) for found in score.management
    )  # fmt: skip
    return Table("management", "Management systems", N_("From the management questionnaire."), columns, rows)


def _said(found: IndicatorResult) -> Words:
    if not found.proportion.answered:
        return Words("Unknown")
    return Words("Yes") if found.proportion.cases else Words("No")


def proportion(found: Proportion) -> tuple[object, ...]:
    counts = (found.cases, found.answered, found.unknown)
    return (*counts, found.share, found.low, found.high, say(INTERVALS, found.interval))


def _scores(summary: Summary) -> tuple[SupplierScore, ...]:
    return ranked(summary.assessment.suppliers)


AUDIT_TABLES = (suppliers, components, classes, indicators, fees, cost_items, chain, quality, management)
RELEASE_TABLES = (suppliers, *released.TABLES, management)
