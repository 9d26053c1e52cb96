"""The starter catalogue of sensitive capabilities: which names give which power, and why each counts.

An entry's names are full dotted ones, as contracts write them; each stands for all below it too, and
``*`` for one component. A package is listed whole where nearly everything in it serves the one purpose;
``harmless`` are the names below it that do not. Exceptions and constants never give a power: see
``gives_nothing``. ``VERSION`` rises with every change, for the catalogue decides what is found.
"""

from __future__ import annotations

import re
from typing import NamedTuple

VERSION = 2


class Entry(NamedTuple):
    """Names, separated by blanks, the reason why they are sensitive, and names below them that are not."""

    names: str
    reason: str
    harmless: str = ""


_C_TYPES = (
    "ctypes.wintypes ctypes.Structure ctypes.BigEndianStructure ctypes.LittleEndianStructure ctypes.Union "
    "ctypes.Array ctypes.POINTER ctypes.pointer ctypes.byref ctypes.sizeof ctypes.alignment "
    "ctypes.addressof ctypes.get_errno ctypes.set_errno ctypes.util.find_library ctypes.c_bool "
    "ctypes.c_byte ctypes.c_ubyte ctypes.c_char ctypes.c_char_p ctypes.c_wchar ctypes.c_wchar_p "
    "ctypes.c_short ctypes.c_ushort ctypes.c_int ctypes.c_uint ctypes.c_long ctypes.c_ulong "
    "ctypes.c_longlong ctypes.c_ulonglong ctypes.c_int8 ctypes.c_int16 ctypes.c_int32 ctypes.c_int64 "
    "ctypes.c_uint8 ctypes.c_uint16 ctypes.c_uint32 ctypes.c_uint64 ctypes.c_float ctypes.c_double "
    "ctypes.c_longdouble ctypes.c_size_t ctypes.c_ssize_t ctypes.c_void_p ctypes.c_voidp ctypes.py_object"
)
_SOCKET_WORDS = (
    "socket.gaierror socket.herror socket.timeout socket.error socket.inet_aton socket.inet_ntoa "
    "socket.inet_pton socket.inet_ntop socket.htonl socket.htons socket.ntohl socket.ntohs "
    "socket.gethostname socket.has_ipv6 socket.AddressFamily socket.SocketKind ssl.Purpose ssl.TLSVersion "
    "ssl.VerifyMode ssl.match_hostname"
)

CAPABILITIES: dict[str, tuple[Entry, ...]] = {
    "dynamic-code": (
        Entry("eval exec compile", "runs text as code"),
        Entry("__import__ importlib.import_module importlib.__import__", "loads code named at run time"),
        Entry(
            "importlib.machinery importlib.util.module_from_spec runpy imp zipimport",
            "loads code from paths",
            "importlib.machinery.ModuleSpec importlib.machinery.all_suffixes",
        ),
        Entry(
            "code.InteractiveConsole code.InteractiveInterpreter code.interact codeop",
            "runs typed text as code",
        ),
        Entry("ctypes cffi _ctypes", "calls into memory that Python does not guard", _C_TYPES),
        Entry(
            "pkg_resources.load_entry_point importlib.metadata.entry_points", "loads code of other packages"
        ),
        Entry(
            "importlib.reload pkgutil.resolve_name pydoc.locate django.utils.module_loading.import_string "
            "werkzeug.utils.import_string zope.dottedname.resolve",
            "loads code named at run time",
        ),
    ),
    "deserialisation": (
        Entry("pickle _pickle cPickle cloudpickle dill joblib.load", "unpickling runs what the bytes say"),
        Entry("marshal shelve copyreg", "trusts bytes to be well-formed, or unpickles them"),
        Entry(
            "yaml.load yaml.load_all yaml.unsafe_load yaml.unsafe_load_all yaml.full_load "
            "yaml.full_load_all yaml.Loader yaml.CLoader yaml.UnsafeLoader yaml.CUnsafeLoader "
            "yaml.FullLoader yaml.CFullLoader",
            "YAML tags build objects",
        ),
        Entry("jsonpickle", "JSON that names classes builds objects of them"),
        Entry("pandas.read_pickle numpy.load torch.load", "reads pickles unless told not to"),
        Entry(
            "xml.etree.ElementTree.parse xml.etree.ElementTree.iterparse xml.etree.ElementTree.fromstring "
            "xml.etree.ElementTree.fromstringlist xml.etree.ElementTree.XML xml.etree.ElementTree.XMLID "
            "xml.etree.ElementTree.XMLParser xml.etree.ElementTree.XMLPullParser xml.etree.cElementTree "
            "xml.dom.minidom.parse xml.dom.minidom.parseString xml.dom.pulldom xml.dom.expatbuilder "
            "xml.sax.parse xml.sax.parseString xml.sax.make_parser xml.sax.expatreader xml.parsers.expat "
            "lxml.etree.parse lxml.etree.iterparse lxml.etree.fromstring lxml.etree.fromstringlist "
            "lxml.etree.XML lxml.etree.XMLID lxml.etree.XMLParser lxml.etree.XMLPullParser "
            "lxml.etree.ETCompatXMLParser lxml.objectify.parse lxml.objectify.fromstring",
            "XML entities expand and fetch",
        ),
    ),
    "process": (
        Entry(
            "subprocess asyncio.create_subprocess_exec asyncio.create_subprocess_shell asyncio.subprocess",
            "starts programs",
            "subprocess.PIPE subprocess.STDOUT subprocess.DEVNULL subprocess.CompletedProcess "
            "subprocess.TimeoutExpired subprocess.list2cmdline subprocess.STARTUPINFO "
            "asyncio.subprocess.PIPE asyncio.subprocess.STDOUT asyncio.subprocess.DEVNULL "
            "asyncio.subprocess.Process",
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
        Entry(
            "multiprocessing.Process multiprocessing.Pool multiprocessing.get_context multiprocessing.pool "
            "multiprocessing.context multiprocessing.managers concurrent.futures.ProcessPoolExecutor "
            "concurrent.futures.process billiard.Process billiard.Pool billiard.pool billiard.get_context "
            "psutil.Popen",
            "replaces or doubles the process",
        ),
        Entry(
            "docker podman",
            "starts programs, here or elsewhere",
        ),
    ),
    "environment": (
        Entry(
            "os.environ os.environb os.getenv os.getenvb os.putenv os.unsetenv",
            "the environment is how secrets are handed in",
        ),
        Entry(
            "urllib.request.getproxies urllib.request.getproxies_environment",
            "proxies in the environment may hold passwords",
        ),
        Entry("dotenv decouple environ environs dynaconf", "reads secrets from the environment and files"),
        Entry("keyring getpass.getpass netrc", "asks for, or looks up, passwords"),
        Entry(
            "hvac google.cloud.secretmanager azure.keyvault azure.identity", "fetches secrets from a vault"
        ),
        Entry(
            "pydantic_settings starlette.config prettyconf",
            "reads secrets from the environment and files",
        ),
        Entry(
            "django.conf.settings.SECRET_KEY",
            "whoever has this key signs sessions and tokens",
        ),
    ),
    "network": (
        Entry("socket socketserver ssl", "opens connections of any kind", _SOCKET_WORDS),
        Entry(
            "urllib.request http.client.HTTPConnection http.client.HTTPSConnection http.server "
            "httplib.HTTPConnection httplib.HTTPSConnection httplib.HTTP urllib2 xmlrpc ftplib "
            "ftplib.FTP_TLS smtplib smtplib.SMTP_SSL poplib poplib.POP3_SSL imaplib imaplib.IMAP4_SSL "
            "telnetlib nntplib nntplib.NNTP_SSL smtpd",
            "speaks a network protocol",
            "urllib.request.getproxies urllib.request.getproxies_environment urllib.request.proxy_bypass "
            "urllib.request.proxy_bypass_environment urllib.request.pathname2url "
            "urllib.request.url2pathname urllib.request.parse_http_list urllib.request.parse_keqv_list "
            "urllib2.parse_http_list urllib2.quote urllib2.unquote http.server.HTTPStatus "
            "xmlrpc.client.Binary xmlrpc.client.DateTime",
        ),
        Entry(
            "requests httpx aiohttp urllib3 httplib2 pycurl treq niquests aiohttp.web.run_app "
            "aiohttp.web.AppRunner aiohttp.web.ServerRunner aiohttp.web.TCPSite aiohttp.web.UnixSite "
            "urllib3.util.connection",
            "sends requests to other hosts",
            "requests.structures requests.status_codes requests.codes requests.compat requests.utils "
            "requests.certs httpx.URL httpx.Headers httpx.QueryParams httpx.Cookies httpx.codes "
            "httpx.Limits httpx.Timeout aiohttp.web aiohttp.hdrs aiohttp.typedefs aiohttp.helpers "
            "aiohttp.ClientTimeout aiohttp.FormData aiohttp.WSMsgType aiohttp.BasicAuth urllib3.util "
            "urllib3.fields urllib3.filepost urllib3.disable_warnings urllib3.Retry urllib3.Timeout",
        ),
        Entry(
            "websocket websockets grpc zmq paramiko asyncssh dns",
            "speaks to other hosts",
            "grpc.StatusCode websockets.typing websockets.ConnectionClosed websockets.ConnectionClosedOK",
        ),
        Entry(
            "asyncio.open_connection asyncio.start_server asyncio.open_unix_connection "
            "asyncio.start_unix_server",
            "opens connections of any kind",
        ),
        Entry(
            "boto3 botocore aioboto3 aiobotocore google.cloud azure.storage", "speaks to a cloud's services"
        ),
        Entry(
            "twisted.internet.endpoints twisted.internet.ssl twisted.web.client twisted.web.server "
            "twisted.conch twisted.mail twisted.names tornado.httpclient tornado.httpserver "
            "tornado.tcpclient tornado.tcpserver tornado.iostream tornado.websocket wsgiref.simple_server "
            "uvicorn.run hypercorn.run waitress.serve gevent.socket gevent.pywsgi gevent.server",
            "opens connections of any kind",
        ),
        Entry(
            "imap_tools imapclient aiosmtplib aiosmtpd exchangelib ldap ldap3 pysnmp pysftp aioftp "
            "smbclient smbprotocol scapy socketio engineio paho aiomqtt pika aio_pika kafka aiokafka "
            "confluent_kafka nats stomp",
            "speaks a network protocol",
        ),
        Entry(
            "selenium playwright pyppeteer mechanize scrapy zeep suds googleapiclient openai anthropic "
            "github gitlab jira slack_sdk telegram discord twilio sendgrid stripe tweepy praw yt_dlp "
            "feedparser",
            "sends requests to other hosts",
        ),
    ),
    "cryptography": (
        Entry(
            "cryptography Crypto Cryptodome nacl OpenSSL rsa",
            "home-made protocols fail quietly",
            "cryptography.fernet.InvalidToken cryptography.x509.ExtensionNotFound cryptography.utils",
        ),
        Entry("hmac secrets hashlib crypt", "hashes, signs or draws secrets"),
        Entry(
            "jwt jose authlib jwcrypto itsdangerous",
            "decides who is believed",
            "itsdangerous.BadData itsdangerous.BadSignature itsdangerous.BadTimeSignature "
            "itsdangerous.SignatureExpired itsdangerous.BadPayload itsdangerous.BadHeader",
        ),
        Entry("bcrypt argon2 passlib", "keeps passwords"),
        Entry(
            "os.urandom random.SystemRandom",
            "hashes, signs or draws secrets",
        ),
        Entry(
            "gnupg pgpy M2Crypto ecdsa ed25519 pysodium tink",
            "home-made protocols fail quietly",
        ),
        Entry(
            "django.core.signing flask_jwt_extended rest_framework_simplejwt josepy pyseto pyotp webauthn "
            "fido2",
            "decides who is believed",
            "django.core.signing.BadSignature django.core.signing.SignatureExpired",
        ),
        Entry(
            "django.contrib.auth.hashers werkzeug.security flask_bcrypt",
            "keeps passwords",
            "werkzeug.security.safe_join",
        ),
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
        Entry(
            "apsw aiomysql asyncmy clickhouse_driver clickhouse_connect snowflake.connector trino prestodb "
            "pyhive impala ibm_db hdbcli teradatasql firebirdsql fdb pandas.read_sql pandas.read_sql_query "
            "pandas.read_sql_table",
            "speaks to a database past any model",
        ),
        Entry(
            "piccolo edgedb gel alembic.op",
            "reads and writes the database",
        ),
        Entry(
            "google.cloud.bigquery google.cloud.firestore google.cloud.datastore google.cloud.spanner "
            "influxdb influxdb_client couchdb couchbase rethinkdb arango tinydb lmdb plyvel opensearchpy "
            "qdrant_client chromadb pinecone weaviate pymilvus coredis pymemcache memcache pylibmc "
            "bmemcached aiomcache",
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
        Entry(
            "os.listdir os.scandir os.walk os.fwalk glob",
            "looks through directories",
            "glob.escape glob.has_magic glob.translate",
        ),
        Entry(
            "shutil tempfile fileinput pathlib.Path fcntl mmap aiofiles",
            "reads, writes or moves files",
            "shutil.which shutil.get_terminal_size shutil.copyfileobj tempfile.gettempdir "
            "tempfile.gettempprefix",
        ),
        Entry(
            "zipfile tarfile",
            "archives may write outside the place meant for them",
            "zipfile.BadZipFile zipfile.BadZipfile zipfile.LargeZipFile zipfile.is_zipfile "
            "tarfile.is_tarfile",
        ),
        Entry("gzip.open bz2.open lzma.open fsspec smart_open send2trash", "reads, writes or moves files"),
    ),
}


# What gives no power where one of these is named within a call of it, or on the few lines after it begins.
SAFE_WITH = dict.fromkeys(
    ("yaml.load", "yaml.load_all"),
    frozenset({"yaml.SafeLoader", "yaml.CSafeLoader", "yaml.BaseLoader", "yaml.CBaseLoader"}),
)
CALL_LINES = 5


def names_of(capability: str) -> tuple[str, ...]:
    """Return the names that give *capability*."""
    return tuple(name for entry in CAPABILITIES[capability] for name in entry.names.split())


def harmless_of(capability: str) -> tuple[str, ...]:
    """Return the names that do not give *capability*, though they lie below one that does."""
    return tuple(name for entry in CAPABILITIES[capability] for name in entry.harmless.split())


_EXCEPTION = re.compile(r"(?:\A|\.)(?:exceptions?|errors?|exc|\w*(?:Error|Exception|Warning))(?:\.|\Z)")
_CONSTANT = re.compile(r"(?:\A|\.)_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\Z")


def gives_nothing(rest: str) -> bool:
    """Tell whether *rest*, what stands below a listed name, is an exception or a constant.

    Who catches ``requests.RequestException`` sends nothing, and who names ``socket.AF_INET`` opens nothing.
    A constant is known by its capitals and underscore; capitals alone may be a class (``ctypes.CDLL``), and
    the few classes that have both (``smtplib.SMTP_SSL``) are listed by themselves.
    """
    return bool(_EXCEPTION.search(rest) or _CONSTANT.search(rest))


def reason_for(name: str) -> str | None:
    """Return why the listed *name* is sensitive; None for one that is not listed."""
    for entries in CAPABILITIES.values():
        for entry in entries:
            if name in entry.names.split():
                return entry.reason
    return None
