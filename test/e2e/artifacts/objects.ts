import { apiVersion } from '../../../src/api/labels.ts';
import type { ModelDeploymentSpec, TrainingRunSpec } from '../../../src/api/types.ts';
import type { Store } from '../../stores/store.ts';
import { asker, endsOf, image, programOf } from '../outcomes/objects.ts';
import { named, type Place, summary } from '../outcomes/place.ts';

type Run = Partial<TrainingRunSpec>;
type Deployment = Partial<ModelDeploymentSpec>;

/** The Secret that knows the keys of all stores. */
export const storage = { secretRef: { name: 'stores' } };

export function secretOf(stores: readonly Store[], name = storage.secretRef.name): object {
  const stringData = Object.assign({}, ...stores.map(({ credentials }) => credentials)) as Record<string, string>;
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name }, stringData };
}

export function trainingRun(name: string, token: string, spec: Run): object {
  const parameters = { token, ...spec.parameters };
  const gate = [{ metric: 'f1', min: 0.5 }];
  const base = { image, ...programOf(import.meta.dirname, 'train'), retry: { limit: 2 }, gate, storage };
  return { apiVersion, kind: 'TrainingRun', metadata: { name }, spec: { ...base, ...spec, parameters } };
}

export function modelDeployment(name: string, model: Deployment['model'], spec: Deployment = {}): object {
  const { server, ...others } = spec;
  const base = { image, ...programOf(import.meta.dirname, 'serve'), port: 8080, protocol: 'OpenInference', storage };
  const rollout = { minReady: '2s' };
  return {
    apiVersion,
    kind: 'ModelDeployment',
    metadata: { name },
    spec: { model, replicas: 1, rollout, ...others, server: { ...base, ...server } },
  };
}

/** The Service of a ModelDeployment, asked all the time. */
export const client = (deployment: string, { namespace }: Place) => asker(deployment, namespace);

/** Which versions answered, and how often each; whatever is not a whole one is named as the server said it. */
export async function answers(place: Place): Promise<Readonly<Record<string, number>>> {
  return endsOf(await place.logs('pod/asker').catch(() => ''));
}

/** Waits until a version answers from now on. */
export async function answered(place: Place, token: string): Promise<void> {
  const key = `answered by ${token} whole`;
  const before = (await answers(place))[key] ?? 0;
  await place.until(`an answer of version ${token}`, async () => ((await answers(place))[key] ?? 0) > before + 2);
}

/** Whatever happened, each answer came from a whole version. */
export async function expectWhole(place: Place): Promise<void> {
  const all = await answers(place);
  const wrong = Object.keys(all).filter((end) => end.startsWith('answered') && !/^answered by \S+ whole$/.test(end));
  place.expect('each answer came from a whole version', wrong.length === 0, JSON.stringify(all));
}

/** Waits until a ModelDeployment serves what its spec asks for. */
export function served(place: Place, name: string, satisfied: (revision: string | undefined) => boolean = () => true) {
  return place.until(`${name} serves`, ({ deployments }) => {
    const deployment = named(deployments, name);
    const { stable, candidate, observedGeneration } = deployment?.status ?? {};
    const isCurrent = observedGeneration === deployment?.metadata?.generation && candidate === undefined;
    return isCurrent && summary(deployment)?.status === 'True' && satisfied(stable?.version) && deployment;
  });
}
