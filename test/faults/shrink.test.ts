import { describe, expect, it } from '@jest/globals';
import type { FaultPlan } from './contract.ts';
import { faults } from './faults.ts';
import { parsePlan, printPlan } from './plans.ts';
import { shrunk, smaller } from './shrink.ts';

const texts = (plan: string): readonly string[] => smaller(parsePlan(plan)).map(printPlan);

describe('Smaller plans', () => {
  it('have fewer injections, earlier moments or simpler faults, the boldest first', () => {
    expect(texts('create/blackout@Write:5+kill@Event:2')).toEqual([
      'create/kill@Event:2',
      'create/blackout@Write:5',
      'create/blackout@Write:1+kill@Event:2',
      'create/blackout@Write:3+kill@Event:2',
      'create/blackout@Write:4+kill@Event:2',
      'create/outage@Write:5+kill@Event:2',
      'create/blackout@Write:5+kill@Event:1',
    ]);
  });

  it('are plans themselves', () => {
    for (const fault of faults) {
      const kind = fault.kind === 'Required' ? `:${fault.kinds?.[0]}` : '';
      for (const count of fault.moments) {
        for (const text of texts(`create/${fault.name}${kind}@${count}:9`))
          expect(printPlan(parsePlan(text))).toBe(text);
      }
    }
  });

  it('end at the scenario alone', () => {
    expect(texts('create/kill@Event:1')).toEqual(['create']);
    expect(texts('create')).toEqual([]);
  });
});

describe('Shrinking', () => {
  /** Fails as soon as the Lease is lost at or after the third write, whatever else happens. */
  const fails = ({ injections }: FaultPlan): Promise<boolean> =>
    Promise.resolve(
      injections.some(
        ({ fault, at }) => ['blackout', 'outage'].includes(fault) && at.count === 'Write' && at.number >= 3,
      ),
    );

  it('finds the smallest plan that still fails', async () => {
    const plan = parsePlan('create/kill@Event:2+blackout@Write:17+watch-end:jobs@Event:3');
    expect(printPlan(await shrunk(plan, fails, 100))).toBe('create/outage@Write:3');
  });

  it('tries no plan twice and no more than allowed', async () => {
    const tried: string[] = [];
    const plan = parsePlan('create/kill@Event:40+blackout@Write:17');
    const count = (candidate: FaultPlan): Promise<boolean> => {
      tried.push(printPlan(candidate));
      return fails(candidate);
    };
    await shrunk(plan, count, 6);
    expect(tried).toHaveLength(6);
    expect(new Set(tried).size).toBe(6);
  });

  it('leaves a plan as it is if nothing smaller fails', async () => {
    const plan = parsePlan('create/kill@Event:2+kill@Event:3');
    expect(await shrunk(plan, () => Promise.resolve(false), 100)).toBe(plan);
  });
});
