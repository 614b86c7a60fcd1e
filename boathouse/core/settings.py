"""Settings from the environment or `.env`; a wrong value stops the start with one clear line."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from boathouse.core.errors import UsageProblem
from boathouse.core.ids import new_secret

VAR = Path("var")
MOST_DAYS = 36_500  # a hundred years
DATABASES = ("sqlite+aiosqlite:///", "postgresql+asyncpg://")


def _database(url: str) -> str:
    if not url.startswith(DATABASES):
        raise ValueError("must start with sqlite+aiosqlite:/// or postgresql+asyncpg://")
    return url


def _origin(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return url.rstrip("/")


def _words(text: str | list[str]) -> list[str]:
    return text.replace(",", " ").split() if isinstance(text, str) else text


def _browser_origin(url: str) -> str:
    """As browsers send it: in small letters, without the usual port, nothing after the host."""
    if not url.startswith(("http://", "https://")):
        raise ValueError(f"{url} must start with http:// or https://")
    scheme, _, host = url.rstrip("/").lower().partition("://")
    if not host or set("/?#@") & set(host):
        raise ValueError(f"{url} must be an origin such as https://boathouse.example, without a path")
    return f"{scheme}://{host.removesuffix(':80' if scheme == 'http' else ':443')}"


def _proxy(word: str) -> str:
    try:
        if word != "*":
            ip_network(word)
    except ValueError:
        raise ValueError(f"{word} is no address, no network such as 10.0.0.0/8, and not *") from None
    return word


def _all_alone(words: list[str]) -> list[str]:
    """uvicorn takes it for all only then."""
    if "*" in words and len(words) > 1:
        raise ValueError("* stands alone: it believes everybody")
    return words


def _nothing(value: str) -> str:
    """Reserved: refused rather than ignored, so that nobody relies on what is not there."""
    if value:
        raise ValueError("this is not supported yet; leave it empty")
    return value


def _days(value: str | int | None) -> int | None:
    """Whole days; nothing is none."""
    digits = str(value if value is not None else "").strip()
    if not digits:
        return None
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits[:9]) <= MOST_DAYS:
        raise ValueError(f"must be whole days from 1 to {MOST_DAYS}; empty keeps everything")
    return int(digits)


Origins = Annotated[list[Annotated[str, AfterValidator(_browser_origin)]], NoDecode, BeforeValidator(_words)]
Proxies = Annotated[
    list[Annotated[str, AfterValidator(_proxy)]],
    NoDecode,
    BeforeValidator(_words),
    AfterValidator(_all_alone),
]
Reserved = Annotated[str, AfterValidator(_nothing)]
Days = Annotated[int | None, BeforeValidator(_days)]


class Settings(BaseSettings):
    """One field a setting; the environment name is BOATHOUSE_ and the field in capitals."""

    model_config = SettingsConfigDict(env_prefix="BOATHOUSE_", env_file=".env", extra="ignore")

    database_url: Annotated[str, AfterValidator(_database)] = Field(
        default=f"sqlite+aiosqlite:///{VAR}/boathouse.db", description="Where everything is kept."
    )
    bus_url: Reserved = Field(default="", description="Empty: one process serves everything.")
    secret_key: str = Field(
        default="", description="Signs seats; made and kept in var/ if absent.", repr=False
    )
    base_url: Annotated[str, AfterValidator(_origin)] | Literal[""] = Field(
        default="", description="The address people type, when a proxy stands in front."
    )
    allowed_origins: Origins = Field(
        default_factory=list, description="Further origins whose pages may open sockets and send forms."
    )
    trusted_proxies: Proxies = Field(
        default_factory=list, description="Addresses whose forwarded headers are believed."
    )
    oidc_issuer: Reserved = Field(default="", description="Single sign-on, not supported yet.")
    oidc_client_id: Reserved = Field(default="", description="Single sign-on, not supported yet.")
    oidc_client_secret: Reserved = Field(
        default="", description="Single sign-on, not supported yet.", repr=False
    )
    retention_days: Days = Field(
        default=None, description="Days after its end until a workshop is deleted; empty keeps everything."
    )
    log_format: Literal["text", "json"] = Field(default="text", description="How log lines look.")
    development: bool = Field(default=False, description="Shows /gallery and reloads templates.")

    @property
    def directory(self) -> Path:
        """Where files beside the database live: the SQLite file's folder, else var/."""
        path = self.database_url.removeprefix("sqlite+aiosqlite:///")
        return Path(path).parent if path != self.database_url else VAR


def load_settings() -> Settings:
    """The settings of this process.

    Errors: UsageProblem naming the first wrong variable and what it should be.
    """
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "BOATHOUSE_" + str(first["loc"][0]).upper()
        raise UsageProblem(f"{name}: {first['msg'].removeprefix('Value error, ')}") from None
    settings.directory.mkdir(parents=True, exist_ok=True)
    if not settings.secret_key:
        settings.secret_key = _kept_secret(settings.directory / "secret_key")
    return settings


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(new_secret())
    return path.read_text().strip()
