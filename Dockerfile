# Debian slim: the chart and PDF engines come as wheels for glibc, so no compiler and no system package is needed.
FROM python:3.13-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_MODE=production PIP_DATA=/data
WORKDIR /portal

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY manage.py CHANGELOG.md ./
COPY locale locale
COPY templates templates
COPY static static
COPY pip_network pip_network
COPY projects projects
COPY monitoring monitoring
COPY workshops workshops
COPY knowledge knowledge

# Compiled translations are part of the image.
RUN python -I pip_network/running/serve/catalogues.py locale

# Static files are part of the image; what the portal keeps lives in /data.
RUN useradd --system --uid 10001 --home-dir /data --create-home portal \
    && SECRET_KEY=only-for-collecting ALLOWED_HOSTS=none PIP_DATA=/portal/.data python manage.py collectstatic --noinput -v0 \
    && mkdir -p /data/media && chown -R portal /data
ENV STATIC_ROOT=/portal/.data/static
USER portal
VOLUME /data
EXPOSE 8000

CMD ["gunicorn", "--config", "pip_network/running/serve/web.py", "--bind", "0.0.0.0:8000"]
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "-I", "pip_network/running/serve/healthy.py"]
