"""The four short texts of a semester, made by rules from what the invented project did."""

import random

from .answers import Answers
from .periods import Half
from .texts import NARRATIVES, THEMES
from .world import PlannedProject


def narrate(answers: Answers, project: PlannedProject, half: Half) -> dict[str, str]:
    """Text by theme, in the project's language."""
    rng = random.Random(f"{answers.world.seed}:narrative:{project.code}:{half.code}")
    words = NARRATIVES[project.language]
    networks = [network for network in project.networks if network.constituted_on <= half.ends]
    stays = [
        (firm, stay)
        for network in networks
        for firm in network.firms
        for stay in firm.stays
        if stay.network is network
    ]
    here = [(firm, stay) for firm, stay in stays if stay.joined_on <= half.ends]
    gone = sum(
        any(
            day is not None and half.starts <= day <= half.ends
            for day in (stay.left_on, firm.closed_on)
        )
        for firm, stay in here
    )
    example, example_stay = rng.choice(here) if here else (None, None)
    facts = {
        "actions": sum(
            int(answers.networks[network.code].half(half)["joint_actions"]) for network in networks
        ),
        "networks": len(networks),
        "firms": len({firm.code for firm, _stay in here}),
        "joined": sum(stay.joined_on >= half.starts for _firm, stay in here),
        "gone": words["gone"].format(count=gone) if gone else words["none_gone"],
        "trend": words["grew"] if (half.ends - project.starts_on).days > 540 else words["new"],
        "firm": example.name if example else project.name,
        "network": example_stay.network.name if example_stay else project.name,
    }
    return {theme: rng.choice(words[theme]).format(**facts) for theme in THEMES}
