"""A release is frozen in English; its reasons are told to each reader in their own language, figures and all."""

from string import Formatter

import pytest

from mapper.assessment.withhold import said_again
from mapper.language.spoken import Sentence
from mapper.release import why
from mapper.scoring.method_file import load_method
from mapper.scoring.released import Released
from mapper.scoring.risk import in_general

METHOD = load_method()
OF_MANAGEMENT = [rule.because for rule in METHOD.band_rules if rule.name == "management_gaps"]


def frozen(text: str) -> Released:
    return Released(
        version=1, decided=None, supplier_from=None, level="band", band="high", why=(text,), interviews=None
    )


@pytest.mark.parametrize("template", [*why.SENTENCES, *OF_MANAGEMENT])
def test_every_sentence_of_a_release_is_recognised(template: str) -> None:
    names = {name for _, name, _, _ in Formatter().parse(template) if name}
    text = template.format_map({name: "7.5" if name in ("months", "M") else "30" for name in names})
    [said] = said_again(frozen(text), METHOD)
    assert isinstance(said, Sentence)
    assert (said.template, set(said.parts), str(said)) == (template, names, text)


def test_what_no_template_of_today_says_is_told_as_it_was_frozen() -> None:
    assert said_again(frozen("What an earlier program said."), METHOD) == ("What an earlier program said.",)


def test_a_published_rule_carries_its_limit_and_nobodys_figures() -> None:
    [rule] = [rule for rule in METHOD.band_rules if rule.name == "prevalence_low_above_limit"]
    said = str(in_general(rule))
    assert "5 %" in said
    assert not any(sign in said for sign in "{}")
    assert "… of … workers" in said
