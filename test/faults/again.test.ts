import { expect, it, describe } from '@jest/globals';
import { confirmed } from './again.ts';
import type { FaultPlan } from './contract.ts';
import { parsePlan } from './plans.ts';
import { failure } from './run.ts';

const violated = (text: string) => failure(parsePlan(text), new Error('no'));
const clean = (text: string) => ({ ...violated(text), violations: [] });

describe('A violation that has to be confirmed', () => {
  it('counts if it comes within three more tries, and only then', async () => {
    const played: string[] = [];
    const fails = ({ scenario }: FaultPlan) => {
      played.push(scenario);
      return Promise.resolve(scenario === 'gate' && played.length === 6);
    };
    const outcomes = await confirmed([clean('serve'), violated('fail'), violated('gate')], fails);
    expect(outcomes.map(({ violations }) => violations.length)).toEqual([0, 0, 1]);
    expect(played).toEqual(['fail', 'fail', 'fail', 'gate', 'gate', 'gate']);
  });
});
