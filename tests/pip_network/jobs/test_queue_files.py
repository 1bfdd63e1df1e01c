import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

URL, TRANSPORT = "filesystem://localhost//", "pip_network.jobs.queue_files:Transport"


@pytest.fixture
def queue(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    folders = {name: tmp_path / name for name in ("in", "done", "control")}
    for folder in folders.values():
        folder.mkdir()
    options = {
        "data_folder_in": str(folders["in"]),
        "data_folder_out": str(folders["in"]),
        "processed_folder": str(folders["done"]),
        "control_folder": str(folders["control"]),
    }
    with Connection(URL, transport=TRANSPORT, transport_options=options) as connection:
        simple = connection.SimpleQueue(
            f"work-{tmp_path.name}"
        )  # kombu remembers names across connections
        simple.folder, simple.key = folders["in"], f"work-{tmp_path.name}"
        yield simple
        simple.close()


def test_messages_come_out_whole_each_once(queue):
    for number in range(20):
        queue.put({"number": number, "text": "ñ" * 5000})
    assert len(list(queue.folder.glob("*.msg"))) == len(list(queue.folder.iterdir())) == 20
    read = []
    for _ in range(20):
        message = queue.get_nowait()
        message.ack()
        read.append(message.payload["number"])
    assert sorted(read) == list(range(20))
    assert list(queue.folder.iterdir()) == []


def test_a_message_that_is_still_being_written_is_not_taken(queue):
    (queue.folder / f".1_x.{queue.key}.msg.part").write_text("")
    with pytest.raises(queue.Empty):
        queue.get_nowait()
    queue.put({"number": 1})
    assert queue.get_nowait().payload == {"number": 1}


def test_a_folder_that_has_gone_is_said(queue):
    queue.folder.rmdir()
    with pytest.raises(ChannelError, match="Cannot add file"):
        queue.put({})
