"""`Archive`: the members of a zip archive, read in memory and never more of them than a document can hold.

No member is written to disk, no name in an archive is used as a path, and what a member says about its size is not believed.
"""

import io
import zipfile
import zlib

from qa.exceptions import ReadError

MAX_MEMBERS = 10_000
MAX_TOTAL_BYTES = 200_000_000
"""Read from one archive, all members together."""
MAX_RATIO = 250
"""The markup of real documents shrinks to a tenth or a twentieth; a bomb to a thousandth."""
_SMALL_BYTES = 1_000_000
"""A member that is no larger may shrink as it likes."""

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_MEMBER_SIGNATURE = b"PK\x01\x02"
_ENCRYPTED = 0x1


class Archive:
    """A zip archive in memory."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file
        self._n_bytes_left = MAX_TOTAL_BYTES
        self.names = frozenset(file.namelist())

    @classmethod
    def open(cls, content: bytes) -> "Archive":
        """Return the archive with this content.

        Raises:
            ReadError: it is damaged, or has more members than a document has.
        """
        if content.count(_MEMBER_SIGNATURE) > MAX_MEMBERS:
            raise ReadError("zip_too_many_files", most=MAX_MEMBERS)
        try:
            return cls(zipfile.ZipFile(io.BytesIO(content)))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError, OverflowError) as error:
            raise ReadError("zip_damaged") from error

    def read(self, name: str) -> bytes | None:
        """Return the content of a member, or None if there is none of that name.

        Raises:
            ReadError: it is damaged, encrypted, or unpacks to more than the limits.
        """
        if name not in self.names:
            return None
        member = self._file.getinfo(name)
        if member.flag_bits & _ENCRYPTED:
            raise ReadError("password")
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ReadError("zip_unusual")
        limit = min(self._n_bytes_left, max(_SMALL_BYTES, MAX_RATIO * member.compress_size))
        try:
            with self._file.open(member) as stream:
                content = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
            raise ReadError("zip_damaged") from error
        if len(content) > limit:
            raise ReadError("zip_bomb")
        self._n_bytes_left -= len(content)
        return content
