"""Addresses of the library. Words come before codes, which are capitals and digits."""

from django.urls import path
from django.views.decorators.http import require_safe

from knowledge.curation import views as curation
from knowledge.curation.views import LISTINGS
from knowledge.exchange import views as exchange
from knowledge.exchange.feed import LibraryFeed
from knowledge.exchange.oai.views import oai
from knowledge.lessons.urls import urlpatterns as lessons
from knowledge.lists import acts as list_acts
from knowledge.lists import views as list_views
from knowledge.path import acts as path_acts
from knowledge.path import edit_views as path_edits
from knowledge.path import views as path_views
from knowledge.saved import acts as saved_acts
from knowledge.saved import views as saved_views
from knowledge.search import skos
from knowledge.search import views as search
from knowledge.search.limits import sparing
from knowledge.works import acts
from knowledge.works.views import files, lists, page, write
from pip_network.web.requests import reads_words

urlpatterns = [
    path("library/", search.library, name="library"),
    path("library/thesaurus.rdf", skos.thesaurus, name="thesaurus"),
    path("library/feed/", reads_words(require_safe(sparing(LibraryFeed()))), name="library-feed"),
    path("library/oai", oai, name="oai"),
    path("library/keep/", curation.waits, name="library-curation"),
    path("library/keep/records/", curation.records, name="library-records"),
    *(
        path(f"library/keep/{word}/", curation.listed, {"listing": one}, name=one.name)
        for word, one in zip(
            ("missed", "textless", "untranslated", "uses", "links", "doubts"), LISTINGS, strict=True
        )
    ),
    path("library/mine/", lists.mine, name="library-mine"),
    path("library/propose/", write.propose, name="work-propose"),
    path("library/lists/", list_views.lists, name="lists"),
    path("library/lists/new/", list_views.new, {"act": list_acts.NEW_READING}, name="list-new"),
    path(
        "library/lists/new-collection/",
        list_views.new,
        {"act": list_acts.NEW_COLLECTION},
        name="collection-new",
    ),
    path("library/lists/<slug:code>/", list_views.page, name="list"),
    path("library/lists/<slug:code>/change/", list_views.change, name="list-change"),
    *(
        path(f"library/lists/<slug:code>/{word}/", list_views.do, {"act": act}, name=act.name)
        for word, act in (("remove", list_acts.REMOVE), ("restore", list_acts.RESTORE))
    ),
    path("library/lists/<slug:code>/cite/<slug:notation>/", list_views.cite, name="list-cite"),
    path("library/lists/<slug:code>/<slug:work>/note/", list_views.note, name="item-note"),
    *(
        path(
            f"library/lists/<slug:code>/<slug:work>/{word}/",
            list_views.do_item,
            {"act": act},
            name=act.name,
        )
        for word, act in (
            ("up", list_acts.RAISE),
            ("down", list_acts.LOWER),
            ("remove", list_acts.REMOVE_ITEM),
            ("restore", list_acts.RESTORE_ITEM),
        )
    ),
    path("library/paths/<slug:code>/", path_views.path, name="path"),
    path("library/paths/<slug:code>/whole/", path_views.whole, name="path-whole"),
    path("library/paths/<slug:code>/change/", path_edits.change, name="path-change"),
    path("library/paths/<slug:code>/new/", path_edits.new, name="module-new"),
    path("library/paths/<slug:code>/<int:number>/", path_views.module, name="path-module"),
    path(
        "library/paths/<slug:code>/<int:number>/change/",
        path_edits.change_module,
        name="module-change",
    ),
    path(
        "library/paths/<slug:code>/<int:number>/remove/",
        path_edits.remove_module,
        name="module-remove",
    ),
    *(
        path(
            f"library/paths/<slug:code>/readings/<int:pk>/{word}/",
            path_views.read,
            {"act": act},
            name=act.name,
        )
        for word, act in (("done", path_acts.FINISH), ("again", path_acts.REOPEN))
    ),
    path("library/paths/<slug:code>/questions/<int:pk>/", path_views.answer, name="path-answer"),
    path("library/searches/", saved_views.searches, name="searches"),
    path("library/searches/save/", saved_views.save, name="search-save"),
    path("library/searches/<int:pk>/rename/", saved_views.rename, name="search-rename"),
    *(
        path(f"library/searches/<int:pk>/{word}/", saved_views.do, {"act": act}, name=act.name)
        for word, act in (
            ("stop", saved_acts.STOP),
            ("resume", saved_acts.RESUME),
            ("remove", saved_acts.REMOVE),
            ("restore", saved_acts.RESTORE),
        )
    ),
    path("library/<slug:code>/list/", list_views.add, name="work-list"),
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
    *lessons,
]
