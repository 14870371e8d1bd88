"""Trains the classifier of readings, scores it and the champion on the same patients, and reports the results.

Reads the contract of Flyball's training containers (FLYBALL_* variables) and these parameters:

epochs          passes over the training rows
regularization  strength of the L2 penalty
profile         the features to describe for drift checks, separated by commas
"""

import json
import os
import pathlib
import time

import joblib
import numpy
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler

import readings

RESULTS_LIMIT = 4096
PATIENCE = 90
EPOCHS_PER_CHECKPOINT = 20


def main() -> None:
    started = time.monotonic()
    parameters = json.loads(os.environ.get("FLYBALL_PARAMETERS", "{}"))
    seed = int(os.environ.get("FLYBALL_SEED") or 0)
    rows, dataset_digest = readings.read(pathlib.Path(os.environ["FLYBALL_DATASET_READINGS"]), PATIENCE)
    train = [row for row in rows if not readings.held_out(row)]
    held = [row for row in rows if readings.held_out(row)]
    newest = max(row.calibration for row in rows)
    recent = [row for row in held if row.calibration == newest]
    log(read=len(rows), train=len(train), held_out=len(held), held_out_recent=len(recent), calibration=newest)

    model = fit(train, parameters, seed)
    results = {
        "metrics": {**score(model, held, recent), "rows": len(rows), "held_out_recent": len(recent)},
        "model": {"digest": save(model, pathlib.Path(os.environ["FLYBALL_OUTPUT"]))},
        "datasets": {"readings": dataset_digest},
        "profile": profile([row for row in train if row.calibration == newest], parameters.get("profile", "")),
    }
    champion = os.environ.get("FLYBALL_CHAMPION")
    if champion:
        results["champion"] = {"metrics": score(load(pathlib.Path(champion)), held, recent)}
    report(results)
    log(seconds=round(time.monotonic() - started, 2), **results)


def fit(rows: list[readings.Reading], parameters: dict[str, str], seed: int) -> Pipeline:
    """Trains epoch by epoch, from the last checkpoint of this attempt if there is one."""
    values, labels = matrix(rows)
    epochs = int(parameters.get("epochs", "200"))
    checkpoint = checkpoint_path()
    state = joblib.load(checkpoint) if checkpoint and checkpoint.exists() else None
    if state:
        log(resumed_at_epoch=state["epoch"])
    else:
        alpha = float(parameters.get("regularization", "0.001"))
        classifier = SGDClassifier(loss="log_loss", alpha=alpha, average=True, random_state=seed)
        state = {"epoch": 0, "scaler": StandardScaler().fit(values), "classifier": classifier}
    scaled = state["scaler"].transform(values)
    for epoch in range(state["epoch"], epochs):
        # Seeded by the epoch too, so that a resumed attempt sees the rows in the order of one that never stopped.
        order = numpy.random.default_rng((seed, epoch)).permutation(len(rows))
        state["classifier"].partial_fit(scaled[order], labels[order], classes=(0, 1))
        state["epoch"] = epoch + 1
        if checkpoint and state["epoch"] % EPOCHS_PER_CHECKPOINT == 0:
            store(state, checkpoint)
    return Pipeline([("scale", state["scaler"]), ("classify", state["classifier"])])


def checkpoint_path() -> pathlib.Path | None:
    """Where this attempt keeps its state. Attempts of a run share the folder, so the name says whose it is."""
    folder = os.environ.get("FLYBALL_CHECKPOINT")
    return pathlib.Path(folder) / f"{os.environ['FLYBALL_ATTEMPT']}.joblib" if folder else None


def score(model: Pipeline, held: list[readings.Reading], recent: list[readings.Reading]) -> dict[str, float]:
    """f1 (of malignant) and accuracy on all held-out rows, and f1 on those of the device's newest calibration."""
    values, labels = matrix(held)
    predicted = model.predict(values)
    recent_values, recent_labels = matrix(recent)
    return {
        "f1": rounded(f1_score(labels, predicted)),
        "accuracy": rounded(accuracy_score(labels, predicted)),
        "f1_recent": rounded(f1_score(recent_labels, model.predict(recent_values))),
    }


def profile(rows: list[readings.Reading], names: str) -> dict[str, object]:
    """What the model will see while the device stays as it is: the decile edges of features, the share of diagnoses.

    The newest calibration alone counts. Rows of an old one teach the model, but they will not come again.
    """
    values, labels = matrix(rows)
    columns = readings.features()
    deciles = numpy.arange(1, 10) / 10
    described: dict[str, object] = {
        name: {"edges": [float(f"{edge:.6g}") for edge in numpy.quantile(values[:, columns.index(name)], deciles)]}
        for name in (part.strip() for part in names.split(","))
        if name
    }
    shares = {label: rounded(float(numpy.mean(labels == index))) for index, label in enumerate(readings.LABELS)}
    return {**described, "diagnosis": {"categories": shares}}


def matrix(rows: list[readings.Reading]) -> tuple[numpy.ndarray, numpy.ndarray]:
    return numpy.array([row.values for row in rows]), numpy.array([row.label for row in rows])


def save(model: Pipeline, folder: pathlib.Path) -> str:
    path = folder / "model.joblib"
    store(model, path)
    return readings.folder_digest({path.name: path.read_bytes()})


def store(value: object, path: pathlib.Path) -> None:
    """Writes a file of which a reader never sees half."""
    draft = path.with_name(f".{path.name}.draft")
    joblib.dump(value, draft)
    os.replace(draft, path)


def load(folder: pathlib.Path) -> Pipeline:
    return joblib.load(folder / "model.joblib")


def report(results: dict[str, object]) -> None:
    text = json.dumps(results, separators=(",", ":"), allow_nan=False)
    if len(text.encode()) >= RESULTS_LIMIT:
        raise SystemExit(f"the results have {len(text.encode())} bytes of at most {RESULTS_LIMIT}: profile fewer features")
    pathlib.Path(os.environ.get("FLYBALL_RESULTS", "/dev/termination-log")).write_text(text)


def rounded(value: float) -> float:
    return round(float(value), 4)


def log(**fields: object) -> None:
    print(json.dumps(fields), flush=True)


if __name__ == "__main__":
    main()
