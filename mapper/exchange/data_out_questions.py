"""What there is to say about each question of a survey, in words: for the codebook and for the researcher's pages."""

from collections.abc import Callable
from dataclasses import dataclass

from mapper.definition.model import Group, Question, Repeat, Rule, Section, Survey
from mapper.expression.nodes import And, Node
from mapper.expression.source import parts_of
from mapper.expression.words import words

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """A question with where it stands. `asked_when` are clauses that must all hold; none means that it is asked of
    everybody who consented."""

    question: Question
    section: Section
    around: tuple[Group | Repeat, ...]
    asked_when: tuple[str, ...]

    @property
    def repeat(self) -> str:
        """The innermost repeat around the question, "" for none."""
        return next((item.name for item in reversed(self.around) if isinstance(item, Repeat)), "")

    @property
    def stage(self) -> str | None:
        return self.question.stage

    @property
    def actors(self) -> tuple[str, ...]:
        return self.question.actors


def facts(survey: Survey, say: Say = str, translate: Say = str) -> tuple[QuestionFacts, ...]:
    """Every question in document order. `say` puts the survey's wording, `translate` the phrases of rules into another
    language."""
    spoken = Spoken(survey, say, translate)
    return tuple(
        QuestionFacts(question, section, survey.ancestors[question.name], tuple(spoken.asked_when(section, question)))
        for section in survey.sections
        for question in _questions(section.children)
    )


@dataclass(frozen=True, slots=True)
class Spoken:
    """A survey's rules as sentences in one language."""

    survey: Survey
    say: Say = str
    translate: Say = str

    def asked_when(self, section: Section, question: Question) -> list[str]:
        rules = (item.relevant for item in (*self.survey.ancestors[question.name], question))
        trees = [*self._beyond_consent(section), *(rule.tree for rule in rules if rule)]
        return [self.words(part) for tree in trees for part in parts_of(tree, And)]

    def words(self, tree: Node) -> str:
        return words(tree, self._question, self._choice, self.translate)

    def _beyond_consent(self, section: Section) -> list[Node]:
        """A section's own rule. The reader put the consent before it, which goes without saying."""
        whole, consent = _parts(section.relevant), _parts(self.survey.consent)
        return whole[len(consent) :] if whole[: len(consent)] == consent else whole

    def _question(self, name: str) -> str:
        question = self.survey.questions.get(name)
        return self.say(question.label) if question and question.label else name

    def _choice(self, name: str, value: str) -> str:
        question = self.survey.questions.get(name)
        offered = self.survey.choices_of(question) if question else ()
        return next((self.say(choice.label) for choice in offered if choice.name == value), value)


def _parts(rule: Rule | None) -> list[Node]:
    return parts_of(rule.tree, And) if rule else []


def _questions(children: tuple[Question | Group | Repeat, ...]) -> list[Question]:
    found: list[Question] = []
    for item in children:
        found += [item] if isinstance(item, Question) else _questions(item.children)
    return found
