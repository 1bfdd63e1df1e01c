"""The first steps of the network's readers: institutions and experts."""

from django.utils.translation import gettext_lazy as _

from pip_network.people.access import Role

from .guide import Guide, Step

INSTITUTION = Guide(
    "institution",
    _("Partner institution or expert"),
    _("Find the right document in your language, and see what the projects of your country do."),
    (
        Step(
            _("Begin with your start page"),
            _("It says what the portal has on your country, in the library and in the workshops."),
            "start",
            _("Open your start page"),
        ),
        Step(
            _("Search"),
            _(
                "The box at the top searches projects, networks, institutions, documents and "
                "indicators at once, with or without accents."
            ),
            "search",
            _("Open the search"),
        ),
        Step(
            _("Browse the library"),
            _(
                "Narrow it by language, type, country and year. The texts stay where they are "
                "published."
            ),
            "library",
            _("Open the library"),
        ),
        Step(
            _("Read the marks"),
            _(
                "Full circle: published by a source. Half: inferred or reconstructed. Dashed: "
                "demonstration, invented."
            ),
        ),
        Step(
            _("Check the facts about your institution"),
            _(
                "Its page shows what the sources say, with each source. If something is "
                "wrong, write to the administration."
            ),
            "institutions",
            _("Open the institutions"),
        ),
    ),
    ("typology", "origin", "indicator"),
    (Role.INSTITUTION, Role.EXPERT),
)
