from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from knowledge.models import Concept  # noqa: PLC0415 -- needs the app registry
        from knowledge.search import standing, thesaurus  # noqa: PLC0415

        post_migrate.connect(standing.empty_without_rows, sender=self, dispatch_uid="library_index")
        post_save.connect(
            thesaurus.tell_every_process, sender=Concept, dispatch_uid="library_thesaurus"
        )
