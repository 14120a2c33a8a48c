"""The door of action plans: findings, plans, what workers are told, closing a round; imported when first opened."""

from mapper.web.actions.edit import edit_action, edit_recommendation, new_action, new_recommendation
from mapper.web.actions.files import calendar, settle, workbook
from mapper.web.actions.findings import findings, note
from mapper.web.actions.plan import hand_over, listing, plan, propose, start, undo
from mapper.web.actions.workers import closing, poster, screen, workers

__all__ = [
    "calendar", "closing", "edit_action", "edit_recommendation", "findings", "hand_over", "listing", "new_action",
    "new_recommendation", "note", "plan", "poster", "propose", "screen", "settle", "start", "undo",
    "workbook", "workers",
]  # fmt: skip
