"""The server that keeps a PostgreSQL index: one connection, opened when needed, and its refusals.

Whoever reads sees one committed state throughout; whoever writes is alone, and writes all or
nothing. What the server refuses becomes help.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from corpus.errors import BusyError, PolicyError, UsageError

if TYPE_CHECKING:
    import psycopg

#: seconds to wait for a server that does not answer, and for another who updates the index
_CONNECTING, _PATIENCE = 10, 60
_BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


class PostgresServer:
    """The database at ``url`` and in it the schema that holds one index."""

    def __init__(self, url: str, schema: str) -> None:
        self._psycopg = _driver()
        self._schema = schema
        self._connection: psycopg.Connection[Any] | None = None
        try:
            asked = self._psycopg.conninfo.conninfo_to_dict(url)
        except self._psycopg.ProgrammingError as error:
            what = f"this is no address of a database ({_first_line(error)})"
            raise UsageError(what, remedy="Write postgresql://USER@HOST/DATABASE.") from None
        self._asked = {"connect_timeout": _CONNECTING, "application_name": "policykb", **asked}

    @property
    def where(self) -> str:
        """The server and schema as messages name them, without a password."""
        host, database = self._asked.get("host", "this machine"), self._asked.get("dbname", "")
        return f"PostgreSQL on {host}, database {database or 'of the user'}, schema {self._schema}"

    @contextmanager
    def reading(self) -> Iterator[psycopg.Cursor[Any]]:
        """A cursor that sees one state of the index."""
        with self._told(), self._begun(_BEGIN_READING) as cursor:
            yield cursor

    @contextmanager
    def changing(self) -> Iterator[psycopg.Cursor[Any]]:
        """A cursor whose changes are all kept at the end of the block, or none if it fails.

        Raises ``BusyError`` if another process changes the same index for too long.
        """
        with self._told(), self._begun("BEGIN") as cursor:
            # a number, for SET takes no parameters
            cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}s'".encode())
            key = zlib.crc32(self._schema.encode("utf-8", "replace"))
            cursor.execute(
                "SELECT pg_advisory_xact_lock(20190068, %s::bigint::bit(32)::int)", (key,)
            )
            yield cursor

    def close(self) -> None:
        """Ends the connection; the next question opens another."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    @contextmanager
    def _begun(self, begin: str) -> Iterator[psycopg.Cursor[Any]]:
        with self._begin(begin).cursor() as cursor:
            try:
                # compiling a question takes longer than answering it
                path = (
                    "SELECT set_config('search_path', quote_ident(%s), true), "
                    "set_config('jit', 'off', true)"
                )
                cursor.execute(path, (self._schema,))
                yield cursor
            except BaseException:
                with suppress(self._psycopg.Error):
                    cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")

    def _begin(self, begin: str) -> psycopg.Connection[Any]:
        standing = self._connection
        if standing is not None:
            # the server may have been started anew since the last question
            with suppress(self._psycopg.OperationalError):
                standing.execute(begin.encode())
                return standing
            self.close()
        fresh: psycopg.Connection[Any] = self._psycopg.connect(
            **self._asked, autocommit=True, prepare_threshold=None
        )
        self._connection = fresh
        self._refuse_encoding(fresh.info.parameter_status("server_encoding"))
        fresh.execute(begin.encode())
        return fresh

    def _refuse_encoding(self, encoding: str | None) -> None:
        if encoding != "UTF8":
            what = f"the database is in {encoding}, which does not hold all Chinese characters"
            remedy = "Make one with createdb --encoding UTF8 --template template0."
            raise PolicyError(what, where=self.where, remedy=remedy)

    @contextmanager
    def _told(self) -> Iterator[None]:
        errors = self._psycopg.errors
        try:
            yield
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            remedy = "Run policykb build to make it."
            raise PolicyError("there is no search index", where=self.where, remedy=remedy) from None
        except errors.InsufficientPrivilege as error:
            raise self._refused(error, _RIGHTS) from None
        except errors.LockNotAvailable:
            what = "another policykb is updating the search index"
            remedy = "Try again when it is done."
            raise BusyError(what, where=self.where, remedy=remedy) from None
        except self._psycopg.OperationalError as error:
            raise self._refused(error, _ANSWER) from None
        except self._psycopg.Error as error:
            raise self._refused(error, _LOGGED) from None

    def _refused(self, error: psycopg.Error, remedy: str) -> PolicyError:
        return PolicyError(_first_line(error), where=self.where, remedy=remedy)


_RIGHTS = (
    "Whoever builds needs CREATE on the database, or a schema of their own (CREATE SCHEMA … "
    "AUTHORIZATION …); whoever searches needs USAGE on the schema and SELECT on its tables."
)
_ANSWER = (
    "Start the server, or correct url under [search] in policykb.toml; a password belongs into "
    "PGPASSWORD or ~/.pgpass."
)
_LOGGED = "The server's log says more."


def _driver() -> Any:
    try:
        import psycopg
    except ImportError:
        remedy = "Install it: pip install 'psycopg[binary]' (the extra postgres of policykb)."
        raise UsageError("searching in PostgreSQL needs psycopg", remedy=remedy) from None
    return psycopg


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).partition("\n")[0].rstrip(".")
