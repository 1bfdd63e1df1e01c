"""Mail waits here until the worker has sent it; and what each person does not want of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.expressions import Value
from django.utils.translation import gettext_lazy as _

from pip_network.choices import MailKind
from pip_network.folding.columns import Computing, ComputingQuerySet, FoldedField

# What a letter may say of itself to mail programs, besides what every letter says.
HEADERS = ("List-Unsubscribe", "List-Unsubscribe-Post", "Reply-To", "In-Reply-To", "References")


class OnlyNames(models.Func):
    """Has an object of JSON no other names than these? It is empty once they are taken away."""

    output_field = models.BooleanField()

    def __init__(self, column: str, *names: str) -> None:
        self.names = names
        super().__init__(models.F(column))

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        paths = [Value(f'$."{name}"') for name in self.names]
        return self._of(paths).as_sql(
            compiler, connection, template="json_remove(%(expressions)s) = '{}'", **context
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        names = [Value(name) for name in self.names]
        template = "(%(expressions)s) = '{}'::jsonb"
        return self._of(names).as_sql(
            compiler, connection, template=template, arg_joiner=" - ", **context
        )

    def _of(self, names: list[Value]) -> models.Func:
        return models.Func(*self.get_source_expressions(), *names, output_field=self.output_field)


class Mail(Computing):
    """One message to one address, written in the transaction of what it tells of."""

    # What it tells of, where one fact is told once: a second row of the same key is not written.
    key = models.CharField(_("fact"), max_length=120, null=True, blank=True, unique=True)
    # Empty in letters that are older than the kinds.
    kind = models.CharField(_("kind"), max_length=20, choices=MailKind, blank=True)
    to = models.EmailField(_("to"))
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("body"))
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    calendar = models.TextField(_("calendar file"), blank=True)
    created_at = models.DateTimeField(_("created on"))
    sent_at = models.DateTimeField(_("sent on"), null=True, blank=True)
    stopped_at = models.DateTimeField(_("stopped on"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)
    folded = FoldedField("subject")

    objects = ComputingQuerySet["Mail"].as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("mail outbox")
        ordering: ClassVar = ["-created_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["sent_at", "lease_until"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=OnlyNames("headers", *HEADERS),
                name="mail_headers_closed",
                violation_error_message=_("A letter has none but the headers that are known."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(stopped_at__isnull=True),
                name="mail_sent_or_stopped",
                violation_error_message=_("A letter was sent or stopped, not both."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"


class MailChoice(models.Model):
    """A row means: no letters of this kind to this person."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="mail_choices",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MailKind)
    off_since = models.DateTimeField(_("stopped on"))

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")
        ordering: ClassVar = ["person", "kind"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="mail_choice_once",
                violation_error_message=_("She has stopped letters of this kind already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}"
