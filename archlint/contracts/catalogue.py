"""The starter catalogue of sensitive capabilities: which names give which power, and why each counts.

An entry's names are full dotted ones, as contracts write them; each stands for all below it too, and
``*`` for one component. A package is listed whole only where everything in it serves the one purpose.
``VERSION`` rises with every change, for the catalogue decides what is found.
"""

from __future__ import annotations

from typing import NamedTuple

VERSION = 1


class Entry(NamedTuple):
    """Names, separated by blanks, and the reason why they are sensitive."""

    names: str
    reason: str


CAPABILITIES: dict[str, tuple[Entry, ...]] = {
    "dynamic-code": (
        Entry("eval exec compile", "runs text as code"),
        Entry("__import__ importlib.import_module importlib.__import__", "loads code named at run time"),
        Entry(
            "importlib.machinery importlib.util.module_from_spec runpy imp zipimport", "loads code from paths"
        ),
        Entry(
            "code.InteractiveConsole code.InteractiveInterpreter code.interact codeop",
            "runs typed text as code",
        ),
        Entry("ctypes cffi _ctypes", "calls into memory that Python does not guard"),
        Entry(
            "pkg_resources.load_entry_point importlib.metadata.entry_points", "loads code of other packages"
        ),
    ),
    "deserialisation": (
        Entry("pickle _pickle cPickle cloudpickle dill joblib.load", "unpickling runs what the bytes say"),
        Entry("marshal shelve copyreg", "trusts bytes to be well-formed, or unpickles them"),
        Entry(
            "yaml.load yaml.load_all yaml.unsafe_load yaml.full_load yaml.UnsafeLoader",
            "YAML tags build objects",
        ),
        Entry("jsonpickle", "JSON that names classes builds objects of them"),
        Entry("pandas.read_pickle numpy.load torch.load", "reads pickles unless told not to"),
        Entry("xml.etree xml.dom xml.sax lxml.etree", "XML entities expand and fetch"),
    ),
    "process": (
        Entry(
            "subprocess asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.subprocess",
            "starts programs",
        ),
        Entry("os.system os.popen os.startfile commands popen2", "runs a line in a shell"),
        Entry(
            "os.execl os.execle os.execlp os.execlpe os.execv os.execve os.execvp os.execvpe os.spawnl "
            "os.spawnle os.spawnlp os.spawnlpe os.spawnv os.spawnve os.spawnvp os.spawnvpe os.posix_spawn "
            "os.posix_spawnp os.fork os.forkpty pty",
            "replaces or doubles the process",
        ),
        Entry("os.kill os.killpg signal.pthread_kill", "ends other processes"),
        Entry(
            "pexpect ptyprocess plumbum sh fabric invoke delegator envoy",
            "starts programs, here or elsewhere",
        ),
    ),
    "environment": (
        Entry(
            "os.environ os.environb os.getenv os.getenvb os.putenv os.unsetenv",
            "the environment is how secrets are handed in",
        ),
        Entry("dotenv decouple environ environs dynaconf", "reads secrets from the environment and files"),
        Entry("keyring getpass.getpass netrc", "asks for, or looks up, passwords"),
        Entry(
            "hvac google.cloud.secretmanager azure.keyvault azure.identity", "fetches secrets from a vault"
        ),
    ),
    "network": (
        Entry("socket socketserver ssl", "opens connections of any kind"),
        Entry(
            "urllib.request http.client http.server httplib urllib2 xmlrpc ftplib smtplib poplib imaplib "
            "telnetlib nntplib smtpd",
            "speaks a network protocol",
        ),
        Entry(
            "requests httpx aiohttp urllib3 httplib2 pycurl treq niquests", "sends requests to other hosts"
        ),
        Entry("websocket websockets grpc zmq paramiko asyncssh dns", "speaks to other hosts"),
        Entry(
            "asyncio.open_connection asyncio.start_server asyncio.open_unix_connection "
            "asyncio.start_unix_server",
            "opens connections of any kind",
        ),
        Entry(
            "boto3 botocore aioboto3 aiobotocore google.cloud azure.storage", "speaks to a cloud's services"
        ),
    ),
    "cryptography": (
        Entry("cryptography Crypto Cryptodome nacl OpenSSL rsa", "home-made protocols fail quietly"),
        Entry("hmac secrets hashlib crypt", "hashes, signs or draws secrets"),
        Entry("jwt jose authlib jwcrypto itsdangerous", "decides who is believed"),
        Entry("bcrypt argon2 passlib", "keeps passwords"),
    ),
    "database": (
        Entry("sqlite3 dbm", "opens database files"),
        Entry(
            "psycopg psycopg2 asyncpg aiopg pymysql MySQLdb mysql cx_Oracle oracledb pyodbc pymssql "
            "aiosqlite duckdb",
            "speaks to a database past any model",
        ),
        Entry(
            "sqlalchemy sqlmodel peewee tortoise pony databases django.db", "reads and writes the database"
        ),
        Entry(
            "pymongo motor mongoengine beanie redis aioredis elasticsearch cassandra neo4j",
            "reads and writes a data store",
        ),
    ),
    "file-system": (
        Entry("open io.open codecs.open os.open os.fdopen", "reads and writes files"),
        Entry(
            "os.remove os.unlink os.rmdir os.removedirs os.rename os.renames os.replace os.mkdir "
            "os.makedirs os.link os.symlink os.truncate os.chmod os.chown os.lchown os.chroot os.mkfifo",
            "changes files and directories",
        ),
        Entry("os.listdir os.scandir os.walk os.fwalk glob", "looks through directories"),
        Entry("shutil tempfile fileinput pathlib.Path fcntl mmap aiofiles", "reads, writes or moves files"),
        Entry("zipfile tarfile", "archives may write outside the place meant for them"),
    ),
}


def names_of(capability: str) -> tuple[str, ...]:
    """Return the names that give *capability*."""
    return tuple(name for entry in CAPABILITIES[capability] for name in entry.names.split())


def reason_for(name: str) -> str | None:
    """Return why the listed *name* is sensitive; None for one that is not listed."""
    for entries in CAPABILITIES.values():
        for entry in entries:
            if name in entry.names.split():
                return entry.reason
    return None
