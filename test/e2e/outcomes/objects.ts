import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IContainer, IPod, IPodSpec } from 'kubernetes-models/v1';
import type { ModelDeploymentSpec, TrainingRunSpec } from '../../../src/api/types.ts';
import { apiVersion } from '../../../src/api/labels.ts';

/** The image of the examples; of it the scenes use Python alone. */
export const image = 'localhost/flyball/workload:0.1.0';

/** What a container runs: a program of the folder `programs`, here or in another folder. */
export function program(name: string, ...args: readonly string[]): { command: string[] } {
  return programOf(import.meta.dirname, name, ...args);
}

export function programOf(folder: string, name: string, ...args: readonly string[]): { command: string[] } {
  const source = readFileSync(join(folder, 'programs', `${name}.py`), 'utf8');
  return { command: ['/usr/bin/python3', '-c', source, ...args] };
}

/** A run without retries whose training takes so many seconds. */
export function trainingRun(name: string, seconds: number, spec: Partial<TrainingRunSpec> = {}): object {
  const base = { image, ...program('train', String(seconds)), retry: { limit: 0 } };
  return { apiVersion, kind: 'TrainingRun', metadata: { name }, spec: { ...base, ...spec } };
}

/** What lies in a folder of the claim `models`. */
export function model(folder: string): ModelDeploymentSpec['model'] {
  const digest = createHash('sha256').update(folder).digest('hex');
  return { uri: `pvc://models/${folder}`, digest: `sha256:${digest}` };
}

/** Serves a folder that the kubelet makes: these servers read no model. */
export function modelDeployment(name: string, manner: string, spec: Partial<ModelDeploymentSpec> = {}): object {
  const base = {
    model: model('one'),
    server: { image, ...program('serve', manner), port: 8080, protocol: 'OpenInference' },
    replicas: 1,
    observe: {},
  };
  return { apiVersion, kind: 'ModelDeployment', metadata: { name }, spec: { ...base, ...spec } };
}

export const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'models' },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
};

export const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

/** A pod that is nobody's child. */
export function pod(name: string, container: Partial<IContainer>, spec: Partial<IPodSpec> = {}): IPod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 1,
      securityContext: { runAsNonRoot: true, fsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'main', image, securityContext: restricted, ...container }],
      ...spec,
    },
  };
}

/** Asks a ModelDeployment's Service all the time. */
export function asker(model: string, namespace: string, body = '{}'): IPod {
  const url = `http://${model}.${namespace}.svc/v2/models/${model}/infer`;
  return pod('asker', program('ask', url, body));
}

/** What became of the requests of an asker so far. */
export function endsOf(log: string): Readonly<Record<string, number>> {
  return JSON.parse(log.trim().split('\n').at(-1) || '{}') as Record<string, number>;
}
