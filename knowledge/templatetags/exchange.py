"""What a page of the library offers to be taken along."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import get_language

from knowledge.exchange.citations import Cited, citations
from knowledge.exchange.csl import csl
from knowledge.exchange.heads import dublin_core, highwire, schema_org
from knowledge.exchange.notations import NOTATIONS
from knowledge.models import Work
from knowledge.search.asked import question_of

register = template.Library()


@register.simple_tag
def citations_of(work: Work) -> list[Cited]:
    """How `work` is cited, in each style."""
    language = (get_language() or "es")[:2]
    return citations(csl(work, language), language)


@register.inclusion_tag("knowledge/exchange/_cite.html")
def cite(work: Work) -> dict[str, Any]:
    """How `work` is cited, and the files for reference managers."""
    return {"work": work, "citations": citations_of(work), "notations": NOTATIONS.items()}


@register.inclusion_tag("knowledge/exchange/_head.html")
def head_of_work(work: Work) -> dict[str, Any]:
    """What the head of its page says to machines."""
    item = csl(work, (get_language() or "es")[:2])
    return {"pairs": [*dublin_core(item), *highwire(item)], "data": schema_org(work, item)}


@register.simple_tag(takes_context=True)
def feed_address(context: template.Context) -> str:
    """Of the feed of what the page asks."""
    question = question_of(context["request"].GET)
    return reverse("library-feed") + (f"?{question}" if question else "")
