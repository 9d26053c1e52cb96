"""Distributions that do their work without being imported by those who need them: data.

Each line gives a reason and name patterns (``*`` for anything). ``VERSION`` rises with every change.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache

VERSION = 2

NOT_IMPORTED: dict[str, str] = {
    "servers, which import the program": """
        gunicorn uvicorn uvicorn-worker hypercorn daphne uwsgi waitress granian meinheld chaussette
        supervisor circus honcho mod-wsgi bjoern gevent eventlet flower
    """,
    "drivers, which a URL or a setting names": """
        psycopg psycopg-binary psycopg-c psycopg2 psycopg2-binary psycopg2cffi pg8000 asyncpg mysqlclient
        pymysql aiomysql asyncmy mysql-connector-python aiosqlite cx-oracle oracledb pyodbc aioodbc
        pymssql pysqlite3 pysqlite3-binary duckdb-engine clickhouse-sqlalchemy sqlalchemy-redshift
        sqlalchemy-bigquery snowflake-sqlalchemy pyathena elasticsearch-dbapi trino pyhive
    """,
    "used by another package where it is there": """
        tzdata hiredis uvloop winloop httptools cchardet faust-cchardet aiodns brotli brotlicffi brotlipy
        h2 socksio pysocks zstandard greenlet watchfiles watchdog python-multipart email-validator
        argon2-cffi bcrypt cryptography pyopenssl certifi ndg-httpsclient pyasn1 idna charset-normalizer
        colorama pyreadline pyreadline3 gnureadline win32-setctime pywin32-ctypes openpyxl xlrd xlsxwriter
        xlwt pyxlsb odfpy tables pyarrow fastparquet numexpr bottleneck lxml html5lib sentencepiece
        tiktoken accelerate cairosvg importlib-metadata importlib-resources typing-extensions rpds-py
        libcst python3-openid pillow argon2-cffi-bindings simplejson blinker itsdangerous django-redis
        whitenoise h5py protobuf xformers flash-attn setproctitle ddtrace newrelic opentelemetry-distro
        opentelemetry-exporter-* opentelemetry-instrumentation-* opentelemetry-bootstrap
    """,
    "type information, which the type checker reads": "types-* *-stubs stubs-* *-types typeshed-client",
    "programs that install, build or release": """
        pip setuptools wheel build twine flit flit-core poetry poetry-core hatch hatchling hatch-*
        setuptools-scm setuptools-* pdm pdm-* pip-tools pipenv uv cmake ninja meson meson-python
        scikit-build* maturin cibuildwheel bump2version bumpversion commitizen towncrier versioneer pbr
        cython virtualenv tox tox-* nox
    """,
    "programs that check and test": """
        pytest pytest-* pytest_* coverage coveralls codecov hypothesis mypy mypy-extensions pyright
        basedpyright pyre-check ruff black isort flake8 flake8-* pep8-naming pylint pylint-* pycodestyle
        pyflakes autopep8 yapf bandit safety pip-audit vulture radon xenon pre-commit deptry import-linter
        archlint tach codespell pyupgrade autoflake mccabe pydocstyle interrogate docformatter djlint doc8
        yamllint refurb pyroma check-manifest ty nose nose2 django-stubs* djangorestframework-stubs mutmut
    """,
    "programs that write documentation": """
        sphinx sphinx-* sphinxcontrib-* furo mkdocs mkdocs-* mkdocstrings mkdocstrings-* pdoc pdoc3
        myst-parser myst-nb numpydoc pydata-sphinx-theme recommonmark towncrier nbsphinx alabaster griffe
    """,
    "tools for people at a terminal": """
        ipython ipdb ipykernel jupyter jupyterlab jupyter-* notebook pdbpp pudb bpython ptpython
        werkzeug-debugger django-extensions django-debug-toolbar
        django-graphiql-debug-toolbar nbstripout awscli httpie
    """,
}


@cache
def _patterns() -> tuple[frozenset[str], tuple[str, ...]]:
    names = [name for text in NOT_IMPORTED.values() for name in text.split()]
    return frozenset(name for name in names if "*" not in name), tuple(name for name in names if "*" in name)


def needs_no_import(distribution: str) -> bool:
    """Tell whether *distribution*, as PEP 503 writes it, is known to do its work without being imported."""
    names, patterns = _patterns()
    return distribution in names or any(fnmatchcase(distribution, pattern) for pattern in patterns)
