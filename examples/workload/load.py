"""The clinic: measures one patient after another and asks the model about each, over new connections.

Counts begin with the first answer, since there is nobody to ask before; from then on every request that does not bring
a diagnosis is a failure, and none is tried again. Prints one JSON object per line:

sent, failed             since the start
failures                 how many failures of each kind, since the start
correct                  share of the answers since the last line that the patients' diagnoses bear out
p50_ms, p99_ms           time to answer since the last line

URL                      the model's inference endpoint
DEVICE                   the folder where the device records its calibration
RATE                     requests per second
RECALIBRATE_AFTER        after how many requests the device is recalibrated
REPORT_SECONDS           how often to print
"""

import http.client
import itertools
import json
import os
import pathlib
import signal
import threading
import time
import urllib.parse
from collections import Counter

import readings

stopped = threading.Event()


class Tally:
    """What was counted; totals since the start, the rest since the last line."""

    def __init__(self) -> None:
        self.sent = 0
        self.failures: Counter[str] = Counter()
        self.correct = 0
        self.times: list[float] = []

    def line(self, calibration: int) -> str:
        times, self.times = sorted(self.times), []
        correct, self.correct = self.correct, 0
        line = {
            "calibration": calibration,
            "sent": self.sent,
            "failed": sum(self.failures.values()),
            "failures": dict(self.failures),
            "correct": round(correct / len(times), 3) if times else None,
            "p50_ms": quantile(times, 0.5),
            "p99_ms": quantile(times, 0.99),
        }
        return json.dumps(line)


def quantile(times: list[float], share: float) -> float | None:
    return round(1000 * times[int(share * (len(times) - 1))], 1) if times else None


def request(row: readings.Reading) -> bytes:
    """An inference request of the Open Inference Protocol for one patient."""
    values = [round(value, 6) for value in row.values]
    tensor = {"name": "readings", "shape": [1, len(values)], "datatype": "FP64", "data": values}
    return json.dumps({"inputs": [tensor]}).encode()


def ask(url: urllib.parse.SplitResult, body: bytes) -> str:
    """The diagnosis that the model answers with. Raises OSError, HTTPException or ValueError."""
    connection = http.client.HTTPConnection(url.hostname or "", url.port or 80, timeout=10)
    try:
        connection.request("POST", url.path, body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise ValueError(f"status {response.status}")
        return str(json.loads(content)["outputs"][0]["data"][0])
    finally:
        connection.close()


def wait_for_model(url: urllib.parse.SplitResult, body: bytes) -> None:
    print(json.dumps({"waiting": url.geturl()}), flush=True)
    while not stopped.is_set():
        try:
            ask(url, body)
            return
        except (OSError, http.client.HTTPException, ValueError, KeyError):
            stopped.wait(2)


def measure(row: readings.Reading, url: urllib.parse.SplitResult, tally: Tally) -> None:
    started = time.monotonic()
    tally.sent += 1
    try:
        answer = ask(url, request(row))
        tally.correct += answer == readings.LABELS[row.label]
        tally.times.append(time.monotonic() - started)
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        kind = str(error) if isinstance(error, ValueError) else type(error).__name__
        tally.failures[kind] += 1
        print(json.dumps({"failure": kind, "message": str(error), "request": tally.sent}), flush=True)


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    url = urllib.parse.urlsplit(os.environ["URL"])
    device = pathlib.Path(os.environ["DEVICE"])
    pause = 1 / float(os.environ.get("RATE", "10"))
    recalibrate_after = int(os.environ.get("RECALIBRATE_AFTER", "3000"))
    report = float(os.environ.get("REPORT_SECONDS", "5"))

    calibration = readings.calibration(device)
    rows = readings.patients(incoming=True)
    kinds = [[readings.measured(row, number) for row in rows] for number in range(len(readings.SCALES))]
    wait_for_model(url, request(rows[0]))
    tally, due, reported = Tally(), time.monotonic(), time.monotonic()
    for turn in itertools.cycle(range(len(rows))):
        if stopped.is_set():
            break
        if calibration == 0 and tally.sent >= recalibrate_after:
            calibration = 1
            readings.recalibrate(device, calibration)
            print(json.dumps({"recalibrated": calibration, "scale": readings.SCALES[calibration]}), flush=True)
        measure(kinds[calibration][turn], url, tally)
        if time.monotonic() - reported >= report:
            reported = time.monotonic()
            print(tally.line(calibration), flush=True)
        # A slow answer is not made up for by a burst.
        due = max(due + pause, time.monotonic())
        stopped.wait(due - time.monotonic())
    print(tally.line(calibration), flush=True)


if __name__ == "__main__":
    main()
