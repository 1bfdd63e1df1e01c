"""The one address of the protocol."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from lxml import etree

from knowledge.exchange.csl import plain
from knowledge.search.index import settled

from .arguments import PREFIX, TOKEN, arguments_of, verb_of
from .errors import OaiError
from .records import found, put, put_list, require_format
from .repository import put_formats, put_identity, put_sets
from .xml import OAI, frame, refused


@csrf_exempt  # programs post here without a session, and change nothing
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Refusals are answers too: the status tells harvesters of the line, not of the question."""
    at = settled()
    values = request.POST if request.method == "POST" else request.GET
    try:
        verb, asked = verb_of(values), arguments_of(values)
    except OaiError as error:
        root = frame({}, at)
        refused(root, error)
    else:
        root = frame({"verb": verb, **{name: plain(text) for name, text in asked.items()}}, at)
        try:
            root.append(answered(verb, asked))
        except OaiError as error:
            refused(root, error)
    text = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


def answered(verb: str, asked: dict[str, str]) -> etree._Element:
    """Raises OaiError."""
    answer = etree.Element(f"{{{OAI}}}{verb}", nsmap={None: OAI})
    match verb:
        case "Identify":
            put_identity(answer)
        case "ListMetadataFormats":
            if "identifier" in asked:
                found(asked["identifier"])
            put_formats(answer)
        case "ListSets":
            if TOKEN in asked:
                raise OaiError("badResumptionToken", "The list of sets is given whole.")
            put_sets(answer)
        case "GetRecord":
            work = found(asked["identifier"])
            require_format(asked[PREFIX])
            put(answer, [work], whole=True)
        case _:
            put_list(answer, verb, asked)
    return answer
