"""
Makes a model of several files, by which anybody can tell which version it is and whether it is whole. The parameter `token` is the
version, `size` how many MiB it has, `seconds` how long it takes. What it has counted so far is kept as a checkpoint.
"""

import hashlib
import json
import os
import pathlib
import time

parameters = json.loads(os.environ.get("FLYBALL_PARAMETERS", "{}"))
token = parameters["token"]
parts = 4
part_size = int(parameters.get("size", "1")) * 2**20 // parts
seconds = int(parameters.get("seconds", "1"))

dataset = pathlib.Path(os.environ["FLYBALL_DATASET_TRAIN"])
rows = sum(len(path.read_text().splitlines()) for path in dataset.rglob("*.csv"))
print("rows", rows, flush=True)

checkpoint = os.environ.get("FLYBALL_CHECKPOINT")
state = pathlib.Path(checkpoint) / "second" if checkpoint else None
begun = int(state.read_text()) if state and state.exists() else 0
print("begins at second", begun, flush=True)
for second in range(begun, seconds):
    time.sleep(1)
    # Less often than the folder is looked at: one in which files change all the time is never whole.
    if state and (second + 1) % 10 == 0:
        draft = state.with_suffix(".draft")
        draft.write_text(str(second + 1))
        os.replace(draft, state)

output = pathlib.Path(os.environ["FLYBALL_OUTPUT"])
digests = {}
for index in range(parts):
    content = hashlib.shake_256(f"{token}/{index}".encode()).digest(2**16) * (part_size // 2**16)
    path = output / "parts" / f"part-{index}.bin"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    digests[path.name] = hashlib.sha256(content).hexdigest()
(output / "manifest.json").write_text(json.dumps({"token": token, "parts": digests}))
results = {"metrics": {"f1": 0.9, "rows": rows, "begun": begun}}
pathlib.Path(os.environ.get("FLYBALL_RESULTS", "/dev/termination-log")).write_text(json.dumps(results))
