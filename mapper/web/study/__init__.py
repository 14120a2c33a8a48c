"""The researcher's door: questionnaires, trying and changing them, and the data. Imported when somebody opens it."""

from mapper.web.study.drafts import discard, download, draft, publish, sample, upload
from mapper.web.study.export import export
from mapper.web.study.field import differences, retire, undo
from mapper.web.study.lists import indicators, modules
from mapper.web.study.preview import preview, preview_document
from mapper.web.study.questionnaires import index, questionnaire
from mapper.web.study.translations import translations

__all__ = [
    "differences", "discard", "download", "draft", "export", "index", "indicators", "modules", "preview",
    "preview_document", "publish", "questionnaire", "retire", "sample", "translations", "undo", "upload",
]  # fmt: skip
