import { describe, expect, it, test } from '@jest/globals';
import { job } from '../../../../test/builders/job.ts';
import { podOf, running } from '../../../../test/builders/pod.ts';
import { entry, observed, runWith, summaryOf } from '../../../../test/builders/trainingplan.ts';
import { duration, milliseconds } from '../../../api/duration.ts';
import type { Attempt } from '../../../api/types.ts';
import { plan } from '../plan.ts';

const begin = Date.parse('2026-11-24T10:00:00Z');
const minute = 60_000;

/** A run whose attempt 2 trains, after attempt 1 took so long. */
function trains(took: string | undefined, state: 'Passed' | 'Failed' = 'Passed') {
  const endTime = new Date(begin + (milliseconds(took ?? '') ?? 0)).toISOString();
  const before: Partial<Attempt> = { number: 1, verdict: 'Failed', stages: [entry({ state, endTime })] };
  const now = { number: 2, stages: [entry({ job: 'fraud-2-train', ran: true })] };
  const run = took === undefined ? runWith({}, now) : runWith({}, before, now);
  const its = job(runWith({}, {}), { number: 2 });
  const facts = observed(run, { jobs: [its], pods: [podOf(its, running())] });
  return (lasted: number) => plan(facts, new Date(begin + lasted));
}

const told = (planned: ReturnType<typeof plan>) => summaryOf(planned)?.message.split('. ')[0];

/** What is told while it goes on for so long, looked at whenever the plan says. */
function wordsOf(took: string | undefined, lasted: number): (string | undefined)[] {
  const planAt = trains(took);
  const words: (string | undefined)[] = [];
  for (let time = minute; time <= lasted;) {
    const planned = planAt(time);
    if (words.at(-1) !== told(planned)) words.push(told(planned));
    time += planned.requeueAfter ?? Infinity;
  }
  return words;
}

describe('How long an attempt trains', () => {
  it('is not told as long as it may be what it takes', () => {
    for (const lasted of [minute, 30 * minute, 90 * minute]) {
      expect(told(trains('1h')(lasted))).toBe('attempt fraud-2 trains');
    }
  });

  it('is told beside how long the last one took that passed, once it takes much longer', () => {
    expect(told(trains('1h')(121 * minute))).toBe(
      'attempt fraud-2 trains and began more than 2 hours ago, while attempt fraud-1 took about 1 hour',
    );
  });

  it('is not told beside one that failed, which tells nothing about how long it takes', () => {
    expect(told(trains('1h', 'Failed')(121 * minute))).toBe('attempt fraud-2 trains');
  });

  it('is told of a first one after a day', () => {
    expect(wordsOf(undefined, 25 * 60 * minute)).toEqual([
      'attempt fraud-2 trains',
      'attempt fraud-2 trains and began more than 1 day ago',
    ]);
  });

  test.each(['20s', '7m', '45m', '5h', '30h'])('costs no write if it takes what it took, such as %s', (took) => {
    expect(wordsOf(took, 1.4 * (milliseconds(took) ?? 0))).toHaveLength(took === '20s' ? 0 : 1);
  });

  test.each(['1h', '24h', '720h', '9000h'])('costs writes that grow with the logarithm of its length: %s', (length) => {
    const lasted = milliseconds(length) ?? 0;
    expect(wordsOf(duration(lasted / 10), lasted).length).toBeGreaterThan(1);
    for (const took of ['20s', '50m', duration(lasted / 10)]) {
      const writes = wordsOf(took, lasted).length - 1;
      expect(writes).toBeLessThanOrEqual(1 + Math.log2(lasted / (10 * minute)));
    }
  });
});
