"""Settings: typed, documented, and a wrong value stops the start with one clear line."""

import pytest

from boathouse.core.errors import UsageProblem
from boathouse.core.settings import load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    """No .env and no var/ of anybody else."""
    monkeypatch.chdir(tmp_path)


def test_it_starts_without_any_setting():
    settings = load_settings()
    assert settings.database_url == "sqlite+aiosqlite:///var/boathouse.db"
    assert len(settings.secret_key) > 20


def test_the_secret_key_is_kept_for_the_next_start():
    assert load_settings().secret_key == load_settings().secret_key


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("DATABASE_URL", "mysql://x", "must start with"),
        ("BASE_URL", "boathouse.example", "must start with http"),
        ("LOG_FORMAT", "loud", "'text' or 'json'"),
        ("BUS_URL", "redis://somewhere", "leave it empty"),
        ("OIDC_ISSUER", "https://login.example", "leave it empty"),
        ("OIDC_CLIENT_ID", "boathouse", "leave it empty"),
        ("OIDC_CLIENT_SECRET", "secret", "leave it empty"),
        ("ALLOWED_ORIGINS", "https://a.example, b.example", "b.example must start with http"),
        ("ALLOWED_ORIGINS", "https://a.example/page", "without a path"),
        ("ALLOWED_ORIGINS", "https://", "must be an origin"),
        ("ALLOWED_ORIGINS", "https://a.example?page", "without a path"),
        ("TRUSTED_PROXIES", "127.0.0.1, the-proxy", "the-proxy is no address"),
        ("TRUSTED_PROXIES", "127.0.0.1, *", "* stands alone"),
        ("RETENTION_DAYS", "0", "whole days from 1"),
        ("RETENTION_DAYS", "-30", "whole days from 1"),
        ("RETENTION_DAYS", "1.5", "whole days from 1"),
        ("RETENTION_DAYS", "six months", "whole days from 1"),
        ("RETENTION_DAYS", "1" * 5000, "to 36500"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(monkeypatch, name, value, says):
    monkeypatch.setenv(f"BOATHOUSE_{name}", value)
    with pytest.raises(UsageProblem) as problem:
        load_settings()
    message = str(problem.value)
    assert message.startswith(f"BOATHOUSE_{name}: ")
    assert says in message
    assert "\n" not in message


def test_lists_are_written_with_spaces_or_commas(monkeypatch):
    monkeypatch.setenv("BOATHOUSE_ALLOWED_ORIGINS", "https://a.example, https://b.example")
    assert load_settings().allowed_origins == ["https://a.example", "https://b.example"]


def test_an_origin_is_written_as_browsers_send_it(monkeypatch):
    monkeypatch.setenv("BOATHOUSE_ALLOWED_ORIGINS", "https://A.example:443/ http://b.example:8000")
    assert load_settings().allowed_origins == ["https://a.example", "http://b.example:8000"]


@pytest.mark.parametrize("proxies", ["127.0.0.1 10.0.0.0/8 ::1", "*"])
def test_proxies_are_addresses_networks_or_all(monkeypatch, proxies):
    monkeypatch.setenv("BOATHOUSE_TRUSTED_PROXIES", proxies)
    assert load_settings().trusted_proxies == proxies.split()


@pytest.mark.parametrize(("value", "days"), [("", None), ("  ", None), ("1", 1), (" 180 ", 180)])
def test_workshops_are_kept_for_whole_days_or_for_good(monkeypatch, value, days):
    monkeypatch.setenv("BOATHOUSE_RETENTION_DAYS", value)
    assert load_settings().retention_days == days
