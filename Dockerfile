FROM python:3.11-slim AS packages
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin app \
    && install --directory --owner=app /data /data/media
COPY --from=packages /venv /venv
WORKDIR /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
COPY manage.py ./
COPY recommender recommender
COPY cms cms
COPY search search
COPY api api
# Part of the image and not of the volume, so that a newer image brings its own files.
RUN SECRET_KEY=only-for-this-step DATA_DIR=/app/build python manage.py collectstatic --noinput
USER app
EXPOSE 8000
# Each blocking thread keeps a database connection.
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", \
     "--workers", "2", "--blocking-threads", "8", "--workers-kill-timeout", "10", \
     "--respawn-failed-workers", \
     "--static-path-route", "/static", "--static-path-mount", "/app/build/static", \
     "--static-path-route", "/media", "--static-path-mount", "/data/media", \
     "api.wsgi:application"]
