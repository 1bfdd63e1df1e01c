"""The parts that pages are made of: what each draws, and which arguments it refuses."""

import inspect
import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation

from pip_network.choices import JobStatus, Origin
from pip_network.models import Institution, Job
from pip_network.people.access import Role
from pip_network.templatetags import components
from tests.markup import folded
from tests.pip_network.site.home.test_pages import signed_in

# As it is written, with an argument that it does not know, without one that it needs.
CALLS = {
    "crumbs": ('{% crumbs "projects" here=words %}', '{% crumbs "projects" hree=words %}', None),
    "head": (
        "{% head words %}{% endhead %}",
        "{% head words over_=words %}{% endhead %}",
        "{% head %}{% endhead %}",
    ),
    "section": (
        "{% section words %}{% endsection %}",
        "{% section words lead=words %}{% endsection %}",
        "{% section lede=words %}{% endsection %}",
    ),
    "scroll": (
        "{% scroll words %}{% endscroll %}",
        "{% scroll words label_=words %}{% endscroll %}",
        "{% scroll %}{% endscroll %}",
    ),
    "say": ("{% say words %}{% endsay %}", "{% say words kind='ok' %}{% endsay %}", None),
    "nothing": (
        "{% nothing words words %}",
        "{% nothing words words link=words %}",
        "{% nothing words %}",
    ),
    "field": ("{% field form.name %}", "{% field form.name wide=True %}", "{% field %}"),
    "fields": ("{% fields form %}", "{% fields form only=words %}", "{% fields %}"),
    "filters": (
        "{% filters filter filtered=True %}",
        "{% filters filter filtered=True kept=words %}",
        "{% filters filter %}",
    ),
    "exports": ("{% exports 3 %}", "{% exports 3 formats=words %}", "{% exports %}"),
    "pages": ("{% pages page %}", "{% pages page rows=words %}", "{% pages %}"),
    "history": ("{% history events %}", "{% history events newest=True %}", "{% history %}"),
    "refusal": ("{% refusal htmx=True %}", "{% refusal htmlx=True %}", None),
    "search_box": ('{% search_box "q" %}', '{% search_box "q" label=words %}', "{% search_box %}"),
    "registry_nav": (
        '{% registry_nav "projects" %}',
        '{% registry_nav "projects" all=True %}',
        "{% registry_nav %}",
    ),
    "job_state": ("{% job_state job %}", "{% job_state job look=words %}", "{% job_state %}"),
    "origin": ("{% origin institution %}", "{% origin institution look=words %}", "{% origin %}"),
    "help": ('{% help "baseline" %}', '{% help "baseline" open=True %}', "{% help %}"),
}


class SampleForm(forms.Form):
    name = forms.CharField(label="Nombre", help_text="Como en su acta")


class SampleFilter:
    form = SampleForm()


def draw(text: str, **context) -> str:
    request = RequestFactory().get("/projects/", {"q": "a"})
    given = {
        "words": "Redes & más",
        "form": SampleForm(),
        "filter": SampleFilter(),
        "page": Paginator(range(60), 25).page(2),
        "events": [],
        "job": Job(status=JobStatus.FAILED),
        "institution": Institution(name="ADEC", slug="adec", origin=Origin.DEMO),
        "request": request,
        "user": None,
        **context,
    }
    with translation.override("en"):
        return folded(Template(text).render(Context(given)))


def test_every_component_is_tried():
    assert set(CALLS) == set(components.register.tags)


@pytest.mark.parametrize("name", CALLS)
def test_a_component_draws_what_it_is_given(name):
    assert draw(CALLS[name][0])


@pytest.mark.parametrize("name", CALLS)
def test_a_component_refuses_an_argument_that_it_does_not_know(name):
    with pytest.raises(TemplateSyntaxError, match=name):
        Template(CALLS[name][1])


@pytest.mark.parametrize(
    "name", [name for name, (_right, _wrong, missing) in CALLS.items() if missing]
)
def test_a_component_refuses_to_miss_an_argument(name):
    with pytest.raises(TemplateSyntaxError, match=name):
        Template(CALLS[name][2])


def test_crumbs_refuse_a_room_that_is_none():
    with pytest.raises(TemplateSyntaxError, match="'project' is no room"):
        Template("{% crumbs 'project' here=words %}")
    assert Template("{% crumbs 'projects' here=words %}")


def test_crumbs_lead_by_rooms_pairs_and_things_to_the_page():
    drawn = draw(
        '{% crumbs "institutions" nobody pair institution institution|called:"A" here=words %}',
        pair=("/b/", "B"),
    )
    assert re.findall(r'<li><a href="([^"]*)">([^<]*)</a></li>', drawn) == [
        ("/", "Home"),
        ("/institutions/", "Institutions"),
        ("/b/", "B"),
        ("/institutions/adec/", "ADEC"),
        ("/institutions/adec/", "A"),
    ]
    assert '<li aria-current="page">Redes &amp; más</li>' in drawn


def test_crumbs_without_here_end_on_their_last_step():
    drawn = draw('{% crumbs "help" "projects" %}')
    assert re.findall(r'<li><a href="([^"]*)">', drawn) == ["/", "/help/"]
    assert '<li aria-current="page">Projects</li>' in drawn


PLAIN = '<div class="head"><div class="head-main"><h1>Redes &amp; más</h1></div></div>'
FACTS = PLAIN.replace("</h1>", '</h1><ul class="facts"><li>a</li></ul>')
ACTS = FACTS.replace('"head"', '"head head-split"').replace(
    "</div></div>", '</div><div class="acts"><a>b</a></div></div>'
)


@pytest.mark.parametrize(
    ("body", "drawn"),
    [
        ("", PLAIN),
        ("<li>a</li>", FACTS),
        ("<li>a</li>{% acts %}<a>b</a>", ACTS),
        ("{% acts %}{% if nobody %}<a>b</a>{% endif %}", PLAIN),
    ],
)
def test_a_head_has_facts_and_acts_where_there_are_some(body, drawn):
    assert draw(f"{{% head words %}}{body}{{% endhead %}}") == drawn


def test_what_stands_before_body_goes_under_the_title():
    plain = '<section class="sec"><header><h2>Redes &amp; más</h2></header><p>a</p></section>'
    assert draw("{% section words %}<p>a</p>{% endsection %}") == plain
    under = '<section class="sec sec-full" id="x"><header><h2>T</h2><p>L</p><b>u</b></header><p>a</p></section>'
    assert (
        draw('{% section "T" "L" full=True anchor="x" %}<b>u</b>{% body %}<p>a</p>{% endsection %}')
        == under
    )


@pytest.mark.parametrize(
    ("arguments", "opening"),
    [
        ("", '<div class="say">'),
        ("tone='warn'", '<div class="say say-warn">'),
        ("tone='bad'", '<div class="say say-bad" role="alert">'),
        ("tone='ok' look='mt-3'", '<div class="say say-ok mt-3" role="status">'),
        ("tone='warn' alert=True", '<div class="say say-warn" role="alert">'),
        ("tone='bad' alert=False", '<div class="say say-bad">'),
    ],
)
def test_a_callout_is_said_aloud_where_it_must_be(arguments, opening):
    assert (
        draw(f"{{% say words {arguments} %}}a{{% endsay %}}")
        == f"{opening}<b>Redes &amp; más</b>a</div>"
    )


def test_a_callout_refuses_a_tone_that_it_does_not_have():
    with pytest.raises(ValueError, match="no tone 'worn'"):
        draw("{% say words tone='worn' %}{% endsay %}")


def test_a_field_shows_its_help_and_its_error():
    drawn = draw("{% field form.name %}", form=SampleForm({}))
    assert '<div class="form-text" id="id_name_helptext">Como en su acta</div>' in drawn
    assert '<div class="invalid-feedback" id="id_name_error">This field is required.</div>' in drawn
    assert "invalid-feedback" not in draw("{% field form.name %}", form=SampleForm({"name": "a"}))


@pytest.mark.parametrize(
    ("status", "drawn"),
    [
        (JobStatus.QUEUED, '<span class="st st-none">Queued</span>'),
        (JobStatus.RUNNING, "<span>62%</span>"),
        (JobStatus.DONE, '<span class="st st-ok">Done</span>'),
        (JobStatus.FAILED, '<span class="st st-late">Failed</span>'),
        (JobStatus.CANCELLED, '<span class="st st-none">Cancelled</span>'),
    ],
)
def test_the_state_of_a_job(status, drawn):
    assert draw("{% job_state job %}", job=Job(status=status, done=62, total=100)) == drawn


def test_marks_between_the_items_of_a_loop():
    text = "{% for one in found %}{{ one }}{% between ',' '.' %} {% endfor %}"
    assert draw(text, found="abc") == "a, b, c. "
    assert draw(text, found="a") == "a. "


@pytest.mark.parametrize(("second", "drawn"), [("b", "a · b"), ("", "a"), (None, "a")])
def test_a_dot_between_two_words(second, drawn):
    assert draw("{{ first|dot:second }}", first="a", second=second) == drawn


@pytest.mark.django_db
def test_the_gallery_shows_each_component_with_its_arguments():
    page = signed_in(Role.ADMINISTRATION).get("/components/").content.decode()
    shown = {
        call.split()[0]: set(call.split()[1:])
        for code in re.findall(r"<code>([^<]+)</code>", page)
        for call in [code, *code.split(" · ")]
    }
    for name in components.register.tags:
        function = getattr(components, name if name != "crumbs" else "crumbs_of")
        enclosed = 2 if name in ("head", "section", "scroll", "say") else 0
        arguments = list(inspect.signature(function).parameters)[enclosed:]
        assert set(arguments) - {"context"} <= shown[name], name
