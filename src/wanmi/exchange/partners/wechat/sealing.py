"""The platform's encrypted mode, by its public documentation for official accounts.

AES-256-CBC under the key of the account (43 characters of base64, its first 16
bytes the start vector), padded by PKCS#7 to 32 bytes; inside are 16 random bytes,
the length of the message in four bytes, the message, and the account's id.
`msg_signature` is the SHA-1 of token, timestamp, nonce and the sealed text, sorted.
"""

import base64
import hmac
import os
import struct
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from wanmi.kernel.errors import NotAllowed

BLOCK: Final = 32
_RANDOM: Final = 16
_LENGTH: Final = 4


class CannotOpen(NotAllowed):
    """This message was not sealed for this account."""

    code = "cannot_open"


@dataclass(frozen=True)
class Account:
    """Who we are on the platform: its id for us (`appid`) and the key of the encrypted mode."""

    app_id: str
    encoding_key: str

    @property
    def key(self) -> bytes:
        """The 32 bytes of the key. Raises CannotOpen of one that was copied wrongly."""
        try:
            key = base64.b64decode(f"{self.encoding_key}=", validate=True)
        except ValueError as error:
            raise CannotOpen from error
        if len(key) != BLOCK:
            raise CannotOpen
        return key

    def seal(self, message: str, *, start: bytes = b"") -> str:
        """Return a message as the platform reads it; `start` is drawn, and given by tests alone."""
        words = message.encode()
        whole = (start or os.urandom(_RANDOM)) + struct.pack("!I", len(words)) + words
        whole += self.app_id.encode()
        more = BLOCK - len(whole) % BLOCK
        seal = self._cipher().encryptor()
        return base64.b64encode(
            seal.update(whole + bytes([more]) * more) + seal.finalize()
        ).decode()

    def open(self, sealed: str) -> bytes:
        """Return the message. Raises CannotOpen of what was not sealed for this account."""
        try:
            content = base64.b64decode(sealed, validate=True)
        except ValueError as error:
            raise CannotOpen from error
        if not content or len(content) % BLOCK:
            raise CannotOpen
        opening = self._cipher().decryptor()
        return self._message(opening.update(content) + opening.finalize())

    def _message(self, whole: bytes) -> bytes:
        more = whole[-1]
        if not 1 <= more <= BLOCK or whole[-more:] != bytes([more]) * more:
            raise CannotOpen
        inside = whole[_RANDOM:-more]
        if len(inside) < _LENGTH:
            raise CannotOpen
        end = _LENGTH + struct.unpack("!I", inside[:_LENGTH])[0]
        # The id at the end proves that the message was meant for us.
        if not hmac.compare_digest(inside[end:], self.app_id.encode()):
            raise CannotOpen
        return inside[_LENGTH:end]

    def _cipher(self) -> "Cipher[modes.CBC]":
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16]))
