"""Patterns of `regex` mean the same in Python as in a browser, or are refused."""

import pytest

from mapper.expression.errors import ExpressionError
from mapper.expression.patterns import check_pattern, compiled, utf16, whole


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("a$", "a\n", False),
        (".", "\n", False),
        (".", "\u2028", False),
        (r"[^a]", "\n", True),
        (r"\s", "\u00a0", True),
        (r"[\s]", "\ufeff", True),
        (r"^\S$", "\u00a0", False),
        (r"^[\S]$", "\u3000", False),
        (r"^[\S]$", "x", True),
        (r"^[\s\S]{2}$", "\nx", True),
        (r"\d", "\u0664", False),
        (r"\w", "é", False),
        (r"\bcat\b", "a cat!", True),
        ("[]", "]", False),
        ("^[^]$", "\n", True),
        ("[[]", "[", True),
        ("[a&&b]", "&", True),
        ("[a--b]", "a", None),
        ("^[a-]+$", "a-", True),
        ("^[-a]+$", "a-", True),
        (r"^[\w-.]+$", "a-.", True),
        ("^[a-c-e]+$", "d", False),
        ("^[a-c-e]+$", "b-e", True),
        ("x{,2}", "x{,2}", True),
        ("a{1,2}", "a", True),
        ("^.$", "😀", False),
        ("[😀]", "😀", True),
        (r"\u0041\x42", "AB", True),
        (r"\/\.\-", "/.-", True),
        (r"\0", "\0", True),
        (r"(?:ab)+?(?=c)(?!d)", "abc", True),
        (r"(?<=a)b", "ab", True),
    ],
)
def test_a_pattern_finds_what_a_browser_finds(pattern: str, text: str, found: bool | None) -> None:
    search = compiled(pattern)
    assert (None if search is None else search.search(utf16(text)) is not None) is found


@pytest.mark.parametrize(
    "pattern",
    [
        "(",
        "[a",
        "*",
        r"\p{L}",
        "(?i)a",
        "(?P<n>a)",
        "(?>a)",
        "a++",
        "a{2}+",
        r"(a)\1",
        r"\A",
        r"\Z",
        "\\",
        r"[\p]",
        "a{3,2}",
    ],
)
def test_what_only_one_dialect_knows_is_refused(pattern: str) -> None:
    assert compiled(pattern) is None


@pytest.mark.parametrize("text", ["", "abc", "मजदुर", "a😀b", "\ud83d", "😀😀"])
def test_units_make_the_text_again(text: str) -> None:
    assert whole(utf16(text)) == text


@pytest.mark.parametrize("pattern", [r"^(a+)+$", r"(\w+\s?)+", r"(a*)*b", r"((x+)y?)*", r"(.*,)*", r"([a-z]+){12,}"])
def test_a_pattern_that_may_run_for_ever_is_refused(pattern):
    with pytest.raises(ExpressionError, match="may run for ever"):
        check_pattern(pattern, 1)
    assert compiled(pattern) is None, "nor when it comes from an answer"


@pytest.mark.parametrize(
    "pattern", [r"^([0-9]+,)*[0-9]+$", r"^[A-Z]{2}[0-9]+$", r"^(\+?[0-9]{2})?[0-9]{7,12}$", r"(ab|cd)+"]
)
def test_an_honest_repeat_is_taken(pattern):
    check_pattern(pattern, 1)
    assert compiled(pattern) is not None
