import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { job } from '../../test/builders/job.ts';
import { podOf } from '../../test/builders/pod.ts';
import { trainingRun } from '../../test/builders/trainingrun.ts';
import { type DeclaredResults, messageLimit, parseResults } from './results.ts';

const undeclared: DeclaredResults = { path: '/dev/termination-log', format: 'Document', isWanted: false, gate: [] };
const ofFile: DeclaredResults = { path: '/app/metrics.json', format: 'Metrics', isWanted: true, gate: ['accuracy'] };

const parse = (document: unknown) => parseResults(JSON.stringify(document), 4096, undeclared);

describe('The results document', () => {
  it('gives metrics as decimals', () => {
    const wantMetrics = { f1: '0.93', loss: '0.0000001', count: '12' };
    expect(parse({ metrics: { f1: 0.93, loss: 1e-7, count: 12 } })).toMatchObject({
      type: 'Reported',
      document: { metrics: wantMetrics },
    });
  });

  it('may carry the model, the datasets, the champion and the profile', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const edges = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const results = parse({
      metrics: { f1: 0.93 },
      model: { digest },
      datasets: { train: digest },
      champion: { metrics: { f1: 0.9 } },
      profile: { amount: { edges }, country: { categories: { DE: 0.6, Other: 0.4 } } },
    });
    expect(results).toEqual({
      type: 'Reported',
      document: {
        metrics: { f1: '0.93' },
        digest,
        datasets: { train: digest },
        championMetrics: { f1: '0.9' },
        profile: { amount: { edges: edges.map(String) }, country: { categories: { DE: '0.6', Other: '0.4' } } },
      },
    });
  });

  it.each([undefined, '', ' \n'])('is none if the message is %j', (message) => {
    expect(parseResults(message, 4096, undeclared)).toEqual({ type: 'None' });
  });

  it.each([
    ['{"metrics": {"f1": NaN}}', 'field "f1" is NaN'],
    ['{"metrics": {"loss": -Infinity}}', 'field "loss" is -Infinity'],
    ['{"profile": {"amount": {"edges": [1, NaN]}}}', 'field "edges" is NaN'],
    ['epoch 1\n{"metrics": {}}', 'is not JSON'],
    ['[]', 'must be a JSON object'],
    ['{"metric": {"f1": 1}}', 'unknown field "metric"'],
    ['{"metrics": {"f1": "0.93"}}', '"metrics.f1" is not a finite number'],
    ['{"metrics": {"f1": 1e300}}', '"metrics.f1" is not a finite number'],
    ['{"metrics": {"1st": 1}}', 'has the name "1st"'],
    [`{"metrics": {${Array.from({ length: 17 }, (_, i) => `"m${i}": 1`).join()}}}`, 'report at most 16'],
    ['{"metrics": {"f1": 1}, "model": {"digest": ""}}', 'model.digest is no digest'],
    ['{"metrics": {"f1": 1}, "datasets": {"train": "abc"}}', 'datasets."train" is no digest'],
    ['{"metrics": {"f1": 1}, "profile": {"amount": {"edges": [1]}}}', 'nine decile edges'],
    ['{"metrics": {"f1": 1}, "profile": {"amount": {"edges": [9,8,7,6,5,4,3,2,1]}}}', 'ascending order'],
    ['{"metrics": {"f1": 1}, "profile": {"amount": {}}}', 'exactly one of edges'],
    ['{"metrics": {"f1": 1}, "profile": {"c": {"categories": {"DE": 2}}}}', '"profile.c.categories.DE" is no share'],
    ['{"metrics": {"f\uFFFD": 1}}', 'is not UTF-8'],
  ])('is malformed, and says where: %s', (message, wantWords) => {
    const results = parseResults(message, 4096, undeclared);
    expect(results).toMatchObject({ type: 'Invalid', reason: 'ResultsMalformed' });
    expect(results).toHaveProperty('message', expect.stringContaining(wantWords));
  });

  it('is too large, not malformed, if it is as long as what the kubelet keeps', () => {
    const cut = `"f1": 0.9}}${' '.repeat(4085)}`;
    expect(parseResults(cut, 4096, undeclared)).toMatchObject({ type: 'Invalid', reason: 'ResultsTooLarge' });
  });

  it('is limited to 4,096 bytes, and to a share of 12 KiB in a pod of many containers', () => {
    const pod = podOf(job(trainingRun()));
    expect(messageLimit(pod)).toBe(4096);
    const injected = Array.from({ length: 5 }, (_, index) => ({ name: `sidecar-${index}` }));
    const containers = [...(pod.spec?.containers ?? []), ...injected];
    expect(messageLimit({ ...pod, spec: { ...pod.spec, containers } })).toBe(2048);
  });

  it('never throws, whatever a container writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), fc.constantFrom(undeclared, ofFile), (message, declared) => {
        expect(['Reported', 'None', 'Invalid']).toContain(parseResults(message, 4096, declared).type);
      }),
    );
  });

  it('is missing if spec.results says where it is, and nothing is there', () => {
    for (const declared of [ofFile, { ...undeclared, isWanted: true }]) {
      const want = { type: 'Invalid', reason: 'ResultsMissing', message: expect.stringContaining(declared.path) };
      expect(parseResults(' \n', 4096, declared)).toEqual(want);
    }
  });

  it('of format Metrics is too large where the kubelet has cut the file', () => {
    const wantMessage =
      "what was written to /app/metrics.json reached the kubelet's limit of 4096 bytes and was cut: write fewer numbers to it, such as the last ones alone";
    const cut = `${'{"epoch": 1}'.padEnd(4096)}`;
    expect(parseResults(cut, 4096, ofFile)).toEqual({
      type: 'Invalid',
      reason: 'ResultsTooLarge',
      message: wantMessage,
    });
  });

  it('of format Metrics has the numbers alone', () => {
    expect(parseResults('{"accuracy": 0.93, "device": "cpu"}', 4096, ofFile)).toEqual({
      type: 'Reported',
      document: { metrics: { accuracy: '0.93' }, datasets: {} },
    });
  });
});
