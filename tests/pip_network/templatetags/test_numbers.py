"""Numbers in the words of the reader's language, in a template as in Python."""

import pytest
from django.template import Context, Template
from django.utils import translation

from pip_network.web import formats


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "1 día, 2 horas, 1.500 minutos"), ("en", "1 day, 2 hours, 1,500 minutes")],
)
def test_counted_times_are_said_as_the_formats_say_them(language, said):
    written = Template("{{ 1|days }}, {{ 2|hours }}, {{ 1500|minutes }}")
    with translation.override(language):
        assert written.render(Context()) == said
        assert ", ".join((formats.days(1), formats.hours(2), formats.minutes(1500))) == said
