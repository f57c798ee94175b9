"""`explained`: what PostgreSQL says went wrong, as a sentence that says what to do."""

import psycopg
from psycopg import errors
from psycopg_pool import PoolTimeout

from qa.exceptions import LibraryError


def explained(name: str, error: psycopg.Error) -> LibraryError:
    """Return what went wrong with a library and what to do about it. PostgreSQL's own texts hold no password."""
    reason = ConnectionError(" ".join(str(error).split())[:300])  # not said to people at other computers
    if isinstance(error, errors.QueryCanceled | errors.LockNotAvailable):
        return LibraryError("library_too_slow", folder=name)
    if isinstance(error, errors.DiskFull | errors.OutOfMemory):
        return LibraryError("library_disk_full", folder=name)
    if isinstance(error, errors.InsufficientPrivilege | errors.ReadOnlySqlTransaction):
        return LibraryError("library_read_only", folder=name)
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn):
        return LibraryError("no_library", folder=name)
    if isinstance(error, PoolTimeout):
        return LibraryError("library_busy", folder=name)
    if is_lost(error) or isinstance(error, psycopg.OperationalError):
        return LibraryError("library_unreachable", folder=name, reason=reason)
    return LibraryError("library_unusable", folder=name, reason=reason)


def is_lost(error: psycopg.Error) -> bool:
    """Tell whether an error says that the server went away, rather than that it refused."""
    gone = errors.AdminShutdown | errors.CrashShutdown | errors.CannotConnectNow | errors.IdleInTransactionSessionTimeout
    if isinstance(error, PoolTimeout):
        return False
    return isinstance(error, gone) or (isinstance(error, psycopg.OperationalError) and error.sqlstate is None)
