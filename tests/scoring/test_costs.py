"""What a worker bore, in months of wage: the edge cases of SDG indicator 10.7.1, caps, and published figures."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import scoreatpercentile

from mapper.definition import library
from mapper.scoring.caps import VERDICTS
from mapper.scoring.costs import WorkerCosts, worker_costs
from mapper.scoring.fee_rules import People, rule_of_each
from mapper.scoring.fees import fee_scores, fees_of
from mapper.scoring.frame import build
from mapper.scoring.levels import WorkerResponse
from mapper.scoring.method_file import METHODS, load_method
from mapper.scoring.method_values import EPOCH
from mapper.scoring.rci import recruitment_costs
from mapper.scoring.tally import medians
from mapper.scoring.wages import monthly_wages

WAGE = {"amount": 1000, "currency": "MYR", "period": "month"}
FEE = {"cost_item": "fee_service", "cost_amount": {"amount": 500, "currency": "MYR"}, "cost_payer": "worker",
       "cost_date": "2023-05-01", "cost_reimbursed": "no", "cost_deducted": "no"}  # fmt: skip


def fee(**other):
    return {name: value for name, value in {**FEE, **other}.items() if value is not None}


def myr(amount):
    return {"amount": amount, "currency": "MYR"}


def answers(*rows, **other):
    usual = {"origin_country": "NP", "destination_country": "MY", "gender": "man", "recruited_on": "2023-05-01",
             "paid_anything": "yes", "first_wage": WAGE, "costs": list(rows)}  # fmt: skip
    return {name: value for name, value in {**usual, **other}.items() if value is not None}


@pytest.fixture
def cost(golden):
    """The cost of one worker."""

    def of(*rows, missing=None, **other) -> WorkerCosts:
        response = WorkerResponse(answers(*rows, **other), {"consent": "given_verbal"}, missing or {})
        return worker_costs(build(golden.survey, [response]), golden.method, np.array([19600]))

    return of


def months(costs):
    return float(costs.months[0]) if costs.in_months[0] else None


def state(costs):
    return bool(costs.known[0]), bool(costs.bore[0]), bool(costs.inexact[0])


EXACT, NOTHING, NOT_KNOWN, AT_LEAST = (
    (True, True, False),
    (True, False, False),
    (False, False, False),
    (True, True, True),
)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (fee(), 0.5),
        (fee(cost_payer="family"), 0.5),
        (fee(cost_payer="employer"), 0),
        (fee(cost_payer="employer", cost_amount=None), 0),
        (fee(cost_reimbursed="yes"), 0),
        (fee(cost_reimbursed="yes", cost_reimbursed_amount=myr(200)), 0.3),
        (fee(cost_reimbursed="partly", cost_reimbursed_amount=myr(200)), 0.3),
        (fee(cost_reimbursed="partly", cost_reimbursed_amount=myr(700)), 0),  # more came back: not below 0
        (fee(cost_deducted="yes", cost_deducted_amount=myr(300)), 0.8),
        (fee(cost_payer="employer", cost_deducted="yes", cost_deducted_amount=myr(300)), 0.3),
        (fee(cost_item="e_loan_interest"), 0),
        (
            fee(
                cost_amount={"amount": 30000, "currency": "NPR"},
                cost_reimbursed="partly",
                cost_reimbursed_amount=myr(400),
            ),
            0.6,
        ),
    ],
)
def test_paid_less_repaid_plus_deducted(cost, row, expected):
    found = cost(row, fee(cost_amount=myr(0)))
    assert months(found) == pytest.approx(expected)
    assert state(found) == (EXACT if expected else NOTHING)


def test_nothing_paid_is_a_cost_of_nothing(cost):
    found = cost(paid_anything="no", costs=None)
    assert (state(found), months(found)) == (NOTHING, 0)


@pytest.mark.parametrize(
    "gate", [{"paid_anything": "dont_know"}, {"paid_anything": None}, {"paid_anything": "refused"}]
)
def test_a_gate_that_is_not_known_leaves_the_cost_unknown(cost, gate):
    found = cost(costs=None, **gate)
    assert (state(found), months(found)) == (NOT_KNOWN, None)


def test_a_yes_without_any_payment_is_unknown_and_not_nothing(cost):
    assert state(cost()) == NOT_KNOWN
    assert state(cost(costs=None)) == NOT_KNOWN


def test_a_refused_amount_is_missing_and_not_nothing(cost):
    found = cost(fee(cost_amount=None), missing={"costs[1]/cost_amount": "refused"})
    assert (state(found), months(found)) == (NOT_KNOWN, None)


@pytest.mark.parametrize(
    "open_row",
    [
        fee(cost_amount=None),
        fee(cost_payer="dont_know"),
        fee(cost_payer=None),
        fee(cost_amount={"amount": 500}),
        fee(cost_amount={"amount": 500, "currency": "MYR"}, cost_payer="employer", cost_deducted="dont_know"),
        fee(cost_payer="employer", cost_deducted="yes"),
    ],
)
def test_a_payment_that_is_partly_unknown_makes_a_lower_bound(cost, open_row):
    found = cost(fee(), open_row)
    assert state(found) == AT_LEAST
    assert months(found) == pytest.approx(0.5)


@pytest.mark.parametrize("back", ["dont_know", "partly", None])
def test_a_payment_counts_until_it_is_stated_that_money_came_back(cost, back):
    found = cost(fee(cost_amount=myr(9_000), cost_reimbursed=back))
    assert state(found) == AT_LEAST
    assert months(found) == pytest.approx(9)
    assert VERDICTS[found.verdict[0]] == "unknown"  # it is not certain to be above the cap


@pytest.mark.parametrize(
    ("wage", "expected"),
    [
        (WAGE, 0.5),
        ({"amount": 250, "currency": "MYR", "period": "week"}, 500 / (250 * 52 / 12)),
        ({"amount": 50, "currency": "MYR", "period": "day"}, 500 / (50 * 26)),
        ({"amount": 5, "currency": "MYR", "period": "hour"}, 500 / (5 * 48 * 52 / 12)),
        ({"amount": 12_000, "currency": "MYR", "period": "year"}, 0.5),
        ({"amount": 30_000, "currency": "NPR", "period": "month"}, 0.5),
        ({"amount": 1000, "currency": "MYR"}, 0.5),  # the question asks for a month
        ({"amount": 0, "currency": "MYR", "period": "month"}, None),
        ({"amount": 1000, "currency": "XAF", "period": "month"}, None),  # no rate
        (None, None),
    ],
)
def test_the_wage_as_it_was_told_becomes_one_for_a_month(cost, wage, expected):
    found = cost(fee(), first_wage=wage)
    assert months(found) == (None if expected is None else pytest.approx(expected))
    assert state(found)[:2] == (True, True)


def test_one_currency_needs_no_rate(cost):
    francs = {"amount": 500, "currency": "XAF"}
    found = cost(fee(cost_amount=francs), first_wage={"amount": 1000, "currency": "XAF", "period": "month"})
    assert months(found) == 0.5


def test_each_payment_is_converted_at_the_rate_of_its_day(cost):
    rupees = {"amount": 21_000, "currency": "NPR"}
    dates = ("2023-12-31", "2024-01-01")
    found = [months(cost(fee(cost_amount=rupees, cost_date=day))) for day in dates]
    assert found == [pytest.approx(21_000 / 30 / 1000), pytest.approx(21_000 / 35 / 1000)]


def test_before_the_first_rate_nothing_is_converted(cost):
    found = cost(fee(cost_amount={"amount": 21_000, "currency": "NPR"}, cost_date="2019-01-01"))
    assert (state(found)[:2], months(found)) == ((True, True), None)


def test_the_wage_of_the_contract_stands_in_where_the_first_pay_was_withheld(survey_of, golden):
    survey = survey_of(
        """
questions:
  - {type: money, name: first_wage, label: First pay, currency: [MYR], period: month}
  - {type: money, name: contract_wage, label: Agreed pay, currency: [MYR], period: month}
  - {type: money, name: cost_amount, label: Cost, currency: [MYR]}
"""
    )
    said = [{"first_wage": myr(0), "contract_wage": myr(1200)}, {"contract_wage": myr(1200)}, {"first_wage": myr(900)}]
    found = build(survey, [WorkerResponse(one) for one in said])
    wages = monthly_wages(found, golden.method)
    assert wages.monthly.tolist() == [1200, 0, 900]
    assert wages.known.tolist() == [True, False, True]
    assert wages.from_contract.tolist() == [True, False, False]


# — caps —

TAKA = {"currency": "BDT"}
BD = {"origin_country": "BD"}


def verdict(found):
    return VERDICTS[found.verdict[0]]


@pytest.mark.parametrize(
    ("amount", "recruited", "expected"),
    [
        (100_000, "2022-07-05", "within_cap"),  # 160,000 since June 2017
        (100_000, "2022-07-06", "above_cap"),  # 78,990 from that day
        (78_990, "2022-07-06", "within_cap"),
        (160_001, "2022-07-05", "above_cap"),
    ],
)
def test_a_ceiling_holds_from_its_own_day(cost, amount, recruited, expected):
    found = cost(fee(cost_amount={"amount": amount, **TAKA}, cost_date=recruited), recruited_on=recruited, **BD)
    assert verdict(found) == expected


def test_a_ceiling_in_another_currency_is_compared_at_the_rate_of_the_day(cost):
    assert verdict(cost(fee(cost_amount=myr(3291)), **BD)) == "within_cap"  # 24 * 3291 = 78,984
    assert verdict(cost(fee(cost_amount=myr(3292)), **BD)) == "above_cap"


def test_a_ceiling_on_the_service_fee_says_nothing_about_a_passport(cost):
    rupees = {"amount": 12_000, "currency": "NPR"}
    assert verdict(cost(fee(cost_item="c_passport", cost_amount=rupees))) == "within_cap"
    assert verdict(cost(fee(cost_item="fee_service", cost_amount=rupees))) == "above_cap"
    assert verdict(cost(fee(cost_item="x_bribe", cost_amount=rupees))) == "above_cap"


def test_a_payment_of_unknown_purpose_leaves_a_partial_ceiling_open(cost):
    assert verdict(cost(fee(cost_item=None, cost_amount={"amount": 12_000, "currency": "NPR"}))) == "unknown"


def test_a_lower_bound_above_the_cap_is_above_it(cost):
    rows = (fee(cost_amount={"amount": 12_000, "currency": "NPR"}), fee(cost_amount=None))
    assert verdict(cost(*rows)) == "above_cap"


@pytest.mark.parametrize(
    ("worker", "expected"),
    [
        ({"origin_country": "ID"}, "above_cap"),  # nothing may be charged
        ({"origin_country": "KH"}, "no_cap_known"),
        ({"origin_country": "LK"}, "no_cap_known"),  # printed on each job order
        ({"origin_country": "TH"}, "no_cap_known"),  # no rule at all
        ({"origin_country": None}, "unknown"),
        ({"origin_country": "PH"}, "within_cap"),  # one month of wage
        ({"origin_country": "PH", "first_wage": None}, "unknown"),
        ({"origin_country": "PH", "first_wage": {"amount": 400, "currency": "MYR", "period": "month"}}, "above_cap"),
        ({"origin_country": "ID", "costs": [fee(cost_reimbursed="yes")]}, "zero"),
    ],
)
def test_the_verdict_by_country_of_origin(golden, worker, expected):
    # the golden questionnaire offers few countries; a country that its list does not have keeps its code
    response = WorkerResponse(answers(fee(), **worker), {"consent": "given_verbal"})
    found = worker_costs(build(golden.survey, [response]), golden.method, np.array([19600]))
    assert verdict(found) == expected


def ceiling(day, *who):
    rules = load_method().fee_rules
    number = rule_of_each(rules, People([who], np.zeros(1, np.intp), np.array([day])))[0]
    return rules[number] if number >= 0 else None


def test_the_narrower_rule_goes_before_the_wider():
    assert ceiling(20000, "PH", "SA", "domestic", "woman").type == "zero"
    assert ceiling(20000, "PH", "SA", "construction", "woman").type == "wage_multiple"
    assert ceiling(20000, "PH", "GB", "construction", "man").type == "zero"
    assert ceiling(20000, "VN", "JP", "seafarer", "man").months_of_wage == 1.5


def test_a_rule_for_men_is_not_one_for_women():
    assert ceiling(20000, "BD", "SA", "construction", "man").amount == 165_000
    assert ceiling(20000, "BD", "SA", "domestic", "woman").type == "zero"
    assert ceiling(20000, "BD", "SA", None, None) is None


def day(text):
    return date.fromisoformat(text).toordinal() - EPOCH


@pytest.mark.parametrize(
    ("who", "begins", "before", "from_then_on"),
    [  # origin, destination, sector and gender; the ceiling on the day before and on the day itself
        (("NP", "MY", None, "man"), "2015-06-09", None, 10_000),
        (("NP", "MY", None, "man"), "2018-10-29", 10_000, 0),  # the memorandum: the employer pays
        (("NP", "QA", None, "man"), "2018-10-29", 10_000, 10_000),  # which is about Malaysia alone
        (("MM", "TH", None, "woman"), "2022-05-09", 150_000, 300_000),
        (("IN", "SA", None, "man"), "2009-07-01", None, 20_000),
        (("IN", "SA", None, "man"), "2017-12-14", 20_000, 30_000),
        (("BD", "SA", "construction", "man"), "2016-08-29", None, 165_000),
        (("BD", "SA", "domestic", "woman"), "2016-08-29", None, 0),
        (("BD", "MY", None, "man"), "2012-11-26", None, 37_000),
        (("BD", "MY", None, "man"), "2016-02-18", 37_000, None),
        (("BD", "MY", None, "man"), "2017-06-01", None, 160_000),
        (("BD", "MY", None, "man"), "2022-07-06", 160_000, 78_990),
        (("ID", "MY", None, "woman"), "2017-11-01", None, 0),
        (("KH", "TH", "fishing", "man"), "2017-06-23", None, 0),  # of the country of destination
        (("MM", "TH", "fishing", "man"), "2017-06-23", 150_000, 150_000),  # the narrower one goes before it
        (("PH", "TH", None, "man"), "2023-01-01", 0, 0),  # about one end each: paying nothing
        (("PH", "SA", "domestic", "woman"), "2023-01-01", 0, 0),
    ],
)
def test_the_ceiling_on_either_side_of_a_date(who, begins, before, from_then_on):
    found = [rule and rule.amount for rule in (ceiling(day(begins) - 1, *who), ceiling(day(begins), *who))]
    assert found == [before, from_then_on]


def test_a_ceiling_in_months_of_wage_has_its_days_too():
    found = [ceiling(day(one), "VN", "JP", None, None) for one in ("2021-12-31", "2022-01-01")]
    assert [rule and rule.months_of_wage for rule in found] == [None, 1]
    found = [ceiling(day(one), "PH", "SA", "construction", "man") for one in ("2022-12-31", "2023-01-01")]
    assert [rule and rule.months_of_wage for rule in found] == [None, 1]


def test_every_ceiling_that_was_published_for_workers_from_bangladesh_is_there():
    """Tk, as listed in 2016 and 2017 for men."""
    listed = {
        "SA": 165_000, "SG": 262_270, "MY": 160_000, "RU": 166_640, "LY": 145_780, "IQ": 129_540, "BN": 120_780,
        "EG": 120_080, "LB": 117_780, "MV": 115_780, "AE": 107_780, "KW": 106_780, "JO": 102_780, "OM": 100_780,
        "QA": 100_780, "BH": 97_780,
    }  # fmt: skip
    assert {place: ceiling(day("2018-01-01"), "BD", place, None, "man").amount for place in listed} == listed


def test_every_ceiling_says_where_it_was_read_and_how_sure_that_is():
    rules = load_method().fee_rules
    assert all(rule.source and rule.instrument for rule in rules)
    unsure = {(*rule.origins, *rule.destinations) for rule in rules if rule.status == "verify"}
    assert {("MM", "TH"), ("KH",), ("LA",), ("TH",), ("BD", "SA"), ("IN",)} <= unsure


@pytest.mark.parametrize(
    ("recruited", "item", "expected"),
    [
        ("2018-10-28", "fee_service", "within_cap"),
        ("2018-10-29", "fee_service", "above_cap"),
        ("2018-10-28", "c_travel_intl", "within_cap"),  # a ceiling on the service fee is silent on flights
        ("2018-10-29", "c_travel_intl", "above_cap"),
        ("2018-10-29", "c_visa", "above_cap"),
        ("2018-10-29", "c_medical", "above_cap"),
        ("2018-10-29", "c_passport", "within_cap"),  # of which the memorandum says nothing
    ],
)
def test_a_ceiling_may_name_single_costs(cost, recruited, item, expected):
    paid = {"amount": 9_000, "currency": "NPR"}
    found = cost(fee(cost_item=item, cost_amount=paid, cost_date=recruited), recruited_on=recruited)
    assert verdict(found) == expected


@pytest.mark.parametrize(("months", "expected"), [(12, "above_cap"), (36, "within_cap"), (60, "above_cap")])
def test_a_ceiling_in_months_of_wage_ends_at_its_most(golden, months, expected):
    """One month of wage for each year, at most three: 2,900 of 1,000 a month; 3,100 even for five years."""
    paid = myr(3_100 if months == 60 else 2_900)
    worker = answers(fee(cost_amount=paid), origin_country="VN", contract_months=months)
    frame = build(library.load("worker"), [WorkerResponse(worker, {"consent": "given_verbal"})])
    assert verdict(worker_costs(frame, golden.method, np.array([19600]))) == expected


@pytest.mark.parametrize(("paid", "expected"), [(900, "within_cap"), (2_500, "unknown"), (3_100, "above_cap")])
def test_a_contract_of_unknown_length_is_above_only_what_the_longest_may_cost(golden, paid, expected):
    """One to three months of wage, 1,000 each: 2,500 is within the ceiling for three years and above that for one."""
    frame = build(library.load("worker"), [WorkerResponse(answers(fee(cost_amount=myr(paid)), origin_country="VN"))])
    found = worker_costs(frame, golden.method, np.array([19600]))
    assert (verdict(found), bool(found.cap_known[0])) == (expected, False)


@pytest.mark.parametrize(
    ("worker", "expected"),
    [
        (BD, 78_990 / 24 / 1000),  # 24 taka for a ringgit, a wage of 1,000
        ({**BD, "first_wage": {"amount": 2000, "currency": "MYR", "period": "month"}}, 78_990 / 24 / 2000),
        ({"origin_country": "ID"}, 0),  # nothing may be charged
        ({"origin_country": "PH"}, 1),  # one month of wage
        ({"origin_country": "LK"}, None),  # printed on each job order
        ({**BD, "first_wage": None}, None),
    ],
)
def test_a_cap_is_told_in_months_of_the_workers_own_wage(golden, worker, expected):
    response = WorkerResponse(answers(fee(), **worker), {"consent": "given_verbal"})
    found = worker_costs(build(golden.survey, [response]), golden.method, np.array([19600]))
    assert (found.cap_months[0] if found.cap_known[0] else None) == pytest.approx(expected)
    [fees] = fees_of(found, np.zeros(1, np.intp), 1, golden.method.cost_items)
    assert fees.cap_months == pytest.approx(expected)


def test_the_standard_of_the_ilo_is_a_yardstick_and_no_national_cap():
    assert ceiling(20000, "TH", "KR", None, None) is None


# — groups —


def test_the_median_of_each_group():
    values, groups = np.array([5.0, 1, 3, 2, 4, 9]), np.array([0, 0, 0, 2, 2, -1])
    assert medians(values, groups, 4).tolist() == [3, 0, 3, 0]


def test_no_workers_no_figures(golden):
    costs = worker_costs(build(golden.survey, []), golden.method, np.zeros(0, np.int64))
    [found] = fees_of(costs, np.zeros(0, np.intp), 1, golden.method.cost_items)
    assert (found.answered, found.paid_share, found.mean_months, found.median_months_all) == (0, None, None, None)
    assert fee_scores(costs, np.zeros(0, np.intp), 1, 3) == [None]


STATISTIC = st.lists(
    st.tuples(st.integers(0, 2), st.floats(0, 40), st.floats(10, 5_000), st.booleans()), min_size=1, max_size=40
)


@settings(max_examples=60)
@given(STATISTIC)
def test_each_statistic_of_sdg_10_7_1_agrees_with_numpy_and_scipy(told):
    """Months and wage of workers in three groups, some without a known wage."""
    group, months, wage, known = (np.array(part) for part in zip(*told, strict=True))
    shown = np.where(known, months, 0.0)
    costs = SimpleNamespace(in_months=known, sdg=shown, common_wage=np.where(known, wage, 0.0))
    for place, found in enumerate(recruitment_costs(costs, group.astype(np.intp), 3)):
        everybody = shown[known & (group == place)]
        payers, wages = everybody[everybody > 0], wage[known & (group == place)][everybody > 0]
        assert (found.workers, found.payers) == (len(everybody), len(payers))
        if not len(payers):
            assert (found.mean, found.median, found.p80, found.ratio_of_means) == (None,) * 4
            continue
        assert found.mean == pytest.approx(payers.mean())
        assert found.median == pytest.approx(np.median(payers))
        assert found.p80 == pytest.approx(scoreatpercentile(payers, 80))
        assert found.ratio_of_means == pytest.approx((payers * wages).mean() / wages.mean())
        assert found.mean_all == pytest.approx(everybody.mean())
        assert found.median_all == pytest.approx(np.median(everybody))


# — published figures —


@pytest.fixture(scope="module")
def published():
    rows = yaml.safe_load((METHODS / "published_costs.yaml").read_text("utf-8"))["published_costs"]
    return {(r["origin"], r["destination"], r["group"], r["measure"]): float(r["value"]) for r in rows}


@pytest.mark.parametrize(
    ("group", "ratio", "printed"), [("all", 0.3280, 0.33), ("men", 0.3246, 0.32), ("women", 0.3327, None)]
)
def test_returned_workers_of_lao_pdr_paid_a_third_of_a_month(golden, published, group, ratio, printed):
    """Ratio of means, Habiyakare and Zhong, CPS2476, ISI 2019, table 1; the table prints the mean of ratios."""
    usd = {"amount": published["LA", "ALL", group, "mean_cost"], "currency": "USD"}
    wage = {"amount": published["LA", "ALL", group, "mean_wage"], "currency": "USD", "period": "month"}
    response = WorkerResponse(answers(fee(cost_amount=usd), first_wage=wage), {"consent": "given_verbal"})
    found = worker_costs(build(golden.survey, [response]), golden.method, np.array([19600]))
    assert months(found) == pytest.approx(ratio, abs=5e-5)
    if printed:
        assert published["LA", "ALL", group, "rci_months"] == pytest.approx(printed)
        assert months(found) == pytest.approx(printed, abs=6e-3)


def test_sums_of_the_lao_table_agree():
    assert (153 + 101, 27_919 + 20_510, 3_946_239 + 2_897_401) == (254, 48_429, 6_843_640)
    assert round(6_843_640 / 20_866_748, 4) == 0.3280


@pytest.mark.parametrize(
    ("destination", "ratio"), [("SA", 2.64), ("MY", 2.53), ("SG", 2.19), ("QA", 3.99), ("OM", 3.06)]
)
def test_workers_from_bangladesh_paid_several_times_the_ceiling(published, destination, ratio):
    """Mean cost of those who left in 2015–2018 against the ceiling in force in 2018."""
    in_2018 = 17_600
    official = ceiling(in_2018, "BD", destination, None, "man").amount
    assert published["BD", destination, "all", "mean_cost"] / official == pytest.approx(ratio, abs=0.00501)


@pytest.mark.parametrize("destination", ["SA", "MY", "SG", "QA", "OM"])
def test_a_worker_who_paid_the_published_mean_is_above_the_ceiling_and_one_who_paid_it_is_not(published, destination):
    survey, method = library.load("worker"), load_method()

    def judged(amount):
        paid = fee(cost_amount={"amount": amount, **TAKA}, cost_date="2018-03-01")
        worker = answers(paid, recruited_on="2018-03-01", destination_country=destination, **BD)
        frame = build(survey, [WorkerResponse(worker, {"consent": "given_verbal"})])
        return verdict(worker_costs(frame, method, np.array([19600])))

    official = ceiling(day("2018-03-01"), "BD", destination, None, "man").amount
    mean = published["BD", destination, "all", "mean_cost"]
    assert [judged(mean), judged(official), judged(official + 1)] == ["above_cap", "within_cap", "above_cap"]


def test_borrowed_shares_of_men_and_women_give_that_of_all(published):
    men, women, everybody = (published["BD", "ALL", group, "borrowed_share"] for group in ("men", "women", "all"))
    assert women < everybody < men
    assert 0.85 * men + 0.15 * women == pytest.approx(everybody, abs=1)
