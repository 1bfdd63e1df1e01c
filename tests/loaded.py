"""The portal, loaded: what processes of a race begin with (tests/racing.py)."""

import importlib
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pip_network.settings")
django.setup()
for module in ("pip_network.site.urls", "tests.factories"):
    importlib.import_module(module)
