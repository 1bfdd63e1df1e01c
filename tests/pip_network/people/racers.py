"""Two processes of their own that answer one invitation, or end two roles, at the same instant."""

from tests.racing import PROCESSES, database


def race_to_accept(key_hash: str) -> list[str]:
    return _race([("accept", (key_hash,))] * 2)


def race_to_end(numbers: list[int], email: str) -> list[str]:
    return _race([("end", (number, email)) for number in numbers])


def _race(acts) -> list[str]:
    barrier, outcomes = PROCESSES.Barrier(len(acts)), PROCESSES.Queue()
    racers = [
        PROCESSES.Process(target=_run, args=(outcomes, barrier, database(), *act), daemon=True)
        for act in acts
    ]
    for racer in racers:
        racer.start()
    found = [outcomes.get(timeout=60) for _ in racers]
    for racer in racers:
        racer.join(10)
    return found


def _run(outcomes, barrier, settings, name, arguments) -> None:
    from django.db import connection  # noqa: PLC0415 -- after the set-up

    from tests import loaded  # noqa: F401, PLC0415 -- a process of its own

    connection.settings_dict.update(settings)
    from pip_network.jobs import outbox  # noqa: PLC0415 -- after the set-up

    outbox._wake = lambda: None  # no broker is told: the race is about the database
    barrier.wait(60)
    try:
        {"accept": _accept, "end": _end}[name](*arguments)
        outcomes.put("ok")
    except Exception as error:  # whatever went wrong is the outcome that the test judges
        outcomes.put(type(error).__name__)
    connection.close()


def _accept(key_hash: str) -> None:
    from pip_network.people import invitations  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    invitations.accept(
        key_hash=key_hash,
        name="Nueva",
        password="una-frase-larga-7",
        language="es",
        at=moment("2006-03-02"),
    )


def _end(number: int, email: str) -> None:
    from pip_network.models import RoleAssignment, User  # noqa: PLC0415 -- after the set-up
    from pip_network.people.roles import end_role  # noqa: PLC0415 -- after the set-up
    from tests.factories import moment  # noqa: PLC0415 -- after the set-up

    held = RoleAssignment.objects.select_related("person").get(pk=number)
    end_role(assignment=held, by=User.objects.get(email=email), at=moment("2006-03-02"))
