"""Every module and every indicator: where it is used, in which version, how sure its source is."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from flask import render_template
from flask.typing import ResponseReturnValue

from mapper.definition.canonical_json import canonical_json
from mapper.definition.model import Group, Indicator, Question, Repeat, Section, Survey
from mapper.definition.version import plain
from mapper.language.catalogue import translator
from mapper.store import database
from mapper.summary import wording
from mapper.web import locale
from mapper.web.study.questionnaires import listed
from mapper.web.study.sentences import sentences_of


@dataclass(frozen=True)
class ModuleRow:
    """A module as it stands in questionnaires; `versions` are several where they hold it in different states."""

    name: str
    label: str
    questions: int
    indicators: int
    used_in: tuple[tuple[str, str], ...]
    versions: tuple[str, ...]
    to_verify: int


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its rule in words, once for every different rule."""

    indicator: Indicator
    sentence: str
    used_in: tuple[str, ...]


def modules() -> ResponseReturnValue:
    rows = sorted(_modules(_surveys()), key=lambda row: row.label)
    return render_template("study/modules.html", rows=rows)


def indicators() -> ResponseReturnValue:
    say = translator(locale.current()).text_neutral
    return render_template("study/indicators.html", rows=list(_indicators(_surveys())), words=wording, say=say)


def _surveys() -> list[Survey]:
    with database.session() as reading:
        return [row.survey for row in listed(reading) if row.survey and not row.is_retired]


def _modules(surveys: list[Survey]) -> Iterator[ModuleRow]:
    found: dict[str, list[tuple[Survey, Section]]] = {}
    for survey in surveys:
        for section in survey.sections:
            found.setdefault(section.name, []).append((survey, section))
    for name, used in found.items():
        survey, section = used[0]
        own = [one for one in survey.indicators if one.module == name]
        yield ModuleRow(
            name=name,
            label=locale.wording_of(section.label, survey) or name,
            questions=_questions(section.children),
            indicators=len(own),
            used_in=tuple((each.name, locale.title_of(each)) for each, _ in used),
            versions=tuple(dict.fromkeys(_version(each, one) for each, one in used)),
            to_verify=sum(one.status == "verify" for one in own),
        )


def _questions(children: tuple[Question | Group | Repeat, ...]) -> int:
    return sum(child.is_answerable if isinstance(child, Question) else _questions(child.children) for child in children)


def _version(survey: Survey, section: Section) -> str:
    """Eight digits of the hash of what the module asks and counts; the rule of consent before it is left out."""
    own = [one for one in survey.indicators if one.module == section.name]
    content = {"asked": [plain(child) for child in section.children], "counted": [plain(one) for one in own]}
    return sha256(canonical_json(content)).hexdigest()[:8]


def _indicators(surveys: list[Survey]) -> Iterator[IndicatorRow]:
    found: dict[tuple[str, str], tuple[Indicator, str, list[str]]] = {}
    for survey in surveys:
        sentences = sentences_of(survey)
        for one in survey.indicators:
            key = (one.name, one.rule.text)
            if key not in found:
                found[key] = (one, sentences.words(one.rule.tree), [])
            found[key][2].append(survey.name)
    yield from (IndicatorRow(one, words, tuple(used)) for one, words, used in found.values())
