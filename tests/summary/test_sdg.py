"""SDG indicator 10.7.1 as it is shown: each statistic by its name, by corridor and gender, unavailable among them."""

from mapper.language.reader import reader
from mapper.scoring.results import CorridorFees
from mapper.scoring.results_parts import RecruitmentCost
from mapper.summary.sdg import recruitment_cost
from mapper.summary.sections import in_language, sections
from tests.summary.scores import fees, score, summary


def of(workers: int, payers: int) -> RecruitmentCost:
    return RecruitmentCost(workers, payers, 3.5, 2.5, 6.5, 4.5, payers, 1.75, 0.5)


def one():
    women, unavailable, nobody = (fees(sdg=of(*counts), lower_bound=2) for counts in ((12, 6), (3, 1), (0, 0)))
    by_gender = {"unavailable": unavailable, "woman": women, "man": nobody}
    place = CorridorFees("NP", "MY", 22, fees(sdg=of(15, 7), contract_wages=1), by_gender)
    return score(fees=fees(sdg=of(20, 10)), corridors=(place,))


def rows():
    table = in_language(recruitment_cost(summary(one())), reader("en"))
    titles = [column.title for column in table.columns]
    return [dict(zip(titles, row, strict=True)) for row in table.rows]


def test_every_corridor_is_told_for_all_and_for_each_gender_of_whom_anything_is_known():
    assert [(row["Corridor"], row["Group"]) for row in rows()] == [
        ("All corridors", "All interviewed"), ("Nepal → Malaysia", "All interviewed"), ("Nepal → Malaysia", "Women"),
        ("Nepal → Malaysia", "Breakdown unavailable"),
    ]  # fmt: skip


def test_each_statistic_has_its_name_and_its_denominator():
    _, nepal, women, _ = rows()
    named = ("Cost and wage known", "Payers", "Paid nothing", "Mean", "Median", "80th percentile", "Ratio of means",
             "Mean, all", "Median, all")  # fmt: skip
    assert [women[name] for name in named] == [12, 6, 0.5, 3.5, 2.5, 6.5, 4.5, 1.75, 0.5]
    assert (women["At least"], nepal["Wage of the contract"]) == (2, 1)


def test_without_a_wage_there_is_no_row_and_no_nought():
    assert recruitment_cost(summary(score(fees=fees(sdg=of(0, 0)), corridors=()))).rows == ()
    assert recruitment_cost(summary(score(fees=fees(sdg=None), corridors=()))).rows == ()


def test_it_stands_among_the_costs_of_the_mapping_summary_and_in_no_release():
    def titles(audience: str) -> list[str]:
        told = summary(one(), audience=audience)
        [costs] = [part for part in sections(told, one(), None, reader("en")) if part.name == "costs"]
        return [table.title for table in costs.tables]

    assert "Recruitment cost (SDG 10.7.1)" in titles("audit")
    assert "Recruitment cost (SDG 10.7.1)" not in titles("release")
