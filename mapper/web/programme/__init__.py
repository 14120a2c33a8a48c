"""The programme door: results, trainings, stakeholders, the gender scale, evidence. Imported when somebody opens it."""

from mapper.web.programme.desk import create, edit, remove
from mapper.web.programme.lists import evidence, stakeholders, trainings
from mapper.web.programme.results import dashboard, indicator, listing, load, results_csv, workbook
from mapper.web.programme.scale import assess_programme, assess_supplier, gender_programme, gender_supplier, share_level

__all__ = [
    "assess_programme",
    "assess_supplier",
    "create",
    "dashboard",
    "edit",
    "evidence",
    "gender_programme",
    "gender_supplier",
    "indicator",
    "listing",
    "load",
    "remove",
    "results_csv",
    "share_level",
    "stakeholders",
    "trainings",
    "workbook",
]
