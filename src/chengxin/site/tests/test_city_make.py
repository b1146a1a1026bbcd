import json

from click.testing import CliRunner

from chengxin.city.services import AS_OF, make_city
from chengxin.site.cli import cli


def test_the_command_tells_digest_counts_and_speed_as_json(tmp_path):
    folder = str(tmp_path / "city")
    arguments = ["city", "make", "--organisations", "60", "--records", "300", "--out", folder]

    done = CliRunner().invoke(cli, [*arguments, "--json"])

    told = json.loads(done.stdout)
    again = make_city(seed=1, organisations=60, records=300, out=tmp_path / "b", as_of=AS_OF)
    assert done.exit_code == 0
    assert told["digest"] == again.digest
    assert told["rows_per_second"] > 0
