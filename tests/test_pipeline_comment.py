"""The comment on a pull request that tells what a proposal changes."""

import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.forges import COMMENT, bash, parsed

GH = """\
#!{python}
# Stands in for GitHub's own client: answers from answers.json, and keeps what is sent.
import json, pathlib, subprocess, sys
arguments = sys.argv[1:]
folder = pathlib.Path({folder!r})
with (folder / "asked").open("a") as asked:
    asked.write(json.dumps(arguments) + "\\n")
path = next(item for item in arguments[1:] if item.startswith("repos/"))
if "--input" in arguments:
    (folder / "sent").write_text(pathlib.Path(arguments[arguments.index("--input") + 1]).read_text())
elif path.endswith("/zip"):
    sys.stdout.buffer.write((folder / "artifact.zip").read_bytes())
else:
    answer = json.dumps(json.loads((folder / "answers.json").read_text())[path])
    subprocess.run(["jq", "-r", arguments[arguments.index("--jq") + 1]], input=answer, text=True, check=True)
"""


EVENT = {
    "GH_TOKEN": "nyckel",
    "GH_REPO": "kommunen/plan",
    "RUN_ID": "7",
    "RUN_URL": "https://forge.example/runs/7",
    "HEAD_OWNER": "anna",
    "HEAD_BRANCH": "förslag;$(touch hacked)",
    "HEAD_SHA": "abc",
}


PULLS = "repos/kommunen/plan/pulls"


ARTIFACTS = "repos/kommunen/plan/actions/runs/7/artifacts"


COMMENTS = "repos/kommunen/plan/issues/12/comments"


MARK = "<!-- servplan diff -->"


HOSTILE = """\
## Ändringar
```
</pre><script>alert(1)</script> <img src=x onerror=y>
@everybody [här](https://ond.example) ${{ github.token }} $(touch hacked) `touch hacked`
"}, "body": "x
PYTHON
\r<!-- servplan diff -->\u2028# Rubrik\x00
"""


class Comment(NamedTuple):
    """What the posting job asked GitHub for, and the comment that it sent."""

    asked: list[list[str]]
    body: str | None


def posted(
    folder: Path,
    diff: bytes | None,
    comments: object = (),
    pulls: object = None,
    audit: bytes | None = None,
) -> Comment:
    """Run the posting job's steps, one after another, with a stand-in for `gh`."""
    programs = folder / "bin"
    programs.mkdir()
    (programs / "gh").write_text(GH.format(python=sys.executable, folder=str(folder)), "utf-8")
    (programs / "gh").chmod(0o755)
    with zipfile.ZipFile(folder / "artifact.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../outside", "x")
        archive.writestr("diff.txt", diff or b"")
        if audit is not None:
            archive.writestr("audit.txt", audit)
    artifacts = [{"id": 5, "name": "annat"}] + ([{"id": 6, "name": "plan-diff"}] if diff is not None else [])
    answers = {
        PULLS: [{"number": 11, "head": {"sha": "old"}}, {"number": 12, "head": {"sha": "abc"}}]
        if pulls is None
        else pulls,
        ARTIFACTS: {"artifacts": artifacts},
        COMMENTS: comments,
    }
    (folder / "answers.json").write_text(json.dumps(answers), "utf-8")
    (folder / "github.env").touch()
    path = f"{programs}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}/usr/bin:/bin"
    for step in parsed(COMMENT)["jobs"]["comment"]["steps"]:
        told = dict(line.split("=", 1) for line in (folder / "github.env").read_text("utf-8").splitlines())
        if "if" in step and not told["NUMBER"]:
            continue
        done = bash(step["run"], folder, **EVENT, **told, PATH=path)
        assert done.code == 0, done.err
    asked = [json.loads(line) for line in (folder / "asked").read_text("utf-8").splitlines()]
    sent = folder / "sent"
    return Comment(asked, json.loads(sent.read_text("utf-8"))["body"] if sent.exists() else None)


needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="the stand-in for gh needs jq")


@needs_jq
def test_the_comment_shows_a_hostile_text_as_code(tmp_path: Path) -> None:
    comment = posted(tmp_path, HOSTILE.encode())
    assert comment.body is not None
    first, second, empty, *code = comment.body.splitlines()
    assert (first, second, empty) == (MARK, "**servplan diff** ([run](https://forge.example/runs/7))", "")
    assert [line for line in code if not line.startswith("    ")] == []
    assert [line[4:] for line in code] == HOSTILE.replace("\x00", "").splitlines()
    assert not (tmp_path / "hacked").exists()
    assert comment.asked[-1][:4] == ["api", "--method", "POST", COMMENTS]


@needs_jq
def test_the_comment_shows_what_was_changed_without_trace_below_the_change(tmp_path: Path) -> None:
    comment = posted(tmp_path, b"~ x\n", audit=HOSTILE.encode())
    assert comment.body is not None
    run = "([run](https://forge.example/runs/7))"
    assert comment.body.startswith(
        f"{MARK}\n**servplan diff** {run}\n\n    ~ x\n\n**servplan audit** {run}\n\n    "
    )
    _head, code = comment.body.split(f"**servplan audit** {run}\n\n")
    assert [line[4:] for line in code.splitlines()] == HOSTILE.replace("\x00", "").splitlines()
    assert [line for line in code.splitlines() if not line.startswith("    ")] == []


@needs_jq
def test_which_pull_request_it_is_comes_from_github(tmp_path: Path) -> None:
    comment = posted(tmp_path, b"NUMBER=99\n")
    assert f"head={EVENT['HEAD_OWNER']}:{EVENT['HEAD_BRANCH']}" in comment.asked[0]
    assert comment.asked[-1][3] == COMMENTS


@needs_jq
def test_the_jobs_own_earlier_comment_is_replaced_and_no_other(tmp_path: Path) -> None:
    comments = [
        {"id": 1, "user": {"login": "anna"}, "body": f"{MARK} mitt"},
        {"id": 2, "user": {"login": "github-actions[bot]"}, "body": "annat"},
        {"id": 3, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nförra"},
        {"id": 4, "user": {"login": "github-actions[bot]"}, "body": f"{MARK}\nförrförra"},
    ]
    comment = posted(tmp_path, b"- x\n", comments)
    assert comment.asked[-1][:4] == ["api", "--method", "PATCH", "repos/kommunen/plan/issues/comments/3"]


@needs_jq
@pytest.mark.parametrize("diff", [b"x" * 5_000_000, b"\n" * 5_000_000, "å".encode() * 50_000])
def test_a_long_change_is_cut(diff: bytes, tmp_path: Path) -> None:
    comment = posted(tmp_path, diff, audit=diff)
    assert comment.body is not None
    assert len(comment.body) < 65_536
    assert comment.body.count("\n    …\n") == 2


@needs_jq
@pytest.mark.parametrize(
    ("diff", "pulls"), [(None, None), (b"- x\n", []), (b"- x\n", [{"number": 11, "head": {"sha": "old"}}])]
)
def test_without_a_change_or_a_pull_request_nothing_is_posted(diff, pulls, tmp_path: Path) -> None:
    assert posted(tmp_path, diff, pulls=pulls).body is None
