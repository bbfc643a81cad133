import uuid

from quiz.store.ids import uuid7


def test_an_id_is_a_uuid_of_version_7_that_carries_its_time() -> None:
    made = uuid.UUID(uuid7(1_763_884_800_123, bytes(range(246, 256))))
    assert made.version == 7
    assert made.variant == uuid.RFC_4122
    assert made.int >> 80 == 1_763_884_800_123


def test_ids_sort_by_time() -> None:
    times = [-5, 0, 1, 1_763_884_800_000, 1_763_884_800_001, 2**47]
    ids = [uuid7(at, bytes(10)) for at in times]
    assert ids[2:] == sorted(ids[2:])
    assert ids[0] == ids[1], "before 1970 there is no time to carry"


def test_chance_makes_ids_of_one_millisecond_differ() -> None:
    assert uuid7(7, b"0123456789") != uuid7(7, b"0123456788")
