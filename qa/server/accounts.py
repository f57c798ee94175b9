"""`Accounts`: user names with their passwords, and the file that they are kept in, a line each; or the database of a library, for servers that share it.

A password is kept as its scrypt digest (RFC 7914) with a salt of its own, in the usual form `$scrypt$ln=15,r=8,p=3$SALT$DIGEST`: 32 MB and some 200 ms for
each guess, as OWASP's password storage cheat sheet advises. Lines with a readable password, as they were written before, are still read; whoever starts the
server is told, and `bronvraag account add` replaces them.

An account may be named a keeper of the library, by `:keeper` behind its digest: where there are keepers, nobody else removes documents.
"""

import base64
import hashlib
import hmac
import re
import secrets
import time
import unicodedata
from collections.abc import Collection, Mapping, MutableMapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qa.exceptions import BronvraagError
from qa.library import open_library
from qa.paths import Place, shown_place

VARIABLE = "BRONVRAAG_AUTH"
MIN_PASSWORD = 8
LOOK_AGAIN_S = 5.0
"""After which the accounts of a database are looked at again, by the next request: so long, somebody who was taken out may still come in."""
_HASHED = re.compile(
    r"\$scrypt\$ln=(?P<ln>\d{1,2}),r=(?P<r>\d{1,2}),p=(?P<p>\d{1,2})\$(?P<salt>[\w+/]+)\$(?P<digest>[\w+/]+)", re.ASCII
)
_LN, _R, _P = 15, 8, 3
_MAX_LN = 20
_KEEPER = ":keeper"
_IN_LIBRARY = "accounts"
"""What the accounts are called among the files of a library in a database."""
_LN_IN_MEMORY = 14  # of a password that stands readable anyway: a program with many of them should start soon


@dataclass(frozen=True, repr=False)
class HashedPassword:
    """A password as it is kept."""

    ln: int
    r: int
    p: int
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, password: str, *, ln: int = _LN, r: int = _R, p: int = _P) -> "HashedPassword":
        """Return a password as it is to be kept."""
        salt = secrets.token_bytes(16)
        return cls(ln, r, p, salt, _scrypt(password, salt, ln, r, p))

    @classmethod
    def parse(cls, text: str) -> "HashedPassword | None":
        """Return the password that a text in the usual form keeps, or None if it is none."""
        found = _HASHED.fullmatch(text)
        if not found or int(found["ln"]) > _MAX_LN:
            return None
        return cls(int(found["ln"]), int(found["r"]), int(found["p"]), _decoded(found["salt"]), _decoded(found["digest"]))

    def __str__(self) -> str:
        return f"$scrypt$ln={self.ln},r={self.r},p={self.p}${_encoded(self.salt)}${_encoded(self.digest)}"

    def is_made_of(self, password: str) -> bool:
        """Whether a password is this one; takes as long as it was made to take."""
        return hmac.compare_digest(_scrypt(password, self.salt, self.ln, self.r, self.p), self.digest)


class Accounts:
    """User names with their passwords; those of a file follow it when it changes, those of a database are looked at anew after `LOOK_AGAIN_S`."""

    def __init__(
        self,
        passwords: Mapping[str, HashedPassword],
        *,
        keepers: Collection[str] = (),
        n_readable: int = 0,
        place: Place | None = None,
        text: str = "",
    ) -> None:
        """Make them.

        Args:
            passwords: by user name.
            keepers: of those users.
            n_readable: how many passwords stood readable where they were read.
            place: where they were read, if they are to follow it.
            text: that was read there.
        """
        self.n_readable = n_readable
        self._place = place
        self._seen, self._text = _state_of(place), _digest(text)
        self._again = time.monotonic() + LOOK_AGAIN_S
        self._keep(passwords, keepers)

    def _keep(self, passwords: Mapping[str, HashedPassword], keepers: Collection[str]) -> None:
        self._passwords = {_name(user): password for user, password in passwords.items()}
        self._keepers = {_name(user) for user in keepers}
        costliest = max(passwords.values(), key=lambda one: (one.ln, one.p))
        self._nobodys = HashedPassword.of(secrets.token_urlsafe(), ln=costliest.ln, r=costliest.r, p=costliest.p)

    def __repr__(self) -> str:
        return f"Accounts(n={len(self._passwords)})"

    @property
    def may_have_changed(self) -> bool:
        """Whether the file is another one than was read, or the database was read some time ago."""
        if isinstance(self._place, str):
            return time.monotonic() >= self._again
        return self._place is not None and _state_of(self._place) != self._seen

    def reread(self) -> bool:
        """Take the accounts that are kept now, and tell whether they are others; if they cannot be used, those from before stay until they change again.

        Raises:
            BronvraagError: they cannot be used.
        """
        if self._place is None:
            return False
        self._seen, self._again = _state_of(self._place), time.monotonic() + LOOK_AGAIN_S
        text = _read(self._place)
        if _digest(text) == self._text:
            return False
        self._text = _digest(text)
        now = _parse(text, self._place)
        self._passwords, self._keepers, self._nobodys = now._passwords, now._keepers, now._nobodys
        return True

    def admit(self, user: str, password: str) -> bool:
        """Whether these are the credentials of an account; takes as long for a user that there is not. Several calls may run at once."""
        known = self._passwords.get(_name(user))
        return (known or self._nobodys).is_made_of(password) and known is not None

    def may_remove(self, user: str) -> bool:
        """Whether an account may remove documents: a keeper, or anyone where no keeper is named."""
        return not self._keepers or _name(user) in self._keepers


def load_accounts(file: Place | None, environment: MutableMapping[str, str]) -> Accounts | None:
    """Return the accounts in a file or in the environment, or None where there is neither.

    The variable is taken out of the environment, so that no process started later inherits the password.

    Raises:
        BronvraagError: they cannot be used. The error never holds a password.
    """
    variable = environment.pop(VARIABLE, None)
    if file is not None and variable is not None:
        raise BronvraagError("accounts_twice", variable=VARIABLE)
    if file is not None:
        return _parse(_read(file), file)
    return None if variable is None else _parse(variable)


def add_account(file: Place, user: str, password: str, *, is_keeper: bool = False) -> int:
    """Write an account into a file, which only its owner may read, or into the database of a library; readable passwords in it are replaced. Return how many of those there were.

    A keeper who is given another password stays one.

    Raises:
        BronvraagError: the name or the password cannot be used, or the file cannot be read or written.
    """
    if not user or ":" in user or user.startswith("#") or user != user.strip() or not user.isprintable():
        raise BronvraagError("account_name_wrong", name=user)
    if len(password) < MIN_PASSWORD:
        raise BronvraagError("new_password_too_short", least=MIN_PASSWORD)
    lines = _read(file).splitlines() if isinstance(file, str) or file.exists() else []
    kept = [line for line in lines if line.partition(":")[0] != user]
    is_keeper |= any(line.endswith(_KEEPER) and not _is_readable(line) for line in lines if line not in kept)
    n_readable = sum(map(_is_readable, kept))
    kept = [_hashed(line) if _is_readable(line) else line for line in kept]
    added = f"{user}:{HashedPassword.of(password)}{_KEEPER if is_keeper else ''}"
    _write(file, "".join(f"{line}\n" for line in [*kept, added]))
    return n_readable


def remove_account(file: Place, user: str) -> None:
    """Take an account out of a file or of the database of a library; servers that run notice.

    Raises:
        BronvraagError: there is no such account, it is the last one, or the file cannot be read or written.
    """
    lines = _read(file).splitlines()
    kept = [line for line in lines if line.partition(":")[0] != user]
    if kept == lines:
        raise BronvraagError("no_such_account", name=user, where=shown_place(file))
    if not any(line.strip() and not line.startswith("#") for line in kept):
        raise BronvraagError("last_account", name=user, where=shown_place(file))
    _write(file, "".join(f"{line}\n" for line in kept))


def _is_readable(line: str) -> bool:
    user, colon, password = line.partition(":")
    return bool(user and colon and not line.startswith("#")) and HashedPassword.parse(password.removesuffix(_KEEPER)) is None


def _hashed(line: str) -> str:
    user, _, password = line.partition(":")
    return f"{user}:{HashedPassword.of(password)}"


def _write(file: Place, text: str) -> None:
    """Replace a file as a whole, so that none is ever half written or readable for others."""
    if isinstance(file, str):
        with closing(open_library(file)) as library:
            library.state.put_file(_IN_LIBRARY, text.encode())
        return
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        part.touch(mode=0o600)
        part.write_text(text, encoding="utf-8")
        part.replace(file)
    except OSError as error:
        raise BronvraagError("accounts_not_written", path=file, reason=error.strerror) from error


def _read(file: Place) -> str:
    if isinstance(file, str):
        with closing(open_library(file)) as library:
            found = library.state.file(_IN_LIBRARY)
            return found.read_text(encoding="utf-8") if found else ""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BronvraagError("accounts_not_utf8", path=file) from None
    except OSError as error:
        raise BronvraagError("accounts_unreadable", path=file, reason=error.strerror) from error


def _state_of(place: Place | None) -> tuple[int, int, int] | None:
    """Return what changes when a file does, or None where there is none."""
    try:
        stat = place.stat() if isinstance(place, Path) else None
    except OSError:
        return None
    return (stat.st_mtime_ns, stat.st_size, stat.st_ino) if stat else None


def _parse(text: str, place: Place | None = None) -> Accounts:
    """Return the accounts in a text, that was read at a place or stood in the variable."""
    where = VARIABLE if place is None else shown_place(place)
    passwords: dict[str, HashedPassword] = {}
    keepers, n_readable = set(), 0
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        user, colon, password = line.partition(":")
        if not (user and colon):
            raise BronvraagError("account_line_wrong", number=number, where=where)
        hashed = HashedPassword.parse(password.removesuffix(_KEEPER))
        if hashed and password.endswith(_KEEPER):
            keepers.add(user)
        if hashed is None and len(password) < MIN_PASSWORD:
            raise BronvraagError("password_too_short", number=number, where=where, least=MIN_PASSWORD)
        if user in passwords:
            raise BronvraagError("account_twice", number=number, where=where)
        n_readable += hashed is None
        passwords[user] = hashed or HashedPassword.of(password, ln=_LN_IN_MEMORY, p=1)
    if not passwords:
        raise BronvraagError("accounts_none", where=where)
    return Accounts(passwords, keepers=keepers, n_readable=n_readable, place=place, text=text)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _name(user: str) -> str:
    """Return a user's name in the one form that it is compared in."""
    return unicodedata.normalize("NFC", user)


def _scrypt(password: str, salt: bytes, ln: int, r: int, p: int) -> bytes:
    secret = unicodedata.normalize("NFC", password).encode()
    return hashlib.scrypt(secret, salt=salt, n=2**ln, r=r, p=p, maxmem=2 * 128 * r * 2**ln, dklen=32)


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4))
