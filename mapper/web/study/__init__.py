"""The researcher's door: questionnaires, trying them, data that came of them. Imported when somebody opens it."""

from mapper.web.study.export import export
from mapper.web.study.preview import preview, preview_document
from mapper.web.study.questionnaires import index, questionnaire

__all__ = ["export", "index", "preview", "preview_document", "questionnaire"]
