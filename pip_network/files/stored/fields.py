"""A file in a form: chosen in the form itself, or sent in pieces before and named by its upload.

The form is whole without a script. What was received stays received when something else in the form
is wrong: the page that is shown again names the upload.
"""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pip_network.choices import FileKind
from pip_network.models import Stored, Upload, User
from pip_network.web.errors import DomainError

from . import uploads
from .keeping import too_large


class Sent(NamedTuple):
    """What a form says of its file: the file itself, the key of an upload, or neither."""

    file: UploadedFile | None
    upload: str


class UploadWidget(forms.FileInput):
    """The choice of a file, and what has been received of it. static/js/uploads.js sends it in
    pieces.
    """

    limit = 0  # bytes of one file, where a room takes less than the portal

    def most(self) -> int:
        """Bytes of one file."""
        return min(self.limit or uploads.most_bytes(), uploads.most_bytes())

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Sent:
        return Sent(files.get(name), data.get(f"{name}-upload", ""))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in files and not data.get(f"{name}-upload")

    def use_required_attribute(self, initial: Any) -> bool:
        return False  # with an upload there is nothing to choose

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        context = self.get_context(name, None, attrs)
        context["upload"] = value if isinstance(value, Upload) else None
        context["most"] = self.most()
        context["large"] = str(too_large(self.most()).message)
        return render_to_string("files/upload.html", context)


class StoredFileField(forms.Field):
    """Its value is the row of the kept file (Stored).

    `most`: bytes, where a room takes less than the portal. The form says in its `__init__` who sends it: `self.fields["file"].by = person`.
    """

    widget = UploadWidget

    def __init__(
        self, *, kinds: tuple[FileKind, ...] = tuple(FileKind), most: int = 0, **extra: Any
    ) -> None:
        super().__init__(**extra)
        self.kinds = kinds
        self.widget.limit = self.limit = most
        self.by: User | None = None
        self.upload: Upload | None = None  # that is named when the form is shown again
        endings = [*kinds, *(["jpg"] if FileKind.JPEG in kinds else [])]
        self.widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings)

    def clean(self, value: Any) -> Stored | None:
        """Raises ValidationError with one sentence for what is not kept."""
        sent = value if isinstance(value, Sent) else Sent(None, "")
        try:
            self._require_small((sent.file.size or 0) if sent.file else 0)
            self.upload = self._upload_of(sent)
            self._require_small(self.upload.size if self.upload else 0)
        except DomainError as refused:
            self.upload = None
            raise ValidationError(str(refused.message)) from refused
        if self.upload is None:
            if self.required:
                raise ValidationError(_("Choose a file."))
            return None
        stored = self.upload.stored
        if stored is not None and stored.kind not in self.kinds:
            names = ", ".join(str(FileKind(kind).label) for kind in self.kinds)
            self.upload = None
            raise ValidationError(_("Here the file must be one of: %(kinds)s.") % {"kinds": names})
        return stored

    def bound_data(self, data: Any, initial: Any) -> Upload | None:
        return self.upload

    def has_changed(self, initial: models.Model | None, data: Any) -> bool:
        return isinstance(data, Sent) and bool(data.file or data.upload)

    def _require_small(self, size: int) -> None:
        """Raises Refused."""
        if self.limit and size > self.limit:
            raise too_large(self.limit)

    def _upload_of(self, sent: Sent) -> Upload | None:
        """Received whole and looked at. Raises DomainError."""
        if self.by is None:
            raise TypeError("The form has not said who sends the file (field.by).")
        if sent.file is not None:
            return uploads.receive(sent.file, by=self.by, at=timezone.now())
        if sent.upload:
            return uploads.finished(sent.upload, by=self.by, at=timezone.now())
        return None
