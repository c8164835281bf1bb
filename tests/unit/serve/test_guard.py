"""Names, origins and tokens."""

import pytest

from kg.serve.guard import check_origins, check_token, is_loopback
from kg.serve.refusal import Refusal

TOKEN = "0123456789abcdef"


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", "0.0.0.0", "::", "10.0.0.1", "localhost.evil.example", "127.0.0.1.evil", "kg"])
def test_elsewhere(host: str) -> None:
    assert not is_loopback(host)


def test_token_lets_pass() -> None:
    check_token(f"Bearer {TOKEN}", TOKEN)
    check_token(f"bearer  {TOKEN} ", TOKEN)


@pytest.mark.parametrize("header", ["", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN[1:]}", "Bearer", "Bearer ä"])
def test_token_turns_away(header: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_token(header, TOKEN)
    assert refused.value.status == 401


def test_no_token_is_no_empty_token() -> None:
    with pytest.raises(Refusal) as refused:
        check_token("Bearer ", None)
    assert refused.value.status == 403


@pytest.mark.parametrize("origin", ["https://a.example", "http://localhost:3000"])
def test_origins(origin: str) -> None:
    check_origins([origin])


@pytest.mark.parametrize(
    "origin", ["*", "null", "a.example", "https://a.example/", "https://*.example", "ftp://a", "https://"]
)
def test_no_origins(origin: str) -> None:
    with pytest.raises(ValueError, match="wants scheme and host"):
        check_origins([origin])
