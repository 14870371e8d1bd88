/**
 * Holds that a new sort of check is one file and one line: here it moves into the array, and out again. The schema has no field
 * for it, so only the status is held against the schema here.
 */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Check } from '../../../src/kinds/monitor/checks/check.ts';
import { checks } from '../../../src/kinds/monitor/checks/index.ts';
import { monitor, MonitorWorld, watchedDeployment } from '../../builders/monitor.ts';
import { type TrafficCheck, traffic } from './check.ts';

const line = checks as Check[];
beforeEach(() => void line.push(traffic));
afterEach(() => void line.pop());

/** A Monitor that fails on fewer than a hundred requests. */
function world(): MonitorWorld {
  const quiet: TrafficCheck = { name: 'quiet', traffic: {}, min: 100 };
  const watching = new MonitorWorld(monitor({ checks: [quiet] }));
  watching.known = ({ status }) => monitor({}, status);
  return watching;
}

describe('A sort of check that was added to the array', () => {
  it.each([
    [500, 'Passing WithinBounds'],
    [20, 'Failing OutOfBounds'],
  ])('is measured and judged: %d requests are %s', async (requests, want) => {
    const simulated = world();
    simulated.prometheus.answer = () => [{ labels: {}, value: requests }];
    await simulated.reconcile();
    expect(simulated.verdict('quiet')).toBe(want);
    expect(simulated.status.checks?.[0]?.message).toContain(`number of requests ${requests}`);
    expect(simulated.condition('Ready')).toBe('True Measuring');
  });

  it('says what keeps it from being measured, like any other', async () => {
    const simulated = world();
    const { observe: _observe, ...spec } = watchedDeployment().spec;
    simulated.deployment = { ...watchedDeployment(), spec };
    await simulated.reconcile();
    expect(simulated.verdict('quiet')).toBe('Unknown NoObserver');
    expect(simulated.prometheus.asked).toEqual([]);
  });
});
