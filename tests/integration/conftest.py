"""The command line, run in this process."""

from collections.abc import Callable

import pytest

from kg.cli import main

Run = Callable[..., tuple[int, str, str]]  # arguments -> exit status, standard output, standard error


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    def run_kg(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return int(ended.value.code or 0), out, err

    return run_kg
