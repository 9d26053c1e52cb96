"""Which names a distribution installs, where they are not its own name: data, and the way back.

A distribution whose name, with ``-`` as ``_``, is what is imported has no entry. Names with dots are parts of
packages that several distributions share; what is listed for a part wins over what is listed for the whole.
``benchmarks/import_names.py`` compares the list with what installed distributions say of themselves.
``VERSION`` rises with every change, for the list decides what is found.
"""

from __future__ import annotations

import re
from functools import cache

VERSION = 3

_NAMES = """
absl-py: absl; alibabacloud-tea-openapi: Tea; ansible-core: ansible; antlr4-python3-runtime: antlr4;
apache-airflow: airflow; apache-airflow-core: airflow; apache-airflow-task-sdk: airflow.sdk; apache-flink:
pyflink; apache-libcloud: libcloud; apache-superset: superset; appium-python-client: appium; argon2-cffi:
argon2; atlassian-python-api: atlassian; attrs: attr attrs; auth0-python: auth0; aws-cdk-lib: aws_cdk;
aws-sam-translator: samtranslator; beautifulsoup4: bs4; beets: beets beetsplug; biopython: Bio BioSQL;
cassandra-driver: cassandra; cattrs: cattr cattrs; cfn-lint: cfnlint; cheetah3: Cheetah;
cloud-sql-python-connector: google.cloud.sql.connector; couchbase: couchbase acouchbase txcouchbase; cython:
Cython pyximport; databricks-sql-connector: databricks.sql; dateparser: dateparser dateparser_data;
delta-spark: delta; discord-py: discord; django-activity-stream: actstream; django-admin-sortable2:
adminsortable2; django-allauth: allauth; django-appconf: appconf; django-auditlog: auditlog;
django-autocomplete-light: dal dal_select2; django-axes: axes; django-bootstrap3: bootstrap3;
django-bootstrap4: bootstrap4; django-braces: braces; django-cachalot: cachalot; django-cacheops: cacheops;
django-choices: djchoices; django-ckeditor: ckeditor ckeditor_uploader; django-classy-tags: classytags;
django-cms: cms menus; django-colorfield: colorfield; django-compression-middleware: compression_middleware;
django-compressor: compressor; django-configurations: configurations; django-constance: constance;
django-contrib-comments: django_comments; django-cors-headers: corsheaders; django-crispy-forms:
crispy_forms; django-csp: csp; django-debug-toolbar: debug_toolbar; django-defender: defender;
django-dirtyfields: dirtyfields; django-el-pagination: el_pagination; django-environ: environ; django-filer:
filer; django-filter: django_filters; django-formtools: formtools; django-guardian: guardian;
django-haystack: haystack; django-health-check: health_check; django-hijack: hijack; django-imagekit:
imagekit; django-import-export: import_export; django-ipware: ipware; django-js-asset: js_asset;
django-jsonfield: jsonfield; django-loginas: loginas; django-maintenance-mode: maintenance_mode;
django-maintenancemode: maintenancemode; django-markdownx: markdownx; django-markupfield: markupfield;
django-model-utils: model_utils; django-modelcluster: modelcluster; django-money: djmoney; django-mptt:
mptt; django-multiselectfield: multiselectfield; django-ninja: ninja; django-notifications-hq:
notifications; django-oauth-toolkit: oauth2_provider; django-oidc-provider: oidc_provider;
django-ordered-model: ordered_model; django-parler: parler; django-permissionedforms: permissionedforms;
django-pgactivity: pgactivity; django-pghistory: pghistory; django-pgtrigger: pgtrigger;
django-phonenumber-field: phonenumber_field; django-picklefield: picklefield; django-pipeline: pipeline;
django-polymorphic: polymorphic; django-post-office: post_office; django-postgres-extra: psqlextra;
django-q2: django_q; django-qr-code: qr_code; django-ratelimit: django_ratelimit ratelimit;
django-recaptcha: captcha django_recaptcha; django-redis-cache: redis_cache; django-registration:
django_registration registration; django-registration-redux: registration; django-reversion: reversion;
django-rosetta: rosetta; django-sekizai: sekizai; django-silk: silk; django-simple-captcha: captcha;
django-simple-history: simple_history; django-soft-delete: django_softdelete; django-solo: solo;
django-split-settings: split_settings; django-sslserver: sslserver; django-storages: storages; django-stubs:
mypy_django_plugin; django-taggit: taggit; django-tastypie: tastypie; django-timezone-field: timezone_field;
django-tinymce: tinymce; django-treebeard: treebeard; django-treenode: treenode; django-two-factor-auth:
two_factor; django-user-sessions: user_sessions; django-waffle: waffle; django-webpack-loader:
webpack_loader; django-widget-tweaks: widget_tweaks; djangorestframework: rest_framework;
djangorestframework-api-key: rest_framework_api_key; djangorestframework-csv: rest_framework_csv;
djangorestframework-gis: rest_framework_gis; djangorestframework-jwt: rest_framework_jwt;
djangorestframework-simplejwt: rest_framework_simplejwt; djangorestframework-xml: rest_framework_xml;
dnspython: dns; docker-compose: compose; docker-py: docker; docopt-ng: docopt; drf-api-tracking:
rest_framework_tracking; drf-jwt: rest_framework_jwt; drf-nested-routers: rest_framework_nested;
edx-drf-extensions: edx_rest_framework_extensions; edx-opaque-keys: opaque_keys; elastic-apm: elasticapm;
empy: em; enum34: enum; factory-boy: factory; faiss-cpu: faiss; faiss-gpu: faiss; ffmpeg-python: ffmpeg;
fluent-logger: fluent; freetype-py: freetype; fusepy: fuse; future: future past libfuturize libpasteurize;
gdal: osgeo gdal ogr osr; gevent-websocket: geventwebsocket; github3-py: github3; gitpython: git;
google-api-core: google.api_core google.api; google-api-python-client: googleapiclient apiclient;
google-auth: google.auth google.oauth2; google-cloud-aiplatform: google.cloud.aiplatform vertexai;
google-cloud-core: google.cloud._helpers google.cloud._http google.cloud._testing google.cloud.client
google.cloud.environment_vars google.cloud.exceptions google.cloud.obsolete google.cloud.operation
google.cloud.version; google-cloud-secret-manager: google.cloud.secretmanager google.cloud.secretmanager_v1;
google-cloud-translate: google.cloud.translate google.cloud.translate_v2; google-re2: re2;
googleapis-common-protos: google.api google.rpc google.type google.longrunning; graphql-core: graphql;
grpc-google-iam-v1: google.iam; grpcio: grpc; grpcio-channelz: grpc_channelz; grpcio-health-checking:
grpc_health; grpcio-reflection: grpc_reflection; grpcio-status: grpc_status; grpcio-testing: grpc_testing;
grpcio-tools: grpc_tools; hydra-core: hydra; ibm-db: ibm_db ibm_db_dbi; imbalanced-learn: imblearn;
import-linter: importlinter; impyla: impala; jack-client: jack; jetson-gpio: Jetson; jpype1: jpype jpypex;
kafka-python: kafka; kafka-python-ng: kafka; lark-parser: lark; launchdarkly-server-sdk: ldclient; libsass:
sass sassc sassutils; line-bot-sdk: linebot; line-profiler: line_profiler kernprof; linkify-it-py:
linkify_it; lizard: lizard lizard_ext lizard_languages; mail-parser: mailparser; markdown-it-py:
markdown_it; matplotlib: matplotlib mpl_toolkits pylab; matrix-nio: nio; maxminddb-geolite2: geolite2;
msgpack-python: msgpack; mypy: mypy mypyc; mysql-connector-python: mysql.connector; mysql-python: MySQLdb;
mysqlclient: MySQLdb; ndg-httpsclient: ndg; nvidia-ml-py: pynvml; nvidia-ml-py3: pynvml; odfpy: odf; odoo:
odoo openerp; opencv-contrib-python: cv2; opencv-contrib-python-headless: cv2; opencv-python: cv2;
opencv-python-headless: cv2; opensearch-py: opensearchpy; opentelemetry-api: opentelemetry
opentelemetry.baggage opentelemetry.context opentelemetry.metrics opentelemetry.propagate
opentelemetry.propagators opentelemetry.trace; opentelemetry-semantic-conventions: opentelemetry.semconv;
paho-mqtt: paho; panzi-json-logic: json_logic; pastedeploy: paste.deploy; pastescript: paste.script;
path-py: path; peewee: peewee playhouse pwiz; pep8-naming: pep8ext_naming; phonenumberslite: phonenumbers;
pillow: PIL; pillow-simd: PIL; pip-tools: piptools; plaid-python: plaid; progressbar2: progressbar;
progressbar33: progressbar; proto-plus: proto; protobuf: google.protobuf; psycopg2-binary: psycopg2;
py-cpuinfo: cpuinfo; py-moneyed: moneyed; pycairo: cairo; pycrypto: Crypto; pycryptodome: Crypto;
pycryptodomex: Cryptodome; pycups: cups; pycurl: curl pycurl; pydispatcher: pydispatch; pyelftools:
elftools; pyenchant: enchant; pyerfa: erfa; pyfarmhash: farmhash; pyfunctional: functional; pygithub:
github; pygobject: gi; pyhamcrest: hamcrest; pyjks: jks; pyjwt: jwt; pykube-ng: pykube; pymdown-extensions:
pymdownx; pymongo: pymongo bson gridfs; pymupdf: fitz pymupdf; pynacl: nacl; pyobjc-core: objc PyObjCTools;
pyobjc-framework-cocoa: AppKit Cocoa CoreFoundation Foundation; pyobjc-framework-quartz: Quartz; pyopengl:
OpenGL; pyopenssl: OpenSSL; pypiwin32: win32api win32con win32gui win32file win32event win32service
win32serviceutil pywintypes; pypng: png; pyppeteer-ng: pyppeteer; pypydispatcher: pydispatch; pyqtwebengine:
PyQt5.QtWebEngineWidgets; pyreadline3: pyreadline3 readline; pysaml2: saml2; pyserial: serial; pyshp:
shapefile; pyside2: PySide2 shiboken2; pyside6: PySide6 shiboken6; pyside6-essentials: PySide6; pysmb: smb
nmb; pysocks: socks sockshandler; pystemmer: Stemmer; pytelegrambotapi: telebot; pytest: pytest _pytest;
pytest-lazy-fixture: pytest_lazyfixture; pytest-xdist: xdist; python-barcode: barcode; python-binance:
binance; python-box: box; python-bugzilla: bugzilla; python-chess: chess; python-cinderclient: cinderclient;
python-consul: consul; python-crfsuite: pycrfsuite; python-crontab: crontab cronlog crontabs; python-daemon:
daemon; python-dateutil: dateutil; python-debian: debian deb822; python-decouple: decouple;
python-digitalocean: digitalocean; python-docx: docx; python-dotenv: dotenv; python-engineio: engineio;
python-fedora: fedora; python-frontmatter: frontmatter; python-gettext: pythongettext; python-gitlab:
gitlab; python-glanceclient: glanceclient; python-gnupg: gnupg; python-hcl2: hcl2; python-hglib: hglib;
python-igraph: igraph; python-iso639: iso639; python-jenkins: jenkins; python-jose: jose;
python-json-logger: pythonjsonlogger; python-keystoneclient: keystoneclient; python-ldap: ldap ldapurl ldif
slapdtest; python-levenshtein: Levenshtein; python-lsp-jsonrpc: pylsp_jsonrpc; python-lsp-server: pylsp;
python-magic: magic; python-magic-bin: magic; python-memcached: memcache; python-mimeparse: mimeparse;
python-multipart: python_multipart multipart; python-neutronclient: neutronclient; python-nmap: nmap;
python-novaclient: novaclient; python-openid: openid; python-pam: pam; python-pptx: pptx; python-prctl:
prctl; python-rapidjson: rapidjson; python-redis-lock: redis_lock; python-sat: pysat; python-slugify:
slugify; python-snappy: snappy; python-socketio: socketio; python-sql: sql; python-stdnum: stdnum;
python-swiftclient: swiftclient; python-telegram-bot: telegram; python-twitter: twitter; python-ulid: ulid;
python-whois: whois; python-xlib: Xlib; python3-openid: openid; python3-saml: onelogin; pythonnet: clr
pythonnet; pyusb: usb; pywavelets: pywt; pywebview: webview; pywin32: _win32typing pythoncom pywintypes
win32 win32api win32clipboard win32com win32con win32cred win32crypt win32event win32evtlog win32file
win32gui win32job win32net win32pdh win32pipe win32print win32process win32profile win32security
win32service win32serviceutil win32ts win32ui win32timezone winerror servicemanager pythonwin;
pywin32-ctypes: win32ctypes; pywinpty: winpty; pywinrm: winrm; pyxdg: xdg; pyyaml: yaml _yaml;
pyyaml-env-tag: yaml_env_tag; pyyaml-ft: yaml_ft; pyzmq: zmq; readability-lxml: readability;
requirements-parser: requirements; robotframework: robot; rpds-py: rpds; rpi-gpio: RPi; ruamel-yaml:
ruamel.yaml ruamel; s3cmd: S3; scikit-bio: skbio; scikit-build: skbuild; scikit-image: skimage;
scikit-learn: sklearn; scikit-optimize: skopt; scikit-video: skvideo; setuptools: setuptools pkg_resources
_distutils_hack; slack-sdk: slack_sdk slack; slackclient: slack; smbus-cffi: smbus;
snowflake-connector-python: snowflake.connector; snowflake-snowpark-python: snowflake.snowpark;
social-auth-app-django: social_django; social-auth-core: social_core; solrpy: solr; sorl-thumbnail: sorl;
speechrecognition: speech_recognition; sqlalchemy-migrate: migrate; sseclient-py: sseclient;
strawberry-graphql: strawberry; strawberry-graphql-django: strawberry_django; streamlit-aggrid: st_aggrid;
suds-community: suds; suds-jurko: suds; suds-py3: suds; sympy: sympy isympy; tencentcloud-sdk-python:
tencentcloud; tensorflow-cpu: tensorflow; tensorflow-gpu: tensorflow; tensorflow-macos: tensorflow;
terminaltables3: terminaltables; tf-nightly: tensorflow; torch: torch functorch torchgen; tortoise-orm:
tortoise; trac: trac tracopt; typer-slim: typer; types-docker: docker; types-enum34: enum; types-pyopenssl:
OpenSSL; types-setuptools: setuptools pkg_resources; umap-learn: umap; unicode-slugify: slugify;
universal-pathlib: upath; uwsgi: uwsgi uwsgidecorators; webapp2: webapp2 webapp2_extras; websocket-client:
websocket; wxpython: wx; xgboost-cpu: xgboost; xmpppy: xmpp; z3-solver: z3; zope: OFS ZPublisher Zope2;
zope2: OFS Products ZPublisher Zope2 ZServer AccessControl; zxing-cpp: zxingcpp;
"""


def normalised(name: str) -> str:
    """Return the name of a distribution as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def by_distribution() -> dict[str, tuple[str, ...]]:
    """Return the names that listed distributions install, by normalised name."""
    found: dict[str, tuple[str, ...]] = {}
    for entry in _NAMES.split(";"):
        name, _, imported = entry.partition(":")
        if imported:
            found[name.strip()] = tuple(imported.split())
    return found


@cache
def by_import() -> dict[str, tuple[str, ...]]:
    """Return the distributions, sorted, that install each listed dotted name."""
    found: dict[str, list[str]] = {}
    for distribution, names in sorted(by_distribution().items()):
        for name in names:
            found.setdefault(name, []).append(distribution)
    return {name: tuple(listed) for name, listed in found.items()}
