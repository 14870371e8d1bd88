import type { IPodSpec } from 'kubernetes-models/v1';
import type { ModelDeploymentSpec, ServerSpec } from '../../../src/api/types.ts';
import { expectUndisturbed, name, serveWell } from './candidates.ts';
import { claim, model, modelDeployment, pod } from './objects.ts';
import { named, type Place } from './place.ts';

const writeModels = `
import pathlib
from joblib import dump
from sklearn.linear_model import LogisticRegression
models = pathlib.Path("/models")
for name in ("good", "corrupt"):
    (models / name).mkdir()
    dump(LogisticRegression().fit([[0.0], [1.0]], [0, 1]), models / name / "model.joblib")
whole = (models / "corrupt" / "model.joblib").read_bytes()
(models / "corrupt" / "model.joblib").write_bytes(whole[: len(whole) // 2])
`;

const claimed: Partial<IPodSpec> = {
  volumes: [{ name: 'models', persistentVolumeClaim: { claimName: 'models' } }],
  restartPolicy: 'Never',
};

/** Seldon's MLServer, which knows nothing of us, by its environment alone. */
const server: ServerSpec = {
  image: 'localhost/flyball/mlserver:0.1.0',
  command: ['/usr/bin/python3', '-c', 'from mlserver.cli import main; main()', 'start', '/tmp'],
  env: Object.entries({
    MLSERVER_HTTP_PORT: '8080',
    MLSERVER_METRICS_DIR: '/tmp/metrics',
    MLSERVER_ENVIRONMENTS_DIR: '/tmp/environments',
    MLSERVER_MODEL_NAME: name,
    MLSERVER_MODEL_IMPLEMENTATION: 'mlserver_sklearn.SKLearnModel',
    MLSERVER_MODEL_URI: '/flyball/model/model.joblib',
  }).map(([key, value]) => ({ name: key, value })),
  port: 8080,
  protocol: 'OpenInference',
};

const request = { inputs: [{ name: 'x', shape: [1, 1], datatype: 'FP64', data: [0.5] }] };

/** A server of somebody else is ready until it has read its model, which is corrupt: for a moment, in which probes may see it or not. */
export async function corruptModel(place: Place): Promise<void> {
  await place.apply(
    claim,
    pod(
      'writer',
      { command: ['/usr/bin/python3', '-c', writeModels], volumeMounts: [{ name: 'models', mountPath: '/models' }] },
      claimed,
    ),
  );
  await place.until('the models', ({ pods }) => pods.some(({ status }) => status?.phase === 'Succeeded'));
  const of = (folder: string): Partial<ModelDeploymentSpec> => ({ server, model: model(folder) });
  const stable = await serveWell(place, of('good'), JSON.stringify(request));
  await place.apply(modelDeployment(name, 'well', of('corrupt')));
  const rejected = await place.until(
    'its rejection',
    ({ deployments }) => named(deployments, name)?.status?.rejected?.[0],
  );
  place.expect('it is rejected', true, `${rejected.reason}: ${rejected.message}`);
  await expectUndisturbed(place, stable);
}
