"""What the library shows on pages of other rooms."""

from django.http import HttpRequest

from knowledge.models import Work

# Which works came out of a workshop, as their own title pages say.
OF_WORKSHOPS = {2006: ("L01",)}


def works_of_workshop(request: HttpRequest, workshop) -> dict | None:
    works = list(Work.objects.filter(number__in=OF_WORKSHOPS.get(workshop.year, ())).order_by("number"))
    return {"works": works} if works else None
