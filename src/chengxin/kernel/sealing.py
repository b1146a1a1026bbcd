"""Personal data at rest: sealed with AES-256-GCM, found again by a keyed index.

A sealed value is `version (1) | key id (4) | nonce (12) | ciphertext and tag`. The key id tells
which key opens it, so keys can be changed while old values stay readable until resealed.
Law: 个人信息保护法 第五十一条 asks for encryption and de-identification.
"""

import hashlib
import hmac
import os
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chengxin.kernel.errors import CreditError

VERSION = 1
KEY_BYTES = 32
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
_HEADER_BYTES = 1 + _KEY_ID_BYTES
_TAG_BYTES = 16


class BadKey(CreditError):
    """A key has the wrong length, or one key serves two purposes. Facts: reason."""

    code = "KERNEL-BAD-KEY"
    zh = (
        "密钥不可用：{reason}。请用 `python -c 'import os; print(os.urandom(32).hex())'` 重新生成。"
    )
    en = (
        "The key cannot be used: {reason}. "
        "Make a new one with `python -c 'import os; print(os.urandom(32).hex())'`."
    )
    status = 500


class CannotUnseal(CreditError):
    """A sealed value does not open: unknown key, changed bytes, or another owner. Facts: key_id."""

    code = "KERNEL-CANNOT-UNSEAL"
    zh = (
        "加密数据无法解开（密钥标识 {key_id}）：密钥不在本机或数据已被改动。"
        "请把原密钥放回密钥目录，或从备份恢复。"
    )
    en = (
        "The sealed value does not open (key id {key_id}): its key is not here or its bytes were "
        "changed. Put the old key back into the key folder, or restore from backup."
    )
    status = 500


class Sealer:
    """Seals with the current key, unseals with any key it was given.

    `key` seals; `index_key` makes the blind index and never changes with `key`, or every index
    would have to be made anew; `retired` are earlier sealing keys. All are 32 bytes.
    One key should seal fewer than 2**32 values (random nonces), far beyond any city.
    """

    def __init__(self, key: bytes, index_key: bytes, retired: Iterable[bytes] = ()) -> None:
        old = tuple(retired)
        for secret in (key, index_key, *old):
            if len(secret) != KEY_BYTES:
                raise BadKey(
                    reason=f"长度 {len(secret)} 字节，应为 {KEY_BYTES} 字节 / wrong length"
                )
        if index_key in (key, *old):
            raise BadKey(reason="加密与索引不得共用一把密钥 / sealing and index need two keys")
        self._key_id = _key_id(key)
        self._ciphers = {_key_id(secret): AESGCM(secret) for secret in (*old, key)}
        self._index_key = index_key

    def seal(self, data: bytes, *, owner: str = "") -> bytes:
        """Encrypt `data`. Given an `owner` (say a record's id), it opens for that owner only."""
        header = bytes([VERSION]) + self._key_id
        nonce = os.urandom(_NONCE_BYTES)
        cipher = self._ciphers[self._key_id]
        return header + nonce + cipher.encrypt(nonce, data, header + owner.encode())

    def unseal(self, sealed: bytes, *, owner: str = "") -> bytes:
        """Decrypt what `seal` returned. Raises: `CannotUnseal`."""
        header, rest = bytes(sealed[:_HEADER_BYTES]), bytes(sealed[_HEADER_BYTES:])
        cipher = self._ciphers.get(header[1:])
        if header[:1] != bytes([VERSION]) or cipher is None:
            raise CannotUnseal(key_id=header[1:].hex())
        if len(rest) < _NONCE_BYTES + _TAG_BYTES:
            raise CannotUnseal(key_id=header[1:].hex())
        nonce, ciphertext = rest[:_NONCE_BYTES], rest[_NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, ciphertext, header + owner.encode())
        except InvalidTag as error:
            raise CannotUnseal(key_id=header[1:].hex()) from error

    def needs_resealing(self, sealed: bytes) -> bool:
        """Whether a value was sealed with a key that has been retired since."""
        return bytes(sealed[1:_HEADER_BYTES]) != self._key_id

    def blind_index(self, text: str) -> str:
        """HMAC-SHA256 of `text` in hexadecimal: equal for equal texts, tells nothing else.

        Give it the normalised value (an ID number with 18 digits), or equals will not meet.
        """
        return hmac.digest(self._index_key, text.encode(), "sha256").hex()


def _key_id(key: bytes) -> bytes:
    return hmac.new(key, b"chengxin key id", hashlib.sha256).digest()[:_KEY_ID_BYTES]
