"""A service of BentoML: a linear model as JSON, and an answer that comes bit by bit."""

import asyncio
import json
import os
import pathlib
from collections.abc import AsyncGenerator

import bentoml


@bentoml.service(name="model")
class Model:
    def __init__(self) -> None:
        self.weights = json.loads(pathlib.Path(os.environ["FLYBALL_MODEL"], "weights.json").read_text())

    @bentoml.api
    def predict(self, x: list[float]) -> dict[str, float]:
        return {"y": sum(weight * value for weight, value in zip(self.weights, x, strict=True))}

    @bentoml.api
    async def count(self, seconds: int) -> AsyncGenerator[str, None]:
        for second in range(seconds):
            yield f"{second}\n"
            await asyncio.sleep(1)
