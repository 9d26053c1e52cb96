"""What well-known packages are for, and why it counts: the catalogue behind three rules and the radar.

Names are full dotted ones, as imported; each stands for all below it too. Only packages whose users all
pursue the one thing are listed. What gives a sensitive power, names of functions too, stands in
``contracts/catalogue.py``, what is used together in ``companions.py``. ``VERSION`` rises with every change of
either, for the catalogue decides what is found.
"""

from __future__ import annotations

from typing import NamedTuple

VERSION = 3


class Technology(NamedTuple):
    """Packages, separated by blanks, that serve a *concern* and a *purpose*, and the reason why that counts.

    A concern is what a layer is about; empty for packages of use in any. Of the packages of one purpose a
    project needs one; empty where there is no such choice.
    """

    concern: str
    purpose: str
    names: str
    reason: str


TECHNOLOGIES: tuple[Technology, ...] = (
    Technology(
        "web",
        "web framework",
        """
        bottle django.http falcon fastapi flask litestar pyramid quart sanic tornado.web
        """,
        "answers HTTP requests; its types and its life cycle spread through a code base",
    ),
    Technology(
        "web",
        "",
        """
        aiohttp.web blacksheep cherrypy connexion django.shortcuts django.urls django.views django_ninja
        drf_spectacular emmett fastapi_users flask_cors flask_login flask_restful flask_restx gradio hug
        masonite microdot ninja rest_framework robyn starlette streamlit tornado.websocket turbogears
        web2py webob werkzeug whitenoise wsgiref
        """,
        "answers HTTP requests",
    ),
    Technology(
        "persistence",
        "object-relational mapping",
        """
        django.db ormar peewee pony sqlalchemy sqlmodel tortoise
        """,
        "maps objects to tables; a second one has sessions and transactions of its own",
    ),
    Technology(
        "persistence",
        "PostgreSQL driver",
        """
        aiopg asyncpg psycopg psycopg2
        """,
        "speaks to PostgreSQL, with types and errors of its own",
    ),
    Technology(
        "",
        "PostgreSQL driver",
        """
        pg8000
        """,
        "speaks to PostgreSQL, with types and errors of its own",
    ),
    Technology(
        "persistence",
        "MySQL driver",
        """
        aiomysql MySQLdb pymysql
        """,
        "speaks to MySQL, with types and errors of its own",
    ),
    Technology(
        "",
        "MySQL driver",
        """
        mysql.connector
        """,
        "speaks to MySQL, with types and errors of its own",
    ),
    Technology(
        "persistence",
        "",
        """
        aiosqlite alembic arango beanie boto3.dynamodb cassandra clickhouse_connect clickhouse_driver
        couchdb cx_Oracle databases duckdb edgedb elasticsearch flask_migrate flask_sqlalchemy gino
        influxdb influxdb_client mariadb mongoengine motor mysql neo4j neomodel odmantic opensearchpy
        oracledb piccolo psycopg_pool pymongo pymssql pynamodb pyodbc rethinkdb sqlite3 tinydb yoyo
        """,
        "keeps data, or changes how it is kept",
    ),
    Technology(
        "messaging",
        "task queue",
        """
        arq celery dramatiq huey procrastinate rq taskiq
        """,
        "runs work elsewhere and later, with its own workers, retries and monitoring",
    ),
    Technology(
        "messaging",
        "",
        """
        aio_pika aiokafka amqp apache_beam confluent_kafka faust kafka kombu nats nsq paho pika puka
        pulsar stomp zmq
        """,
        "passes messages between processes",
    ),
    Technology(
        "general",
        "",
        """
        celery.utils kombu.utils tornado.escape tornado.gen tornado.ioloop tornado.log tornado.util
        """,
        "helpers that say nothing of what their users are for",
    ),
    Technology(
        "templating",
        "templating",
        """
        chameleon genshi jinja2 mako pystache
        """,
        "makes text from templates, with escaping rules of its own",
    ),
    Technology("templating", "", "django.template", "makes text from templates"),
    Technology(
        "process",
        "",
        """
        asyncio.subprocess delegator envoy fabric invoke pexpect plumbum ptyprocess sh subprocess
        """,
        "starts programs",
    ),
    Technology(
        "crypto",
        "cryptography",
        """
        Crypto Cryptodome cryptography nacl
        """,
        "encrypts and signs, and has to be reviewed and patched",
    ),
    Technology(
        "crypto",
        "JSON web tokens",
        """
        jose jwcrypto jwt
        """,
        "checks tokens, with defaults and weaknesses of its own",
    ),
    Technology(
        "",
        "JSON web tokens",
        """
        authlib.jose
        """,
        "checks tokens, with defaults and weaknesses of its own",
    ),
    Technology(
        "crypto",
        "password hashing",
        """
        argon2 bcrypt passlib
        """,
        "keeps passwords; formats that differ have to be migrated",
    ),
    Technology(
        "crypto",
        "",
        """
        authlib itsdangerous oauthlib OpenSSL rsa werkzeug.security
        """,
        "signs, checks or hashes",
    ),
    Technology(
        "remote-call",
        "HTTP client",
        """
        aiohttp.client aiohttp.ClientSession httplib2 httpx requests urllib3
        """,
        "sends requests; time-outs, pools, retries and proxies are set up for it alone",
    ),
    Technology(
        "",
        "HTTP client",
        """
        niquests pycurl treq
        """,
        "sends requests; time-outs, pools, retries and proxies are set up for it alone",
    ),
    Technology(
        "remote-call",
        "",
        """
        ftplib grpc http.client imaplib paramiko poplib smtplib suds urllib.request xmlrpc.client zeep
        """,
        "speaks to other hosts",
    ),
    Technology(
        "desktop",
        "",
        """
        gi.repository kivy pygame PyQt4 PyQt5 PyQt6 PySide2 PySide6 qtpy tkinter wx
        """,
        "draws windows",
    ),
    Technology(
        "command-line",
        "command line",
        """
        click cliff docopt fire typer
        """,
        "reads options; help, errors and completion differ",
    ),
    Technology("", "command line", "plac", "reads options; help, errors and completion differ"),
    Technology("command-line", "", "argparse optparse", "reads options"),
    Technology(
        "cloud",
        "AWS client",
        """
        aioboto3 aiobotocore boto boto3
        """,
        "speaks to AWS, with credentials and retries of its own",
    ),
    Technology(
        "cloud",
        "",
        """
        azure botocore google.cloud googleapiclient libcloud
        """,
        "speaks to a cloud's services",
    ),
    Technology(
        "analysis",
        "data frames",
        """
        pandas polars
        """,
        "holds tables in memory, with types and idioms of its own",
    ),
    Technology(
        "",
        "data frames",
        """
        dask.dataframe modin vaex
        """,
        "holds tables in memory, with types and idioms of its own",
    ),
    Technology(
        "analysis",
        "",
        """
        dask keras lightgbm numpy pyspark scipy sklearn statsmodels tensorflow torch xgboost
        """,
        "computes with numbers in bulk",
    ),
    Technology(
        "",
        "JSON",
        """
        orjson rapidjson simplejson ujson
        """,
        "reads and writes JSON; they differ in dates, decimals and what is no JSON",
    ),
    Technology(
        "",
        "YAML",
        """
        ruamel.yaml ruyaml strictyaml yaml
        """,
        "reads YAML; they differ in what they build and keep",
    ),
    Technology("", "TOML", "pytoml toml tomli tomlkit", "reads TOML; old ones know an old TOML"),
    Technology("", "XML", "bs4 defusedxml lxml xmltodict", "reads XML or HTML, into trees that do not mix"),
    Technology(
        "",
        "data classes and validation",
        """
        attr attrs cerberus marshmallow msgspec pydantic schematics voluptuous
        """,
        "declares and checks data; models of one are no models of the other",
    ),
    Technology(
        "",
        "configuration",
        """
        decouple dynaconf environ environs hydra omegaconf
        """,
        "reads settings; with two, nobody knows where one comes from",
    ),
    Technology(
        "",
        "dates",
        """
        arrow dateutil delorean moment pendulum
        """,
        "computes with dates in ways of its own",
    ),
    Technology("", "time zones", "dateutil.tz pytz", "attaches time zones in a way of its own"),
    Technology("", "event loop", "curio eventlet gevent trio", "decides how everything waits"),
    Technology("", "logging", "logbook loguru structlog", "logs past the configuration of the others"),
    Technology("", "progress bars", "alive_progress progressbar tqdm", "draws on the same terminal"),
    Technology(
        "",
        "retries",
        """
        backoff retry retrying stamina tenacity
        """,
        "tries again, with limits of its own",
    ),
    Technology("", "terminal output", "blessed colorama rich termcolor", "draws on the same terminal"),
)


def concerns() -> dict[str, str]:
    """Return the concern of each listed package."""
    return {name: row.concern for row in TECHNOLOGIES if row.concern for name in row.names.split()}


def purposes() -> dict[str, str]:
    """Return the purpose of each listed package."""
    return {name: row.purpose for row in TECHNOLOGIES if row.purpose for name in row.names.split()}


def reason_for_purpose(purpose: str) -> str | None:
    """Return why two packages of one *purpose* are one too many; None for one that is not listed."""
    return next((row.reason for row in TECHNOLOGIES if row.purpose == purpose), None)
