"""Run by a Python that has OpenFisca: loads the package and computes what stdin asks for.

In: {"package": folder, "asked": [{"variable", "day", "inputs": {name: [...]}}]}. Out: the sums.
"""

import json
import sys

asked = json.load(sys.stdin)
sys.path.insert(0, asked["package"])

from openfisca_core.simulation_builder import SimulationBuilder  # noqa: E402
from openfisca_policykb import CountryTaxBenefitSystem  # noqa: E402

system = CountryTaxBenefitSystem()


def computed(variable, day, inputs):
    builder = SimulationBuilder()
    count = len(next(iter(inputs.values())))
    simulation = builder.build_default_simulation(system, count)
    for name, values in inputs.items():
        import numpy

        simulation.set_input(name, day, numpy.array(values, dtype=float))
    return [float(value) for value in simulation.calculate(variable, day)]


def known(variable, day):
    found = system.get_variable(variable)
    rule = variable.removesuffix("_at_most").removesuffix("_at_least")
    node = system.parameters.rules.children[rule]
    values = {name: held.get_at_instant(day) for name, held in node.children.items()}
    return {"reference": found.reference, "metadata": node.metadata, "values": values}


json.dump(
    {
        "sums": [computed(**one) for one in asked["asked"]],
        "known": [known(one["variable"], one["day"]) for one in asked["asked"]],
    },
    sys.stdout,
)
