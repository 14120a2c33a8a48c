"""What a step of a calculation says besides its figures: kept by name with its details, put into words where read."""

from collections.abc import Mapping

from mapper.language.reader import N_

Details = Mapping[str, str | int]

NOTES: Mapping[str, str] = {
    "floor": N_("More came back than was paid: nothing is owed."),
    "not_eligible": N_("This is no recruitment fee or related cost."),
    "no_rate": N_("No rate is known for %(currency)s on %(day)s. Add a row to the table of exchange rates."),
    "no_pair": N_(
        "No rate from %(source)s to %(target)s is known for %(days)s, so this is not counted. Add a row to the table of"
        " exchange rates, then calculate anew."
    ),
    "one_rate": N_(
        "No rate from %(source)s to %(target)s is known for %(days)s: it may be more. Add a row to the table of"
        " exchange rates, then calculate anew."
    ),
    "settles": N_(
        "This settles %(amount)s %(currency)s of what was paid: 1 %(source)s = %(value)s %(target)s, so that what came"
        " back whole stays whole."
    ),
    "uplift": N_(
        "Prices rose by %(percent)s %% from %(since)s to %(until)s: %(amount)s %(currency)s, apart from what is owed."
        " Source: %(source)s."
    ),
    "no_price": N_("Prices of %(month)s are not in the table of %(source)s."),
    "no_cohort": N_("The amount is not known, and too few workers of the same corridor know theirs."),
    "cohort": N_("%(workers)s workers of the same %(parts)s; percentile %(percent)s."),
    "own_higher": N_(
        "%(workers)s workers of the same %(parts)s; percentile %(percent)s. The worker's own figure is higher."
    ),
}


def in_english(name: str, details: Details) -> str:
    return NOTES[name] % details if name else ""
