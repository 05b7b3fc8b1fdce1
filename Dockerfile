# The image of the app and the scheduler: graphkit with what requirements.lock names, and nothing to build with.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
RUN python -m venv --without-pip /opt/graphkit
COPY requirements.lock ./
RUN pip --python /opt/graphkit/bin/python install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE app.py ./
COPY graphkit graphkit
COPY schema schema
COPY seed seed
RUN /opt/graphkit/bin/python -m hatchling build -t wheel \
 && pip --python /opt/graphkit/bin/python install --no-cache-dir --no-index --no-deps dist/*.whl \
 && pip --python /opt/graphkit/bin/python uninstall -y editables hatchling pathspec pluggy tomlkit trove-classifiers

FROM python:3.11-slim-bookworm
RUN pip uninstall -y setuptools wheel pip \
 && rm -rf /usr/local/lib/python3.11/ensurepip \
 && mkdir -m 1777 /state /documents /exports
COPY --from=build /opt/graphkit /opt/graphkit
ENV PATH=/opt/graphkit/bin:$PATH HOME=/tmp PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /tmp
USER 10001:10001
CMD ["graphkit", "--help"]
