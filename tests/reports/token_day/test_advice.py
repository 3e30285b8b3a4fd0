"""Laws of the advice."""

from harness.rundata.token_day import TokenVariantRecord
from reports.token_day.advice import advise, best_of, guides_schedule, hero_of, unconditional_worst
from reports.token_day.outlook import outlooks


def test_the_fewest_waits_of_what_is_safe_are_advised(hand, ordinary):
    """Of equals, the one with the fewest calls; the evidence stands in the sentence."""
    advice = advise(ordinary(), hand.single)
    assert advice.setting.variant == "optimized"
    assert advice.setting.schedule == "0 * * * *"
    assert advice.sentences[0].startswith("Run optimized with cron 0 * * * *: no hour")
    assert "none of 48 waited" in advice.sentences[0]
    assert "across a restart and an extra call too" in advice.sentences[0]


def test_the_guides_line_is_said_to_be_no_45_minutes(hand, ordinary):
    """And what comes of it."""
    sentence = advise(ordinary(), hand.single).sentences[-1]
    assert "not fire every 45 minutes but 45 and 15 minutes apart" in sentence
    assert "2 of 48 waited" in sentence


def test_a_line_that_is_safe_only_with_our_endpoint_says_so(hand):
    """Twelve calls an hour that each renewed would have the merchant blocked."""
    days = [hand.day(schedule="*/5 * * * *"), hand.day(schedule="*/45 * * * *", grants_s=(1, 2, 3))]
    sentences = advise(hand.record(days), hand.single).sentences
    assert "12 times an hour because our endpoint" in sentences[1]
    assert "4 token calls" in sentences[2]


def test_where_nothing_is_safe_for_the_hero_another_variant_is_named(hand):
    """Four memories over one database ask four times; the database alone asks once."""
    days = [
        hand.day(fleet=hand.fleet, grants_s=(1.0, 2.0, 3.0, 4.0)),
        hand.day(fleet=hand.fleet, variant="stored"),
    ]
    advice = advise(hand.record(days), hand.fleet)
    assert (
        "No schedule is safe for optimized on 4 processes that live for 15 min"
        in (advice.sentences[0])
    )
    assert advice.sentences[1].startswith("Safe is stored with no schedule")
    assert advice.setting.variant == "stored"


def test_where_nothing_at_all_is_safe_that_is_said(hand):
    """No setting is made up."""
    record = hand.record([hand.day(grants_s=(1.0, 2.0, 3.0))])
    advice = advise(record, hand.single)
    assert advice.setting is None
    assert advice.sentences[0].endswith("Nor is any other variant.")
    assert best_of(outlooks(record, hand.single)) is None


def test_a_gap_into_which_nobody_fell_is_not_advised(hand):
    """Another day, somebody pays in it: of settings without waits the one without gaps is safer."""
    days = [
        hand.day(schedule="*/45 * * * *", refreshes_s=hand.every(3_600.0, start_s=3_600.0)),
        hand.day(schedule="*/5 * * * *", refreshes_s=hand.every(3_000.0, start_s=3_000.0)),
    ]
    advice = advise(hand.record(days), hand.single)
    assert advice.setting.schedule == "*/5 * * * *"
    assert "minutes of its day have no token that could be sent" in advice.sentences[-1]


def test_a_refresher_in_every_process_is_warned_of(hand):
    """What is safe in one process asks once per process in many."""
    calls = tuple(float(number) for number in range(20))
    days = [
        hand.day(fleet=hand.fleet, schedule="0 * * * *"),
        hand.day(fleet=hand.fleet, schedule="refresher", grants_s=calls),
    ]
    sentences = advise(hand.record(days), hand.fleet).sentences
    assert sentences[-1].startswith("Not the refresher inside the process: every process asks")
    single = advise(hand.record([hand.day(schedule="refresher", grants_s=calls)]), hand.single)
    assert not any(sentence.startswith("Not the refresher") for sentence in single.sentences)


def test_a_fleet_without_a_day_is_said_to_have_none(hand):
    """A record that was cut down by hand is read all the same."""
    advice = advise(hand.record([hand.day()]), hand.fleet)
    assert advice.sentences == ("No day on 4 processes that live for 15 min was simulated.",)
    assert (advice.setting, advice.guides) == (None, None)


def test_a_variant_without_a_day_is_said_to_have_none(hand):
    """Others may have one."""
    advice = advise(hand.record([hand.day(variant="stored")]), hand.single)
    assert advice.sentences[0] == "No day of optimized on one process was simulated."
    assert advice.sentences[1].startswith("Safe is stored")


def test_the_guides_after_is_spoken_of_first(hand):
    """Without it, the last variant that keeps a token; without any, the last."""
    record = hand.record([hand.day()])
    assert hero_of(record) == "optimized"
    assert hero_of(hand.record([hand.day()], variants=record.variants[:2])) == "stored"
    assert hero_of(hand.record([hand.day()], variants=record.variants[:1])) == "sequential"
    mine = (TokenVariantRecord("mine", (), "", keeps_token=True),)
    assert hero_of(hand.record([hand.day()], variants=mine)) == "mine"


def test_without_the_guides_line_the_first_schedule_stands_for_it(hand):
    """Somebody asked about others."""
    record = hand.record([hand.day()])
    assert guides_schedule(record) == "*/45 * * * *"
    assert guides_schedule(hand.record([hand.day()], schedules=record.schedules[1:])) == "0 * * * *"


def test_what_cron_would_do_with_a_naive_endpoint_is_counted(hand):
    """Calls of cron in the worst hour."""
    schedules = {s.name: s for s in hand.record([hand.day()]).schedules}
    assert unconditional_worst(schedules["*/5 * * * *"]) == 12
    assert unconditional_worst(schedules["*/45 * * * *"]) == 2
    assert unconditional_worst(schedules["0 * * * *"]) == 1
