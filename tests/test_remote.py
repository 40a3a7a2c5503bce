"""What is made of a remote's address and of a server's words."""

from pathlib import Path

import pytest

from servplan.files.remote import forge_of, review_address, without_secrets
from tests.clones import git

GITHUB = "https://github.com/kommunen/plan/compare/uppfoljning/2013-02-enheten?expand=1"
GITLAB = "/-/merge_requests/new?merge_request%5Bsource_branch%5D=uppfoljning%2F2013-02-enheten"


@pytest.mark.parametrize(
    ("address", "review"),
    [
        ("https://github.com/kommunen/plan.git", GITHUB),
        ("https://anna:hemligt@github.com/kommunen/plan", GITHUB),
        ("git@github.com:kommunen/plan.git", GITHUB),
        ("ssh://git@github.com/kommunen/plan.git", GITHUB),
        (
            "ssh://git@gitlab.kommunen.example:2222/plan/norr.git",
            f"https://gitlab.kommunen.example/plan/norr{GITLAB}",
        ),
        (
            "https://gitlab.kommunen.example:8443/plan/norr/",
            f"https://gitlab.kommunen.example:8443/plan/norr{GITLAB}",
        ),
        ("http://gitlab.intern/plan.git", f"http://gitlab.intern/plan{GITLAB}"),
        ("https://git.kommunen.example/plan.git", None),
        ("/srv/github/plan.git", None),
        ("file:///srv/gitlab/plan.git", None),
        ("../gitlab/plan.git", None),
    ],
)
def test_a_review_is_opened_where_the_remote_is_known(
    address: str, review: str | None, tmp_path: Path
) -> None:
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "remote", "add", "origin", address)
    assert review_address(tmp_path, "origin", "uppfoljning/2013-02-enheten", "remote: Tack\n") == review


@pytest.mark.parametrize(
    ("address", "forge"),
    [
        ("git@github.com:kommunen/plan.git", "github"),
        ("https://gitlab.kommunen.example/plan.git", "gitlab"),
        ("https://git.kommunen.example/github/plan.git", None),
        ("../gitlab/plan.git", None),
    ],
)
def test_a_forge_is_known_by_its_host(address: str, forge: str | None, tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert forge_of(tmp_path, "origin") is None
    git(tmp_path, "remote", "add", "origin", address)
    assert forge_of(tmp_path, "origin") == forge


@pytest.mark.parametrize(
    "said",
    [
        "remote: \nremote: To create a merge request for x, visit:\nremote:   https://git.example/mr/1        \nremote: \n",
        "remote: Create a pull request for 'x' on GitHub by visiting:\nremote:      https://git.example/mr/1\n",
    ],
)
def test_what_the_server_offers_goes_first(said: str, tmp_path: Path) -> None:
    assert review_address(tmp_path, "origin", "x", said) == "https://git.example/mr/1"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("https://anna:hem@ligt@git.example/plan", "https://git.example/plan"),
        (
            "fatal: unable to access 'https://token@git.example/plan/': no",
            "fatal: unable to access 'https://git.example/plan/': no",
        ),
        (
            "git@git.example:plan, https://git.example/@plan",
            "git@git.example:plan, https://git.example/@plan",
        ),
    ],
)
def test_no_password_is_shown(text: str, plain: str) -> None:
    assert without_secrets(text) == plain
