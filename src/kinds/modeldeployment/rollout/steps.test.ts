import { describe, expect, it } from '@jest/globals';
import type { CandidateStatus } from '../../../api/types.ts';
import { artifact, modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { pods } from '../traffic/pods.ts';
import type { Traffic } from '../traffic/traffic.ts';
import { checksFor, currentStep } from './steps.ts';
import type { StepFacts } from './steps.ts';

const since = '2026-11-24T10:00:00Z';
const stable = { ...artifact(1), revision: 'a', since };
const steps = [
  { weight: 5, hold: '10m' },
  { weight: 25, hold: '1m' },
  { weight: 50, hold: '5m' },
];
const analysis = [{ name: 'errors', errors: {}, max: 0.01 }];
const { spec } = modelDeployment({ spec: { observe: {}, rollout: { steps, analysis } } });

function candidateAt(step: number): CandidateStatus {
  return { ...artifact(2), revision: 'b', since, step };
}

function facts(replicas: number, fields: Partial<StepFacts> = {}): StepFacts {
  return { spec, replicas, roles: { stable, rejected: [] }, traffic: pods, isWithoutSurge: false, ...fields };
}

describe('The step of a candidate', () => {
  it('takes in neighbours that come to the same, and holds for the longest of their times', () => {
    const want = { weight: 25, counts: { candidate: 1, stable: 3 }, hold: 600_000, title: 'weight 25' };
    const wantNext = { step: 2, title: 'weight 50' };
    expect(currentStep(facts(4), candidateAt(0))).toEqual({ ...want, next: wantNext });
    expect(currentStep(facts(4), candidateAt(1))).toEqual({ ...want, next: wantNext });
    expect(currentStep(facts(4), candidateAt(2))).toMatchObject({ weight: 50, hold: 300_000 });
  });

  it('is the only one with one replica', () => {
    expect(currentStep(facts(1), candidateAt(0)).next).toBeUndefined();
  });

  it('is its own at a high capacity', () => {
    const weights = [0, 1, 2].map((step) => currentStep(facts(100), candidateAt(step)).weight);
    expect(weights).toEqual([5, 25, 50]);
  });

  it('is its own at any capacity where the traffic is divided exactly', () => {
    const exact: Traffic = { ...pods, isSame: (weight, other) => weight === other };
    const weights = [0, 1, 2].map((step) => currentStep(facts(4, { traffic: exact }), candidateAt(step)).weight);
    expect(weights).toEqual([5, 25, 50]);
  });

  it('is the last one where fewer are declared by now', () => {
    expect(currentStep(facts(4), candidateAt(9))).toMatchObject({ weight: 50, counts: { candidate: 2, stable: 2 } });
  });

  it('has no weight and no checks for the first revision and for a way back, which get the whole capacity', () => {
    const first = facts(4, { roles: { rejected: [] } });
    expect(currentStep(first, candidateAt(0))).toMatchObject({ counts: { candidate: 4, stable: 0 }, hold: 0 });
    const rejected = [{ revision: stable.revision, reason: 'CrashLooping', message: '', time: since }];
    const back = facts(4, { roles: { stable, previous: candidateAt(0), rejected } });
    expect(currentStep(back, candidateAt(0))).toMatchObject({ counts: { candidate: 4, stable: 4 }, hold: 0 });
    for (const one of [first, back]) {
      expect(currentStep(one, candidateAt(0)).weight).toBeUndefined();
      expect(checksFor(one, candidateAt(0))).toEqual([]);
    }
    expect(checksFor(facts(4), candidateAt(0))).toEqual(analysis);
  });

  it('has both for a revision that served before, if what serves was not rejected', () => {
    const returning = facts(4, { roles: { stable, previous: candidateAt(0), rejected: [] } });
    expect(currentStep(returning, candidateAt(0)).weight).toBe(25);
    expect(checksFor(returning, candidateAt(0))).toEqual(analysis);
  });
});
