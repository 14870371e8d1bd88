import { describe, expect, it } from '@jest/globals';
import { job, snapshot } from '../../../../test/builders/job.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { attemptAnnotation } from '../../../api/labels.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';
import { recipeDigest } from './digest.ts';
import { type Snapshot, snapshotOf, snapshotText } from './snapshot.ts';

const container = { name: 'beside', image: 'registry/beside', volumeMounts: [{ name: 'code', mountPath: '/app' }] };
const recipe: Partial<TrainingRunSpec> = {
  workingDir: '/app',
  envFrom: [{ secretRef: { name: 'hub' } }],
  results: { path: '/app/metrics.json', format: 'Metrics' },
  accelerator: { profile: 'h100', count: 8 },
  resources: { ephemeralStorage: '10Gi', extended: { 'rdma/hca': 1 }, requests: { cpu: '500m' } },
};
const volumes = [{ name: 'code', configMap: { name: 'code' } }];
const rest = { runAsUser: 1000, tolerations: [{ key: 'gpu', operator: 'Exists' as const }], sidecars: [container] };
const run = trainingRun({ spec: { ...recipe, pod: { ...rest, volumes, initContainers: [container] } } });
const hardware = { name: 'h100', resource: 'nvidia.com/gpu', tolerations: [{ key: 'gpu' }] };

/** What is read from a Job whose annotation somebody else has written. */
function read(fields: object): Snapshot | undefined {
  const written = { ...snapshot(run, { hardware }), ...fields };
  const text = snapshotText({ ...written, recipeDigest: recipeDigest(written.recipe) });
  return snapshotOf({ ...job(run), metadata: { name: 'fraud-1-train', annotations: { [attemptAnnotation]: text } } });
}

describe('The snapshot of an attempt', () => {
  it('has the options of the pod once, in the recipe or beside it, and together they are those of the spec', () => {
    const found = read({});
    expect(found).toMatchObject({ recipe: { pod: { volumes } }, pod: rest, hardware });
    expect(Object.keys(found?.pod ?? {})).toEqual(Object.keys(rest).toSorted());
    expect({ ...found?.pod, ...found?.recipe.pod }).toEqual(run.spec.pod);
  });

  it('of a run without any is what it was before there were any', () => {
    const plain = snapshot(trainingRun());
    expect(Object.keys(plain)).toEqual(['number', 'runUID', 'recipe', 'recipeDigest', 'trigger', 'coversUntil']);
  });

  it('counts characters as the schema does', () => {
    expect(read({ recipe: { image: 'i', args: ['\u{1F600}'.repeat(2048)] } })).toBeDefined();
  });

  it.each<[string, object]>([
    ['a user that is no number', { pod: { runAsUser: 'root' } }],
    ['a label that is none', { pod: { labels: { team: 1 } } }],
    ['an annotation that is a list', { pod: { annotations: { a: [] } } }],
    ['tolerations that are none', { pod: { tolerations: ['all'] } }],
    ['an affinity to nothing', { pod: { affinity: { nodeAffinity: 'all' } } }],
    ['a sidecar without an image', { pod: { sidecars: [{ name: 'a' }] } }],
    ['a sidecar with a malformed mount', { pod: { sidecars: [{ ...container, volumeMounts: [{}] }] } }],
    ['more than there can be', { pod: { imagePullSecrets: Array(100).fill({ name: 'a' }) } }],
    ['hardware that is a name', { hardware: 'h100' }],
    ['hardware without a resource', { hardware: { name: 'h100' } }],
    ['a volume without a name', { recipe: { image: 'i', pod: { volumes: [{ emptyDir: {} }] } } }],
    ['a volume of a Secret without a name', { recipe: { image: 'i', pod: { volumes: [{ name: 'a', secret: {} }] } } }],
    ['an init container that is a word', { recipe: { image: 'i', pod: { initContainers: ['a'] } } }],
    ['sources that are none', { recipe: { image: 'i', envFrom: [{ secretRef: 'hub' }] } }],
    ['a format that is none', { recipe: { image: 'i', results: { format: 'CSV' } } }],
    ['an amount that is none', { recipe: { image: 'i', resources: { extended: { 'rdma/hca': {} } } } }],
  ])('is none with %s', (_, fields) => {
    expect(read(fields)).toBeUndefined();
  });
});
