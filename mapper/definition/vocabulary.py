"""The closed lists of words that a definition may use, each with its meaning.

Source: IOM, Labour Migration Process Mapping Guide (2023), and the final evaluation of the CREST project (9 May 2023),
for the stages of the journey and the actors of the labour supply chain; ILO Indicators of Forced Labour (2012, revised
2025) and the ICLS 2018 guidelines for the words of indicators.
"""

STAGES = {
    "S0_context": "Home community before the decision",
    "S1_recruitment": "Job offer, selection, signing of the contract",
    "S2_predeparture": "Documents, medical examination, training, orientation",
    "S3_transit": "Departure and journey",
    "S4_arrival": "Arrival and settling in",
    "S5_employment": "Employment",
    "S6_end": "End, renewal or change of the contract",
    "S7_return_onward": "Return home or onward migration",
}

ACTORS = {
    "lead_company": "Lead company, brand or buyer",
    "tier1": "Supplier of the buyer",
    "tier2": "Supplier of a tier 1 supplier",
    "tier3": "Supplier or subcontractor of a tier 2 supplier",
    "employer": "Legal employer",
    "ra_origin": "Licensed recruitment agency in the country of origin",
    "ra_destination": "Recruitment or employment agency in the country of destination",
    "sub_agent": "Informal broker or village agent",
    "gov_origin": "Authorities of the country of origin, and embassies in it",
    "gov_destination": "Authorities of the country of destination, and embassies in it",
    "medical": "Approved medical centre",
    "training": "Centre for skills, language or orientation",
    "lender": "Bank, moneylender, lending agency or family",
    "transport": "Carrier or escort",
    "accommodation": "Operator of a dormitory",
    "cso": "Civil society organisation, trade union, migrant association or resource centre",
}

RESPONDENTS = {
    "worker": "a migrant worker",
    "management": "the management of a supplier",
    "recruiter": "a labour recruiter",
    "auditor": "the auditor, for document checks and observation",
    "family": "a family member, about the migrant worker; kept out of the figures on workers",
    "recipient": "somebody who got help, about that help; kept out of the figures on workers",
    "employer": "an employer, about its own practice; kept out of the figures on the management",
    "repaid_worker": "a worker who was repaid, asked again; for the remediation role alone",
}

APART = frozenset({"repaid_worker"})  # in no figure, no export and no page but those of the remediation role

RECORDS = {
    "answers": "with the respondent's answers",
    "conditions": "among the conditions of the interview, which the auditor notes",
}

PERIODS = {
    "hour": "for each hour",
    "day": "for each day",
    "week": "for each week",
    "month": "for each month",
    "year": "for each year",
    "once": "for the whole, whatever its length",
}

MISSING = {"refused": "the respondent would not say", "dont_know": "the respondent does not know"}

KINDS = {
    "forced_labour": "evidence for the classification of forced labour",
    "fees": "recruitment fees and related costs",
    "breach": "another breach of a standard",
    "gender": "gendered needs and harms",
    "climate": "climate and migration",
    "management_gap": "a gap in the management system; true is a gap",
    "description": "a description without judgement",
}

SIDES = {"involuntariness": "the work was not freely chosen", "penalty": "menace of a penalty"}
DIMENSIONS = {
    "any": "no dimension",
    "recruitment": "unfree recruitment",
    "work_and_life": "work and life under duress",
    "leaving": "impossibility of leaving",
}
STRENGTHS = {"none": "the set does not grade", "medium": "medium", "strong": "strong"}
MODES = {
    "experienced": "happened to the worker",
    "threatened": "was threatened",
    "witnessed": "was seen done to others",
}
STATUSES = {"found": "read in the source named", "verify": "general knowledge, still to be confirmed"}
COUNTS_AS = {"yes": "counts as true", "no": "counts as false", "unknown": "leaves the denominator"}
COUNTED = {
    "refused": "the respondent would not say",
    "dont_know": "the respondent does not know",
    "not_reached": "the interview ended before",
    "unanswered": "asked and left blank",
    "not_applicable": "rightly not asked",
}
ILO11 = {
    "I01": "Abuse of vulnerability",
    "I02": "Deception",
    "I03": "Restriction of movement",
    "I04": "Isolation",
    "I05": "Physical and sexual violence",
    "I06": "Intimidation and threats",
    "I07": "Retention of identity documents",
    "I08": "Withholding of wages",
    "I09": "Debt bondage",
    "I10": "Abusive working and living conditions",
    "I11": "Excessive overtime",
}
