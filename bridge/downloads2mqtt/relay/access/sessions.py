"""Sessions of people who logged in: a signed cookie, and those that were logged out of."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

import jwt

LIFETIME = 30 * 86400
MOST_REVOKED = 10_000
_ALGORITHM = "HS256"
_CLAIMS = ["sub", "jti", "iat", "exp", "mark"]


@dataclass(frozen=True, slots=True)
class Session:
    """One login; `issued` and `expires` are wall seconds, and so is every `now` here. `mark` tells the password."""

    user: str
    id: str
    issued: int
    expires: int
    mark: str


class Sessions:
    """Makes and reads the cookies. Without a `key` of the configuration's all of them end with this process."""

    def __init__(self, key: str | None = None) -> None:
        self._key = hashlib.sha256(b"session" + (key or secrets.token_hex(32)).encode()).digest()
        self._revoked: dict[str, int] = {}
        self._not_before = 0

    def issue(self, user: str, password_hash: str, now: float, id: str | None = None) -> str:
        """A cookie for `user`, good for 30 days or until the password changes; `id` renews a session."""
        claims = {
            "sub": user,
            "jti": id or secrets.token_urlsafe(12),
            "iat": int(now),
            "exp": int(now) + LIFETIME,
            "mark": self._mark(password_hash),
        }
        return jwt.encode(claims, self._key, _ALGORITHM)

    def read(self, cookie: str, now: float) -> Session | None:
        """The session of a cookie that we made, when it is still good."""
        options: jwt.types.Options = {"require": _CLAIMS, "verify_exp": False, "verify_iat": False}
        try:
            claims = jwt.decode(cookie, self._key, [_ALGORITHM], options)
        except (jwt.PyJWTError, ValueError, RecursionError):
            return None
        session = Session(claims["sub"], claims["jti"], claims["iat"], claims["exp"], claims["mark"])
        is_over = session.expires <= now or session.issued < self._not_before or self.is_revoked(session.id)
        return None if is_over else session

    def fits(self, session: Session, password_hash: str) -> bool:
        """Whether the password is still that of the login."""
        return hmac.compare_digest(session.mark, self._mark(password_hash))

    def revoke(self, session: Session, now: float) -> None:
        """Take no cookie of a session any more. When very many were revoked, all people have to log in anew."""
        self._revoked = {id: end for id, end in self._revoked.items() if end > now}
        if len(self._revoked) >= MOST_REVOKED:
            self._not_before = int(now) + 1
            self._revoked.clear()
        self._revoked[session.id] = session.expires

    def is_revoked(self, id: str) -> bool:
        """Whether a session was logged out of."""
        return id in self._revoked

    def _mark(self, password_hash: str) -> str:
        return hmac.new(self._key, password_hash.encode(), hashlib.sha256).hexdigest()[:32]
