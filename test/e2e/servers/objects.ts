import { apiVersion } from '../../../src/api/labels.ts';
import type { ModelDeploymentSpec } from '../../../src/api/types.ts';
import { claim, pod } from '../outcomes/objects.ts';
import { clients, program, type Server } from './server.ts';

/** The signal whose drift is checked: what the servers of the Open Inference Protocol are asked. */
const signal = { name: 'x', from: 'Request', pointer: '/inputs/0/data/0', type: 'Number' } as const;

const mounted = {
  volumes: [{ name: 'models', persistentVolumeClaim: { claimName: 'models' } }],
  volumeMounts: [{ name: 'models', mountPath: '/models' }],
};

/** What there has to be before anything is served. */
export function prerequisites({ model }: Server): readonly object[] {
  if (model === 'run') return [claim];
  const { volumes, volumeMounts } = mounted;
  const writer = { ...program(clients, 'write', '/models'), volumeMounts };
  return [claim, pod('writer', writer, { volumes, restartPolicy: 'Never' })];
}

/** What people apply for the n-th version: the TrainingRun that makes it, or another uri. */
export function versionOf(server: Server, number: number): readonly object[] {
  if (server.model === 'claim') return [modelDeployment(server, claimed(number))];
  const run = {
    apiVersion,
    kind: 'TrainingRun',
    metadata: { name: 'model' },
    spec: {
      ...program(clients, 'train', String(number)),
      output: { uri: 'pvc://models/trained' },
      parameters: { slope: String(number) },
    },
  };
  return [run, modelDeployment(server, { trainingRunRef: { name: 'model' } })];
}

function claimed(number: number): ModelDeploymentSpec['model'] {
  return { uri: `pvc://models/${number}`, digest: `sha256:${String(number).repeat(64)}` };
}

function modelDeployment({ server, model }: Server, source: ModelDeploymentSpec['model']): object {
  const spec: ModelDeploymentSpec = {
    model: source,
    server,
    observe: model === 'run' ? { signals: [signal] } : {},
    rollout: {
      minReady: '2s',
      steps: [{ weight: 50, hold: '10s' }],
      analysis: [
        { name: 'errors', errors: {}, max: 0.01, minSamples: 10 },
        { name: 'latency', latency: { quantile: 0.95, of: 'FirstByte' }, max: 20, minSamples: 10 },
      ],
    },
  };
  return { apiVersion, kind: 'ModelDeployment', metadata: { name: 'model' }, spec };
}

/** Numbers from 0 to 1 come in, as in training, until something else does. */
export const monitor = {
  apiVersion,
  kind: 'Monitor',
  metadata: { name: 'model' },
  spec: {
    modelDeploymentRef: { name: 'model' },
    interval: '5s',
    checks: [
      { name: 'drift', drift: { signal: 'x', test: 'PSI', window: '1m' }, max: 0.2, minSamples: 100, for: '5s' },
    ],
  },
};
