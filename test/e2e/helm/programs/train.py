"""Trains until somebody says that it is enough, so that it goes on through everything that happens meanwhile."""

import json
import os
import time

print("training", flush=True)
while not os.path.exists("/tmp/enough"):
    time.sleep(0.5)
# Whoever says so is ended with the container.
time.sleep(3)
with open(os.environ["FLYBALL_RESULTS"], "w") as file:
    json.dump({"metrics": {"f1": 0.97}}, file)
