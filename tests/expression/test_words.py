"""Rules said in plain words."""

import pytest

from mapper.expression.parse import parse
from mapper.expression.words import words

QUESTIONS = {"docs": "Which documents do you hold?", "paid": "Did you pay?", "fee": "Fee", "since": "Since when?"}
CHOICES = {("docs", "passport"): "Passport", ("paid", "yes"): "Yes"}


def said(rule: str) -> str:
    return words(
        parse(rule), lambda name: QUESTIONS.get(name, name), lambda name, choice: CHOICES.get((name, choice), choice)
    )


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ("selected(${docs}, 'passport')", "“Which documents do you hold?” includes “Passport”"),
        ("not(selected(${docs}, 'passport'))", "“Which documents do you hold?” does not include “Passport”"),
        ("${paid} = 'yes'", "“Did you pay?” is “Yes”"),
        ("'yes' != ${paid}", "“Did you pay?” is not “Yes”"),
        ("not(${paid} = 'yes')", "“Did you pay?” is not “Yes”"),
        ("not(${fee} > 5)", "it is not true that “Fee” is more than 5"),
        ("${fee} = ''", "“Fee” is blank"),
        ("'' != ${fee}", "“Fee” is answered"),
        ("${since} >= '2024-01-01'", "“Since when?” is “2024-01-01” or later"),
        ("${since} < today()", "“Since when?” is before today"),
        (
            "${paid} = 'yes' and (${fee} > 100 or ${fee} = '')",
            "“Did you pay?” is “Yes” and (“Fee” is more than 100 or “Fee” is blank)",
        ),
        ("sum(${fee}) div 12 >= 1.5", "the sum of “Fee” divided by 12 is at least 1.5"),
        ("count-selected(${docs}) <= 2", "the number of choices in “Which documents do you hold?” is at most 2"),
        ("if(${paid} = 'yes', ${fee}, 0)", "“Fee” if “Did you pay?” is “Yes”, otherwise 0"),
        ("indexed-repeat(${fee}, ${costs}, 1) = 5", "“Fee” in row 1 of “costs” is 5"),
        ("round(${fee} * 0.5, 2)", "“Fee” times 0.5, rounded to 2 decimals"),
        ("pow(${fee}, 2)", "pow(“Fee”, 2)"),
        (". != 'a {b}'", "this answer is not “a {b}”"),
    ],
)
def test_a_rule_is_said_in_a_sentence(rule: str, sentence: str) -> None:
    assert said(rule) == sentence


def test_phrases_can_be_translated() -> None:
    spanish = {"{left} is {right}": "{left} es {right}", "“{text}”": "«{text}»"}
    sentence = words(parse("${a} = 'b'"), str.upper, lambda name, choice: choice, lambda text: spanish.get(text, text))
    assert sentence == "«A» es «b»"
