"""The Celery application. Tasks are thin leaves: the job row is the truth, the queue only a hint."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")

app = Celery("pip_network")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
