import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { generate, readCustomResources } from '../../hack/generate/generate.ts';
import { ModelDeployment, ModelVersion, Monitor, TrainingRun } from '../../src/api/generated/models.ts';
import { modelDeployment, monitor, trainingRun } from '../integration/objects.ts';
import { wholeModelDeployments, wholeModelVersions, wholeTrainingRuns } from '../integration/whole.ts';
import { wholeMonitor } from '../integration/wholemonitor.ts';

const root = join(import.meta.dirname, '..', '..');

describe('src/api/generated', () => {
  test('is what crds/ asks for', async () => {
    const directory = join(root, 'src', 'api', 'generated');
    const files = readdirSync(directory).map((name) => [name, readFileSync(join(directory, name), 'utf8')] as const);
    expect(new Map(files)).toEqual(new Map(await generate(readCustomResources(join(root, 'crds')))));
  });
});

describe('a model', () => {
  test('accepts every field of its kind', () => {
    const models = [
      ...wholeTrainingRuns.map((object) => new TrainingRun(object)),
      ...wholeModelVersions.map((version) => new ModelVersion(version)),
      ...wholeModelDeployments.map((object) => new ModelDeployment(object)),
      new Monitor(wholeMonitor),
    ];
    for (const model of models) expect(() => model.validate()).not.toThrow();
  });

  test('is the JSON of its object', () => {
    const models = wholeTrainingRuns.map((object) => new TrainingRun(object));
    expect(JSON.parse(JSON.stringify(models))).toEqual(wholeTrainingRuns);
  });

  test('states apiVersion and kind itself', () => {
    const run = new TrainingRun({ metadata: { name: 'fraud' }, spec: { image: 'x' } });
    expect(run).toMatchObject({ apiVersion: 'flyball.dev/v1alpha1', kind: 'TrainingRun' });
    expect(TrainingRun.is(run)).toBe(true);
    expect(Monitor.is(run)).toBe(false);
  });

  test.each([
    {
      because: 'a field is unknown',
      model: new TrainingRun(trainingRun({ imagee: 'x' })),
      message: 'data/spec/imagee must NOT have additional properties',
    },
    {
      because: 'a field is missing',
      model: new TrainingRun({ spec: {} as never }),
      message: 'data/spec must have required property image',
    },
    {
      because: 'an image has a space',
      model: new TrainingRun(trainingRun({ image: 'a b' })),
      message: expect.stringMatching(/^data\/spec\/image must match pattern/),
    },
    {
      because: 'a threshold is a text',
      model: new TrainingRun(trainingRun({ gate: [{ metric: 'f1', min: '0.9' as never }] })),
      message: 'data/spec/gate/0/min must be number',
    },
    {
      because: 'a URI has an unknown scheme, which a rule of the server explains',
      model: new TrainingRun(trainingRun({ output: { uri: 'ftp://host/x' } })),
      message: expect.stringMatching(/^data\/spec\/output\/uri must match pattern "\^\(pvc\|s3/),
    },
    {
      because: 'a step takes all',
      model: new ModelDeployment(modelDeployment({ rollout: { steps: [{ weight: 100, hold: '1m' }] } })),
      message: 'data/spec/rollout/steps/0/weight must be <= 99',
    },
    {
      because: 'there are no checks',
      model: new Monitor(monitor({ checks: [] })),
      message: 'data/spec/checks must NOT have less than 1 item',
    },
  ])('is refused offline when $because', ({ model, message }) => {
    expect(() => model.validate()).toThrow(expect.objectContaining({ message }));
  });

  test('is accepted offline when only a rule of the server is broken', () => {
    const long = `pvc://models/${'o'.repeat(436)}`;
    expect(() => new TrainingRun(trainingRun({ output: { uri: long } })).validate()).not.toThrow();
  });
});
