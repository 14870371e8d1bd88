import { describe, expect, it } from '@jest/globals';
import { lint } from './lint.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

const manifest = (kind: string, spec: object, name = 'fraud', namespace?: string) =>
  JSON.stringify({ apiVersion: 'flyball.dev/v1alpha1', kind, metadata: { name, namespace }, spec });
const run = (spec: object = {}) => manifest('TrainingRun', { image: 'example.com/train:1', ...spec });
const deployment = (spec: object = {}, namespace?: string) =>
  manifest(
    'ModelDeployment',
    {
      model: { trainingRunRef: { name: 'fraud' } },
      server: { image: 'example.com/serve:1', port: 8080, protocol: 'OpenInference' },
      ...spec,
    },
    'fraud',
    namespace,
  );
const monitor = (spec: object = {}) =>
  manifest('Monitor', {
    modelDeploymentRef: { name: 'fraud' },
    checks: [{ name: 'errors', errors: {}, max: 0.01 }],
    ...spec,
  });

/** What is found in files with one object each. */
function found(...texts: readonly string[]): readonly string[] {
  return lint(texts.map((text, index) => ({ name: `${index}.json`, text }))).flatMap(({ findings }) =>
    findings.map(({ severity, rule, field, message }) => `${severity} ${rule} ${field}: ${message}`),
  );
}

describe('What an object by itself cannot be', () => {
  it('is two parameters that become one variable', () => {
    expect(found(run({ parameters: { 'a.b': '1', a_b: '2' } }))).toEqual([
      expect.stringMatching(
        /^error Refused spec.parameters: .* would become the same FLYBALL_PARAMETER variable. Rename one$/,
      ),
    ]);
  });

  it('is a recipe that no Job can carry, though each of its fields is short enough', () => {
    const env = Array.from({ length: 64 }, (_, index) => ({ name: `A${index}`, value: 'v'.repeat(2048) }));
    const args = Array.from({ length: 64 }, () => 'a'.repeat(2048));
    expect(found(run({ args, env }))).toEqual([
      expect.stringMatching(/^error Refused spec: the recipe and the options of the pod have [\d,]+ bytes/),
    ]);
  });

  it('is a schedule that is never due, which no rule of the schema can tell', () => {
    expect(found(run({ schedule: '0 0 31 2-2 *' }))).toEqual([
      expect.stringMatching(/^error Refused spec.schedule: schedule "0 0 31 2-2 [*]" is never due. Correct it$/),
    ]);
  });
});

describe('What objects cannot be together', () => {
  it('is a Monitor of requests that nobody counts', () => {
    expect(found(run(), deployment(), monitor())).toEqual([
      'error Refused spec.checks[0]: ModelDeployment "fraud" has no spec.observe, so nothing counts its requests. Add it, at least as {}, which rolls out a new revision',
    ]);
    expect(found(run(), deployment({ observe: {} }), monitor())).toEqual([]);
  });

  it('is a check of a signal that is not observed', () => {
    const checks = [{ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h' }, max: 0.2 }];
    expect(found(run(), deployment({ observe: {} }), monitor({ checks }))).toEqual([
      expect.stringMatching(/^error Refused spec.checks\[0\]: ModelDeployment "fraud" observes no signal "amount"/),
    ]);
    const signals = [{ name: 'amount', from: 'Request', pointer: '/amount', type: 'Number' }];
    expect(found(run(), deployment({ observe: { signals } }), monitor({ checks }))).toEqual([]);
  });

  it('is a retraining on data that stays the same', () => {
    const retrain = { trainingRunRef: { name: 'fraud' }, onChecks: ['errors'] };
    const pinned = run({ datasets: [{ name: 'train', uri: 'pvc://data/train', digest }] });
    expect(found(pinned, deployment({ observe: {} }), monitor({ retrain }))).toEqual([
      expect.stringMatching(
        /^error Refused spec.datasets: Monitor fraud asks for training, but every dataset is pinned/,
      ),
    ]);
    expect(found(run(), deployment({ observe: {} }), monitor({ retrain }))).toEqual([]);
  });

  it('is not told of what is in another namespace, or wrong by itself', () => {
    const other =
      'note Reference spec.modelDeploymentRef.name: ModelDeployment "fraud" is in none of the files: it has to be in the cluster, in the same namespace';
    expect(
      found(run(), deployment({}, 'a'), monitor().replace('"name":"fraud"', '"name":"fraud","namespace":"b"')),
    ).toEqual([other]);
    expect(found(run(), deployment({ replicas: 'x' }), monitor())).toEqual([
      expect.stringMatching(/^error Type spec.replicas/),
    ]);
  });
});

describe('What an object names', () => {
  it('is a note if no file has it, with what may be meant', () => {
    expect(found(deployment())).toEqual([
      'note Reference spec.model.trainingRunRef.name: TrainingRun "fraud" is in none of the files: it has to be in the cluster, in the same namespace',
    ]);
    const misspelled = deployment({ model: { trainingRunRef: { name: 'frauds' } } });
    expect(found(run(), misspelled)).toEqual([
      'note Reference spec.model.trainingRunRef.name: TrainingRun "frauds" is in none of the files: did you mean "fraud"?',
    ]);
  });
});
