"""What one raw answer becomes, or what is said about it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.definition.model import Question
from mapper.interview import messages
from mapper.interview.answers import READERS, Answer, clean, typed
from mapper.interview.faults import Fault
from mapper.interview.numbers import LARGEST

FEE = Question(name="fee", type="money", currencies=("NPR", "QAR"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def question(kind: str, **more: Any) -> Question:
    return Question(name="q", type=kind, **more)


def value(asked: Question | str, raw: Any, *offered: str) -> Any:
    answer = typed(question(asked) if isinstance(asked, str) else asked, raw, offered)
    assert isinstance(answer, Answer), answer
    return answer.value


def fault(asked: Question | str, raw: Any, *offered: str) -> Fault:
    answer = typed(question(asked) if isinstance(asked, str) else asked, raw, offered)
    assert isinstance(answer, Fault), answer
    return answer


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("integer", 25, 25),
        ("integer", "25", 25),
        ("integer", " 25 ", 25),
        ("integer", 25.0, 25),
        ("integer", "-3", -3),
        ("integer", "२५", 25),
        ("integer", "٢٥", 25),
        ("decimal", 12.5, 12.5),
        ("decimal", "12.50", 12.5),
        ("decimal", "١٢٫٥", 12.5),
        ("decimal", 3, 3),
        ("date", "2020-02-29", "2020-02-29"),
        ("date", "2020-2-9", "2020-02-09"),
        ("time", "9:30", "09:30"),
        ("time", "23:59:59", "23:59:59"),
        ("datetime", "2024-05-31T14:30:00+02:00", "2024-05-31T14:30:00+02:00"),
        ("acknowledge", True, "OK"),
        ("acknowledge", "ok", "OK"),
        ("geopoint", "27.7 85.3", "27.7 85.3"),
        ("text", 42, "42"),
    ],
)
def test_an_answer_is_typed_from_json_or_from_text(kind: str, raw: Any, expected: Any) -> None:
    assert value(kind, raw) == expected


@pytest.mark.parametrize("raw", [None, "", "   ", [], {}])
@pytest.mark.parametrize("kind", sorted({*READERS, "text", "image"}))
def test_nothing_is_a_blank_answer_of_every_type(kind: str, raw: Any) -> None:
    assert typed(question(kind), raw) == Answer(None, "")


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("1,200.50", "1200.50"),
        ("1,20,000.00", "120000.00"),
        ("1 200", "1200"),
        ("1'200'000", "1200000"),
        ("NPR 1200", "1200"),
        ("1200 Rs", "1200"),
        ("١٬٢٠٠٫٥", "1200.5"),
    ],
)
@pytest.mark.parametrize("kind", ["integer", "decimal"])
def test_a_number_with_other_marks_is_refused_with_the_way_to_write_it(kind: str, raw: str, written: str) -> None:
    assert fault(kind, raw) == Fault("type", messages.NUMBER_MARKS, {"example": written})


@pytest.mark.parametrize("raw", ["1,200", "12,50", "1.200,50", "1,2,3"])
def test_what_a_comma_means_is_never_guessed(raw: str) -> None:
    assert fault("decimal", raw) == Fault("type", messages.NUMBER_COMMA)


@pytest.mark.parametrize("raw", ["many", "1e5", "1.2.3", "0x10", "--1", True, [5], {"n": 5}, "½", "five"])
@pytest.mark.parametrize("kind", ["integer", "decimal", "range"])
def test_what_is_no_number_is_refused(kind: str, raw: Any) -> None:
    assert fault(kind, raw).kind == "type"


@pytest.mark.parametrize("raw", [float("nan"), float("inf"), LARGEST + 1, 10**400, "9" * 5000, -1e300])
def test_a_number_that_json_cannot_keep_exactly_is_refused(raw: Any) -> None:
    assert fault("decimal", raw).message == messages.NUMBER_TOO_LARGE


@pytest.mark.parametrize("kind", sorted({*READERS, "text"}))
@pytest.mark.parametrize("raw", ["a" * 300_000 + "1", "1 " * 150_000 + "x", "1," * 150_000, "-" * 300_000])
def test_long_nonsense_is_answered_at_once(kind: str, raw: str) -> None:
    assert typed(question(kind), raw, ("a", "b"))


def test_a_fraction_is_no_whole_number() -> None:
    assert fault("integer", "2.5").message == messages.WHOLE_NUMBER


@pytest.mark.parametrize("raw", ["2020-02-30", "2023-02-29", "2020-13-01", "0000-01-01"])
def test_a_day_that_is_not_in_the_calendar_is_refused(raw: str) -> None:
    assert fault("date", raw) == Fault("type", messages.IMPOSSIBLE_DATE, {})


@pytest.mark.parametrize("raw", ["31/05/2024", "2024-05", "yesterday", 20240531, ["2024-05-31"]])
def test_a_date_is_written_year_month_day(raw: Any) -> None:
    assert fault("date", raw).message == messages.DATE


def test_month_precision_is_enough_where_the_question_asks_for_no_more() -> None:
    assert value(question("date", appearance=("month-year",)), "2024-05") == "2024-05-01"
    assert value(question("date", appearance=("year",)), "2019") == "2019-01-01"


def test_a_choice_must_be_offered() -> None:
    assert value("select_one", "yes", "yes", "no") == "yes"
    assert value("select_one", 1, "1", "2") == "1"
    assert fault("select_one", "maybe", "yes", "no").kind == "choice"
    assert fault("select_one", "refusd", "refused", "no").details["meant"] == "refused"
    assert fault("select_one", "yes").message == messages.NO_CHOICE


@pytest.mark.parametrize("raw", [["yes"], {"yes": 1}, True, 1.5])
def test_one_choice_is_one_name(raw: Any) -> None:
    assert fault("select_one", raw, "yes", "no").kind == "type"


@pytest.mark.parametrize("raw", [["c", "a"], "c a", " c  a ", ["a", "c", "a"]])
def test_several_choices_come_as_a_list_or_joined_by_spaces_and_are_kept_in_the_order_offered(raw: Any) -> None:
    assert typed(question("select_multiple"), raw, ("a", "b", "c")) == Answer(["a", "c"], "a c")


def test_a_rank_keeps_its_order_and_has_no_name_twice() -> None:
    assert value("rank", "c a b", "a", "b", "c") == ["c", "a", "b"]
    assert fault("rank", ["a", "a"], "a", "b").message == messages.RANKED_TWICE


@pytest.mark.parametrize("raw", [["a", 5.5], ["a", ["b"]], [None], {"a": True}])
def test_a_list_of_choices_holds_names_only(raw: Any) -> None:
    assert fault("select_multiple", raw, "a", "b").kind == "type"


def test_money_is_an_amount_with_its_currency_and_rules_may_name_the_parts() -> None:
    answer = typed(FEE, {"amount": "1200.50", "currency": "npr", "period": "month"})
    assert answer == Answer(
        {"amount": 1200.5, "currency": "NPR", "period": "month"}, "1200.5", {"_currency": "NPR", "_period": "month"}
    )


def test_the_span_of_an_amount_is_the_one_the_question_asks_for_unless_another_is_given() -> None:
    wage = question("money", currencies=("QAR",), period="month")
    assert value(wage, {"amount": 900}) == {"amount": 900, "currency": "QAR", "period": "month"}
    assert value(wage, {"amount": 30, "period": "day"})["period"] == "day"


@pytest.mark.parametrize(
    ("raw", "kind", "message"),
    [
        ({"amount": "1,200.50", "currency": "NPR"}, "type", messages.NUMBER_MARKS),
        ({"amount": -5, "currency": "NPR"}, "type", messages.NEGATIVE_AMOUNT),
        ({"amount": "much", "currency": "NPR"}, "type", messages.AMOUNT),
        ({"amount": [5], "currency": "NPR"}, "type", messages.AMOUNT),
        ({"amount": 5}, "type", messages.MONEY),
        (5, "type", messages.MONEY),
        ({"amount": 5, "currency": "EUR"}, "choice", messages.CURRENCY),
        ({"amount": 5, "currency": ["NPR"]}, "choice", messages.CURRENCY),
        ({"amount": 5, "currency": "NPR", "period": "fortnight"}, "choice", messages.PERIOD),
        ({"amount": 5, "currency": "NPR", "to": "agent"}, "type", messages.MONEY_KEYS),
        ([5, "NPR"], "type", messages.AMOUNT),
    ],
)
def test_money_that_could_be_misread_is_refused(raw: Any, kind: str, message: str) -> None:
    assert (fault(FEE, raw).kind, fault(FEE, raw).message) == (kind, message)


def test_the_amount_alone_is_enough_where_there_is_only_one_currency() -> None:
    assert value(question("money", currencies=("BDT",)), "5000") == {"amount": 5000, "currency": "BDT"}


def test_a_currency_without_an_amount_is_no_answer_yet() -> None:
    assert value(FEE, {"amount": None, "currency": "NPR"}) is None


def test_zero_is_an_amount() -> None:
    assert value(FEE, {"amount": 0, "currency": "NPR"}) == {"amount": 0, "currency": "NPR"}


@pytest.mark.parametrize("words", ["ကျေးဇူးတင်ပါတယ်", "مُكرَّر ‏(نص)", "👩‍🏭 paid 💸", "क्षमा गर्नुहोस् ज्ञ", "line one\nline two"])
def test_words_of_any_script_stay_as_they_are(words: str) -> None:
    assert value("text", words) == words


def test_equal_words_become_equal_text_and_control_characters_go() -> None:
    assert clean("cafe\u0301") == "caf\u00e9"
    assert clean("a\x00b\x1b[31mc\r\nd\ud800") == "ab[31mc\nd"


@pytest.mark.parametrize("raw", [["a"], {"a": 1}, True, float("nan")])
def test_text_is_text(raw: Any) -> None:
    assert fault("text", raw).kind == "type"


def test_a_range_has_ends() -> None:
    ten = question("range", parameters={"start": "0", "end": "10", "step": "1"})
    assert value(ten, "7") == 7
    assert fault(ten, 11).details == {"low": 0, "high": 10}


@given(kind=st.sampled_from([*READERS, "text", "image"]), raw=JSON)
def test_no_json_value_raises(kind: str, raw: Any) -> None:
    answer = typed(question(kind, currencies=("NPR",)), raw, ("a", "b"))
    assert isinstance(answer, Answer | Fault)
    if isinstance(answer, Fault):
        assert messages.said(str, answer.message, answer.details)
