"""The code words of a programme, each list in the order in which people read it."""

UNITS = ("count", "persons", "percent", "money")
DIRECTIONS = ("up", "down")
VERIFIED = ("self_reported", "confirmed", "independent")

GENDER_AGE = ("woman", "man", "girl", "boy", "another", "prefer_not", "unavailable")
ACTOR_TYPES = (
    "lead_company", "brand", "business_association", "private_sector_foundation", "employer_or_supplier",
    "recruitment_agency", "sub_agent", "cso", "government", "trade_union", "research_institute", "other",
    "unavailable",
)  # fmt: skip
DIMENSIONS = ("gender_age", "actor_type", "country", "case_status", "use_of_cash")
PARTS = {"gender_age": GENDER_AGE, "actor_type": ACTOR_TYPES, "case_status": ("open", "closed", "unavailable")}

COUNTED = ("count", "persons")  # units of which there are no halves
WHOLE = {"use_of_cash": 100.0}  # parts that are shares of something have their total by nature

COMMITMENTS = ("agreement", "action_plan", "reports_progress", "ends_worker_fees")
TRAININGS = ("pre_employment", "pre_departure", "post_arrival", "supplier", "recruiter")
AUDIENCES = ("everybody", "women", "men")
METHODS = ("interview", "group", "observation", "document", "survey", "case")
FINDING_KINDS = ("finding", "conclusion", "lesson", "recommendation")

UNAVAILABLE = "unavailable"
NOT_SAID = "prefer_not"
