from django.urls import path

from monitoring.entry.views import (
    cells,
    director,
    evidence,
    history,
    narrative,
    panel,
    quality,
    remarks,
    sheet,
    texts,
    units,
    visits,
)

SUBMISSION = "monitoring/<str:project>/<str:round_code>/"
EVIDENCE = SUBMISSION + "evidence/"
CELL = SUBMISSION + "cells/<str:subject>/<str:kind>/<str:variable>/"

urlpatterns = [
    path("monitoring/", director.monitoring, name="monitoring"),
    path(SUBMISSION, director.submission, name="submission"),
    path(SUBMISSION + "open/", director.open_, name="submission-open"),
    path(SUBMISSION + "submit/", director.submit, name="submit"),
    path(SUBMISSION + "withdraw/", director.withdraw, name="withdraw"),
    path(SUBMISSION + "amend/", director.amend, name="amend"),
    path(SUBMISSION + "discard/", director.discard, name="discard"),
    path(SUBMISSION + "narrative/", narrative.narrative, name="narrative"),
    path(SUBMISSION + "narrative/texts/", texts.narrative_save, name="narrative-save"),
    path(SUBMISSION + "quality/", quality.quality, name="quality"),
    path(SUBMISSION + "networks/<str:network>/", sheet.sheet, name="sheet"),
    path(SUBMISSION + "networks/<str:network>/visits/", visits.sheet_visits, name="sheet-visits"),
    path(SUBMISSION + "units/<str:subject>/", units.unit_form, name="unit-form"),
    path(SUBMISSION + "cells/", cells.cell_save, name="cell-save"),
    path(CELL, panel.cell_panel, name="cell-panel"),
    path(CELL + "history/", history.cell_history, name="cell-history"),
    path(EVIDENCE, evidence.evidence, name="evidence"),
    path(EVIDENCE + "attach/", evidence.attach, name="evidence-attach"),
    path(EVIDENCE + "<int:number>/remove/", evidence.withdraw, name="evidence-withdraw"),
    path(EVIDENCE + "<int:number>/put-back/", evidence.put_back, name="evidence-put-back"),
    path(EVIDENCE + "<uuid:key>/", evidence.file, name="evidence-file"),
    path(EVIDENCE + "<uuid:key>/take-away/", evidence.take_away, name="evidence-take-away"),
    path(SUBMISSION + "remarks/", remarks.remark, name="remark"),
    path(SUBMISSION + "remarks/<int:number>/answer/", remarks.answer, name="remark-answer"),
    path(SUBMISSION + "remarks/<int:number>/resolve/", remarks.resolve, name="remark-resolve"),
]
