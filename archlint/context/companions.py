"""Packages that are built on each other, so that who uses the one uses the other too: no rivals.

Names are top-level ones, as imported, all of which the catalogue of ``technologies`` lists. Only what is
certain is here: that the one needs the other, and that its users meet both by design.
"""

from __future__ import annotations

_TOGETHER = """
aioboto3 aiobotocore boto3 botocore
aiomysql pymysql
aiopg psycopg2
arrow dateutil
attr attrs
bs4 lxml
celery kombu
click typer
dask modin numpy pandas
django rest_framework
fastapi starlette
flask flask_cors flask_login flask_restful flask_restx werkzeug
hydra omegaconf
ormar sqlalchemy
requests urllib3
sqlalchemy sqlmodel
"""
TOGETHER = tuple(frozenset(line.split()) for line in _TOGETHER.strip().splitlines())


def belong_together(one: str, other: str) -> bool:
    """Tell whether two packages, dotted names, are used together by design."""
    pair = {one.partition(".")[0], other.partition(".")[0]}
    return any(pair <= group for group in TOGETHER)
