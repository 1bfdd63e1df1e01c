from django.urls import path

from monitoring.entry.views import beside, due, review

SUBMISSION = "review/<str:project>/<str:round_code>/"

urlpatterns = [
    path("review/", review.review, name="review"),
    path(SUBMISSION, review.review_submission, name="review-submission"),
    path(SUBMISSION + "beside/", beside.beside, name="review-beside"),
    path(SUBMISSION + "begin/", review.begin, name="begin"),
    path(SUBMISSION + "return/", review.return_, name="return"),
    path(SUBMISSION + "approve/", review.approve, name="approve"),
    path(SUBMISSION + "extend/", due.extend, name="due-extend"),
    path(SUBMISSION + "remind/", due.remind, name="due-remind"),
]
