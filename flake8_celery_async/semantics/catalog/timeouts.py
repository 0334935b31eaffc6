"""Time-outs: which network calls wait for ever unless they are told not to, and what switches a default off.

Data only. Defaults were read from CPython 3.11, requests 2.34.2, urllib3 2.8.0, redis-py 8.1.0, psycopg 3.3.9,
psycopg2 2.9.13, PyMySQL 1.2.4, paramiko 5.1.0, ldap3 2.9 and valkey-py 6.2.0. Positions are 0-based and leave ``self``
out. ``None`` written out is no time-out either.

Left out, because their default is a time-out:

==========================================  ===================================================================
httpx                                       5 s (LAB 16c)
aiohttp                                     300 s in all, 30 s for the connection (LAB 16c)
redis-py 8.0 and later                      5 s; before it none: :data:`NO_TIMEOUT_BEFORE_REDIS_8`
psycopg.connect                             130 s for the connection; statements have none, and no keyword for it
PyMySQL, mysql.connector                    10 s for the connection
oracledb.connect                            20 s for the connection
pymongo                                     20 s for the connection, 30 s to choose a server
boto3, botocore                             60 s
elasticsearch, opensearch                   10 s
urllib3.request                             3 s (a PoolManager has none)
openai, anthropic                           600 s
aiosmtplib                                  60 s
pika                                        10 s for the socket
docker                                      60 s
==========================================  ===================================================================

Left out, because no keyword of a call that can be named sets it: ``urllib.request.urlretrieve``,
``xmlrpc.client.ServerProxy``, gRPC stubs, the kubernetes client, python-ldap.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

SOCKET_DEFAULT: Final = "socket.getdefaulttimeout()"
"""Default of the standard library's clients: none, unless the program called :data:`SET_SOCKET_DEFAULT`."""

SET_SOCKET_DEFAULT: Final = "socket.setdefaulttimeout"
"""Function that gives a time-out to every row whose default is :data:`SOCKET_DEFAULT` (Python docs, socket)."""


class NoTimeout(NamedTuple):
    """A call that waits for ever unless a time-out is passed."""

    name: str
    keyword: str
    position: int | None
    """Index of the positional argument that is the time-out; None when it can only be a keyword."""
    default: str
    """What the library takes when it is not passed: ``None`` or :data:`SOCKET_DEFAULT`."""
    source: str


_HTTP_VERBS: Final = ("delete", "get", "head", "options", "patch", "post", "put", "request")

ROWS: Final[tuple[NoTimeout, ...]] = (
    *(
        NoTimeout(f"{module}.{verb}", "timeout", None, "None", "LAB 16c")
        for module in ("requests", "requests.api")
        for verb in _HTTP_VERBS
    ),
    NoTimeout("urllib.request.urlopen", "timeout", 2, SOCKET_DEFAULT, "Python docs, urllib.request"),
    # From Python 3.12 on the time-out of the TLS classes can only be a keyword; the position is that of 3.11.
    NoTimeout("http.client.HTTPConnection", "timeout", 2, SOCKET_DEFAULT, "Python docs, http.client"),
    NoTimeout("http.client.HTTPSConnection", "timeout", 4, SOCKET_DEFAULT, "Python docs, http.client"),
    NoTimeout("httplib2.Http", "timeout", 1, SOCKET_DEFAULT, "httplib2 docs, Http"),
    NoTimeout("socket.create_connection", "timeout", 1, SOCKET_DEFAULT, "Python docs, socket"),
    NoTimeout("websocket.create_connection", "timeout", 1, "None", "websocket-client docs, create_connection"),
    # Mail, files, terminals.
    NoTimeout("smtplib.SMTP", "timeout", 3, SOCKET_DEFAULT, "Python docs, smtplib"),
    NoTimeout("smtplib.SMTP_SSL", "timeout", 5, SOCKET_DEFAULT, "Python docs, smtplib"),
    NoTimeout("smtplib.LMTP", "timeout", 4, SOCKET_DEFAULT, "Python docs, smtplib"),
    NoTimeout("ftplib.FTP", "timeout", 4, SOCKET_DEFAULT, "Python docs, ftplib"),
    NoTimeout("ftplib.FTP_TLS", "timeout", 7, SOCKET_DEFAULT, "Python docs, ftplib"),
    NoTimeout("imaplib.IMAP4", "timeout", 2, SOCKET_DEFAULT, "Python docs, imaplib"),
    NoTimeout("imaplib.IMAP4_SSL", "timeout", 5, SOCKET_DEFAULT, "Python docs, imaplib"),
    NoTimeout("poplib.POP3", "timeout", 2, SOCKET_DEFAULT, "Python docs, poplib"),
    NoTimeout("poplib.POP3_SSL", "timeout", 4, SOCKET_DEFAULT, "Python docs, poplib"),
    NoTimeout("nntplib.NNTP", "timeout", 6, SOCKET_DEFAULT, "Python 3.12 docs, nntplib"),
    NoTimeout("telnetlib.Telnet", "timeout", 2, SOCKET_DEFAULT, "Python 3.12 docs, telnetlib"),
    # Databases and directories. The connection string may set the time-out too.
    NoTimeout("psycopg2.connect", "connect_timeout", None, "None", "libpq docs, connect_timeout"),
    *(
        NoTimeout(name, "connect_timeout", None, "None", "mysqlclient docs, Functions and attributes")
        for name in ("MySQLdb.Connect", "MySQLdb.connect")
    ),
    *(
        NoTimeout(name, "socket_timeout", None, "None", "valkey-py 6.2.0, Valkey")
        for name in (
            "valkey.StrictValkey",
            "valkey.Valkey",
            "valkey.Valkey.from_url",
            "valkey.client.Valkey",
            "valkey.from_url",
        )
    ),
    *(
        NoTimeout(name, "timeout", None, "None", "pymemcache docs, Client")
        for name in ("pymemcache.Client", "pymemcache.client.base.Client")
    ),
    NoTimeout("ldap3.Server", "connect_timeout", 7, "None", "ldap3 docs, Server"),
    NoTimeout("ldap3.Connection", "receive_timeout", 21, "None", "ldap3 docs, Connection"),
)

BY_NAME: Final[Mapping[str, NoTimeout]] = {row.name: row for row in ROWS}


class NoTimeoutMethods(NamedTuple):
    """An object whose methods wait for ever unless a time-out is passed to them."""

    constructor: str
    methods: Mapping[str, int | None]
    """The methods, each with the index of the positional argument that is the time-out, or None."""
    keyword: str
    at_construction: str
    """Keyword of the constructor that sets it for all methods; empty when there is none."""
    source: str


_REQUESTS: Final[Mapping[str, int | None]] = {
    "delete": None,
    "get": None,
    "head": None,
    "options": None,
    "patch": None,
    "post": None,
    "put": None,
    "request": 8,
    "send": None,
}
_URLLIB3: Final[Mapping[str, int | None]] = {
    "request": None,
    "request_encode_body": None,
    "request_encode_url": None,
    "urlopen": None,
}

METHOD_ROWS: Final[tuple[NoTimeoutMethods, ...]] = (
    *(
        NoTimeoutMethods(name, _REQUESTS, "timeout", "", "requests docs, Advanced Usage: Timeouts")
        for name in (
            "requests.Session",
            "requests.session",
            "requests.sessions.Session",
            "requests.sessions.session",
            "requests_oauthlib.OAuth1Session",
            "requests_oauthlib.OAuth2Session",
        )
    ),
    *(
        NoTimeoutMethods(name, _URLLIB3, "timeout", "timeout", "urllib3 docs, Using timeouts")
        for name in (
            "urllib3.HTTPConnectionPool",
            "urllib3.HTTPSConnectionPool",
            "urllib3.PoolManager",
            "urllib3.ProxyManager",
            "urllib3.poolmanager.PoolManager",
        )
    ),
    NoTimeoutMethods("urllib.request.build_opener", {"open": 2}, "timeout", "", "Python docs, OpenerDirector.open"),
    *(
        NoTimeoutMethods(name, {"connect": 6}, "timeout", "", "Paramiko docs, SSHClient.connect")
        for name in ("paramiko.SSHClient", "paramiko.client.SSHClient")
    ),
)

BY_CONSTRUCTOR: Final[Mapping[str, NoTimeoutMethods]] = {row.constructor: row for row in METHOD_ROWS}

RAW_SOCKET: Final = "socket.socket"
"""Class of sockets: they wait for ever in :data:`RAW_SOCKET_WAITS` until :data:`RAW_SOCKET_SETTERS` is called."""
RAW_SOCKET_WAITS: Final[frozenset[str]] = frozenset({"accept", "connect", "recv", "recv_into", "recvfrom", "sendall"})
RAW_SOCKET_SETTERS: Final[frozenset[str]] = frozenset({"setblocking", "settimeout"})


NO_TIMEOUT_BEFORE_REDIS_8: Final[frozenset[str]] = frozenset(
    {
        "redis.BlockingConnectionPool",
        "redis.BlockingConnectionPool.from_url",
        "redis.ConnectionPool",
        "redis.ConnectionPool.from_url",
        "redis.Redis",
        "redis.Redis.from_url",
        "redis.RedisCluster",
        "redis.RedisCluster.from_url",
        "redis.StrictRedis",
        "redis.StrictRedis.from_url",
        "redis.client.Redis",
        "redis.client.Redis.from_url",
        "redis.from_url",
        "redis.utils.from_url",
    }
)
"""Constructors whose ``socket_timeout`` was None before redis-py 8.0 (release notes; tried with 7.1.0 and 8.0.0).

A finding needs the release that the project pins; the URL may set the time-out too.
"""


class ExplicitNone(NamedTuple):
    """A call whose default time-out is switched off by passing None."""

    name: str
    keyword: str
    position: int | None
    """Index of the positional argument that is the time-out; None when it can only be a keyword."""
    unless: tuple[str, ...]
    """Keywords that set a time-out all the same."""
    source: str


_HTTPX_DOCS: Final = "httpx docs, Timeouts"

EXPLICIT_NONE: Final[tuple[ExplicitNone, ...]] = (
    *(ExplicitNone(f"httpx.{verb}", "timeout", None, (), _HTTPX_DOCS) for verb in (*_HTTP_VERBS, "stream")),
    *(ExplicitNone(f"httpx.{name}", "timeout", None, (), _HTTPX_DOCS) for name in ("AsyncClient", "Client")),
    *(
        ExplicitNone(f"httpx.{client}().{verb}", "timeout", None, (), _HTTPX_DOCS)
        for client in ("AsyncClient", "Client")
        for verb in (*_HTTP_VERBS, "stream")
    ),
    ExplicitNone("httpx.Timeout", "timeout", 0, ("connect", "pool", "read", "write"), _HTTPX_DOCS),
    # ``ClientSession(timeout=None)`` keeps the default; None at a request does not (aiohttp 3.14.5, client.py).
    *(
        ExplicitNone(f"aiohttp.ClientSession().{verb}", "timeout", None, (), "aiohttp docs, Client: Timeouts")
        for verb in _HTTP_VERBS
    ),
    ExplicitNone("aiohttp.request", "timeout", None, (), "aiohttp docs, Client: Timeouts"),
    ExplicitNone(
        "aiohttp.ClientTimeout",
        "total",
        0,
        ("connect", "sock_connect", "sock_read"),
        "aiohttp docs, Client: Timeouts",
    ),
    *(
        ExplicitNone(name, "socket_timeout", None, (), "redis-py docs, Redis")
        for name in ("redis.Redis", "redis.Redis.from_url", "redis.StrictRedis", "redis.client.Redis", "redis.from_url")
    ),
)

EXPLICIT_NONE_BY_NAME: Final[Mapping[str, ExplicitNone]] = {row.name: row for row in EXPLICIT_NONE}
