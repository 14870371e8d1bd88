import { describe, expect, it } from '@jest/globals';
import { snapshot } from '../../../test/builders/job.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { IModelVersion, TrainingRunSpec } from '../../api/types.ts';
import { recipeOf } from '../../domain/recipe.ts';
import { modelVersion } from '../../kinds/trainingrun/gate/version.ts';
import type { Outputs } from '../../kinds/trainingrun/stages/outputs.ts';
import { isWhole, replay } from './replay.ts';
import { replayed } from './replayed.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const other = `sha256:${'fedcba9876543210'.repeat(4)}`;

/** A recipe with every field that there is. */
const whole = {
  image: 'registry/fraud-train:1',
  command: ['python'],
  args: ['train.py', ''],
  workingDir: '/app',
  env: [
    { name: 'LEVEL', value: 'debug' },
    { name: 'TOKEN', secretKeyRef: { name: 'hub', key: 'token' } },
  ],
  envFrom: [{ configMapRef: { name: 'settings' } }],
  resources: { memory: '16Gi', extended: { 'rdma/hca': '1' } },
  accelerator: { resource: 'nvidia.com/gpu', count: 8 },
  nodes: 2,
  rendezvous: 'JAX',
  source: { repository: 'https://git.example.com/fraud', revision: 'main' },
  datasets: [
    { name: 'pinned', uri: 'pvc://data/pinned', digest },
    { name: 'growing', uri: 'pvc://data/growing' },
    { name: 'unknown', uri: 'pvc://data/unknown' },
  ],
  parameters: { lr: '0.1' },
  seed: 42,
  checkpoint: { claimName: 'kept' },
  output: { uri: 'pvc://models/teams/fraud' },
  results: { path: '/app/metrics.json', format: 'Metrics' },
  pod: {
    nodeSelector: { pool: 'gpu' },
    volumes: [{ name: 'scratch', mountPath: '/scratch', emptyDir: {} }],
    initContainers: [{ name: 'fetch', image: 'registry/fetch:1' }],
  },
} satisfies TrainingRunSpec;

const outputs: Outputs = {
  digest,
  metrics: { f1: '0.93' },
  datasets: { pinned: digest, growing: other },
  image: `registry/fraud-train@${digest}`,
};

/** As the operator records it. */
function registered(spec: Partial<TrainingRunSpec> = whole, put: Outputs = outputs, name = 'fraud'): IModelVersion {
  const version = modelVersion({
    run: { namespace: 'team', name },
    snapshot: snapshot(trainingRun({ name, spec })),
    attemptUID: 'uid',
    outputs: put,
    verdicts: [],
  });
  return { ...version, metadata: { ...version.metadata, uid: `uid-${name}` } };
}

const of = (version: IModelVersion, taken: readonly string[] = [], origin = trainingRun({ spec: whole })) =>
  replay({ version, origin, taken: new Set(taken) });

describe('A replay', () => {
  it('has the very recipe that was recorded, the image and the data by their digests', () => {
    const { spec } = of(registered()).run;
    const { datasets, ...recipe } = recipeOf(whole);
    expect(recipeOf(spec)).toEqual({
      ...recipe,
      image: `registry/fraud-train@${digest}`,
      datasets: [{ ...whole.datasets[1], digest: other }, datasets?.[1], datasets?.[2]],
    });
  });

  it.each<Partial<TrainingRunSpec>>([
    { output: { uri: 's3://models/fraud' }, checkpoint: { uri: 's3://kept/fraud' } },
    { output: { uri: 's3://models/teams/fraud', by: 'Container' } },
    { output: { uri: 'pvc://models/fraud', by: 'Container' } },
  ])('has the output and the checkpoint of %j, wherever they are', (spec) => {
    const version = registered(spec, { ...outputs, uploader: 'uid-of-a-pod' });
    expect(isWhole(version)).toBe(true);
    expect(of(version).run.spec).toMatchObject(spec);
  });

  it('asks stores as its run does now', () => {
    const spec = { ...whole, output: { uri: 's3://models/fraud' }, storage: { secretRef: { name: 'store' } } };
    const version = registered(spec, { ...outputs, uploader: 'uid-of-a-pod' });
    expect(of(version, [], trainingRun({ spec })).run.spec.storage).toEqual(spec.storage);
    expect(replay({ version, origin: undefined, taken: new Set() }).notes.join()).toContain('add spec.storage');
  });

  it('has neither gate nor schedule, and its pods run where those of its run do now', () => {
    const origin = trainingRun({ spec: { ...whole, gate: [{ metric: 'f1', min: 1 }], schedule: '0 3 * * *' } });
    const { spec } = of(registered(), [], origin).run;
    expect(spec).not.toHaveProperty('gate');
    expect(spec).not.toHaveProperty('schedule');
    expect(spec.pod).toEqual(whole.pod);
  });

  it.each([
    ['fraud', [], 'fraud-1-replay'],
    ['fraud', ['fraud-1-replay', 'fraud-1-replay-2'], 'fraud-1-replay-3'],
    ['a'.repeat(40), [], `${'a'.repeat(31)}-1-replay`],
    [`${'a'.repeat(30)}-${'b'.repeat(9)}`, [], `${'a'.repeat(30)}-1-replay`],
  ])('of %s beside %j has a name of its own: %s', (name, taken, want) => {
    expect(of(registered(whole, outputs, name), taken).run.metadata?.name).toBe(want);
  });

  it('keeps an image that is pinned, and one whose digest cannot be pulled', () => {
    const pinned = `registry/fraud-train@${other}`;
    expect(of(registered({ ...whole, image: pinned })).run.spec.image).toBe(pinned);
    const local = of(registered(whole, { ...outputs, image: digest }));
    expect(local.run.spec.image).toBe('registry/fraud-train:1');
    expect(local.notes.join()).toContain('its name may stand for another one now');
  });
});

describe('What is said of a replay', () => {
  it('is whether all of the recipe is recorded, as its digest tells', () => {
    expect(isWhole(registered())).toBe(true);
    expect(isWhole(registered({}))).toBe(true);
    const { env: _, ...less } = registered().spec;
    expect(isWhole({ ...registered(), spec: less })).toBe(false);
    expect(of({ ...registered(), spec: less }).notes[0]).toContain('Not all of the recipe is recorded');
  });

  it('is what nobody has recorded', () => {
    const notes = of(registered({ datasets: whole.datasets }, {})).notes.join('\n');
    for (const part of [
      'Dataset growing has no recorded digest',
      'had no seed',
      'no digest of its model',
      'The digest of the image',
    ]) {
      expect(notes).toContain(part);
    }
    expect(of(registered()).notes.join('\n')).toContain('ConfigMaps and Secrets are read as they are now');
    expect(replay({ version: registered(), origin: undefined, taken: new Set() }).notes.at(-1)).toContain(
      'its TrainingRun is gone',
    );
  });
});

describe('Afterwards', () => {
  const version = registered();
  const run = trainingRun({ name: 'fraud-1-replay' });
  const again = (spec: Partial<TrainingRunSpec>, put: Outputs) => registered(spec, put, 'fraud-1-replay');
  const pinned = of(version).run.spec;

  it('it is the same model if its digest is', () => {
    const result = replayed(version, run, [version, again(pinned, outputs)]);
    expect(result).toMatchObject({ type: 'Same', version: 'fraud-1-replay-1', differences: [] });
  });

  it('another model from the same is no fault of the record', () => {
    const result = replayed(version, run, [version, again(pinned, { ...outputs, digest: other })]);
    expect(result).toMatchObject({ type: 'Different', message: expect.stringContaining('is not deterministic') });
  });

  it('another model from something else is told with what differs', () => {
    const result = replayed(version, run, [again({ ...pinned, seed: 7 }, { ...outputs, digest: other })]);
    expect(result).toMatchObject({ type: 'Different', message: expect.stringContaining('was not made from the same') });
    expect(result).toMatchObject({
      differences: expect.arrayContaining([
        { section: 'parameters', name: 'seed', from: '42', to: '7', isSame: false },
      ]),
    });
  });

  it('what a deleted run of that name made says nothing', () => {
    const made = again(pinned, outputs);
    const former = { ...made, spec: { ...made.spec, trainingRunUID: 'of a deleted run' } };
    expect(replayed(version, run, [version, former])).toMatchObject({ type: 'Unknown' });
    expect(replayed(version, run, [version, made, former])).toMatchObject({ type: 'Same' });
  });

  it('nobody knows without a digest, or without a version', () => {
    const { digest: _, ...without } = outputs;
    expect(replayed(version, run, [again(pinned, without)]).message).toContain('nobody knows whether it is the same');
    expect(replayed(version, run, [version])).toEqual({
      type: 'Unknown',
      message: 'TrainingRun "fraud-1-replay" has begun no attempt yet',
    });
  });
});
