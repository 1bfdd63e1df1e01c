import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
application = get_wsgi_application()

from pip_network.running.checks import refuse_unsafe  # noqa: E402 -- needs loaded apps

refuse_unsafe()
