"""Trains, with the argument `waits` until somebody says that it is enough, so that it goes on through everything that happens meanwhile."""

import json
import os
import sys
import time

print("training", flush=True)
while sys.argv[1:] == ["waits"] and not os.path.exists("/tmp/enough"):
    time.sleep(0.5)
# Whoever says so is ended with the container.
time.sleep(3)
with open(os.path.join(os.environ["FLYBALL_OUTPUT"], "model"), "w") as file:
    file.write("a model")
with open(os.environ["FLYBALL_RESULTS"], "w") as file:
    json.dump({"metrics": {"f1": 0.97}}, file)
