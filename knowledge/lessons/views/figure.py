"""The page on which the figure is chosen that bears a lesson out."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from knowledge.acting import around
from knowledge.lessons.acts_of_evidence import CITE_FIGURE
from knowledge.lessons.forms import FigureForm
from knowledge.lessons.picking import PickForm
from pip_network.web.acts import carry_out, sent
from pip_network.web.signed_in import SignedInRequest

from .write import METHODS, fetch


@login_required
@require_http_methods(METHODS)
def cite(request: SignedInRequest, code: str) -> HttpResponse:
    """First the figure, by a form that only asks; then what it shows. What is chosen stands in the
    address, so that both forms work without a script.
    """
    lesson = fetch(request, code)
    CITE_FIGURE.require(request.user, lesson)
    picker = PickForm(request.GET or None, lesson=lesson, by=request.user)
    picked = picker.picked if picker.picked and picker.picked.has_value else None
    page = around(CITE_FIGURE, lesson.get_absolute_url(), room="lessons", thing=lesson)
    return carry_out(
        request,
        CITE_FIGURE,
        {"lesson": lesson},
        form=FigureForm(sent(request), by=request.user, picked=picked),
        template="knowledge/lessons/figure.html",
        context=lambda form: {**page(form), "picker": picker},
        after=lesson,
    )
