"""The sheet of choices: every list of a questionnaire, and the lists of currencies that its money questions offer."""

from collections.abc import Iterator

from mapper.definition.model import Choice, Survey
from mapper.exchange.xlsform_out_texts import Spoken
from mapper.exchange.xlsform_texts import ALONE

Row = dict[str, str]


def choice_rows(survey: Survey, spoken: Spoken) -> list[Row]:
    rows = [_row(name, choice, spoken) for name, choices in survey.choices.items() for choice in choices]
    return [*rows, *_currencies(survey, spoken)]


def currency_list(currencies: tuple[str, ...]) -> str:
    """The name of the list that offers these currencies."""
    return "currencies_" + "_".join(currencies[:8]) + (f"_{len(currencies)}" if len(currencies) > 8 else "")


def _row(list_name: str, choice: Choice, spoken: Spoken) -> Row:
    alone = choice.filters.get("label" + ALONE, "")
    row = {"list_name": list_name, "name": choice.name, **dict(spoken.columns("label", choice.label, alone))}
    row |= dict(spoken.files(choice.media))
    row |= {"missing": choice.missing} if choice.missing else {}
    return row | {key: text for key, text in choice.filters.items() if text and not key.endswith(ALONE)}


def _currencies(survey: Survey, spoken: Spoken) -> Iterator[Row]:
    offered = {item.currencies: None for item in survey.questions.values() if len(item.currencies) > 1}
    for currencies in offered:
        for code in currencies:
            yield _row(currency_list(currencies), Choice(code, code), spoken)
