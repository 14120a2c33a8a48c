"""The sheet of questions. Modules become groups; an amount of money becomes a number with its currency beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mapper.definition.model import Group, Question, Repeat, Rule, Section, Survey
from mapper.exchange.xlsform_out_choices import currency_list
from mapper.exchange.xlsform_out_rules import readable, written
from mapper.exchange.xlsform_out_texts import Spoken
from mapper.exchange.xlsform_own import MODULE, OWN, PREFIX
from mapper.exchange.xlsform_texts import ALONE
from mapper.exchange.xlsform_tree import MARK, PART
from mapper.exchange.xlsform_words import TEXTS
from mapper.expression.nodes import references
from mapper.expression.parse import parse
from mapper.expression.source import to_source

Row = dict[str, str]
Item = Question | Group | Repeat
TYPES = {"datetime": "dateTime", "money": "decimal"}
RULES = ("required", "relevant", "constraint", "calculation", "choice_filter")
NOT_NEGATIVE = ". >= 0"  # true of every amount of money


def survey_rows(survey: Survey, spoken: Spoken) -> Iterator[Row]:
    writer = _Writer(survey, spoken, frozenset(_looked_at(survey)))
    for pair in dict.fromkeys(survey.xlsform.get("metadata", "").split("; ")):  # a form has one row of each name
        kind, _, name = pair.partition("=")
        if name:
            beside = f"metadata.{name}."
            kept = {key.removeprefix(beside): text for key, text in survey.xlsform.items() if key.startswith(beside)}
            yield {"type": kind, "name": name, **readable(kept, survey)}
    for section in survey.sections:
        yield from writer.section(section)


def _looked_at(survey: Survey) -> Iterator[str]:
    """Every name that a rule or text uses."""
    for item in (*survey.items(), *survey.sections):
        for key in (*RULES, "urgent", "repeat_count"):
            if rule := getattr(item, key, None):
                yield from references(rule.tree)
        for key in TEXTS:
            text = getattr(item, key, "")
            yield from (part.partition("}")[0].strip() for part in text.split("${")[1:])


@dataclass(frozen=True)
class _Writer:
    survey: Survey
    spoken: Spoken
    looked_at: frozenset[str]

    def section(self, section: Section) -> Iterator[Row]:
        is_own = section.name == self.survey.name
        if is_own and section.relevant is None:
            yield from self.items(section.children)
            return
        mark = OWN if is_own else MODULE + (f" {section.record}" if section.record != "answers" else "")
        row = {"type": "begin_group", "name": PREFIX + section.name, "relevant": written(section.relevant), MARK: mark}
        yield row | dict(self.spoken.columns("label", section.label))
        yield from self.items(section.children)
        yield {"type": "end_group"}

    def items(self, items: Iterable[Item]) -> Iterator[Row]:
        for item in items:
            yield from self.question(item) if isinstance(item, Question) else self.container(item)

    def container(self, item: Group | Repeat) -> Iterator[Row]:
        kind = "repeat" if isinstance(item, Repeat) else "group"
        row = self._shared(item, f"begin_{kind}") | {"relevant": written(item.relevant)}
        if isinstance(item, Repeat):
            row["repeat_count"] = written(item.repeat_count)
        yield _filled(row | self._kept(item))
        yield from self.items(item.children)
        yield {"type": f"end_{kind}"}

    def question(self, item: Question) -> Iterator[Row]:
        kind = TYPES.get(item.type, item.type)
        row = self._shared(item, f"{kind} {item.list_name}" if item.list_name else kind)
        row |= {key: written(getattr(item, key)) for key in RULES}
        row |= {"default": item.default or "", "read_only": "yes" if item.read_only else ""}
        row |= dict(self.spoken.files(item.media))
        row["parameters"] = " ".join(f"{name}={value}" for name, value in item.parameters.items())
        row |= {"sensitive": "yes" if item.sensitive else "", "urgent": _own(item.urgent)}
        if item.type == "money":
            row |= self._money(item)
        yield _filled(row | self._kept(item))
        if item.type == "money":
            yield from self._parts(item)

    def _shared(self, item: Item, kind: str) -> Row:
        row = {"type": kind, "name": item.name}
        for key in TEXTS:
            row |= dict(self.spoken.columns(key, getattr(item, key, ""), item.xlsform.get(key + ALONE, "")))
        row["appearance"] = " ".join(item.appearance)
        own = {"stage": item.stage, "actor": " ".join(item.actors), "topic": item.topic, "source": item.source}
        return row | {key: text for key, text in own.items() if text}

    def _kept(self, item: Item) -> Row:
        """The columns that came in and do nothing here."""
        kept = {key: text for key, text in item.xlsform.items() if not key.endswith(ALONE)}
        return readable(kept, self.survey)

    def _money(self, item: Question) -> Row:
        constraint = written(item.constraint)
        both = f"{NOT_NEGATIVE} and ({constraint})" if constraint else NOT_NEGATIVE
        own = {"currency": " ".join(item.currencies), "period": item.period or "", MARK: "money"}
        return {"constraint": both, **own}

    def _parts(self, item: Question) -> Iterator[Row]:
        """The currency and the period, unless a question has that name itself."""
        given = f"${{{item.name}}} != ''"
        if (name := f"{item.name}_currency") not in self.survey.ancestors:
            if len(item.currencies) > 1:
                row = {"type": f"select_one {currency_list(item.currencies)}", "name": name, "required": "yes"}
                yield row | {"relevant": given, MARK: PART} | dict(self.spoken.columns("label", f"{item.label} ¤"))
            else:
                yield _calculated(name, f"if({given}, '{''.join(item.currencies)}', '')")
        if (name := f"{item.name}_period") not in self.survey.ancestors and (item.period or name in self.looked_at):
            yield _calculated(name, f"if({given}, '{item.period or ''}', '')")


def _calculated(name: str, rule: str) -> Row:
    return {"type": "calculate", "name": name, "calculation": rule, MARK: PART}


def _own(rule: Rule | None) -> str:
    text = to_source(rule.tree) if rule else ""
    return "yes" if text == to_source(parse("true()")) else text


def _filled(row: Row) -> Row:
    return {heading: text for heading, text in row.items() if text}
