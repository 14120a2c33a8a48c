"""The set-up of the demonstration mapping, as `mapper mapping load` would read it from a file."""

from mapper.definition.model import Place
from mapper.demo import sources
from mapper.demo.sources import RoundDates, SupplierProfile
from mapper.setup.plan import (
    BuyerPlan,
    MappingPlan,
    Plan,
    RecruiterPlan,
    ReferralPlan,
    RoundPlan,
    SitePlan,
    SupplierPlan,
)

HERE = {"": Place("mapper/demo/suppliers.yaml", 1)}
QUESTIONNAIRES = (
    "worker", "management", "documents", "observation", "recruiter", "assistance_monitoring", "gender_scale",
)  # fmt: skip
RECRUITERS = {  # origin → code and name
    "BD": ("padma", "Padma Overseas"),
    "NP": ("saipal", "Saipal Manpower"),
    "MM": ("teak", "Teak Road Agency"),
    "KH": ("lotus", "Lotus Path Agency"),
    "VN": ("bamboo", "Bamboo Bridge Labour"),
}


def plan() -> Plan:
    """One buyer, twelve suppliers on two tiers, a recruiter for each origin, two rounds; everything synthetic."""
    suppliers = sources.suppliers()
    return Plan(
        synthetic=True,
        mapping=MappingPlan(code="demo", title="Demonstration mapping (synthetic)", places=HERE),
        buyer=BuyerPlan(code="meridian", name="Meridian Outfitters (synthetic)", places=HERE),
        suppliers=tuple(_supplier(profile) for profile in suppliers),
        recruiters=tuple(_recruiter(origin) for origin in RECRUITERS),
        rounds=tuple(_round(round_) for round_ in sources.rounds()),
        referrals=tuple(_referral(country) for country in sorted({profile.country for profile in suppliers})),
        places=HERE,
    )


def _supplier(profile: SupplierProfile) -> SupplierPlan:
    return SupplierPlan(
        code=profile.code,
        name=profile.name,
        country=profile.country,
        sector=profile.sector,
        tier=profile.tier,
        sites=(SitePlan(code="main", name=f"{profile.name}, main site", workers=profile.workers, places=HERE),),
        recruiters=tuple(RECRUITERS[origin][0] for origin in profile.corridors),
        places=HERE,
    )


def _recruiter(origin: str) -> RecruiterPlan:
    code, name = RECRUITERS[origin]
    return RecruiterPlan(code=code, name=name, country=origin, actor="ra_origin", places=HERE)


def _round(round_: RoundDates) -> RoundPlan:
    sampling = {"default": "random"} | {profile.code: profile.sampling for profile in sources.suppliers()}
    return RoundPlan(
        code=round_.code,
        starts=round_.starts,
        ends=round_.ends,
        sampling=sampling,
        questionnaires=QUESTIONNAIRES,
        languages=("en", "ne", "ar", "my", "vi"),
        places=HERE,
    )


def _referral(country: str) -> ReferralPlan:
    """A number that nobody has: 000 is not in use, so that a demonstration calls nobody."""
    return ReferralPlan(
        code=f"help-{country.lower()}",
        country=country,
        organisation="Example migrant help desk (synthetic)",
        service="shelter, legal aid, interpreter",
        telephone="+000 000 000",
        languages=("en", "ne", "my"),
        places=HERE,
    )
