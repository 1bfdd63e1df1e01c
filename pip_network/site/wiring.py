"""All that a lower floor learns from above: one literal file, read from top to bottom.

A lower floor names a place (`pip_network/running/wired.py`) and asks it; only here are the places
filled, once, as the applications start (pip_network/apps.py). A place that is not filled fails.
"""

from knowledge import audit_words as words_of_library
from knowledge import panels as library
from knowledge.lessons import panels as lessons
from knowledge.lessons import panels_of_monitoring as beside
from monitoring import portfolio, publication
from monitoring.analysis.periods import first_day
from monitoring.calendar import audit_words as words_of_calendar
from monitoring.catalogue import audit_words as words_of_catalogue
from monitoring.entry import evidence_panel, firm_panel
from monitoring.evidence import audit_words as words_of_evidence
from monitoring.evidence import figure_panel as evidence
from monitoring.feedback import audit_words as words_of_feedback
from monitoring.feedback import panels as feedback
from monitoring.manual import panels as manual
from monitoring.publication import audit_words as words_of_publication
from monitoring.quality import panels as quality
from monitoring.rates import audit_words as words_of_rates
from monitoring.record import freezing, watched
from monitoring.reports import audit_words as words_of_reports
from monitoring.submission import audit_words as words_of_submission
from monitoring.submission import moved_calendar
from monitoring.targets import audit_words as words_of_targets
from monitoring.targets import panels as targets
from monitoring.workbook import audit_words as words_of_workbook
from monitoring.workbook import panels as moving_in
from pip_network.audit import verbs as words_of_audit
from pip_network.audit import words
from pip_network.files.importing import audit_words as words_of_imports
from pip_network.jobs import audit_words as words_of_jobs
from pip_network.jobs import metrics as jobs
from pip_network.people import audit_words as words_of_people
from pip_network.people import scopes
from pip_network.running import health
from pip_network.running.metrics import gauges
from pip_network.site import audit_words as words_of_roof
from pip_network.site import panels
from pip_network.site.panels import Panel
from projects import audit_words as words_of_registry
from projects import calendars, frozen
from projects import scopes as registry
from workshops import audit_words as words_of_workshops

# What a page shows from rooms above its own: (place, template, function), in the order in which
# they stand.
PANELS: tuple[Panel, ...] = (
    Panel("firm", "monitoring/entry/_firm_panel.html", firm_panel.submissions_of),
    Panel("firm", "monitoring/feedback/_firm_panel.html", feedback.of_firm),
    Panel("project", "monitoring/publication/results_panel.html", publication.of_project),
    Panel("project", "monitoring/portfolio/figures_panel.html", portfolio.panel_for_project),
    Panel("project", "monitoring/targets/_panel.html", targets.of_project),
    Panel("project", "monitoring/quality/_project.html", quality.of_project),
    Panel("project", "monitoring/portfolio/states_panel.html", portfolio.state_of_project),
    Panel("project", "monitoring/feedback/_panel.html", feedback.of_project),
    Panel("project", "monitoring/workbook/past_rounds_panel.html", moving_in.of_project),
    Panel("project", "knowledge/lessons/_panel.html", lessons.lessons_of_project),
    Panel("project", "knowledge/_works_panel.html", library.works_of_project),
    Panel("submission", "monitoring/entry/evidence/panel.html", evidence_panel.of_submission),
    Panel("submission", "knowledge/lessons/_submission_panel.html", beside.of_submission),
    Panel("review", "monitoring/entry/evidence/panel.html", evidence_panel.of_submission),
    Panel("review", "knowledge/lessons/_panel.html", beside.of_review),
    Panel("indicator", "knowledge/lessons/_panel.html", beside.of_indicator),
    Panel("report-section", "knowledge/lessons/_report_panel.html", beside.of_section),
    Panel("network", "monitoring/portfolio/figures_panel.html", portfolio.panel_for_network),
    Panel("network", "monitoring/portfolio/states_panel.html", portfolio.state_of_network),
    Panel("country", "knowledge/_works_panel.html", library.works_of_country),
    Panel("institution", "knowledge/_works_panel.html", library.works_of_institution),
    Panel("typology", "monitoring/portfolio/featured_panel.html", portfolio.featured),
    Panel("workshop", "knowledge/_workshop_works.html", library.works_of_workshop),
    Panel("workshop", "knowledge/lessons/_panel.html", lessons.lessons_of_workshop),
    Panel("work", "monitoring/manual/work_panel.html", manual.of_work),
    Panel("work", "knowledge/lessons/_panel.html", lessons.lessons_of_work),
    Panel("figure", "monitoring/quality/_figure.html", quality.behind_figure),
    Panel("figure", "monitoring/evidence/figure_panel.html", evidence.behind_figure),
    Panel("figure", "knowledge/lessons/_panel.html", lessons.lessons_of_figure),
)

# What a role can be held on, by the prefix of its scope.
SCOPES: dict[str, scopes.Offer] = {
    "P": registry.projects,
    "N": registry.networks,
    "I": scopes.institutions,
}

# Whether the portal can do its work: what `/readyz` asks.
QUESTIONS: dict[str, health.Question] = {
    "database": health.database,
    "broker": health.broker,
    "worker": health.worker,
    "disk": health.disk,
    "guards": watched.guards_stand,
}

# What `/metrics` asks the database for.
METRICS: tuple[gauges.Source, ...] = (
    jobs.of_jobs,
    jobs.of_mail,
    gauges.of_the_portal,
    watched.head,
)

# What the record knows of the registry: what may not be undone there without asking.
RECORD = frozen.Record(
    of_firm=freezing.of_firm,
    of_network=freezing.of_network,
    being_entered=freezing.being_entered,
    amounts_of=freezing.amounts_of,
    amounts_entered=freezing.amounts_entered,
    begins=first_day,
)


# Which rounds hold the calendar of a project, and what follows when it moves.
CALENDAR = calendars.Calendar(held_rounds=moved_calendar.held_rounds, follow=moved_calendar.follow)

# What stands in the audit trail, in words.
AUDIT = words.together(
    words_of_audit.WORDS,
    words_of_people.WORDS,
    words_of_jobs.WORDS,
    words_of_imports.WORDS,
    words_of_registry.WORDS,
    words_of_calendar.WORDS,
    words_of_submission.WORDS,
    words_of_evidence.WORDS,
    words_of_workbook.WORDS,
    words_of_publication.WORDS,
    words_of_rates.WORDS,
    words_of_targets.WORDS,
    words_of_catalogue.WORDS,
    words_of_reports.WORDS,
    words_of_feedback.WORDS,
    words_of_workshops.WORDS,
    words_of_library.WORDS,
    words_of_roof.WORDS,
)


def fill_the_places() -> None:
    """Once, as the applications start."""
    panels.PANELS.fill(PANELS)
    scopes.OFFERED.fill(SCOPES)
    health.QUESTIONS.fill(QUESTIONS)
    gauges.SOURCES.fill(METRICS)
    frozen.RECORD.fill(RECORD)
    calendars.CALENDAR.fill(CALENDAR)
    words.WORDS.fill(AUDIT)
