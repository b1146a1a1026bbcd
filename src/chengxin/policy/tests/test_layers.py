"""An upper layer may add and narrow; whatever loosens is refused at its line."""

from datetime import date

import pytest

ITEM = "lianyungang/catalogue/penalty.yaml"
TERM = "lianyungang/parameters/publication.maximum_term.yaml"


def narrow_term(folder, value, since="2026-05-01"):
    folder.write(
        TERM,
        f"narrows: publication.maximum_term\nvalues:\n  - since: {since}\n    value: {value}\n"
        "    basis: {law: jiangsu-xinyong-tiaoli, article: 第三条}\n",
    )


def test_a_city_may_shorten_a_term_from_a_day_on(folder):
    narrow_term(folder, "{minor: 0, minor_if_necessary: 1, ordinary: 6, serious: 36}")

    book = folder.load()

    before = book.on(date(2026, 4, 30), "publication.maximum_term")
    after = book.on(date(2026, 5, 1), "publication.maximum_term")
    assert (before.value["ordinary"], before.basis.law_id) == (12, "fgw-36")
    assert (after.value["ordinary"], after.basis.law_id) == (6, "jiangsu-xinyong-tiaoli")


@pytest.mark.parametrize(
    ("value", "since"),
    [
        ("{minor: 0, minor_if_necessary: 3, ordinary: 13, serious: 36}", "2026-05-01"),
        ("{minor: 0, minor_if_necessary: 3, ordinary: 12}", "2026-05-01"),
        ("{minor: 12, ordinary: 12, serious: 12}", "2023-05-01"),  # too long from 2026-04-01 on
    ],
)
def test_a_city_may_not_lengthen_a_term_on_any_day(folder, value, since):
    narrow_term(folder, value, since)

    faults = set(folder.codes())

    assert faults == {"POLICY-LOOSENS"}


def test_a_narrowing_that_ends_gives_way_to_the_layer_below(folder):
    narrow_term(folder, "{minor: 0, minor_if_necessary: 3, ordinary: 6, serious: 36}")
    folder.edit(TERM, "    value:", "    until: 2026-07-01\n    value:")

    book = folder.load()

    terms = [
        book.on(date(2026, month, 1), "publication.maximum_term").value["ordinary"]
        for month in (4, 5, 6, 7)
    ]
    assert terms == [12, 6, 6, 12]


def test_a_fixed_parameter_may_not_be_changed_at_all(folder):
    folder.write(
        "jiangsu/parameters/publication.minimum_term.yaml",
        "narrows: publication.minimum_term\nvalues:\n  - since: 2026-04-01\n"
        "    value: {minor: 0, ordinary: 2, serious: 12}\n"
        "    basis: {law: jiangsu-xinyong-tiaoli, article: 第三条}\n",
    )

    fault = folder.only_fault()

    assert fault.code == "POLICY-LOOSENS"
    assert (fault.file, fault.line) == ("jiangsu/parameters/publication.minimum_term.yaml", 4)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("person_disclosure: shared\n", "person_disclosure"),
        ("since: 2016-01-01\n", "since"),
        ("fields:\n  - {name: decided_on, required: false}\n", "required"),
        ("fields:\n  - {name: id_number, personal: false}\n", "personal"),
        ("fields:\n  - {name: remark, public: true}\n", "public"),
        ("fields:\n  - {name: document_number, max_length: 200}\n", "max_length"),
        ("fields:\n  - {name: decided_on, type: text}\n", "type"),
        ("fields:\n  - {name: decided_on, not_after: valid_until}\n", "not_after"),
    ],
)
def test_an_item_may_not_be_loosened(folder, text, what):
    folder.write(ITEM, f"narrows: penalty\n{text}")

    fault = folder.only_fault()

    assert (fault.code, fault.file) == ("POLICY-LOOSENS", ITEM)
    assert what in fault.reason_zh
    assert fault.line == text.count("\n") + 1


def test_an_item_may_be_narrowed_and_given_more_fields(folder):
    folder.write(
        ITEM,
        "narrows: penalty\ndisclosure: shared\nsubject_kinds: [organisation]\nfields:\n"
        "  - {name: served_on, required: true, synonyms: [送达回证日期]}\n"
        "  - {name: remark, max_length: 100}\n"
        "  - {name: case_number, label: 案号, label_en: Case number, type: text}\n",
    )

    data = folder.load().raw_items["penalty"].data

    fields = {one["name"]: one for one in data["fields"]}
    assert data["disclosure"] == "shared"
    assert data["subject_kinds"] == ["organisation"]
    assert fields["served_on"]["required"] is True
    assert {"送达回证日期", "送达日期"} & set(fields["served_on"]["synonyms"]) == {"送达回证日期"}
    assert fields["remark"]["max_length"] == 100
    assert list(fields)[-1] == "case_number"


def test_a_list_is_closed_unless_it_says_otherwise(folder):
    folder.write(
        "lianyungang/codelists/penalty_kind.yaml",
        "narrows: penalty_kind\nadd_aliases: {fine: [罚金处罚]}\n"
        "add:\n  - {code: shaming, label: 曝光, label_en: Shaming}\n",
    )

    assert folder.codes() == ["POLICY-LOOSENS"]


def test_a_city_may_add_aliases_and_withdraw_entries(folder):
    folder.write(
        "lianyungang/codelists/permit_kind.yaml",
        "narrows: permit_kind\nadd_aliases: {ordinary: [一般许可]}\nremove: [franchise]\n",
    )

    codelist = folder.load().codelist("permit_kind")

    assert codelist.find("一般许可").code == "ordinary"
    assert codelist.find("特许") is None


def test_a_role_may_lose_powers_above_but_not_gain_any(folder):
    role = "roles:\n  - narrows: window_clerk\n    powers: {{reports.issue: {scope}{more}}}\n"
    folder.write("lianyungang/roles.yaml", role.format(scope="own_unit", more=""))
    assert dict(folder.load().roles["window_clerk"].powers) == {"reports.issue": "own_unit"}

    folder.write("lianyungang/roles.yaml", role.format(scope="all", more=", access.manage: all"))
    assert folder.codes() == ["POLICY-LOOSENS"]


def test_what_is_defined_below_cannot_be_defined_again(folder):
    law = (folder.root / "national/laws/pipl.yaml").read_text(encoding="utf-8")
    folder.write("lianyungang/laws/pipl.yaml", law)

    fault = folder.only_fault()

    assert fault.code == "POLICY-DUPLICATE"
    assert "national/laws/pipl.yaml" in fault.reason_zh


def test_what_does_not_exist_cannot_be_narrowed(folder):
    folder.write(ITEM, "narrows: penalties\ndisclosure: shared\n")

    assert folder.codes() == ["POLICY-NOTHING-TO-NARROW"]


def test_another_city_writes_its_own_layer_and_names_it(folder):
    (folder.root / "lianyungang").rename(folder.root / "yancheng")
    folder.edit(
        "layers.yaml", "{folder: lianyungang, label: 连云港市,", "{folder: yancheng, label: 盐城市,"
    )
    folder.edit("yancheng/site.yaml", "name: 诚信连云港", "name: 诚信盐城")

    assert folder.load().site.name == "诚信盐城"


def test_a_folder_that_is_no_layer_is_refused(folder):
    folder.edit("layers.yaml", "  - {folder: jiangsu, label: 江苏省, label_en: Jiangsu}\n", "")

    assert set(folder.codes()) == {"POLICY-UNKNOWN-FILE"}


def test_a_list_of_layers_that_cannot_be_read_is_the_one_fault(folder):
    folder.write("layers.yaml", "layers: no\n")

    fault = folder.only_fault()

    assert (fault.code, fault.file) == ("POLICY-GUESSED", "layers.yaml")
