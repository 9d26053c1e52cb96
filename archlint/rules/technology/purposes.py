"""Which well-known third-party packages serve one purpose: the catalogue behind rival-packages.

Listed are packages of which a project needs one: where two are used, each new developer learns both. Names
are those that are imported. ``VERSION`` rises with every change, for the catalogue decides what is found.
"""

from __future__ import annotations

VERSION = 1

PURPOSES: dict[str, str] = {
    "HTTP client": "requests httpx aiohttp.client urllib3 httplib2 pycurl treq niquests",
    "web framework": "flask django.http fastapi bottle falcon tornado.web sanic pyramid litestar quart",
    "JSON": "orjson ujson simplejson rapidjson",
    "YAML": "yaml ruamel.yaml ruyaml strictyaml",
    "TOML": "toml tomli tomlkit pytoml",
    "data classes and validation": "pydantic attr attrs marshmallow cerberus voluptuous schematics msgspec",
    "command line": "click typer docopt fire cliff plac",
    "object-relational mapping": "sqlalchemy peewee pony tortoise django.db sqlmodel ormar",
    "PostgreSQL driver": "psycopg psycopg2 asyncpg pg8000 aiopg",
    "MySQL driver": "MySQLdb pymysql mysql.connector aiomysql",
    "task queue": "celery dramatiq huey rq arq taskiq procrastinate",
    "dates": "arrow pendulum delorean moment dateutil",
    "time zones": "pytz dateutil.tz",
    "logging": "loguru structlog logbook",
    "data frames": "pandas polars dask.dataframe modin vaex",
    "templating": "jinja2 mako chameleon genshi pystache",
    "JSON web tokens": "jwt jose jwcrypto authlib.jose",
    "password hashing": "bcrypt argon2 passlib",
    "cryptography": "cryptography Crypto Cryptodome nacl",
    "retries": "tenacity backoff retrying retry stamina",
    "configuration": "dynaconf decouple environs environ omegaconf hydra",
    "XML": "lxml xmltodict defusedxml bs4",
    "progress bars": "tqdm alive_progress progressbar",
    "terminal output": "rich colorama termcolor blessed",
    "event loop": "trio curio gevent eventlet",
    "AWS client": "boto boto3 aioboto3 aiobotocore",
}


def catalogue() -> dict[str, str]:
    """Return the purpose of each package, by its dotted name."""
    return {name: purpose for purpose, names in PURPOSES.items() for name in names.split()}
