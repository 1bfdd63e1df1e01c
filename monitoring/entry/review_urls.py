from django.urls import path

from monitoring.entry.views import review

SUBMISSION = "review/<str:project>/<str:round_code>/"

urlpatterns = [
    path("review/", review.review, name="review"),
    path(SUBMISSION, review.review_submission, name="review-submission"),
    path(SUBMISSION + "begin/", review.begin, name="begin"),
    path(SUBMISSION + "return/", review.return_, name="return"),
    path(SUBMISSION + "approve/", review.approve, name="approve"),
]
