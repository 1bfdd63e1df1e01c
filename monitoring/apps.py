from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self) -> None:
        from monitoring.quality import filling  # noqa: PLC0415 -- needs the app registry
        from monitoring.record import guards  # noqa: PLC0415

        pre_migrate.connect(
            guards.step_aside_before_migrate, sender=self, dispatch_uid="record_guards_aside"
        )
        post_migrate.connect(
            guards.install_after_migrate, sender=self, dispatch_uid="record_guards"
        )
        post_migrate.connect(filling.after_migrate, sender=self, dispatch_uid="judgements")
