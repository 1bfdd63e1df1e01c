"""The short texts of a semester, made by rules from what the invented project did."""

import random

from .answers import Answers
from .periods import Half, days
from .texts import NARRATIVES, PHRASES, THEMES
from .world import PlannedFirm, PlannedNetwork, PlannedProject, Stay

LEARNS = 0.4  # how often the fifth text, which nobody has to write, is written
YOUNG = days(540)  # how long the trend of a project is still that of a new one


def narrate(answers: Answers, project: PlannedProject, half: Half) -> dict[str, str]:
    """Text by theme, in the project's language."""
    rng = random.Random(f"{answers.world.seed}:narrative:{project.code}:{half.code}")
    sentences, phrases = NARRATIVES[project.language], PHRASES[project.language]
    networks = [network for network in project.networks if network.constituted_on <= half.ends]
    stays = [(firm, stay) for firm, stay in _stays(networks) if stay.joined_on <= half.ends]
    gone = sum(_goes(firm, stay, half) for firm, stay in stays)
    firm_name = network_name = project.name
    if stays:
        example, stay = rng.choice(stays)
        firm_name, network_name = example.name, stay.network.name
    facts = {
        "actions": sum(
            int(answers.networks[network.code].half(half)["joint_actions"]) for network in networks
        ),
        "networks": len(networks),
        "firms": len({firm.code for firm, _stay in stays}),
        "joined": sum(stay.joined_on >= half.starts for _firm, stay in stays),
        "gone": phrases["gone"].format(count=gone) if gone else phrases["none_gone"],
        "trend": phrases["grew" if half.ends - project.starts_on > YOUNG else "new"],
        "firm": firm_name,
        "network": network_name,
    }
    written = {theme: rng.choice(sentences[theme]).format(**facts) for theme in THEMES}
    if rng.random() < LEARNS:
        written["learned"] = rng.choice(sentences["learned"]).format(**facts)
    return written


def _stays(networks: list[PlannedNetwork]) -> list[tuple[PlannedFirm, Stay]]:
    return [
        (firm, stay)
        for network in networks
        for firm in network.firms
        for stay in firm.stays
        if stay.network is network
    ]


def _goes(firm: PlannedFirm, stay: Stay, half: Half) -> bool:
    """Whether it leaves the network or closes in this semester."""
    return any(
        day is not None and half.starts <= day <= half.ends
        for day in (stay.left_on, firm.closed_on)
    )
