"""A file in a form: by the form itself, or by the upload that it names."""

import datetime as dt

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from pip_network.choices import FileKind
from pip_network.files.stored import StoredFileField, uploads
from pip_network.models import Stored, Upload
from tests import factories

from . import GOOD, TEXT

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)


class FileForm(forms.Form):
    title = forms.CharField()
    file = StoredFileField(kinds=(FileKind.PDF, FileKind.TXT, FileKind.JPEG))

    def __init__(self, *args, by, **extra):
        super().__init__(*args, **extra)
        self.fields["file"].by = by


@pytest.fixture
def person():
    return factories.user()


def filled(by, *, file: bytes | None = None, upload: object = "", title: str = "Manual"):
    data = QueryDict(mutable=True)
    data.update({"title": title, "file-upload": str(upload)})
    files = MultiValueDict()
    if file is not None:
        files["file"] = SimpleUploadedFile("nota.txt", file)
    return FileForm(data, files, by=by)


def test_without_a_script_the_form_sends_the_file(person):
    form = filled(person, file=TEXT)
    assert form.is_valid()
    stored = form.cleaned_data["file"]
    assert (stored.original_name, stored.uploaded_by, stored.kind) == ("nota.txt", person, "txt")
    assert stored == Stored.objects.get()


def test_with_a_script_it_names_the_upload(person):
    upload = uploads.receive(SimpleUploadedFile("nota.txt", TEXT), by=person, at=NOW)
    Upload.objects.update(expires_at=dt.datetime.max.replace(tzinfo=dt.UTC))
    form = filled(person, upload=upload.pk)
    assert form.is_valid()
    assert form.cleaned_data["file"] == upload.stored


def test_what_arrived_stays_when_something_else_is_wrong(person):
    form = filled(person, file=TEXT, title="")
    assert not form.is_valid()
    upload = Upload.objects.get()
    page = str(form["file"])
    assert f'value="{upload.pk}"' in page
    assert "nota.txt" in page
    again = filled(person, upload=upload.pk)
    assert again.is_valid()
    assert Stored.objects.count() == 1


def test_an_upload_of_somebody_else_an_invented_and_an_unfinished_one_are_none(person):
    strangers = uploads.receive(SimpleUploadedFile("nota.txt", TEXT), by=factories.user(), at=NOW)
    half = uploads.begin(name="nota.txt", size=5, by=person, at=dt.datetime.now(dt.UTC))
    for key in (strangers.pk, "0b000000-0000-4000-8000-000000000001", "'; --", half.pk):
        form = filled(person, upload=key)
        assert list(form.errors) == ["file"], key
        assert 'name="file-upload" value=""' in str(form["file"])


def test_a_file_is_asked_for_unless_the_form_can_do_without(person):
    form = filled(person)
    assert list(form.errors) == ["file"]
    form = filled(person)
    form.fields["file"].required = False
    assert form.is_valid()
    assert form.cleaned_data["file"] is None


def test_a_refused_file_says_why_and_leaves_nothing(person, kept):
    form = filled(person, file=b"#!/bin/sh\n")
    assert list(form.errors) == ["file"]
    assert (Upload.objects.count(), Stored.objects.count(), kept()) == (0, 0, ([], []))


def test_a_form_may_take_some_kinds_only(person):
    form = filled(person, file=GOOD["png"]())
    assert list(form.errors) == ["file"]
    assert 'accept=".pdf,.txt,.jpeg,.jpg"' in str(form["file"])


def test_the_page_says_nothing_of_a_file_before_one_is_chosen(person):
    page = str(FileForm(by=person)["file"])
    assert 'data-upload="/uploads/"' in page
    assert 'name="file-upload" value=""' in page
    assert "upload-kept" not in page
