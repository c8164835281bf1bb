"""Members of a ZIP archive, read into memory by name within limits; nothing is ever unpacked to a path."""

import zipfile
import zlib
from typing import BinaryIO

from kg.articles.limits import Limits
from kg.errors import InputError


def open_archive(file: BinaryIO, limits: Limits) -> zipfile.ZipFile:
    """The archive, if all that it says it holds is within limits.

    Raises:
        InputError: no ZIP archive, or one that would swell too much.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise InputError(f"is no whole ZIP archive: {error}; get it again from where it came from") from error
    members = archive.infolist()
    full, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    if full > limits.max_expanded_bytes:
        raise InputError(
            f"unpacks to {full} bytes, more than the {limits.max_expanded_bytes} allowed; raise KG_MAX_EXPANDED_BYTES "
            "if you trust it"
        )
    if full > limits.max_expansion * max(packed, 1_000):
        raise InputError(
            f"unpacks to {full} bytes from {packed}, over {limits.max_expansion} times as much, as bombs do; raise "
            "KG_MAX_EXPANSION if you trust it"
        )
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """The bytes of a member, never more than the archive says; None if there is none of that name.

    Raises:
        InputError: it is damaged, or encrypted.
    """
    try:
        with archive.open(name) as member:
            return member.read()
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        raise InputError(f"its part {name} cannot be unpacked: {error}; save the document again") from error
