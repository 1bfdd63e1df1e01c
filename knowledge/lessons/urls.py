"""Addresses of the lessons. Words come before codes, which are capitals and digits."""

from django.urls import path

from . import acts, acts_of_evidence, acts_of_others
from .acts_of_evidence import CITE_FIGURE
from .views import figure, lists, page, semester, write

urlpatterns = [
    path("lessons/", lists.lessons, name="lessons"),
    path("lessons/mine/", lists.mine, name="lessons-mine"),
    path("lessons/new/", write.new, name="lesson-new"),
    path(
        "lessons/from/<slug:project>/<slug:round_code>/",
        semester.from_semester,
        name="lesson-from-semester",
    ),
    path("lessons/<slug:code>/", page.lesson, name="lesson"),
    *(
        path(f"lessons/<slug:code>/{act.name[7:]}/", write.do, {"act": act}, name=act.name)
        for act in acts.OF_LESSON
    ),
    *(
        path(
            f"lessons/<slug:code>/evidence/{act.name[12:]}/", write.do, {"act": act}, name=act.name
        )
        for act in acts_of_evidence.OF_EVIDENCE
        if act is not CITE_FIGURE
    ),
    path("lessons/<slug:code>/evidence/figure/", figure.cite, name=CITE_FIGURE.name),
    *(
        path(f"lessons/<slug:code>/{word}/", write.say, {"act": act}, name=act.name)
        for word, act in (("confirm", acts_of_others.CONFIRM), ("apply", acts_of_others.APPLY))
    ),
    path("lessons/<slug:code>/translate/<str:language>/", write.translate, name="lesson-translate"),
    path("lessons/<slug:code>/evidence/<int:pk>/remove/", write.uncite, name="lesson-uncite"),
    path(
        "lessons/<slug:code>/confirm/<str:project>/withdraw/",
        write.unconfirm,
        name="lesson-unconfirm",
    ),
    path("lessons/<slug:code>/apply/<int:pk>/withdraw/", write.unapply, name="lesson-unapply"),
]
