"""Who writes to a server, from options, files and the environment; never from the command line itself."""

from collections.abc import Mapping
from pathlib import Path

from kg.errors import InputError
from kg.push.client import Credentials

PASSWORD, TOKEN = "KG_PASSWORD", "KG_PUSH_TOKEN"


def read_credentials(
    environ: Mapping[str, str],
    *,
    user: str | None = None,
    password_file: Path | None = None,
    token_file: Path | None = None,
) -> Credentials:
    """The credentials that are given; a token from the environment gives way to a user who is named.

    Raises:
        InputError: they contradict each other, or a file cannot be read.
    """
    if user is not None and token_file is not None:
        raise InputError("--user and --token-file: give one of them")
    if password_file is not None and user is None:
        raise InputError("--password-file: whose password is it? give --user too")
    if token_file is not None:
        return Credentials(token=_read_secret(token_file))
    if user is None:
        return Credentials(token=environ.get(TOKEN) or None)
    if ":" in user:
        raise InputError(f"--user {user}: HTTP has no way to send a name with a colon")
    if password_file is not None:
        return Credentials(user=user, password=_read_secret(password_file))
    if PASSWORD not in environ:
        raise InputError(f"--user {user}: the password is missing; give --password-file FILE, or set {PASSWORD}")
    return Credentials(user=user, password=environ[PASSWORD])


def _read_secret(path: Path) -> str:
    """The first line of a file.

    Raises:
        InputError: it cannot be read, or has none that can be sent.
    """
    try:
        secret = path.read_text(encoding="utf-8").partition("\n")[0].removesuffix("\r")
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 at byte {error.start}") from error
    if not secret or not secret.isprintable():
        raise InputError(f"{path}: wants the password or token as its first line, without control characters")
    return secret
