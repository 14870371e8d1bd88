import type { IJob } from 'kubernetes-models/batch/v1';
import { jobs } from '../../../../src/api/kinds.ts';
import { attemptAnnotation } from '../../../../src/api/labels.ts';
import { sortedJSON } from '../../../../src/domain/canonical.ts';
import { recipeDigest } from '../../../../src/kinds/trainingrun/start/digest.ts';
import { type Snapshot, snapshotOf } from '../../../../src/kinds/trainingrun/start/snapshot.ts';
import { forgedImages, forgedMetric, forgedWord } from '../../forged.ts';
import type { Fault } from '../fault.ts';
import { forgery, uponLast } from './forgery.ts';

const edited = (name: string, change: (snapshot: Snapshot) => object): Fault => ({
  ...forgery,
  name,
  ...uponLast<IJob>(jobs, async ({ forger }, job) => {
    const snapshot = snapshotOf(job);
    if (snapshot === undefined) return;
    const text = sortedJSON({ ...snapshot, ...change(snapshot) });
    await forger.change(jobs, job, { metadata: { annotations: { [attemptAnnotation]: text } } });
  }),
});

/** With the digest that belongs to it: what can be computed proves nothing. */
function withRecipe(snapshot: Snapshot, change: object): object {
  const recipe = { ...snapshot.recipe, ...change };
  return { recipe, recipeDigest: recipeDigest(recipe) };
}

/** Whoever may patch Jobs writes another attempt into the annotation of one that runs. */
export const forgedSnapshots: readonly Fault[] = [
  edited('snapshot-program', (snapshot) =>
    withRecipe(snapshot, {
      image: forgedImages.working,
      command: [forgedWord],
      env: [{ name: 'STOLEN', secretKeyRef: { name: forgedWord, key: 'token' } }],
      // Of a gang the operator makes the next Job itself.
      nodes: 2,
    }),
  ),
  edited('snapshot-failures', (snapshot) => ({
    ...withRecipe(snapshot, { nodes: 2 }),
    failures: -1e300,
  })),
  edited('snapshot-output', (snapshot) => ({
    ...withRecipe(snapshot, { output: { uri: `pvc://${forgedWord}/models` } }),
    before: { metrics: { f1: String(forgedMetric) }, digest: `sha256:${forgedWord}` },
  })),
  edited('snapshot-pod', (snapshot) => ({
    ...withRecipe(snapshot, {
      nodes: 2,
      pod: {
        volumes: [{ name: 'stolen', mountPath: '/stolen', secret: { secretName: forgedWord } }],
        initContainers: [{ name: 'first', image: forgedImages.working }],
      },
    }),
    pod: { serviceAccountName: forgedWord, sidecars: [{ name: 'beside', image: forgedImages.working }] },
    hardware: { name: forgedWord, resource: 'example.com/gpu', env: [{ name: 'STOLEN', value: forgedWord }] },
  })),
  edited('snapshot-number', () => ({ number: 999_999 })),
];
