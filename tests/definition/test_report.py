"""What a slip was meant to be."""

from mapper.definition.report import MOST_COMPARED, nearest


def test_the_nearest_of_some_names_is_guessed_and_of_very_many_none() -> None:
    names = [f"name{number}" for number in range(MOST_COMPARED - 1)]
    assert nearest("Lendr", [*names, "lender"]) == "lender"
    assert nearest("Lendr", [*names, "more", "lender"]) is None
