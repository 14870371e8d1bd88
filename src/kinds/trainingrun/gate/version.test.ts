import { describe, expect, it } from '@jest/globals';
import { snapshot } from '../../../../test/builders/job.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import type { GateVerdict, TrainingRunSpec } from '../../../api/types.ts';
import type { Snapshot } from '../start/snapshot.ts';
import type { Outputs } from '../stages/outputs.ts';
import { isRecordOf, modelVersion } from './version.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const verdict: GateVerdict = { metric: 'f1', rule: 'min 0', passed: true, reason: 'Holds', message: '' };
const registration = { run: { namespace: 'team', name: 'fraud' }, attemptUID: 'uid' };
const record = (outputs: Outputs, verdicts: readonly GateVerdict[] = []) =>
  modelVersion({ ...registration, snapshot: snapshot(trainingRun()), outputs, verdicts });
const hardware = { name: 'h100', resource: 'nvidia.com/gpu', product: 'H100' };
const metrics = { f1: '0.93', auc: '0.8' };

describe('A ModelVersion', () => {
  it('shows the metric that the gate judged first, or else the first by name', () => {
    expect(record({ metrics }, [verdict]).spec.metric).toBe('f1=0.93');
    expect(record({ metrics }).spec.metric).toBe('auc=0.8');
    expect(record({}).spec).not.toHaveProperty('metric');
  });

  it.each([
    [digest, '0123456789ab'],
    ['md5:0a1b', '0a1b'],
    ['0123456789abcdef', '0123456789ab'],
    ['sha256:', undefined],
  ])('shows of the digest %s what tells it from others', (whole, want) => {
    expect(record({ digest: whole }).spec).toMatchObject({ digest: whole });
    expect(record({ digest: whole }).spec.shortDigest).toBe(want);
  });

  it.each<[string, Partial<TrainingRunSpec>, Partial<Snapshot>, object | undefined]>([
    ['none, of an attempt without accelerators', { nodes: 2 }, {}, undefined],
    [
      'what the recipe asks for',
      { accelerator: { resource: 'nvidia.com/gpu', count: 8, product: 'H100' }, nodes: 4 },
      {},
      { resource: 'nvidia.com/gpu', count: 8, product: 'H100' },
    ],
    [
      'what the profile said when it started',
      { accelerator: { profile: 'h100', count: 1 } },
      { hardware },
      { profile: 'h100', resource: 'nvidia.com/gpu', count: 1, product: 'H100' },
    ],
    [
      'which devices a person preferred to those of the profile',
      { accelerator: { profile: 'h100', count: 1 } },
      { hardware, pod: { nodeSelector: { 'nvidia.com/gpu.product': 'H200' } } },
      { profile: 'h100', resource: 'nvidia.com/gpu', count: 1, product: 'H200' },
    ],
  ])('tells the hardware: %s', (_, spec, started, want) => {
    const made = snapshot(trainingRun({ spec }), started);
    const { spec: told } = modelVersion({ ...registration, snapshot: made, outputs: {}, verdicts: [] });
    expect(told.hardware).toEqual(want);
    expect('hardware' in told).toBe(want !== undefined);
  });

  it('is no record of its attempt if it shows a metric that this did not report', () => {
    const wanted = record({ metrics }, [verdict]);
    const showing = (metric: string) => ({ ...wanted, spec: { ...wanted.spec, metric } });
    expect(isRecordOf(wanted, wanted)).toBe(true);
    expect(isRecordOf(showing('auc=0.8'), wanted)).toBe(true);
    expect(isRecordOf(showing('f1=0.99'), wanted)).toBe(false);
  });
});
