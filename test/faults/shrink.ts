import type { FaultPlan, Injection } from './contract.ts';
import { faultOf } from './faults.ts';
import { printPlan } from './plans.ts';

/** What does less than another fault. Following it always ends. */
const simpler: Readonly<Record<string, string>> = {
  terminate: 'kill',
  'answer-half': 'answer-lost',
  'timeout-after': 'answer-lost',
  'timeout-before': 'request-lost',
  'late-write': 'timeout-before',
  'internal-errors': 'internal-error',
  throttled: 'too-many',
  'watch-refused': 'watch-end',
  'watch-half-frame': 'watch-cut',
  skipped: 'watch-gone',
  coalesced: 'watch-bookmarks-only',
  lag: 'watch-bookmarks-only',
  'sleep-past-lease': 'nap',
  failover: 'second-operator',
  'two-leaders': 'lease-deleted',
  'clock-leap': 'clock-forward',
  blackout: 'outage',
};

/** Plans that do less than this one, the boldest first: fewer injections, earlier moments, simpler faults. */
export function smaller(plan: FaultPlan): readonly FaultPlan[] {
  const { scenario, injections } = plan;
  const without = injections.map((_, index) => injections.toSpliced(index, 1));
  const changed = injections.flatMap((injection, index) =>
    [...earlier(injection), ...plainer(injection)].map((other) => injections.with(index, other)),
  );
  return [...without, ...changed].map((fewer) => ({ scenario, injections: fewer }));
}

function earlier({ at, ...injection }: Injection): readonly Injection[] {
  const numbers = new Set([1, Math.ceil(at.number / 2), at.number - 1]);
  return [...numbers]
    .filter((number) => number > 0 && number < at.number)
    .map((number) => ({ ...injection, at: { ...at, number } }));
}

function plainer(injection: Injection): readonly Injection[] {
  const fault = simpler[injection.fault];
  if (fault === undefined || !faultOf(fault).moments.includes(injection.at.count)) return [];
  return [{ ...injection, fault }];
}

/** The smallest plan found that still fails, in at most `limit` tries. */
export async function shrunk(
  plan: FaultPlan,
  fails: (plan: FaultPlan) => Promise<boolean>,
  limit: number,
): Promise<FaultPlan> {
  const tried = new Set<string>();
  let smallest = plan;
  for (let candidates = [...smaller(plan)], next = candidates.shift(); next !== undefined; next = candidates.shift()) {
    if (tried.size >= limit) return smallest;
    const text = printPlan(next);
    if (tried.has(text)) continue;
    tried.add(text);
    if (await fails(next)) candidates = [...smaller((smallest = next))];
  }
  return smallest;
}
