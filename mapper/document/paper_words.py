"""Rules as a person with a pen reads them: questions are numbers, and what many questions share is said once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from mapper.definition.model import Survey
from mapper.expression.nodes import And, Call, Comparison, Node, Or, Reference, Text, references, walk
from mapper.expression.phrases import PHRASES
from mapper.expression.source import parts_of
from mapper.expression.words import words
from mapper.language.reader import N_

Say = Callable[[str], str]
MONEY_PARTS = {
    "_currency": N_("the currency of question %(number)s"),
    "_period": N_("the time that question %(number)s is about"),
}


SAID = {"not", *PHRASES}  # a rule with any other function is for the program; a person judges by what the text says


@dataclass(frozen=True, slots=True)
class _Chosen:
    """A question with one answer: `phrase` is how the two are joined."""

    phrase: str
    question: str
    value: str


@dataclass(frozen=True, slots=True)
class PaperWords:
    """`numbers`: name of a question or repeat → its number, as it is printed. `text` puts the survey's wording and
    `phrase` the program's into the language."""

    survey: Survey
    numbers: Mapping[str, str]
    text: Say
    phrase: Say

    def clauses(self, rules: Sequence[Node]) -> str:
        """Rules that must all hold, as one clause without a full stop."""
        parts = [self._part(part) for rule in rules for part in parts_of(rule, And)]
        return self._chain("and", [self._say("bracketed", part=said) if many else said for said, many in parts])

    def _part(self, rule: Node) -> tuple[str, bool]:
        """A clause, and whether it must stand in brackets beside others."""
        if any(isinstance(part, Call) and part.name not in SAID for part in walk(rule)):
            return self.phrase(N_("what stands here fits the answers so far")), False
        alternatives = list(self._alternatives(parts_of(rule, Or)))
        return self._chain("or", alternatives), len(alternatives) > 1

    def _alternatives(self, parts: Sequence[Node]) -> Iterator[str]:
        """“question 5 is “A” or “B””; questions for which the same answers count stand together."""
        chosen: dict[tuple[str, str], list[str]] = {}
        for part in parts:
            found = _chosen(part)
            if found is None:
                yield self._words(part)
            else:
                chosen.setdefault((found.phrase, found.question), []).append(found.value)
        together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for (phrase, question), values in chosen.items():
            labels = tuple(self._quoted(question, value) for value in values)
            together.setdefault((phrase, labels), []).append(question)
        for (phrase, labels), questions in together.items():
            subject, answers = self._subject(questions), self._chain("or", list(labels))
            yield self._say(phrase, subject, answers, left=subject, right=answers)

    def refer(self, name: str) -> str:
        """How a question is called: by its number; what the program computes, by how it is computed."""
        if name in self.numbers:
            return self.phrase(N_("question %(number)s")) % {"number": self.numbers[name]}
        base = next((name.removesuffix(part) for part in MONEY_PARTS if name.endswith(part)), name)
        if base in self.numbers:
            return self.phrase(MONEY_PARTS[name[len(base) :]]) % {"number": self.numbers[base]}
        question = self.survey.questions.get(name)
        if question and question.calculation and name not in references(question.calculation.tree):
            return self._say("bracketed", part=self._words(question.calculation.tree))
        return self._say("quoted", text=self.text(question.label) if question and question.label else name)

    def _subject(self, questions: Sequence[str]) -> str:
        if len(questions) == 1 or any(name not in self.numbers for name in questions):
            return self._chain("or", [self.refer(name) for name in questions])
        first, last = (self.numbers[name] for name in (questions[0], questions[-1]))
        order = list(self.numbers)
        if order.index(questions[-1]) - order.index(questions[0]) == len(questions) - 1:
            return self._say("one of", all=f"{first}–{last}")
        return self._say("one of", all=self._say("list").join(self.numbers[name] for name in questions))

    def _words(self, rule: Node) -> str:
        return words(rule, self.refer, self._choice, self.phrase, is_label=False)

    def _quoted(self, question: str, value: str) -> str:
        return self._say("quoted", text=self._choice(question, value))

    def _choice(self, name: str, value: str) -> str:
        question = self.survey.questions.get(name)
        offered = self.survey.choices_of(question) if question else ()
        return next((self.text(choice.label) for choice in offered if choice.name == value), value)

    def _chain(self, phrase: str, parts: Sequence[str]) -> str:
        said = parts[0]
        for part in parts[1:]:
            said = self._say(phrase, left=said, right=part)
        return said

    def _say(self, phrase: str, *parts: str, **named: str) -> str:
        return self.phrase(PHRASES[phrase]).format(*parts, **named)


def _chosen(rule: Node) -> _Chosen | None:
    match rule:
        case Comparison(operator="=", left=Reference(question), right=Text(value)) if value:
            return _Chosen("=", question, value)
        case Call("selected", (Reference(question), Text(value))):
            return _Chosen("selected", question, value)
    return None
