import { describe, expect, it } from '@jest/globals';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import type { GateRule } from '../../../api/types.ts';
import { type Champion, chooseChampion, compareWith } from './champion.ts';
import { isJudgedBy, judge } from './gate.ts';

const none: Champion = { type: 'None' };
const champion: Champion = { type: 'Comparable', name: 'fraud-3', metrics: { f1: '0.94', p99: '20' } };
const against = (bound: Partial<GateRule>): GateRule => ({ metric: 'f1', against: 'Champion', ...bound });

describe('A gate', () => {
  it.each<[string, GateRule, string, boolean]>([
    ['lets the lowest value pass', { metric: 'f1', min: 0.9 }, '0.90', true],
    ['fails a value below min', { metric: 'f1', min: 0.9 }, '0.89', false],
    ['lets the highest value pass', { metric: 'f1', max: 50 }, '50', true],
    ['fails a value above max', { metric: 'f1', max: 50 }, '50.0001', false],
    ['compares numbers, not texts', { metric: 'f1', min: 9 }, '10', true],
    ['lets a value between min and max pass', { metric: 'f1', min: -1, max: 1 }, '0', true],
    ['reads a limit that JSON writes with an exponent', { metric: 'f1', max: 1e-7 }, '0.0000001', true],
    ['fails the next decimal above it', { metric: 'f1', max: 1e-7 }, '0.000000100000001', false],
    ['reads a limit that was stored as text', { metric: 'f1', min: '0.9' as never }, '0.89', false],
  ])('%s', (_, rule, value, wantPassed) => {
    expect(judge([rule], { f1: value }, none)[0]).toMatchObject({
      passed: wantPassed,
      reason: wantPassed ? 'Holds' : 'Fails',
      value,
    });
  });

  it.each<[string, GateRule, string, boolean]>([
    ['lets a decrease of exactly maxDecrease pass', against({ maxDecrease: 0.01 }), '0.93', true],
    ['fails a larger decrease', against({ maxDecrease: 0.01 }), '0.9299', false],
    ['lets an increase pass under maxDecrease', against({ maxDecrease: 0 }), '0.99', true],
    ['lets an increase of exactly maxIncrease pass', against({ maxIncrease: 0.01 }), '0.95', true],
    ['fails a larger increase', against({ maxIncrease: 0.01 }), '0.9501', false],
    ['reads an allowance that was stored as text', against({ maxDecrease: '0.01' as never }), '0.93', true],
  ])('%s', (_, rule, value, wantPassed) => {
    expect(judge([rule], { f1: value }, champion)[0]).toMatchObject({
      passed: wantPassed,
      champion: 'fraud-3',
      championValue: '0.94',
    });
  });

  it('names limits by their digits', () => {
    expect(judge([{ metric: 'f1', min: 1e-7 }], { f1: '0' }, none)[0]).toMatchObject({
      rule: 'min 0.0000001',
      message: 'f1 is 0, below min 0.0000001',
    });
  });

  it('fails if the metric is missing, and says which metrics there are', () => {
    expect(judge([{ metric: 'f2', min: 0 }], { f1: '0.9' }, none)[0]).toMatchObject({
      passed: false,
      reason: 'MetricMissing',
      message: 'the results have no metric f2; they have f1',
    });
  });

  it('takes no property of every object for a metric', () => {
    expect(judge([{ metric: 'constructor', min: 0 }], {}, none)[0]).toMatchObject({ reason: 'MetricMissing' });
  });

  it('passes as Bootstrap while there is no champion', () => {
    expect(judge([against({ maxDecrease: 0 })], { f1: '0.1' }, none)[0]).toMatchObject({
      passed: true,
      reason: 'Bootstrap',
      rule: 'maxDecrease 0 against no champion',
    });
  });

  it('fails if the champion cannot be compared with', () => {
    const other: Champion = { type: 'NotComparable', name: 'fraud-3', why: 'it was measured by another image' };
    expect(judge([against({ maxDecrease: 0 })], { f1: '0.9' }, other)[0]).toMatchObject({
      passed: false,
      reason: 'NotComparable',
    });
  });

  it('fails if the value of the champion is not known', () => {
    const rule = { ...against({ maxDecrease: 0 }), metric: 'auc' };
    expect(judge([rule], { auc: '0.9' }, champion)[0]).toMatchObject({ passed: false, reason: 'NotComparable' });
  });

  it('is known to be edited by its rules, and by nothing else', () => {
    const gate = [{ metric: 'f1', min: 0.9 }, against({ maxDecrease: 0.01 })];
    const verdicts = judge(gate, { f1: '0.95' }, champion);
    expect(isJudgedBy(verdicts, gate, 'fraud-3')).toBe(true);
    expect(isJudgedBy(verdicts, gate.slice(1), 'fraud-3')).toBe(false);
    expect(isJudgedBy(verdicts, [{ metric: 'f1', min: 0.8 }, ...gate.slice(1)], 'fraud-3')).toBe(false);
  });
});

describe('The champion', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const recipe = { image: 'registry/fraud-train:1' };
  const document = { metrics: {}, datasets: {} };
  const data = [{ name: 'train', uri: 'pvc://data/train' }];

  it('is the newest version that no deployment has rejected', () => {
    const versions = [modelVersion(9), modelVersion(10), modelVersion(2)];
    expect(chooseChampion(versions, new Set())).toEqual({ name: 'fraud-10' });
    expect(chooseChampion(versions, new Set(['fraud-10']))).toEqual({ name: 'fraud-9' });
    expect(chooseChampion([], new Set())).toBeUndefined();
  });

  it('is comparable by the metrics that the attempt measured for it', () => {
    const measured = { ...document, championMetrics: { f1: '0.5' } };
    expect(compareWith({ name: 'fraud-1' }, [], recipe, measured)).toMatchObject({
      type: 'Comparable',
      metrics: { f1: '0.5' },
    });
  });

  it('is comparable if image, arguments and all digests are equal', () => {
    const version = modelVersion(1, { datasets: [{ name: 'train', uri: 'pvc://data/train', digest }] });
    const reported = { ...document, datasets: { train: digest } };
    expect(compareWith({ name: 'fraud-1' }, [version], { ...recipe, datasets: data }, reported)).toMatchObject({
      type: 'Comparable',
      metrics: { f1: '0.93' },
    });
  });

  it.each([
    ['image', { image: 'registry/fraud-train:2' }, 'another image'],
    ['args', { ...recipe, args: ['--test'] }, 'another command or args'],
    ['datasets', { ...recipe, datasets: data }, 'digest of dataset train is not known'],
  ])('is not comparable if the %s differ', (_, other, wantWhy) => {
    const compared = compareWith({ name: 'fraud-1' }, [modelVersion(1)], other, document);
    expect(compared).toMatchObject({ type: 'NotComparable', why: expect.stringContaining(wantWhy) });
  });

  it('is not comparable by a digest that neither knows', () => {
    const version = modelVersion(1, { datasets: data });
    expect(compareWith({ name: 'fraud-1' }, [version], { ...recipe, datasets: data }, document)).toMatchObject({
      type: 'NotComparable',
    });
  });

  it('is not comparable once its version is deleted', () => {
    expect(compareWith({ name: 'fraud-1' }, [], recipe, document)).toMatchObject({ type: 'NotComparable' });
  });
});
