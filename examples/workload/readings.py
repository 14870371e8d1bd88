"""The readings that all parts of the example share: what they are, who is in which group, how they lie on disk.

The data is the Wisconsin breast cancer set that scikit-learn ships: 569 patients, each with 30 measurements of cell
nuclei that a digital microscope took, and the diagnosis. Half of the patients have been diagnosed when the example
begins; the other half come in while it runs. Nobody is made up and nobody counts twice.

What is simulated is the device: it is recalibrated while the example runs, and from then on a micrometre is reported
as 1.3 of them, so that lengths grow by 1.3 and areas by 1.3 squared.
"""

import csv
import hashlib
import io
import json
import os
import pathlib
import time
from dataclasses import dataclass

from sklearn.datasets import load_breast_cancer

LABELS = ("benign", "malignant")
LENGTHS = ("radius", "perimeter")
SCALES = (1.0, 1.3)
"""What the device multiplies lengths by, under each calibration."""


@dataclass(frozen=True)
class Reading:
    """One patient's measurements, under one calibration of the device; label is an index into LABELS."""

    patient: int
    calibration: int
    label: int
    values: tuple[float, ...]


def features() -> tuple[str, ...]:
    """The names of the 30 measurements, in the order of the values."""
    return tuple(str(name).replace(" ", "_") for name in load_breast_cancer().feature_names)


def patients(incoming: bool) -> list[Reading]:
    """The patients who come in while the example runs, or those whom it begins with, under calibration 0."""
    data = load_breast_cancer()
    everyone = [
        # The data set writes malignant as 0; here the finding that matters is 1.
        Reading(patient, 0, 1 - int(label), tuple(float(value) for value in values))
        for patient, (values, label) in enumerate(zip(data.data, data.target))
        if (share("group", patient) >= 0.5) == incoming
    ]
    # The set lists severe cases first; a waiting room does not.
    return sorted(everyone, key=lambda reading: share("order", reading.patient))


def measured(reading: Reading, calibration: int) -> Reading:
    """The same patient as the device reports it under another calibration."""
    scale = SCALES[calibration] / SCALES[reading.calibration]
    values = tuple(value * factor(name, scale) for name, value in zip(features(), reading.values))
    return Reading(reading.patient, calibration, reading.label, values)


def factor(feature: str, scale: float) -> float:
    """How a measurement grows when lengths grow by `scale`."""
    if "area" in feature:
        return scale * scale
    return scale if any(length in feature for length in LENGTHS) else 1.0


def held_out(reading: Reading) -> bool:
    """Whether a patient is kept out of training.

    The patient alone decides, neither the seed nor the attempt: a champion must not be scored on those whom it
    learned from.
    """
    return share("held-out", reading.patient) < 0.3


def share(purpose: str, patient: int) -> float:
    """A number in [0, 1) that a patient keeps for ever."""
    return int(hashlib.sha256(f"{purpose}/{patient}".encode()).hexdigest()[:8], 16) / 2**32


def write(folder: pathlib.Path, name: str, rows: list[Reading]) -> None:
    """Adds a file of readings to a dataset; whoever lists the folder sees all of the file or none."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("patient", "calibration", "diagnosis", *features()))
    for row in rows:
        writer.writerow((row.patient, row.calibration, LABELS[row.label], *(f"{value:.6g}" for value in row.values)))
    replace(folder / name, text.getvalue())


def read(folder: pathlib.Path, patience: float) -> tuple[list[Reading], str]:
    """All readings of a dataset, and the digest of exactly the bytes that were read.

    Waits up to `patience` seconds for the first: who applies the whole example at once starts the training and the Job
    that prepares its dataset at the same moment.
    """
    deadline = time.monotonic() + patience
    while not (files := sorted(folder.glob("*.csv"))) and time.monotonic() < deadline:
        time.sleep(1)
    contents = {file.name: file.read_bytes() for file in files}
    rows = [row for content in contents.values() for row in parse(content.decode())]
    if not rows:
        raise SystemExit(f"{folder} has no readings: run the Job that prepares the dataset first")
    return rows, folder_digest(contents)


def folder_digest(contents: dict[str, bytes]) -> str:
    """The digest of a folder with these files, as Flyball and whoever has sha256sum compute it (docs/artifacts.md)."""
    lines = [f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents)]
    return f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"


def parse(text: str) -> list[Reading]:
    names = features()
    return [
        Reading(
            int(row["patient"]),
            int(row["calibration"]),
            LABELS.index(row["diagnosis"]),
            tuple(float(row[name]) for name in names),
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def recalibrate(device: pathlib.Path, calibration: int) -> None:
    """Records the calibration of the device, for those who label its readings and for its own next start."""
    device.mkdir(parents=True, exist_ok=True)
    replace(device / "calibration.json", json.dumps({"calibration": calibration, "scale": SCALES[calibration]}) + "\n")


def calibration(device: pathlib.Path) -> int:
    """The calibration of the device: 0 until another was recorded."""
    try:
        return int(json.loads((device / "calibration.json").read_text())["calibration"])
    except FileNotFoundError:
        return 0


def replace(path: pathlib.Path, content: str) -> None:
    draft = path.with_name(f".{path.name}.draft")
    draft.write_text(content)
    os.replace(draft, path)
