# Everything that is typed by hand. Needs only make and a Python from 3.11 to 3.14 with its venv module.

SUPPORTED = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
COMPLETE = import ensurepip, venv; $(SUPPORTED)
CANDIDATES = python3 python3.14 python3.13 python3.12 python3.11 python
find = $(shell for each in $(CANDIDATES); do $$each -I -c '$(1)' >/dev/null 2>&1 && echo $$each && break; done)

PYTHON := $(or $(PYTHON),$(call find,$(COMPLETE)),$(call find,$(SUPPORTED)))
PORTAL = $(PYTHON) -I pip_network/running/serve

.PHONY: help run test coverage check bench browser office messages python
.SILENT:

help:
	echo "make run       the whole portal with demonstration data (PORT=8000, HOST=127.0.0.1)"
	echo "make test      all tests on SQLite, or on DATABASE_URL and REDIS_URL when they are set"
	echo "make coverage  the same, and how much of the source it runs"
	echo "make check     format, templates, style, types, migrations, production settings, translations, floors"
	echo "make browser   journeys in a real browser (needs chromium)"
	echo "make office    the workbook opened and saved by LibreOffice (needs soffice)"
	echo "make bench     times and ratios, against docs/performance.md"
	echo "make messages  translations: merge, check, compile"
	echo "ARGS is handed on, for example: make test ARGS='tests/projects -x'"

python:
	[ -n "$(PYTHON)" ] || { echo "No Python from 3.11 to 3.14 was found; install one (Debian, Ubuntu: sudo apt install python3-venv) or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	"$(PYTHON)" -I -c '' 2>/dev/null || { echo "$(PYTHON) is no Python from 3.11 to 3.14; name another one: make run PYTHON=/path/to/python3" >&2; exit 1; }

run: python
	exec $(PORTAL) run

test coverage check bench browser office messages: python
	exec $(PORTAL) $@ $(ARGS)
