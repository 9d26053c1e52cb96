"""Which concern a well-known package serves: the catalogue behind mixed-concerns.

Only packages whose users all pursue that one concern are listed. A name with dots stands for that part
of a package; what is of general use in one stands under ``general``. ``VERSION`` rises with every
change, for the catalogue decides what is found.
"""

from __future__ import annotations

VERSION = 1

CONCERNS: dict[str, str] = {
    "web": """
        aiohttp.web blacksheep bottle cherrypy connexion django.http django.shortcuts django.urls
        django.views django_ninja drf_spectacular emmett falcon fastapi fastapi_users flask flask_cors
        flask_login flask_restful flask_restx gradio hug litestar masonite microdot ninja pyramid quart
        rest_framework robyn sanic starlette streamlit tornado.web tornado.websocket turbogears web2py
        webob werkzeug whitenoise wsgiref
    """,
    "persistence": """
        aiomysql aiopg aiosqlite alembic arango asyncpg beanie boto3.dynamodb cassandra clickhouse_connect
        clickhouse_driver couchdb cx_Oracle databases django.db duckdb edgedb elasticsearch flask_migrate
        flask_sqlalchemy gino influxdb influxdb_client mariadb mongoengine motor mysql MySQLdb neo4j neomodel
        odmantic opensearchpy oracledb ormar peewee piccolo pony psycopg psycopg2 psycopg_pool pymongo pymssql
        pymysql pynamodb pyodbc rethinkdb sqlalchemy sqlite3 sqlmodel tinydb tortoise yoyo
    """,
    "messaging": """
        aio_pika aiokafka amqp apache_beam arq celery confluent_kafka dramatiq faust huey kafka kombu nats
        nsq paho pika procrastinate pulsar puka rq stomp taskiq zmq
    """,
    "general": "celery.utils kombu.utils tornado.escape tornado.gen tornado.ioloop tornado.log tornado.util",
    "templating": "chameleon django.template genshi jinja2 mako pystache",
    "process": "asyncio.subprocess delegator envoy fabric invoke pexpect plumbum ptyprocess sh subprocess",
    "crypto": """
        argon2 authlib bcrypt Crypto Cryptodome cryptography itsdangerous jose jwcrypto jwt nacl oauthlib
        OpenSSL passlib rsa werkzeug.security
    """,
    "remote-call": """
        aiohttp.client ftplib grpc http.client httplib2 httpx imaplib paramiko poplib requests smtplib suds
        urllib.request urllib3 xmlrpc.client zeep
    """,
    "desktop": "gi.repository kivy pygame PyQt4 PyQt5 PyQt6 PySide2 PySide6 qtpy tkinter wx",
    "command-line": "argparse click cliff docopt fire optparse typer",
    "cloud": "azure boto boto3 botocore google.cloud googleapiclient aioboto3 aiobotocore libcloud",
    "analysis": """
        dask keras lightgbm numpy pandas polars pyspark scipy sklearn statsmodels tensorflow torch xgboost
    """,
}


def catalogue() -> dict[str, str]:
    """Return the concern of each package, by its dotted name."""
    return {name: concern for concern, names in CONCERNS.items() for name in names.split()}
