import pickle

import pytest

from support.core import (
    ConfigurationError,
    Note,
    Notes,
    PartUnavailable,
    PromiseBroken,
    RehearsalError,
    Setting,
    Settings,
    did_you_mean,
    eventually,
    wait_until,
)

THE_ORDER = Note[str]("the customer's order")


def test_a_missing_note_says_what_was_noted_and_what_to_add() -> None:
    """Whoever composes a scenario in the wrong order is told which step is missing."""
    notes = Notes()
    with pytest.raises(RehearsalError, match=r"No step has noted the customer's order .* \(noted so far: nothing\)"):
        _ = notes[THE_ORDER]
    notes[Note[int]("a basket")] = 1
    with pytest.raises(RehearsalError, match="noted so far: a basket"):
        _ = notes[THE_ORDER]


def test_a_note_is_read_under_its_type() -> None:
    """What was written comes back, also by `get` and `in`."""
    notes = Notes()
    assert notes.get(THE_ORDER) is None
    notes[THE_ORDER] = "A-1001"
    assert THE_ORDER in notes
    assert notes[THE_ORDER] == notes.get(THE_ORDER) == "A-1001"


def test_waiting_for_the_product_ends_red_with_the_last_state() -> None:
    """The error says the limit, how often was looked, and what was found last."""

    def check() -> None:
        found, expected = "placed", "shipped"
        assert found == expected, f"order A-1042 is {found!r}, expected {expected!r}"

    with pytest.raises(PromiseBroken, match=r"Still not true after 0.02 s \(\d+ tries\): order A-1042 is 'placed'"):
        eventually(check, limit=0.02)


def test_waiting_ends_as_soon_as_the_condition_holds() -> None:
    """The value of the check is returned, and any other error passes through at once."""
    tries = iter([AssertionError("not yet"), AssertionError("not yet"), None])

    def check() -> str:
        if (error := next(tries)) is not None:
            raise error
        return "shipped"

    assert eventually(check, limit=5) == "shipped"
    with pytest.raises(ZeroDivisionError):
        eventually(lambda: 1 // 0, limit=5)


def test_waiting_for_the_environment_ends_yellow() -> None:
    """What is ours or the environment's is never blamed on the product."""
    with pytest.raises(RehearsalError, match="Still not true after 0 s") as caught:
        wait_until(lambda: None, limit=0, what="the broker answers", hint="Is it running?")
    assert not isinstance(caught.value, AssertionError)
    assert str(caught.value).endswith("Is it running?")


def test_a_sick_part_keeps_its_name_across_processes() -> None:
    """The error can be handed from a worker to its parent."""
    error = pickle.loads(pickle.dumps(PartUnavailable("broker", "exited with status 1")))
    assert (error.part, str(error)) == ("broker", "broker: exited with status 1")


def test_every_wrong_setting_is_named_at_once_with_the_nearest_known() -> None:
    """One run shows all faults, each with a way out."""
    known = [Setting("profile", "which environment", "embedded", ("embedded", "remote")), Setting("seed", "of data")]
    with pytest.raises(ConfigurationError) as caught:
        Settings(known, {"proflie": "remote", "profile": "emdedded"})
    assert str(caught.value).splitlines() == [
        "-D proflie=remote: no setting has this name. Did you mean 'profile'?",
        "-D profile=emdedded is not a choice. Did you mean 'embedded'?",
    ]


def test_the_value_of_a_setting_that_is_named_like_a_secret_is_not_repeated() -> None:
    """Whatever is wrong with it; nor is a password in an address."""
    known = [Setting("api_token", "", "", ("a", "b")), Setting("secret_seed", ""), Setting("cookies", "")]
    with pytest.raises(ConfigurationError) as caught:
        Settings(known, {"api_tokn": "x", "password": "hunter2", "api_token": "hunter2", "url": "http://u:hunter2@x"})
    assert str(caught.value).splitlines() == [
        "-D api_tokn=x: no setting has this name. Did you mean 'api_token'?",
        "-D password=... (its value is not shown): no setting has this name. Known: api_token, cookies, secret_seed.",
        "-D url=http://u:[redacted]@x: no setting has this name. Known: api_token, cookies, secret_seed.",
        "-D api_token=... (its value is not shown) is not a choice. Known: a, b.",
    ]
    settings = Settings(known[1:], {"secret_seed": "hunter2", "cookies": "hunter2"})
    for read, name in ((settings.number, "secret_seed"), (settings.flag, "cookies")):
        with pytest.raises(ConfigurationError, match=rf"^-D {name}=\.\.\. \(its value is not shown\): expected"):
            read(name)


def test_settings_have_types() -> None:
    """Flags and numbers are read, defaults fill in, and a wrong value is explained."""
    known = [Setting("seed", ""), Setting("headed", "", "false"), Setting("order", "", "as_written")]
    settings = Settings(known, {"seed": "42", "headed": True})
    assert (settings.number("seed"), settings.flag("headed"), settings.text("order")) == (42, True, "as_written")
    with pytest.raises(ConfigurationError, match=r"-D seed=x: expected a whole number"):
        Settings(known, {"seed": "x"}).number("seed")
    with pytest.raises(ConfigurationError, match=r"-D headed=perhaps: expected true or false"):
        Settings(known, {"headed": "perhaps"}).flag("headed")


def test_an_unknown_word_gets_the_nearest_or_all_known_words() -> None:
    """A typing error is answered by the word that was meant; a guess by what there is."""
    assert did_you_mean("smok", ["smoke", "contract"]) == "Did you mean 'smoke'?"
    assert did_you_mean("zzz", ["smoke", "contract"]) == "Known: contract, smoke."
    assert did_you_mean("zzz", []) == ""
