"""Whatever a file holds, reading it ends in problems and never in a traceback."""

import tempfile
from pathlib import Path

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.definition.keys import CHOICE, INDICATOR, MODULE, QUESTION, REPEAT, SURVEY
from mapper.definition.read import read_survey
from mapper.definition.types import CONTAINERS, TYPES
from mapper.definition.version import canonical, restore

OK = Path(__file__).parents[1] / "surveys" / "ok"
SEEDS = [path.read_bytes() for path in sorted(OK.glob("*.yaml"))]
KEYS = sorted({*SURVEY, *MODULE, *QUESTION, *REPEAT, *CHOICE, *INDICATOR})
WORDS = [*TYPES, *CONTAINERS, "select_one a", "a", "b", "yes", "NPR", "${a} = 'yes'", "${a} + ${b}", ". > 0", "en", ""]
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

words = st.sampled_from(WORDS) | st.text(max_size=8)
values = st.recursive(
    words | st.none() | st.integers() | st.booleans(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | words, below, max_size=6),
    max_leaves=30,
)


def read(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fuzz.yaml"
        path.write_bytes(content)
        survey, problems = read_survey(path, OK)
    assert survey or problems
    assert all(problem.message and problem.remedy for problem in problems)
    if survey:
        assert restore(canonical(survey)).version == survey.version


@quick
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    read(content)


@quick
@given(st.text(max_size=300))
def test_any_text(content: str) -> None:
    read(content.encode("utf-8", "surrogatepass"))


@quick
@given(values)
def test_any_yaml_with_our_keys(value: object) -> None:
    read(yaml.safe_dump(value, allow_unicode=True).encode())


@quick
@given(st.sampled_from(SEEDS), st.data())
def test_right_surveys_with_a_piece_cut_out_or_put_in(seed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 40)))
    piece = data.draw(
        st.sampled_from([b"", b"\n", b":", b"- ", b"{", b"'", b"&a ", b"*a", b"${", b"\t", b"\xff", seed[:60]])
    )
    read(seed[:start] + piece + seed[end:])
