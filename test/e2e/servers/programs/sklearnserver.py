"""
The smallest server that KServe's package makes, by the arguments of its image `sklearnserver`, which no package index has: one
class for a model, and KServe's own server around it.
"""

import argparse
import pathlib

import joblib
from kserve import InferRequest, InferResponse, Model, ModelServer, logging, model_server
from kserve.utils.utils import get_predict_input, get_predict_response


class SKLearnModel(Model):
    def __init__(self, name: str, folder: pathlib.Path) -> None:
        super().__init__(name)
        self.estimator = joblib.load(folder / "model.joblib")
        self.ready = True

    def predict(self, payload: InferRequest, headers=None, response_headers=None) -> InferResponse:
        return get_predict_response(payload, self.estimator.predict(get_predict_input(payload)), self.name)


arguments = argparse.ArgumentParser(parents=[model_server.parser])
arguments.add_argument("--model_dir", type=pathlib.Path, required=True)
options = arguments.parse_args()

if __name__ == "__main__":
    logging.configure_logging()
    ModelServer().start([SKLearnModel(options.model_name, options.model_dir)])
