import pytest
from hypothesis import given
from hypothesis import strategies as st

from chengxin.kernel.sealing import BadKey, CannotUnseal, Sealer

OLD, NEW, INDEX = b"o" * 32, b"n" * 32, b"i" * 32


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_is_sealed_opens_for_its_owner(data, owner):
    sealer = Sealer(NEW, INDEX)
    assert sealer.unseal(sealer.seal(data, owner=owner), owner=owner) == data


def test_the_same_value_never_looks_the_same_twice():
    sealer = Sealer(NEW, INDEX)
    assert sealer.seal(b"x") != sealer.seal(b"x")


def test_a_value_moved_to_another_owner_does_not_open():
    sealer = Sealer(NEW, INDEX)
    sealed = sealer.seal(b"x", owner="record 1")
    with pytest.raises(CannotUnseal):
        sealer.unseal(sealed, owner="record 2")


def test_one_changed_bit_anywhere_is_noticed():
    sealer = Sealer(NEW, INDEX)
    sealed = sealer.seal(b"secret")
    for place in range(len(sealed)):
        broken = bytearray(sealed)
        broken[place] ^= 1
        with pytest.raises(CannotUnseal):
            sealer.unseal(bytes(broken))


@pytest.mark.parametrize("length", [0, 1, 5, 20, 32])
def test_a_value_cut_short_does_not_open(length):
    sealer = Sealer(NEW, INDEX)
    with pytest.raises(CannotUnseal):
        sealer.unseal(sealer.seal(b"")[:length])


def test_keys_can_be_changed_while_old_values_stay_readable():
    sealed = Sealer(OLD, INDEX).seal(b"old")
    sealer = Sealer(NEW, INDEX, retired=[OLD])

    assert sealer.unseal(sealed) == b"old"
    assert sealer.needs_resealing(sealed)
    assert not sealer.needs_resealing(sealer.seal(sealer.unseal(sealed)))
    with pytest.raises(CannotUnseal) as refusal:
        Sealer(NEW, INDEX).unseal(sealed)
    assert refusal.value.facts["key_id"] == sealed[1:5].hex()


def test_a_sealed_value_starts_with_its_version_and_key():
    sealed = Sealer(NEW, INDEX).seal(b"x")
    assert sealed[0] == 1
    assert len(sealed) == 1 + 4 + 12 + 1 + 16


def test_the_blind_index_depends_on_its_own_key_only():
    before, after = Sealer(OLD, INDEX), Sealer(NEW, INDEX, retired=[OLD])

    assert before.blind_index("甲") == after.blind_index("甲") != after.blind_index("乙")
    assert len(after.blind_index("甲")) == 64
    assert Sealer(NEW, OLD).blind_index("甲") != after.blind_index("甲")


@pytest.mark.parametrize("keys", [(b"short", INDEX), (NEW, b""), (NEW, NEW)])
def test_short_or_shared_keys_are_refused(keys):
    with pytest.raises(BadKey):
        Sealer(*keys)
