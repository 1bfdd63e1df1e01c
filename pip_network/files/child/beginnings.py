"""What the first bytes of office files say."""

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of an office before 2007, or of one with a password


def is_locked(data: bytes) -> bool:
    """Whether an OLE file is a newer one that a password protects."""
    return "EncryptedPackage".encode("utf-16-le") in data
