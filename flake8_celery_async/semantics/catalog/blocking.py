"""Blocking calls: what stops an event loop while it waits, and what to use in its place.

Data only. A row says that the call waits for something outside the process: the network, a file, another process, a
thread, a lock, a person. ``instead`` is a noun phrase for messages. A method of an object is written
``Class().method``; an object that a method gives is named like that too (``psycopg2.connect().cursor``).

Left out on purpose:

- ``Future.result()`` of asyncio's own futures and tasks: it raises when the result is missing, it never waits.
  ``run_coroutine_threadsafe(…).result()`` is CAX10, ``get`` and ``wait`` of a Celery result CAX18, bridges CAX09.
- the Django ORM: it raises ``SynchronousOnlyOperation`` by itself (LAB 17a).
- ``Session().query``: it only builds the query. What sends it (``all``, ``first``, …) is found by the rule.
- ``sqlite3.connect``: it opens lazily. The statements are in (a file, and up to 5 s of waiting for a lock).
- ``queue.Queue().put`` (an unbounded queue never waits), ``threading.Lock`` (held for moments as a rule),
  ``subprocess.Popen`` itself (starts and returns), ``os.stat``, ``Path.exists`` and the like (microseconds).
- clients that serve sync and async code in one object (``google.genai.Client``, ``mistralai.Mistral``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

ANY: Final = "*"
"""In ``BlockingObject.methods``: every method, but those in ``local``."""


class Blocking(NamedTuple):
    """A function, or a class whose construction waits."""

    name: str
    instead: str
    source: str


class BlockingObject(NamedTuple):
    """An object with methods that wait."""

    constructor: str
    methods: frozenset[str]
    """Names of the methods that wait; :data:`ANY` for all of them."""
    instead: str
    source: str
    local: frozenset[str] = frozenset()
    """Methods that do not wait, where ``methods`` is :data:`ANY`."""
    factory: bool = False
    """True: the methods are also those of what a call of the object gives (``sessionmaker``)."""
    deep: bool = False
    """True: the methods count behind attributes too (``client.database.collection.find_one``)."""


_TO_THREAD: Final = "asyncio.to_thread()"
_HTTPX: Final = "httpx.AsyncClient"
_ASYNCIO_DOCS: Final = "Python docs, Developing with asyncio: Running blocking code"
_HTTP_VERBS: Final = ("delete", "get", "head", "options", "patch", "post", "put", "request")

CALLS: Final[tuple[Blocking, ...]] = (
    Blocking("time.sleep", "asyncio.sleep()", "LAB 11i"),
    # HTTP.
    *(
        Blocking(f"{module}.{verb}", _HTTPX, "LAB 11i")
        for module in ("requests", "requests.api")
        for verb in _HTTP_VERBS
    ),
    *(Blocking(f"httpx.{verb}", _HTTPX, "LAB 11i") for verb in (*_HTTP_VERBS, "stream")),
    Blocking("urllib.request.urlopen", _HTTPX, "Python docs, urllib.request"),
    Blocking("urllib.request.urlretrieve", _HTTPX, "Python docs, urllib.request"),
    Blocking("urllib3.request", _HTTPX, "urllib3 docs, urllib3.request"),
    # Processes.
    *(
        Blocking(f"subprocess.{name}", "asyncio.create_subprocess_exec()", "Python docs, subprocess")
        for name in ("call", "check_call", "check_output", "run")
    ),
    *(
        Blocking(f"subprocess.{name}", "asyncio.create_subprocess_shell()", "Python docs, subprocess")
        for name in ("getoutput", "getstatusoutput")
    ),
    Blocking("os.popen", "asyncio.create_subprocess_shell()", "Python docs, os"),
    Blocking("os.system", "asyncio.create_subprocess_shell()", "Python docs, os"),
    *(
        Blocking(f"os.{name}", "asyncio.create_subprocess_exec()", "Python docs, os")
        for name in ("spawnl", "spawnle", "spawnlp", "spawnlpe", "spawnv", "spawnve", "spawnvp", "spawnvpe")
    ),
    Blocking("os.wait", "asyncio.create_subprocess_exec()", "Python docs, os"),
    # Sockets and name look-ups.
    Blocking("socket.create_connection", "asyncio.open_connection()", "Python docs, socket"),
    *(
        Blocking(f"socket.{name}", "loop.getaddrinfo()", "Python docs, socket")
        for name in ("getaddrinfo", "getfqdn", "gethostbyaddr", "gethostbyname", "gethostbyname_ex")
    ),
    Blocking("socket.getnameinfo", "loop.getnameinfo()", "Python docs, socket"),
    Blocking("select.select", "the event loop's add_reader()", "Python docs, select"),
    # Constructors that connect; without a host they do not, which is for the rule to see.
    *(
        Blocking(name, "aiosmtplib", "Python docs, smtplib")
        for name in ("smtplib.LMTP", "smtplib.SMTP", "smtplib.SMTP_SSL")
    ),
    *(Blocking(name, "aioftp", "Python docs, ftplib") for name in ("ftplib.FTP", "ftplib.FTP_TLS")),
    *(
        Blocking(name, _TO_THREAD, "Python docs, imaplib, poplib")
        for name in ("imaplib.IMAP4", "imaplib.IMAP4_SSL", "poplib.POP3", "poplib.POP3_SSL")
    ),
    Blocking("telnetlib.Telnet", "asyncio.open_connection()", "Python 3.12 docs, telnetlib"),
    # Databases.
    Blocking("psycopg.connect", "psycopg.AsyncConnection", "psycopg docs, Concurrent operations"),
    Blocking("psycopg.Connection.connect", "psycopg.AsyncConnection", "psycopg docs, Concurrent operations"),
    Blocking("psycopg2.connect", "psycopg.AsyncConnection or asyncpg", "psycopg2 docs, The psycopg2 module content"),
    *(
        Blocking(name, "aiomysql or asyncmy", "PyMySQL docs; mysqlclient docs; Connector/Python docs")
        for name in (
            "MySQLdb.Connect",
            "MySQLdb.Connection",
            "MySQLdb.connect",
            "mysql.connector.connect",
            "pymysql.Connect",
            "pymysql.Connection",
            "pymysql.connect",
            "pymysql.connections.Connection",
        )
    ),
    Blocking("oracledb.connect", "oracledb.connect_async()", "python-oracledb docs, Concurrent Programming"),
    *(
        Blocking(name, _TO_THREAD, "the driver's docs, connect()")
        for name in ("cx_Oracle.connect", "pymssql.connect", "pyodbc.connect", "snowflake.connector.connect")
    ),
    Blocking("clickhouse_connect.get_client", "clickhouse_connect.get_async_client()", "clickhouse-connect docs"),
    *(
        Blocking(f"pandas.{name}", _TO_THREAD, "pandas docs, IO tools")
        for name in ("read_sql", "read_sql_query", "read_sql_table")
    ),
    *(
        Blocking(
            f"elasticsearch.helpers.{name}", f"elasticsearch.helpers.async_{name}()", "elasticsearch-py docs, Helpers"
        )
        for name in ("bulk", "reindex", "scan", "streaming_bulk")
    ),
    # Mail and models.
    *(
        Blocking(f"django.core.mail.{name}", _TO_THREAD, "Django docs, Sending email")
        for name in ("mail_admins", "mail_managers", "send_mail", "send_mass_mail")
    ),
    *(
        Blocking(f"litellm.{name}", f"litellm.a{name}()", "LiteLLM docs, Async")
        for name in ("completion", "embedding", "image_generation", "speech", "text_completion", "transcription")
    ),
    *(
        Blocking(f"ollama.{name}", "ollama.AsyncClient", "ollama README, Async Client")
        for name in ("chat", "embed", "embeddings", "generate", "pull")
    ),
    # Other threads, and people.
    Blocking("concurrent.futures.as_completed", "asyncio.as_completed()", _ASYNCIO_DOCS),
    Blocking("concurrent.futures.wait", "asyncio.wait()", _ASYNCIO_DOCS),
    Blocking("builtins.input", _TO_THREAD, "Python docs, input"),
    Blocking("getpass.getpass", _TO_THREAD, "Python docs, getpass"),
)

FILE_CALLS: Final[tuple[Blocking, ...]] = (
    # RULES names file I/O. A local file is quick as a rule; ruff's ASYNC230 reports ``open`` too.
    Blocking("builtins.open", "aiofiles.open() or anyio.open_file()", "ruff docs, ASYNC230"),
    Blocking("io.open", "aiofiles.open() or anyio.open_file()", "ruff docs, ASYNC230"),
    *(
        Blocking(f"shutil.{name}", _TO_THREAD, "Python docs, shutil")
        for name in (
            "copy",
            "copy2",
            "copyfile",
            "copyfileobj",
            "copytree",
            "make_archive",
            "move",
            "rmtree",
            "unpack_archive",
        )
    ),
)

FILE_NAMES: Final[frozenset[str]] = frozenset(row.name for row in FILE_CALLS)
"""The calls that wait for a file and for nothing else."""

BY_NAME: Final[Mapping[str, Blocking]] = {row.name: row for row in (*CALLS, *FILE_CALLS)}

# ``query`` is lazy, but what is done to it next is not.
_SESSION: Final = frozenset(
    {
        "bulk_insert_mappings",
        "bulk_save_objects",
        "bulk_update_mappings",
        "commit",
        "connection",
        "execute",
        "flush",
        "get",
        "get_one",
        "merge",
        "refresh",
        "rollback",
        "scalar",
        "scalars",
    }
)
_CURSOR: Final = frozenset(
    {"callproc", "copy_expert", "copy_from", "copy_to", "execute", "executemany", "fetchall", "fetchmany", "fetchone"}
)
_MONGO: Final = frozenset(
    {
        "aggregate",
        "bulk_write",
        "command",
        "count_documents",
        "create_index",
        "delete_many",
        "delete_one",
        "distinct",
        "drop",
        "estimated_document_count",
        "find_one",
        "find_one_and_delete",
        "find_one_and_replace",
        "find_one_and_update",
        "insert_many",
        "insert_one",
        "list_collection_names",
        "list_database_names",
        "replace_one",
        "server_info",
        "update_many",
        "update_one",
    }
)
_REDIS_LOCAL: Final = frozenset(
    {
        "close",
        "from_pool",
        "from_url",
        "get_connection_kwargs",
        "get_encoder",
        "lock",
        "monitor",
        "pipeline",
        "pubsub",
        "register_script",
        # The namespaces of the modules: ``client.json().get()``.
        "bf",
        "cf",
        "cms",
        "ft",
        "json",
        "tdigest",
        "topk",
        "ts",
        "set_response_callback",
    }
)
_SEARCH_LOCAL: Final = frozenset({"close", "options"})
_BOTO_LOCAL: Final = frozenset(
    {"can_paginate", "close", "generate_presigned_post", "generate_presigned_url", "get_paginator", "get_waiter"}
)
_MODEL: Final = frozenset({"create", "edit", "generate", "parse"})
_VERBS: Final = frozenset({*_HTTP_VERBS, "send"})

OBJECTS: Final[tuple[BlockingObject, ...]] = (
    # HTTP.
    *(
        BlockingObject(name, _VERBS, _HTTPX, "LAB 11i")
        for name in (
            "requests.Session",
            "requests.session",
            "requests.sessions.Session",
            "requests.sessions.session",
            "requests_oauthlib.OAuth1Session",
            "requests_oauthlib.OAuth2Session",
        )
    ),
    BlockingObject("httpx.Client", _VERBS | {"stream"}, _HTTPX, "LAB 11i"),
    *(
        BlockingObject(
            name, frozenset({"request", "request_encode_body", "request_encode_url", "urlopen"}), _HTTPX, source
        )
        for name, source in (
            ("urllib3.HTTPConnectionPool", "urllib3 docs, Connection Pools"),
            ("urllib3.HTTPSConnectionPool", "urllib3 docs, Connection Pools"),
            ("urllib3.PoolManager", "urllib3 docs, Pool Manager"),
            ("urllib3.ProxyManager", "urllib3 docs, Pool Manager"),
            ("urllib3.poolmanager.PoolManager", "urllib3 docs, Pool Manager"),
        )
    ),
    *(
        BlockingObject(name, frozenset({"connect", "getresponse", "request"}), _HTTPX, "Python docs, http.client")
        for name in ("http.client.HTTPConnection", "http.client.HTTPSConnection")
    ),
    BlockingObject("urllib.request.build_opener", frozenset({"open"}), _HTTPX, "Python docs, urllib.request"),
    # SQLAlchemy.
    *(
        BlockingObject(
            name,
            frozenset({"begin", "connect", "execute", "raw_connection", "scalar", "scalars"}),
            "sqlalchemy.ext.asyncio.create_async_engine()",
            "LAB 11i",
        )
        for name in (
            "sqlalchemy.create_engine",
            "sqlalchemy.engine.create.create_engine",
            "sqlalchemy.engine.create_engine",
            "sqlalchemy.engine.engine_from_config",
            "sqlalchemy.engine_from_config",
            "sqlmodel.create_engine",
        )
    ),
    *(
        BlockingObject(
            f"{maker}().{method}",
            frozenset({"commit", "execute", "rollback", "scalar", "scalars"}),
            "sqlalchemy.ext.asyncio.create_async_engine()",
            "LAB 11i",
        )
        for maker in ("sqlalchemy.create_engine", "sqlalchemy.engine_from_config", "sqlmodel.create_engine")
        for method in ("begin", "connect")
    ),
    *(
        BlockingObject(name, _SESSION, "sqlalchemy.ext.asyncio.AsyncSession", "LAB 11i")
        for name in ("sqlalchemy.orm.Session", "sqlalchemy.orm.session.Session")
    ),
    *(
        BlockingObject(name, _SESSION, "sqlalchemy.ext.asyncio.async_scoped_session", "LAB 11i", factory=True)
        for name in ("sqlalchemy.orm.scoped_session", "sqlalchemy.orm.scoping.scoped_session")
    ),
    *(
        BlockingObject(name, _SESSION | {"exec"}, "sqlmodel.ext.asyncio.session.AsyncSession", "SQLModel docs, Session")
        for name in ("sqlmodel.Session", "sqlmodel.orm.session.Session")
    ),
    *(
        BlockingObject(name, _SESSION, "sqlalchemy.ext.asyncio.async_sessionmaker", "LAB 11i", factory=True)
        for name in ("sqlalchemy.orm.session.sessionmaker", "sqlalchemy.orm.sessionmaker")
    ),
    # DB-API.
    *(
        BlockingObject(
            name, frozenset({"commit", "execute", "rollback", "wait"}), "psycopg.AsyncConnection", "psycopg docs"
        )
        for name in ("psycopg.Connection.connect", "psycopg.connect")
    ),
    *(
        BlockingObject(name, _CURSOR, "psycopg.AsyncConnection", "psycopg docs, Cursor classes")
        for name in ("psycopg.Connection.connect().cursor", "psycopg.connect().cursor")
    ),
    *(
        BlockingObject(
            name,
            frozenset({"check", "connection", "getconn", "wait"}),
            "psycopg_pool.AsyncConnectionPool",
            "psycopg_pool docs",
        )
        for name in (
            "psycopg_pool.ConnectionPool",
            "psycopg_pool.NullConnectionPool",
            "psycopg_pool.pool.ConnectionPool",
        )
    ),
    BlockingObject(
        "psycopg2.connect", frozenset({"commit", "rollback"}), "psycopg.AsyncConnection or asyncpg", "psycopg2 docs"
    ),
    BlockingObject("psycopg2.connect().cursor", _CURSOR, "psycopg.AsyncConnection or asyncpg", "psycopg2 docs"),
    *(
        BlockingObject(
            name, frozenset({"getconn"}), "psycopg.AsyncConnection or asyncpg", "psycopg2 docs, psycopg2.pool"
        )
        for name in ("psycopg2.pool.SimpleConnectionPool", "psycopg2.pool.ThreadedConnectionPool")
    ),
    *(
        BlockingObject(
            name, frozenset({"begin", "commit", "ping", "query", "rollback"}), "aiomysql or asyncmy", "PEP 249"
        )
        for name in ("MySQLdb.connect", "mysql.connector.connect", "pymysql.connect")
    ),
    *(
        BlockingObject(name, _CURSOR, "aiomysql or asyncmy", "PEP 249")
        for name in ("MySQLdb.connect().cursor", "mysql.connector.connect().cursor", "pymysql.connect().cursor")
    ),
    *(
        BlockingObject(name, frozenset({"commit", "execute", "rollback"}), _TO_THREAD, "PEP 249")
        for name in ("oracledb.connect", "pymssql.connect", "pyodbc.connect", "snowflake.connector.connect")
    ),
    *(
        BlockingObject(name, _CURSOR, _TO_THREAD, "PEP 249")
        for name in (
            "oracledb.connect().cursor",
            "pymssql.connect().cursor",
            "pyodbc.connect().cursor",
            "snowflake.connector.connect().cursor",
        )
    ),
    BlockingObject(
        "sqlite3.connect",
        frozenset({"backup", "commit", "execute", "executemany", "executescript", "rollback"}),
        "aiosqlite",
        "Python docs, sqlite3",
    ),
    BlockingObject("sqlite3.connect().cursor", _CURSOR | {"executescript"}, "aiosqlite", "Python docs, sqlite3"),
    # Stores.
    *(
        BlockingObject(name, frozenset({ANY}), "redis.asyncio.Redis", "redis-py docs, Asyncio examples", _REDIS_LOCAL)
        for name in (
            "redis.Redis",
            "redis.Redis.from_url",
            "redis.RedisCluster",
            "redis.RedisCluster.from_url",
            "redis.StrictRedis",
            "redis.StrictRedis.from_url",
            "redis.client.Redis",
            "redis.client.Redis.from_url",
            "redis.client.StrictRedis",
            "redis.cluster.RedisCluster",
            "redis.from_url",
            "redis.utils.from_url",
        )
    ),
    *(
        BlockingObject(name, frozenset({"execute"}), "redis.asyncio.Redis", "redis-py docs, Pipelines")
        for name in (
            "redis.Redis().pipeline",
            "redis.Redis.from_url().pipeline",
            "redis.StrictRedis().pipeline",
            "redis.from_url().pipeline",
        )
    ),
    *(
        BlockingObject(
            name, frozenset({ANY}), "valkey.asyncio.Valkey", "valkey-py docs, Asyncio examples", _REDIS_LOCAL
        )
        for name in (
            "valkey.StrictValkey",
            "valkey.Valkey",
            "valkey.Valkey.from_url",
            "valkey.client.Valkey",
            "valkey.from_url",
        )
    ),
    # ``find`` gives a lazy cursor, whose iteration blocks.
    *(
        BlockingObject(name, _MONGO, "pymongo.AsyncMongoClient", "PyMongo docs, AsyncMongoClient", deep=True)
        for name in (
            "pymongo.MongoClient",
            "pymongo.mongo_client.MongoClient",
            "pymongo.synchronous.mongo_client.MongoClient",
        )
    ),
    BlockingObject(
        "elasticsearch.Elasticsearch",
        frozenset({ANY}),
        "elasticsearch.AsyncElasticsearch",
        "elasticsearch-py docs, Async",
        _SEARCH_LOCAL,
        deep=True,
    ),
    BlockingObject(
        "opensearchpy.OpenSearch",
        frozenset({ANY}),
        "opensearchpy.AsyncOpenSearch",
        "opensearch-py docs, Async",
        _SEARCH_LOCAL,
        deep=True,
    ),
    *(
        BlockingObject(name, frozenset({ANY}), "aioboto3", "boto3 docs, Clients", _BOTO_LOCAL)
        for name in ("boto3.Session().client", "boto3.client", "boto3.session.Session().client")
    ),
    *(
        BlockingObject(
            name,
            frozenset(
                {"delete_object", "download_file", "download_fileobj", "put_object", "upload_file", "upload_fileobj"}
            ),
            "aioboto3",
            "boto3 docs, Resources",
            deep=True,
        )
        for name in ("boto3.Session().resource", "boto3.resource", "boto3.session.Session().resource")
    ),
    # AI SDKs: ``client.chat.completions.create`` and its like.
    *(
        BlockingObject(name, _MODEL, f"openai.Async{name.rpartition('.')[2]}", "openai README, Async usage", deep=True)
        for name in ("openai.OpenAI", "openai.AzureOpenAI")
    ),
    BlockingObject(
        "anthropic.Anthropic", _MODEL, "anthropic.AsyncAnthropic", "anthropic README, Async usage", deep=True
    ),
    BlockingObject("groq.Groq", _MODEL, "groq.AsyncGroq", "groq README, Async usage", deep=True),
    BlockingObject("together.Together", _MODEL, "together.AsyncTogether", "together README, Async usage", deep=True),
    BlockingObject(
        "ollama.Client",
        frozenset({"chat", "embed", "embeddings", "generate", "pull"}),
        "ollama.AsyncClient",
        "ollama README, Async Client",
    ),
    # Threads, queues, processes.
    *(
        BlockingObject(name, frozenset({"join"}), "asyncio.to_thread()", _ASYNCIO_DOCS)
        for name in ("threading.Thread", "threading.Timer")
    ),
    *(
        BlockingObject(name, frozenset({"wait"}), f"asyncio.{name.rpartition('.')[2]}", _ASYNCIO_DOCS)
        for name in ("threading.Barrier", "threading.Event")
    ),
    BlockingObject("threading.Condition", frozenset({"wait", "wait_for"}), "asyncio.Condition", _ASYNCIO_DOCS),
    *(
        BlockingObject(name, frozenset({"exception", "result"}), "asyncio.wrap_future()", _ASYNCIO_DOCS)
        for name in (
            "concurrent.futures.Future",
            "concurrent.futures.ProcessPoolExecutor().submit",
            "concurrent.futures.ThreadPoolExecutor().submit",
            "concurrent.futures.process.ProcessPoolExecutor().submit",
            "concurrent.futures.thread.ThreadPoolExecutor().submit",
        )
    ),
    *(
        BlockingObject(name, frozenset({"shutdown"}), "loop.run_in_executor()", _ASYNCIO_DOCS)
        for name in ("concurrent.futures.ProcessPoolExecutor", "concurrent.futures.ThreadPoolExecutor")
    ),
    # Not with ``block=False`` or ``timeout=0``.
    *(
        BlockingObject(name, frozenset({"get", "join"}), "asyncio.Queue", "Python docs, queue")
        for name in ("queue.LifoQueue", "queue.PriorityQueue", "queue.Queue")
    ),
    BlockingObject("queue.SimpleQueue", frozenset({"get"}), "asyncio.Queue", "Python docs, queue"),
    *(
        BlockingObject(name, frozenset({"get", "join"}), _TO_THREAD, "Python docs, multiprocessing")
        for name in ("multiprocessing.JoinableQueue", "multiprocessing.Queue", "multiprocessing.SimpleQueue")
    ),
    BlockingObject("multiprocessing.Process", frozenset({"join"}), _TO_THREAD, "Python docs, multiprocessing"),
    *(
        BlockingObject(
            name, frozenset({"apply", "join", "map", "starmap"}), "loop.run_in_executor()", "Python docs, Pool"
        )
        for name in ("multiprocessing.Pool", "multiprocessing.pool.Pool", "multiprocessing.pool.ThreadPool")
    ),
    BlockingObject(
        "subprocess.Popen",
        frozenset({"communicate", "wait"}),
        "asyncio.create_subprocess_exec()",
        "Python docs, subprocess",
    ),
    # Sockets, unless ``setblocking(False)`` or ``settimeout(0)`` was called on them.
    BlockingObject(
        "socket.socket",
        frozenset({"accept", "connect", "recv", "recv_into", "recvfrom", "sendall", "sendfile"}),
        "asyncio.open_connection()",
        "Python docs, socket",
    ),
    *(
        BlockingObject(name, frozenset({"connect", "exec_command", "open_sftp"}), "asyncssh", "Paramiko docs, Client")
        for name in ("paramiko.SSHClient", "paramiko.client.SSHClient")
    ),
    *(
        BlockingObject(
            name, frozenset({"connect", "login", "send_message", "sendmail"}), "aiosmtplib", "Python docs, smtplib"
        )
        for name in ("smtplib.SMTP", "smtplib.SMTP_SSL")
    ),
    *(
        BlockingObject(name, frozenset({"send"}), _TO_THREAD, "Django docs, Sending email")
        for name in (
            "django.core.mail.EmailMessage",
            "django.core.mail.EmailMultiAlternatives",
            "django.core.mail.message.EmailMessage",
            "django.core.mail.message.EmailMultiAlternatives",
        )
    ),
)

FILE_OBJECTS: Final[tuple[BlockingObject, ...]] = tuple(
    BlockingObject(
        name,
        frozenset({"open", "read_bytes", "read_text", "write_bytes", "write_text"}),
        "anyio.Path",
        "ruff docs, ASYNC230",
    )
    for name in ("pathlib.Path", "pathlib.PosixPath")
)

BY_CONSTRUCTOR: Final[Mapping[str, BlockingObject]] = {row.constructor: row for row in (*OBJECTS, *FILE_OBJECTS)}
