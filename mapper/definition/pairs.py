"""The same matter in several instruments: what can be checked twice, and what cannot."""

from collections.abc import Iterator, Mapping, Sequence

from mapper.definition.markdown import cell, code, table
from mapper.definition.model import Survey

WORKERS = ("Worker", "Short form", "Returned worker", "Family")
NOTHING = "–"
Asked = Mapping[str, Mapping[str, tuple[str, ...]]]  # topic → instrument → questions
HEAD = """# Pairs: what can be checked twice, and the holes

Made by `python -m mapper.definition.coverage` from the `topic` of every question; a test fails when this page is older
than the questionnaires. Where workers and somebody else are asked about one topic, their answers are compared.
"""


def topics(instruments: Mapping[str, Sequence[Survey]]) -> Asked:
    """Every topic in alphabetical order with the questions that ask about it."""
    found: dict[str, dict[str, list[str]]] = {}
    for instrument, surveys in instruments.items():
        for question in (one for survey in surveys for one in survey.questions.values()):
            if question.topic and question.is_answerable:
                names = found.setdefault(question.topic, {}).setdefault(instrument, [])
                names.extend([] if question.name in names else [question.name])
    return {topic: {name: tuple(asked) for name, asked in found[topic].items()} for topic in sorted(found)}


def unpaired(asked: Asked) -> tuple[str, ...]:
    """The topics that only workers, or only others, are asked about."""
    return tuple(topic for topic, by in asked.items() if len({name in WORKERS for name in by}) < 2)


def page(instruments: Mapping[str, Sequence[Survey]], alone: Mapping[str, str]) -> str:
    """`alone`: topic without a counterpart → why."""
    asked = topics(instruments)
    holes = unpaired(asked)
    parts = (HEAD, _matrix(asked, list(instruments)), _holes(asked, holes, alone), "## Questions of each topic\n")
    return "\n".join([*parts, *_details(asked)]) + "\n"


def _matrix(asked: Asked, instruments: Sequence[str]) -> str:
    rows = (
        (code(topic), *(str(len(by.get(name, ())) or NOTHING) for name in instruments)) for topic, by in asked.items()
    )
    return f"## How many questions each instrument asks\n\n{table(('Topic', *instruments), rows)}\n"


def _holes(asked: Asked, holes: Sequence[str], alone: Mapping[str, str]) -> str:
    rows = ((code(topic), ", ".join(asked[topic]), cell(alone.get(topic, NOTHING))) for topic in holes)
    return f"## Holes: topics without a counterpart\n\n{table(('Topic', 'Asked only in', 'Why'), rows)}\n"


def _details(asked: Asked) -> Iterator[str]:
    for topic, by in asked.items():
        rows = ((name, ", ".join(map(code, questions))) for name, questions in by.items())
        yield f"### {topic}\n\n{table(('Instrument', 'Questions'), rows)}\n"
