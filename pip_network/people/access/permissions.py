"""What may be asked for at all, and the sentence of whom it is refused."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    VIEW_MONITORING = "view_monitoring"  # the sheets and submissions of a project
    ENTER_NETWORK = "enter_network"  # cells of a network and of its firms
    ENTER_PROJECT = "enter_project"  # cells of the project level, narrative
    SUBMIT = "submit"
    AMEND = "amend"
    PROPOSE_TARGETS = "propose_targets"  # what one's own project means an indicator to be
    AGREE_TARGETS = "agree_targets"  # or send them back
    # of an approved piece of evidence its file, with a reason
    TAKE_AWAY_EVIDENCE = "take_away_evidence"
    REVIEW = "review"  # remarks, return, approve
    VIEW_REVIEW_QUEUE = "view_review_queue"
    VIEW_PORTFOLIO = "view_portfolio"
    VIEW_FIRM_NAMES = "view_firm_names"
    ORDER_REPORT = "order_report"  # staff reports over the whole portfolio
    ORDER_OWN_REPORT = "order_own_report"  # a report limited to one's own project
    # projects, networks, institutions; goes with the firms of all
    MANAGE_REGISTRY = "manage_registry"
    # firms of one's own networks: register, change, join, leave, close
    MANAGE_FIRMS = "manage_firms"
    DESCRIBE_INSTITUTION = "describe_institution"  # what one's own institution says of itself
    MANAGE_RATES = "manage_rates"
    PUBLISH_ROUNDS = "publish_rounds"  # what the public sees of a round
    MANAGE_CALENDAR = "manage_calendar"  # rounds: creating them, their opening and due days
    MANAGE_CATALOGUE = "manage_catalogue"
    MANAGE_PEOPLE = "manage_people"
    VIEW_AUDIT = "view_audit"
    # works of the library: review, publication, withdrawal, the records themselves
    CURATE_LIBRARY = "curate_library"
    PROPOSE_WORK = "propose_work"  # every member of the learning network
    WRITE_LESSON = "write_lesson"  # drafts of a project, and that it applied what others learned
    VALIDATE_LESSON = "validate_lesson"  # a project says that its lesson holds
    CONFIRM_LESSON = "confirm_lesson"  # a project says that a lesson of another one holds
    VIEW_INTERNAL = "view_internal"  # the rooms of the members of the learning network


# What is told to whom an action refuses, where the action has no sentence more exact.
REFUSALS = {
    Permission.REVIEW: _("You may not do this with this submission."),
    Permission.TAKE_AWAY_EVIDENCE: _(
        "An approved file is taken away by those who may amend the project, and by the administration."
    ),
    Permission.MANAGE_REGISTRY: _("Only the administration of the network keeps the registry."),
    Permission.MANAGE_FIRMS: _("The firms of a network are kept by those who work with it."),
    Permission.DESCRIBE_INSTITUTION: _(
        "An institution is described by its own people and by the administration."
    ),
    Permission.PROPOSE_TARGETS: _("Targets are proposed by the director of the project."),
    Permission.AGREE_TARGETS: _("Targets are agreed by the specialist of the project."),
    Permission.MANAGE_RATES: _("You may not change rates."),
    Permission.PUBLISH_ROUNDS: _("Only the administration of the network publishes figures."),
    Permission.MANAGE_CALENDAR: _("Only the administration of the network keeps its calendar."),
    Permission.MANAGE_CATALOGUE: _("You may not change the catalogue."),
    Permission.VIEW_PORTFOLIO: _("You may not read the portfolio."),
    Permission.CURATE_LIBRARY: _("The library is kept by specialists and the administration."),
    Permission.PROPOSE_WORK: _("Works are proposed by members of the network."),
    Permission.VIEW_INTERNAL: _("This is for members of the learning network."),
    Permission.WRITE_LESSON: _("Lessons of a project are written by its people."),
    Permission.VALIDATE_LESSON: _("A lesson is validated by the director of its project."),
    Permission.CONFIRM_LESSON: _("A lesson is confirmed by the director of another project."),
    Permission.MANAGE_PEOPLE: _("Only the administration keeps people and their roles."),
}
