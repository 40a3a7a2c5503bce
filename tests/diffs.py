"""A plan to change, for tests of what its change is told as."""

BASE = {
    "goals/topp.yaml": "title: Topp\nlevel: overall\ndue: 2014-12-31\n",
    "goals/ett.yaml": "title: Ett\nlevel: sub-goal\nsupports: [topp]\ndue: 2013-12-31\n",
    "goals/tva.yaml": "title: Två\nlevel: sub-goal\nsupports: [topp]\n",
    "activities/resa.yaml": "title: Resa\nsupports: [ett]\nowners: [enheten]\ndue: 2013-06-30\n",
    "owners/enheten.yaml": "title: Enheten\ntype: unit\n",
    "programmes/punkter.yaml": "title: Punkter\n",
    "boxes/punkt.yaml": "title: Punkt\nprogramme: punkter\nlog: [{date: 2013-02-01, ticked: true}]\n",
}

ANSWER = "- {record: resa, rule: due-moved, reason: Tjäle, by: Enheten}\n"
