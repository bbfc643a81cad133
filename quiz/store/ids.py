"""Ids of events, devices and learners: UUIDs of version 7, which sort by time: new ones go to the end of an index."""


def uuid7(at: int, chance: bytes) -> str:
    """A UUIDv7 (RFC 9562) from UTC milliseconds and ten random bytes; times before 1970 count as 1970."""
    bits = max(0, at) & 0xFFFF_FFFF_FFFF
    text = (
        f"{bits << 80 | int.from_bytes(chance, 'big') & 0x0FFF_3FFF_FFFF_FFFF_FFFF | 0x7000_8000_0000_0000_0000:032x}"
    )
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
