"""What may stand in a field, in any script; and what is said of what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.setup import values


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (values.name, "  ऐक्य   मिल ", "ऐक्य मिल"),
        (values.name, "မြန်မာ 😀", "မြန်မာ 😀"),
        (values.country, "np", "NP"),
        (values.whole_number, "१२०", 120),
        (values.gender, "women", "woman"),
        (values.telephone, "+60 (3) 1234-5678", "+60 (3) 1234-5678"),
        (values.site, "A/B", ("A", "B")),
        (values.spoken_list, "ne, hi ne", ["ne", "hi"]),
    ],
)
def test_what_is_meant_is_understood(read, text, value):
    assert read(text) == value


@pytest.mark.parametrize("group", ["EU", "UN", "ZZ", "001", "", "NEPAL"])
def test_a_group_of_countries_is_no_country(group):
    with pytest.raises(values.Invalid):
        values.country(group)


READERS = (values.code, values.name, values.word, values.country, values.workers, values.tier, values.date,
           values.telephone, values.site, values.yes_or_no, values.gender, values.sampling, values.actor,
           values.language, values.spoken_list)  # fmt: skip


@pytest.mark.parametrize("read", READERS)
@given(text=st.text(max_size=300))
def test_any_text_is_either_read_or_refused_in_two_sentences(read, text):
    try:
        read(text)
    except values.Invalid as invalid:
        message, remedy = invalid.said()
        assert message.endswith(".")
        assert remedy.endswith((".", "?"))
        assert len(message) < 200
