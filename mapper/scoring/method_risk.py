"""Reads the parts of a method that are about other sources, inherent risk, sorting and samples."""

from collections.abc import Sequence

from mapper.definition.fields import Fields
from mapper.definition.raw import Keyed, Scalar
from mapper.definition.report import Report
from mapper.notice import Notice
from mapper.scoring import method_keys as keys
from mapper.scoring.method_parts import DiscrepancyMethod, InherentRow, SampleMethod, SampleStep, SortingMethod
from mapper.scoring.method_values import day, number, number_of, numbers

NEEDED = {"country": ("country",), "sector": ("sector",), "corridor": ("origin", "destination")}


def discrepancy_of(fields: Fields, report: Report) -> DiscrepancyMethod:
    sources = {
        name.text: frozenset(_words(value)) for name, value in fields.entries("sources") if not isinstance(value, Keyed)
    }
    return DiscrepancyMethod(
        sources=sources,
        counted=frozenset(fields.words("counted")),
        weights=numbers(fields, "weights", report),
        least_share=number(fields, "least_share", report, above=0, most=1) or 1.0,
        least_topics=int(number(fields, "least_topics", report, above=0) or 1),
        not_statements=frozenset(fields.words("not_statements")),
    )


def _words(value: object) -> Sequence[str]:
    items = (value,) if isinstance(value, Scalar) else getattr(value, "items", ())
    return [item.text.strip() for item in items if isinstance(item, Scalar)]


def sample_of(fields: Fields, report: Report) -> SampleMethod:
    rows = [item for item in fields.items("steps") if isinstance(item, Keyed)]
    written = [Fields(row, keys.SAMPLE_STEP, "an entry of 'steps'", report) for row in rows]
    steps = [
        SampleStep(number(row, "inherent", report) or 0.0, int(number(row, "interviews", report, above=0) or 1))
        for row in written
    ]
    if not steps or steps[0].inherent != 0:
        message = Notice("The first step of the sample must hold from an inherent risk of 0 on.")
        remedy = Notice("Write %(expected)s.", expected="{inherent: 0, interviews: 10}")
        report.add("unknown_value", fields.place_of("steps"), message, remedy)
    shares = [number_of(scalar, report, above=0, most=1) for scalar in fields.word_scalars("affected")]
    return SampleMethod(tuple(steps), tuple(share for share in shares if share))


def sorting_of(fields: Fields, report: Report) -> SortingMethod:
    sensitivity = number(fields, "sensitivity", report, above=0, most=1) or 0.0
    return SortingMethod(numbers(fields, "weights", report), sensitivity)


def inherent_of(rows: Sequence[Fields], report: Report) -> tuple[InherentRow, ...]:
    """The rows in ascending order of their first day, so that the last that fits is the one in force."""
    found = [_inherent(row, report) for row in rows]
    return tuple(sorted(found, key=lambda row: row.valid_from))


def _inherent(row: Fields, report: Report) -> InherentRow:
    part = row.text("part")
    for key in NEEDED.get(part, ()):
        if key not in row:
            message = Notice("A row about a %(part)s needs the key '%(key)s'.", part=part, key=key)
            remedy = Notice("Add %(key)s; `any` stands for every country.", key=key)
            report.add("missing_key", row.place, message, remedy)
    about = "-".join(row.text(key) for key in NEEDED.get(part, ()))
    score = number(row, "score", report, above=-1e-12, most=100) or 0.0
    first = day(row, "valid_from", report) or 0
    return InherentRow(part, about, score, first, row.text("source"), row.text("status", "verify"))
