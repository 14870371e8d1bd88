/** What users have on a cluster while its administrators use Helm: a training that runs, models that serve, a canary that holds, clients of both its revisions. */
import type { Cluster } from '../../../hack/cluster/cluster.ts';
import { findCondition } from '../../../src/api/condition.ts';
import { apiVersion } from '../../../src/api/labels.ts';
import type { IModelDeployment } from '../../../src/api/types.ts';
import { claim, modelDeployment, pod, programOf, trainingRun } from '../outcomes/objects.ts';
import type { Observations } from '../outcomes/observations.ts';
import { named, Place, summary } from '../outcomes/place.ts';
import type { Report } from '../report.ts';
import { type Standing, standing } from './standing.ts';

const name = 'model';

/** What became of the clients' requests so far, by revision and by failure. */
export interface Asked {
  readonly answered: Readonly<Record<string, number>>;
  readonly failed: Readonly<Record<string, number>>;
}

export const count = (all: Readonly<Record<string, number>>) =>
  Object.values(all).reduce((sum, number) => sum + number, 0);

export class World {
  readonly place: Place;
  /** Where it is tried whether somebody steers, so that nothing of the users' changes by it. */
  readonly #beside: Place;
  #probes = 0;

  constructor(cluster: Cluster, observations: Observations, report: Report) {
    this.place = new Place('Helm', 'team', cluster, observations, report);
    this.#beside = new Place('Helm', 'beside', cluster, observations, report);
  }

  /** Returns once the training runs, both revisions are asked, and the rollout is paused. */
  async make(): Promise<void> {
    const { place } = this;
    await place.make();
    await this.#beside.make();
    await place.apply(claim, training('first'), canary('one'), monitor);
    await place.apply(byName, following);
    await place.until('a version', ({ versions }) => versions.length === 1);
    await place.until('models that serve', ({ deployments }) =>
      deployments.every((one) => summary(one)?.reason === 'Serving'),
    );
    await place.apply(training('long', 'waits'), this.#asker());
    await place.until('a training', () => this.training !== undefined);
    await place.apply(canary('two'));
    await place.until('a canary', () => this.deployment?.status?.weight === 50);
    await place.apply(canary('two', { paused: true }));
    await place.until('a rollout that is paused', () => this.isPaused);
    await place.until('an end of the pods that gave way', ({ pods }) =>
      pods.every(({ metadata }) => metadata?.deletionTimestamp === undefined),
    );
    await place.until('answers of both', async () => {
      const { answered } = await this.asked();
      return (answered['one'] ?? 0) > 20 && (answered['two'] ?? 0) > 20;
    });
  }

  get deployment(): IModelDeployment | undefined {
    return named(this.place.sight.deployments, name);
  }

  /** The pod of the training that goes on, if it runs. */
  get training(): string | undefined {
    const all = this.place.sight.pods.filter(({ status }) => status?.phase === 'Running');
    return all.map(({ metadata }) => metadata?.name ?? '').find((each) => each.startsWith('long-'));
  }

  /** Whether two revisions serve, and the rollout goes nowhere. */
  get isPaused(): boolean {
    const { metadata, status } = this.deployment ?? {};
    const isCurrent = status?.observedGeneration === metadata?.generation;
    const isHeld = status?.weight === 50 && status.candidate !== undefined && status.stable !== undefined;
    return isCurrent && isHeld && findCondition(status?.conditions, 'Suspended')?.reason === 'Paused';
  }

  standing(): Promise<Standing> {
    return standing(this.place.kubectl, this.place.namespace);
  }

  async asked(): Promise<Asked> {
    const log = await this.place.logs('pod/asker').catch(() => '');
    return JSON.parse(log.trim().split('\n').at(-1) || '{"answered":{},"failed":{}}') as Asked;
  }

  /** Makes an object that no operator has seen, and returns whether one has answered it by its status. */
  async probe(): Promise<() => boolean> {
    const probe = `probe-${++this.#probes}`;
    await this.#beside.apply(trainingRun(probe, 1, { suspend: true }));
    return () => named(this.#beside.sight.runs, probe)?.status?.observedGeneration !== undefined;
  }

  /** Ends the training well, and lets the canary go on to its promotion. */
  async goOn(): Promise<void> {
    const { place } = this;
    const enough = ['/usr/bin/python3', '-c', 'open("/tmp/enough", "w")'];
    const training = ['exec', this.training ?? '', '--namespace', place.namespace, '--container', 'main'];
    await place.kubectl.run([...training, '--', ...enough]);
    await place.until('the version of the training that went on', ({ versions }) => versions.length === 2);
    const candidate = this.deployment?.status?.candidate?.revision ?? '';
    await place.apply(canary('two', { promotedRevision: candidate }));
    await place.until('a promotion', () => this.deployment?.status?.stable?.revision === candidate);
  }

  #asker() {
    const url = `http://${name}.${this.place.namespace}.svc/v2/models/${name}/infer`;
    return pod('asker', programOf(import.meta.dirname, 'ask', url));
  }
}

function training(run: string, ...args: readonly string[]): object {
  const output = { uri: `pvc://models/${run}` };
  return trainingRun(run, 0, { ...programOf(import.meta.dirname, 'train', ...args), output });
}

/** Two pods of each revision, which tell its word with their answers. */
function canary(word: string, rollout: object = {}): object {
  return modelDeployment(name, word, {
    replicas: 2,
    rollout: { steps: [{ weight: 50, hold: '24h' }], ...rollout },
  });
}

/** Nothing holds these as they are: a revision that an upgrade counts as another one is rolled out at once. */
const byName = modelDeployment('named', 'named', { replicas: 1 });
const following = modelDeployment('following', 'following', {
  replicas: 1,
  model: { trainingRunRef: { name: 'first' } },
});

/** It has no data, as there is no Prometheus here, and triggers nothing. */
const monitor = {
  apiVersion,
  kind: 'Monitor',
  metadata: { name },
  spec: { modelDeploymentRef: { name }, interval: '10s', checks: [{ name: 'errors', errors: {}, max: 0.5 }] },
};
