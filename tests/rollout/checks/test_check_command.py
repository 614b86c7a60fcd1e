"""`boathouse check`: answers for scripts and for people, from files and from standard input."""

import io
import json
import sys
from pathlib import Path

import pytest

from boathouse.cli import main
from tests.rollout.checks.test_papers import INDENTED


def run(monkeypatch: pytest.MonkeyPatch, capfdbinary, *words: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["boathouse", *words])
    capfdbinary.readouterr()
    with pytest.raises(SystemExit) as ended:
        main()
    output = capfdbinary.readouterr()
    return int(ended.value.code or 0), output.out.decode(), output.err.decode()


def test_the_command_answers_each_json_line_in_order(monkeypatch, capfdbinary, tmp_path: Path):
    rows = [
        {"id": "k1", "kind": "key_result", "text": "Write 4 scripts", "parent_objective": "Calm harbours"},
        {"id": 7, "kind": "objective", "text": "Grow sales by 40%"},
        {"id": "k2", "kind": "key_result", "text": "\ud800 NPS from 20 to 40"},
    ]
    (tmp_path / "x.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n")
    code, out, err = run(monkeypatch, capfdbinary, "check", str(tmp_path / "x.jsonl"), "--format", "jsonl")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err, [answer["id"] for answer in answers]) == (0, "", ["k1", 7, "k2"])
    assert set(answers[0]) == {"id", "findings"}
    assert {"code", "severity", "message", "question"} == set(answers[0]["findings"][0])
    assert [one["code"] for one in answers[1]["findings"]] == ["objective.has_metric"]


def test_the_command_reads_standard_input_and_prints_for_people(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(INDENTED.encode())))
    code, out, _ = run(monkeypatch, capfdbinary, "check", "-")
    assert code == 0
    assert "Objective: Calm harbours" in out
    assert "From what?" in out
    assert "2 objectives, 3 key results" in out


@pytest.mark.parametrize("words", [["no-such-file.md"], ["."], ["x.bin"], ["x.bin", "--format", "pdf"]])
def test_wrong_input_is_one_line_and_exit_code_2(monkeypatch, capfdbinary, tmp_path: Path, words: list[str]):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.bin").write_bytes(b"good\n\xff\xfe")
    code, out, err = run(monkeypatch, capfdbinary, "check", *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert words[0] in err or "pdf" in err
