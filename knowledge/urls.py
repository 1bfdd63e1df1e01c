"""Addresses of the library. Words come before codes, which are capitals and digits."""

from django.urls import path
from django.views.decorators.http import require_safe

from knowledge.curation import views as curation
from knowledge.curation.views import LISTINGS
from knowledge.exchange import views as exchange
from knowledge.exchange.feed import LibraryFeed
from knowledge.exchange.oai.views import oai
from knowledge.search import skos
from knowledge.search import views as search
from knowledge.works import acts
from knowledge.works.views import files, lists, page, write

urlpatterns = [
    path("library/", search.library, name="library"),
    path("library/thesaurus.rdf", skos.thesaurus, name="thesaurus"),
    path("library/feed/", require_safe(LibraryFeed()), name="library-feed"),
    path("library/oai", oai, name="oai"),
    path("library/keep/", curation.waits, name="library-curation"),
    path("library/keep/records/", curation.records, name="library-records"),
    *(
        path(f"library/keep/{word}/", curation.listed, {"listing": one}, name=one.name)
        for word, one in zip(
            ("missed", "textless", "untranslated", "links", "doubts"), LISTINGS, strict=True
        )
    ),
    path("library/mine/", lists.mine, name="library-mine"),
    path("library/propose/", write.propose, name="work-propose"),
    path("library/<slug:code>/", page.work, name="work"),
    *(
        path(f"library/<slug:code>/{word}/", write.do, {"act": act}, name=act.name)
        for word, act in (
            ("correct", acts.CORRECT),
            ("files/new", acts.ADD_FILE),
            ("review", acts.REVIEW),
            ("publish", acts.PUBLISH),
            ("send-back", acts.SEND_BACK),
            ("check-link", acts.CHECK_LINK),
            ("decline", acts.DECLINE),
            ("withdraw", acts.WITHDRAW),
            ("restore", acts.RESTORE),
        )
    ),
    *(
        path(f"library/<slug:code>/proposal/{word}/", write.do_own, {"act": act}, name=act.name)
        for word, act in (("correct", acts.CORRECT_PROPOSAL), ("send", acts.SEND_AGAIN))
    ),
    path("library/<slug:code>/cite/<slug:notation>/", exchange.cite, name="work-cite"),
    path("library/<slug:code>/<str:language>/file/", files.file, name="work-file"),
    path(
        "library/<slug:code>/<str:language>/file/<int:version>/",
        files.file,
        name="work-file-version",
    ),
    path("library/<slug:code>/<str:language>/face/", files.face, name="work-face"),
    path("library/<slug:code>/<str:language>/p/<int:number>/", files.page, name="work-page"),
]
