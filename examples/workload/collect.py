"""The laboratory: once the device has been recalibrated, labels readings of the new kind and adds them to the dataset.

DATASET       the dataset's folder
DEVICE        the folder where the device records its calibration
BATCH         how many readings are labelled at a time
BATCH_SECONDS how long a batch takes
"""

import json
import os
import pathlib
import signal
import sys
import time

import readings


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    dataset, device = pathlib.Path(os.environ["DATASET"]), pathlib.Path(os.environ["DEVICE"])
    batch, pause = int(os.environ.get("BATCH", "50")), float(os.environ.get("BATCH_SECONDS", "5"))
    rows = readings.patients(incoming=True)
    batches = [rows[start : start + batch] for start in range(0, len(rows), batch)]
    while True:
        calibration = readings.calibration(device)
        if calibration > 0:
            for number, part in enumerate(batches):
                label(dataset, calibration, number, part)
                time.sleep(pause)
        time.sleep(2)


def label(dataset: pathlib.Path, calibration: int, number: int, rows: list[readings.Reading]) -> None:
    name = f"readings-{calibration}-{number:03d}.csv"
    if (dataset / name).exists():
        return
    readings.write(dataset, name, [readings.measured(row, calibration) for row in rows])
    print(json.dumps({"file": name, "calibration": calibration, "rows": len(rows)}), flush=True)


if __name__ == "__main__":
    main()
