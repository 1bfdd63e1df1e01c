from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class KnowledgeConfig(AppConfig):
    name = "knowledge"
    verbose_name = _("Knowledge")

    def ready(self) -> None:
        from knowledge.search import standing  # noqa: PLC0415 -- needs the app registry

        post_migrate.connect(standing.empty_without_rows, sender=self, dispatch_uid="library_index")
