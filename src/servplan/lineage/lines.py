"""The lines of records: their numbers, which of them turned out to be one, and the ids that they bore."""

from collections.abc import Iterable, Mapping
from itertools import count

from servplan.blobs import File
from servplan.files.git_log import LoggedCommit
from servplan.lineage.state import LastSeen, State


class Lines:
    """The lines of a walk; `names` has what the record of each was called last."""

    def __init__(self) -> None:
        self._numbers = count()
        self._same: dict[int, int] = {}
        self._outside: dict[str, int] = {}
        self._borne: dict[str, int] = {}
        self.names: dict[int, str] = {}

    def find(self, line: int) -> int:
        """Return the line that a line has become."""
        while line in self._same:
            line = self._same[line]
        return line

    def of(self, state: State, id_: str) -> int:
        """Return the line of the last record that bore an id; -1 if there was none."""
        return self.find(state.lines.get(id_, -1))

    def unite(self, line: int, other: int) -> None:
        """Make two lines one."""
        one, into = self.find(line), self.find(other)
        if one != into:
            self._same[one] = into

    def outside(self, ids: Iterable[str]) -> dict[str, int]:
        """Return the lines of records that were there before the first commits: one for each id."""
        lines = {id_: self._outside.setdefault(id_, next(self._numbers)) for id_ in ids}
        self._borne.update(lines)
        return lines

    def join(self, state: State, other: State) -> None:
        """Add the lines of another side of a merge to a state; an id that both sides bear is one record."""
        for id_, line in other.lines.items():
            mine = state.lines.setdefault(id_, line)
            if mine != line and id_ in other.files:
                if id_ in state.files:
                    self.unite(line, mine)
                else:
                    state.lines[id_] = line
        state.gone = other.gone | state.gone

    def part(self, state: State, ids: Iterable[str]) -> None:
        """Give lines of their own to records that share one: a merge may keep a record and its rename.

        The first of them goes on with the line.
        """
        taken = set()
        for id_ in filter(state.files.__contains__, ids):
            if self.of(state, id_) in taken:
                state.lines[id_] = self._borne[id_] = next(self._numbers)
            taken.add(self.of(state, id_))

    def name(
        self,
        state: State,
        commit: LoggedCommit,
        went: Mapping[str, File],
        came: Mapping[str, File],
        renamed: Mapping[str, str],
    ) -> dict[str, LastSeen]:
        """Give their lines to the records that came, and return those that came back with where they were.

        `renamed` has the ids that came in place of others, each with the one before.
        """
        if len(commit.parents) > 1 and state.gone:
            there = {self.of(state, id_) for id_ in state.files}
            state.gone = {line: place for line, place in state.gone.items() if line not in there}
        back = {}
        for id_ in came:
            line = self.of(state, renamed.get(id_, id_))
            if line in state.gone:
                back[id_] = state.gone.pop(line)
            elif id_ not in renamed:
                line = next(self._numbers)
            state.lines[id_] = self._borne[id_] = line
        for id_ in went.keys() - set(renamed.values()):
            state.gone[self.of(state, id_)] = LastSeen(went[id_], commit.parents[0])
        return back

    def at_last(self, state: State) -> tuple[dict[str, int], dict[int, str]]:
        """Return each id's last line, and each line's last id, by the last state."""
        now = {id_: self.of(state, id_) for id_ in state.files}
        lines = {id_: self.find(line) for id_, line in self._borne.items()} | now
        names = {line: id_ for id_, line in lines.items()}
        names |= {self.find(line): id_ for line, id_ in self.names.items()}
        return lines, names | {line: id_ for id_, line in now.items()}
