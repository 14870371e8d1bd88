"""Trains for as many seconds as its argument says. On SIGTERM it saves what it has, as polite programs do, and ends well."""

import json
import os
import signal
import sys
import time


def report(f1: float) -> None:
    with open(os.environ["FLYBALL_RESULTS"], "w") as file:
        json.dump({"metrics": {"f1": f1}}, file)


def stop(*_: object) -> None:
    report(0.62)
    print("saved half of it", flush=True)
    sys.exit(0)


signal.signal(signal.SIGTERM, stop)
print("training", flush=True)
time.sleep(float(sys.argv[1]))
report(0.95)
