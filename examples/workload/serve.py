"""Serves a trained model by the Open Inference Protocol v2 over HTTP, with KServe's model server.

POST /v2/models/biopsy/infer with one tensor of 30 readings per patient; the answer has the tensors `diagnosis` (benign
or malignant) and `probability` (of malignant).
"""

import io
import logging
import os
import pathlib
import uuid
import warnings

import joblib
import numpy
from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer
from kserve.errors import InvalidInput

import readings

MODEL_NAME = "biopsy"


class Biopsy(Model):
    """The classifier behind the protocol."""

    def __init__(self, folder: pathlib.Path, digest: str | None) -> None:
        super().__init__(MODEL_NAME)
        self.classifier = joblib.load(io.BytesIO(verified(folder, digest)["model.joblib"]))
        self.columns = len(readings.features())
        # The first prediction initialises what later ones reuse; no caller should wait for it.
        self.classifier.predict_proba(numpy.zeros((1, self.columns)))
        self.ready = True

    async def predict(self, payload: InferRequest, headers=None, response_headers=None) -> InferResponse:
        values = payload.inputs[0].as_numpy() if payload.inputs else numpy.zeros((0, 0))
        if values.ndim != 2 or values.shape[1] != self.columns:
            raise InvalidInput(f"the input has the shape {list(values.shape)}: send [patients, {self.columns}]")
        probability = self.classifier.predict_proba(values)[:, 1]
        diagnosis = InferOutput(name="diagnosis", shape=[len(values)], datatype="BYTES")
        diagnosis.data = [readings.LABELS[int(share >= 0.5)] for share in probability]
        share = InferOutput(name="probability", shape=[len(values)], datatype="FP64")
        share.data = [float(value) for value in probability]
        return InferResponse(payload.id or str(uuid.uuid4()), self.name, [diagnosis, share])


def verified(folder: pathlib.Path, digest: str | None) -> dict[str, bytes]:
    """The model's files. What is not as it was registered is refused before it is unpickled."""
    contents = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    found = readings.folder_digest(contents)
    if digest and digest != found:
        raise SystemExit(f"{folder} has the digest {found}, but the registered model has {digest}: it was changed since")
    return contents


def main() -> None:
    folder = pathlib.Path(os.environ["FLYBALL_MODEL"])
    model = Biopsy(folder, os.environ.get("FLYBALL_MODEL_DIGEST"))
    server = ModelServer(http_port=int(os.environ["FLYBALL_PORT"]), enable_grpc=False, enable_latency_logging=False)
    # Probes and requests would fill the log; the observer counts them.
    for name in ("uvicorn.access", "kserve.trace"):
        logging.getLogger(name).setLevel(logging.WARNING)
    warnings.filterwarnings("ignore", message="ORJSONResponse is deprecated")
    server.start([model])


if __name__ == "__main__":
    main()
