import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quiz.bank.index import Index, Row, open_index
from quiz.errors import Failed
from quiz.store import agenda as module
from quiz.store.agenda import Agenda, open_agenda
from quiz.store.merge import merge, new_device
from quiz.store.open import Store
from quiz.store.reviews import last_event, record_event, retract
from quiz.study.card import Card
from quiz.study.day import DAY_MS
from quiz.study.deck import WHOLE_BANK, Deck
from quiz.study.event import Event
from quiz.study.plan import Plan, Planned, gains
from quiz.study.queue import Answered, Counts, choose, coming_again
from tests.conftest import Learner, bank_text, question
from tests.store.conftest import MORNING, TODAY, held, log, mark, opened, rate, when

AREAS = Deck(areas=("transformer-internals", "nlp-fundamentals"))
"""Every question, but by way of the filter."""
QUESTIONS = [
    question("scaling", concept="scaling", tags=["first"], follow_ups=["qk-norm"]),
    question("scaling-why", concept="scaling", level="advanced"),
    question("scaling-when", concept="scaling", level="intermediate", aliases=["scaling-old"]),
    question("qk-norm", topic="heads", tags=["first", "second"]),
    question("masks", topic="masks", concept="masks"),
    question("masks-why", topic="masks", concept="masks"),
    question("tokens", area="nlp-fundamentals", topic="tokens"),
    question("similarity", area="nlp-fundamentals", topic="similarity", level="advanced"),
]
IDS = [str(each["id"]) for each in QUESTIONS]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("bank")
    (folder / "bank.yaml").write_text(bank_text(QUESTIONS), encoding="utf-8")
    index = open_index([str(folder / "bank.yaml")], str(folder / "cache"))
    yield index
    index.close()


@pytest.fixture
def agenda(store: Store, index: Index, tmp_path: Path) -> Agenda:
    return open_agenda(store, index, str(tmp_path))


def shown(agenda: Agenda) -> dict[str, list[tuple[object, ...]]]:
    """All that an agenda would say, table by table."""
    agenda.catch_up()
    db = agenda._db
    assert db is not None
    tables = {"entry": "SELECT * FROM entry ORDER BY rank", "tally": "SELECT * FROM tally WHERE number <> 0"}
    return {table: db.execute(sql).fetchall() for table, sql in tables.items()}


def counted(store: Store, index: Index, day: int, passes: Callable[[Row], bool]) -> Counts:
    """The counts, slowly: from every card of the bank."""
    cards = {row: held(store, row.id) for row in index.rows()}
    met = {row.concept for row, card in cards.items() if card.last_day == day}
    deck = {row: card for row, card in cards.items() if passes(row)}
    active = {row: card for row, card in deck.items() if not card.suspended}
    today = [card for card in deck.values() if card.last_day == day]
    again = [c for c in today if c.last_rating == 1 and not c.suspended and c.buried_on != day]
    due = {row: card for row, card in active.items() if card.due is not None and card.due <= day}
    askable = {row.concept for row, card in due.items() if card.buried_on != day and row.concept not in met}
    states = [card.status() for card in active.values()]
    later = [card.due for card in active.values() if card.due is not None and card.due > day]
    waiting = len(due) > len(askable) + len(again)
    return Counts(
        due=len(askable) + len(again),
        new=states.count("new"),
        new_today=sum(card.first_day == day for card in today),
        learning=states.count("learning"),
        learnt=states.count("learnt"),
        total=len(active),
        suspended=len(deck) - len(active),
        buried=sum(card.buried_on == day for card in active.values()),
        answered_today=len(today),
        next_due=day + 1 if waiting else min(later, default=None),
    )


def queued(store: Store, index: Index, day: int, when_due: Callable[[int], bool]) -> list[str]:
    """The ids of a queue, slowly."""
    cards = [(row, held(store, row.id)) for row in index.rows()]
    met = {row.concept for row, card in cards if card.last_day == day}
    free = [(r, c) for r, c in cards if not c.suspended and c.buried_on != day and r.concept not in met]
    late = when_due(day) and any(card.due is not None and card.due < day and not card.suspended for _, card in cards)
    due = [
        (late and card.last_rating != 1, -worth(card, day) if late else 0, card.due, nth, row.id)
        for nth, (row, card) in enumerate(free)
        if card.due is not None and when_due(card.due)
    ]
    return [id for *_, id in sorted(due)]


def worth(card: Card, day: int) -> float:
    """What asking a card adds to the chance of recalling it 30 days later."""
    assert card.state is not None and card.last_day is not None
    return gains([Planned("", *card.state, card.last_day)], day, 30)[0]


OTHERS = ["undo", "bury", "suspend", "unsuspend", "flag", "set", "merge", "elsewhere", "plan"]
deeds = st.lists(
    st.tuples(
        st.sampled_from(["rate"] * 6 + OTHERS),
        st.sampled_from([*IDS, "scaling-old", "forgotten"]),
        st.integers(1, 4),
        st.sampled_from((0, 60_000, 3_600_000, DAY_MS, DAY_MS, 12 * DAY_MS, -DAY_MS)),
    ),
    max_size=25,
)


@given(deeds)
@settings(max_examples=60, deadline=None)
def test_an_agenda_that_was_kept_up_equals_one_made_anew_and_one_counted_slowly(
    index: Index, history: list[tuple[str, str, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store, other = opened(Path(folder) / "learner.db", 0), opened(Path(folder) / "other.db", 1)
        kept = open_agenda(store, index, folder)
        at = MORNING
        for nth, (what, card, rating, step) in enumerate(history):
            at += step
            match what:
                case "rate":
                    record_event(store, Event("review", *when(at), card=card, rating=rating))
                case "elsewhere":
                    rate(other, card, rating, at)
                case "merge":
                    merge(store, log(other))
                case "undo" if event := last_event(store):
                    retract(store, event.id, when(at))
                case "set":
                    record_event(store, Event("set", *when(at), data={"retention": 0.7 + rating / 20}))
                case "plan":
                    plan = Plan(when(at).study_day + 3 * rating, 2, None, (WHOLE_BANK, AREAS)[rating % 2])
                    record_event(store, Event("plan", *when(at), data=plan.data() if rating < 4 else {}))
                case "bury" | "suspend" | "unsuspend" | "flag":
                    mark(store, what, card, at)
            kept.catch_up()
            anew = Path(folder, f"anew-{nth}")
            anew.mkdir()
            assert shown(kept) == shown(open_agenda(store, index, str(anew)))
        day = when(at).study_day
        record_event(store, Event("plan", *when(MORNING + 400 * DAY_MS)))  # after all, whatever the clock did
        kept.catch_up()
        for deck, passes in (
            (WHOLE_BANK, lambda row: True),
            (AREAS, lambda row: True),
            (
                Deck(topics=("attention",), levels=("basic", "advanced")),
                lambda r: r.topic == "attention" and r.level != "intermediate",
            ),
            (Deck(tags=("second", "first")), lambda row: bool(row.tags)),
        ):
            assert kept.counts(day, deck) == counted(store, index, day, passes)
        assert [entry.id for entry in kept.candidates(day).due] == queued(store, index, day, lambda due: due <= day)
        assert [entry.id for entry in kept.ahead(day).due] == queued(store, index, day, lambda due: due > day)
        store.close()
        other.close()


def test_a_new_learner_is_offered_the_bank_in_its_order(agenda: Agenda, index: Index) -> None:
    new = agenda.candidates(TODAY).new
    assert [entry.id for entry in new] == [row.id for row in index.rows()]
    assert agenda.candidates(TODAY).due == []
    assert agenda.counts(TODAY) == Counts(0, 8, 0, 0, 0, 8, 0, 0, 0, None)
    assert agenda.coming(3, TODAY) == [0, 0, 0]


def test_a_card_comes_when_it_is_due_and_not_before(agenda: Agenda, store: Store) -> None:
    rate(store, "tokens", 3)
    due = held(store, "tokens").due
    assert due is not None
    agenda.catch_up()
    assert agenda.counts(TODAY).next_due == due
    assert [entry.id for entry in agenda.ahead(TODAY + 1).due] == ["tokens"]
    assert agenda.candidates(due - 1).due == []
    assert [entry.id for entry in agenda.candidates(due).due] == ["tokens"]
    assert agenda.coming(due - TODAY, TODAY)[-1] == 1


def test_siblings_of_what_was_answered_wait_until_tomorrow(agenda: Agenda, store: Store) -> None:
    for card in ("scaling", "scaling-why"):
        rate(store, card, 1, MORNING - DAY_MS)
    agenda.catch_up()
    assert agenda.counts(TODAY).due == 1, "one card of a concept a day"
    rate(store, "scaling", 3)
    agenda.catch_up()
    counts = agenda.counts(TODAY)
    assert (counts.due, counts.next_due) == (0, TODAY + 1)
    assert agenda.candidates(TODAY).due == []
    assert "scaling-when" not in {entry.id for entry in agenda.candidates(TODAY).new}
    assert [entry.id for entry in agenda.candidates(TODAY + 1).due] == ["scaling-why"]


def test_a_card_rated_again_is_still_to_be_asked_today(agenda: Agenda, store: Store) -> None:
    rate(store, "tokens", 1)
    agenda.catch_up()
    assert agenda.counts(TODAY).due == 1
    (today,) = agenda.today(TODAY)
    assert today == Answered("tokens", "tokens", "tokens", "basic", MORNING, 1, new=True, away=False)
    assert coming_again([today])


def test_what_is_buried_or_suspended_is_not_offered(agenda: Agenda, store: Store) -> None:
    for card in ("tokens", "similarity"):
        rate(store, card, 1, MORNING - DAY_MS)
    mark(store, "bury", "tokens")
    mark(store, "suspend", "similarity")
    mark(store, "suspend", "masks")
    agenda.catch_up()
    assert agenda.candidates(TODAY).due == []
    counts = agenda.counts(TODAY)
    assert (counts.due, counts.buried, counts.suspended, counts.total, counts.next_due) == (0, 1, 2, 6, TODAY + 1)
    assert dict(agenda.states())["masks"] == "suspended"
    assert [entry.id for entry in agenda.candidates(TODAY + 1).due] == ["tokens"]


def test_a_deck_offers_its_own_cards_only(agenda: Agenda) -> None:
    deck = Deck(topics=("masks", "tokens"), tags=())
    assert {entry.topic for entry in agenda.candidates(TODAY, deck).new} == {"masks", "tokens"}
    assert {entry.id for entry in agenda.candidates(TODAY, Deck(tags=("first",))).new} == {"scaling", "qk-norm"}
    assert agenda.candidates(TODAY, Deck(topics=("masks",), levels=("advanced",))).new == []


def test_a_whole_day_can_be_studied_by_its_queue(agenda: Agenda, store: Store) -> None:
    at = MORNING
    asked: list[str] = []
    while card := choose(
        agenda.candidates(TODAY), agenda.today(TODAY), at, 15, agenda.links(asked[-1]) if asked else ()
    ):
        asked.append(card)
        rate(store, card, 1 if len(asked) == 1 else 3, at)
        agenda.catch_up()
        at += 60_000
    assert len(asked) == 6, "one card of each concept, the first one twice"
    assert asked.count(asked[0]) == 2
    assert agenda.counts(TODAY).due == 0


def test_the_cards_of_other_banks_are_not_in_the_agenda_but_listed(agenda: Agenda, store: Store) -> None:
    rate(store, "forgotten")
    rate(store, "tokens")
    agenda.catch_up()
    assert agenda.strangers() == ["forgotten"]
    assert agenda.counts(TODAY).answered_today == 1


def test_a_renamed_question_keeps_its_history(store: Store, index: Index, tmp_path: Path) -> None:
    rate(store, "scaling-old")
    agenda = open_agenda(store, index, str(tmp_path))
    assert agenda.card("scaling-when").reps == 1
    assert agenda.strangers() == []
    assert [card.id for card in agenda.today(TODAY)] == ["scaling-when"]


def test_links_lead_to_follow_ups_and_parents(agenda: Agenda) -> None:
    assert agenda.links("scaling") == ("qk-norm",)
    assert agenda.links("qk-norm") == ("scaling",)


def test_another_bank_gives_another_agenda(store: Store, agenda: Agenda, tmp_path: Path) -> None:
    rate(store, "tokens")
    (tmp_path / "small.yaml").write_text(bank_text(QUESTIONS[-2:]), encoding="utf-8")
    for _ in range(2):
        index = open_index([str(tmp_path / "small.yaml")], str(tmp_path / "cache"))
        assert open_agenda(store, index, str(tmp_path)).counts(TODAY).total == 2
        index.close()
        (tmp_path / "small.yaml").write_text(bank_text([*QUESTIONS[-2:]]) + "# edited\n", encoding="utf-8")


def remade(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows whenever an agenda is made anew."""
    made: list[int] = []
    make = Agenda._make

    def noted(agenda: Agenda, db: sqlite3.Connection) -> None:
        made.append(1)
        make(agenda, db)

    monkeypatch.setattr(Agenda, "_make", noted)
    return made


def test_an_agenda_is_made_once_and_then_kept_up(
    store: Store, index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = remade(monkeypatch)
    for nth in range(3):
        open_agenda(store, index, str(tmp_path))
        rate(store, "tokens", 3, MORNING + nth * DAY_MS)
    assert len(made) == 1


@pytest.mark.parametrize("change", ["merge", "device", "backup"])
def test_what_no_catching_up_can_find_makes_the_agenda_anew(
    tmp_path: Path, index: Index, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    store = opened(tmp_path / "learner.db")
    rate(store, "tokens")
    backup = (tmp_path / "learner.db").read_bytes()
    rate(store, "masks")
    open_agenda(store, index, str(tmp_path))
    if change == "merge":
        merge(store, [Event("review", *when(MORNING), card="masks", rating=1, id="x", device="d", seq=1)])
    elif change == "device":
        new_device(store)
    else:
        store.close()
        (tmp_path / "learner.db").write_bytes(backup)
        store = opened(tmp_path / "learner.db", 5)
        rate(store, "scaling")
    made = remade(monkeypatch)
    agenda = open_agenda(store, index, str(tmp_path))
    assert made == [1]
    assert {card.id for card in agenda.today(TODAY)} == {"tokens", "scaling" if change == "backup" else "masks"}


def test_another_runs_answer_is_noticed(store: Store, agenda: Agenda, tmp_path: Path) -> None:
    other = opened(tmp_path / "learner.db", 3)
    rate(other, "tokens")
    assert agenda.card("tokens").reps == 1
    assert [card.id for card in agenda.today(TODAY)] == ["tokens"]


def cache(folder: Path) -> Path:
    (path,) = folder.glob("agenda-*.db")
    return path


def test_an_agenda_that_says_otherwise_than_the_learners_file_is_made_anew(
    store: Store, agenda: Agenda, tmp_path: Path
) -> None:
    rate(store, "tokens")
    agenda.catch_up()
    with sqlite3.connect(cache(tmp_path)) as db:
        db.execute("UPDATE entry SET due = 0, last_day = NULL, status = 'learning' WHERE id IN ('tokens', 'masks')")
    db.close()
    assert {entry.id for entry in agenda.candidates(TODAY).due} == {"masks", "tokens"}
    assert agenda.card("tokens") == held(store, "tokens")
    assert agenda.candidates(TODAY).due == []


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(4080)])
def test_a_damaged_agenda_is_replaced(store: Store, index: Index, tmp_path: Path, damage: bytes) -> None:
    rate(store, "tokens")
    open_agenda(store, index, str(tmp_path))
    cache(tmp_path).write_bytes(damage)
    assert open_agenda(store, index, str(tmp_path)).counts(TODAY).answered_today == 1
    assert cache(tmp_path).stat().st_size > 8192


def test_an_agenda_that_is_damaged_in_the_middle_is_replaced(store: Store, index: Index, tmp_path: Path) -> None:
    rate(store, "tokens")
    before = open_agenda(store, index, str(tmp_path)).counts(TODAY)
    data = bytearray(cache(tmp_path).read_bytes())
    for page in range(2, len(data) // 4096):
        data[page * 4096 : page * 4096 + 200] = bytes(200)
    cache(tmp_path).write_bytes(data)
    assert open_agenda(store, index, str(tmp_path)).counts(TODAY) == before


def test_where_no_agenda_can_be_written_one_is_kept_in_memory(store: Store, index: Index, tmp_path: Path) -> None:
    agenda = open_agenda(store, index, str(tmp_path / "nowhere"))
    rate(store, "tokens")
    agenda.catch_up()
    assert agenda.counts(TODAY).answered_today == 1


def test_an_agenda_that_another_run_holds_is_left_to_it(
    store: Store, index: Index, agenda: Agenda, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WAIT", 0.05)
    holder = sqlite3.connect(cache(tmp_path), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    assert open_agenda(store, index, str(tmp_path)).counts(TODAY).total == 8
    holder.execute("ROLLBACK")
    assert cache(tmp_path).exists()


def test_a_fault_of_the_learners_file_is_not_taken_for_one_of_the_agenda(
    store: Store, agenda: Agenda, tmp_path: Path
) -> None:
    other = opened(tmp_path / "learner.db", 3)
    rate(other, "tokens")
    other.connection.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Failed, match=r"learner\.db is held by another program"):
        agenda.catch_up()
    other.connection.execute("ROLLBACK")
    agenda.catch_up()
    assert agenda.counts(TODAY).answered_today == 1


@pytest.mark.parametrize("state", ["today", "backlog", "plan"])
@pytest.mark.parametrize("command", [("next",), ("status",), ("next", "--topic", "masks")])
def test_no_query_of_a_start_scans(
    learner: Learner, command: tuple[str, ...], state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.bank(bank_text(QUESTIONS))
    for card, rating in (("tokens", "good"), ("masks", "again"), ("similarity", "easy")):
        learner.answer(card, rating)
    if state == "backlog":
        learner.at("2026-12-20T09:00:00+01:00")
    if state == "plan":
        learner.quiz("plan", "2026-12-20", "--per-day", "3")
    learner.quiz(*command, "--json")  # makes what is made once a study day
    asked: list[tuple[sqlite3.Connection, str]] = []
    connect = sqlite3.connect

    def traced(path: str, *args: object, **options: object) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(path, *args, **options)  # type: ignore[call-overload]
        connection.set_trace_callback(lambda sql: asked.append((connection, sql)))
        return connection

    monkeypatch.setattr(sqlite3, "connect", traced)
    assert learner.quiz(*command, "--json").code == 0
    selects = [(db, sql) for db, sql in asked if sql.startswith(("SELECT", "WITH"))]
    assert len(selects) >= 10
    for db, sql in selects:
        db.set_trace_callback(None)
        plan = [str(step[3]) for step in db.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not any("SCAN" in step and "VIRTUAL TABLE" not in step for step in plan), (sql, plan)


def test_a_card_that_the_bank_has_and_the_log_has_not_is_new(agenda: Agenda) -> None:
    assert agenda.card("tokens") == Card("tokens")
