"""What each command's ``--help`` shows at its end: lines that can be copied.

Only text: the command line reads it before anything else is loaded.
"""

from __future__ import annotations

EXAMPLES_OF: dict[str, str] = {
    "sweep": """\
examples:
  sagsflow sweep                                              the comparison that is set up from the start
  sagsflow sweep scenario=baseline,pooled_budget,pooled_budget+weekly_panels
  sagsflow sweep 'teams.buf_intake.caseworkers=range(12,17)' scenario=baseline output=results/intake
  sagsflow sweep --scenarios mine scenario=baseline,larger_intake experiment=precise
  sagsflow sweep --points points.csv                          named combinations from a spreadsheet
  sagsflow sweep --design lhs --vary 'teams.*.caseworkers' --n 40 scenario=baseline
  sagsflow sweep municipality=one_team scenario=baseline experiment=quick --json > result.json
""",
    "run": """\
examples:
  sagsflow run scenario=joint_transition_team
  sagsflow run scenario=joint_transition_team+weekly_panels   two scenarios laid over each other
  sagsflow run municipality=one_team experiment=quick report=english
  sagsflow run tracks.children.steps.statements.days.mean=21 output=results/three-weeks
""",
    "check": """\
examples:
  sagsflow check                                              the baseline as it is
  sagsflow check scenario=pooled_budget+weekly_panels         what a stack changes
  sagsflow check --scenarios mine municipality=ours           your own files
  sagsflow check municipality=one_team --yaml                 every value
""",
    "sensitivity": """\
examples:
  sagsflow sensitivity scenario=pooled_budget                 which assumptions carry its effect
  sagsflow sensitivity scenario=baseline --level --measure cost.total --vary 'costs.*'
  sagsflow sensitivity scenario=weekly_panels --method morris --n 10 experiment=quick
  sagsflow sensitivity scenario=pooled_budget --method attribution
""",
    "scenarios": """\
examples:
  sagsflow scenarios
  sagsflow scenarios --scenarios mine --language en
  sagsflow scenarios --json
""",
    "compare": """\
examples:
  sagsflow compare results/a results/b
  sagsflow compare results/a results/b -o results/both --reference baseline
""",
    "report": """\
examples:
  sagsflow report results/a                                   after an interruption, or with a newer version
  sagsflow report results/a --language en
  sagsflow report results/a --json -q                         only the figures, for a script
""",
    "completion": """\
examples:
  sagsflow completion bash >> ~/.bashrc
  sagsflow completion zsh >> ~/.zshrc
  sagsflow completion fish > ~/.config/fish/completions/sagsflow.fish
  sagsflow completion powershell >> $PROFILE
""",
    "init": """\
examples:
  sagsflow init my-municipality                          asks; Enter takes what is scaled from Odense
  sagsflow init laesoe --name "Læsø" --population 1800 --yes
  sagsflow init ours --name "Ny By" --population 42500 --children 8900 --young 2200 --yes
  sagsflow init ours --name "Ny By" --population 42500 --staff buf_intake=3,buf_family=17 --panels buf_panel_family=2:12
  sagsflow init ours --name "Ny By" --population 42500 --places family_support=180 --yes --language en

What is not given is scaled from Odense by the number of inhabitants, and marked as not verified. See what is left to
verify with: sagsflow check --scenarios my-municipality municipality=NAME
""",
    "schema": """\
examples:
  sagsflow schema my-municipality/schema                      again, after an update
  sagsflow schema > configuration.json
""",
    "story": """\
examples:
  sagsflow story results/a                                    the longest wait
  sagsflow story results/a --case typical --scenario pooled_budget --language en
  sagsflow story results/a --case 4711 -o out/
""",
    "optimise": """\
examples:
  sagsflow optimise output=results/search                     the question that comes with Odense
  sagsflow optimise search.trials=80 output=results/search    go on with the same search
  sagsflow optimise --scenarios mine search=ours              a question of your own
""",
}
"""By command. A command that is not here says its examples where it is defined."""
