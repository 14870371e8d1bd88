import { describe, expect, it } from '@jest/globals';
import { entry } from '../../../../test/builders/trainingplan.ts';
import type { Attempt } from '../../../api/types.ts';
import { bounded } from './size.ts';

function attempt(number: number, fields: Partial<Attempt> = {}): Attempt {
  const time = '2026-11-24T10:00:00Z';
  return {
    name: `fraud-${number}`,
    number,
    recipeDigest: 'd',
    trigger: { type: 'Created', time },
    coversUntil: time,
    startTime: time,
    ...fields,
  };
}

/** A gate judges only attempts whose stages all passed. */
const passed = entry({ job: 'j'.repeat(63), jobUID: 'u'.repeat(36), state: 'Passed', endTime: '2026-11-24T10:00:00Z' });
const failed = entry({ state: 'Failed', reason: 'JobFailed', message: 'x'.repeat(1024) });

describe('The status of a run', () => {
  it('fits into 64 KiB with twenty attempts at their largest, and keeps the newest whole', () => {
    const verdict = { metric: 'm'.repeat(63), rule: 'r'.repeat(256), passed: false, reason: 'Fails' } as const;
    const gate = Array.from({ length: 16 }, () => ({ ...verdict, message: 'x'.repeat(512) }));
    const attempts = Array.from({ length: 20 }, (_, index) =>
      attempt(index + 1, { gate, message: 'x'.repeat(1024), image: 'i'.repeat(1024), stages: [passed] }),
    );
    const status = bounded({ attempts });
    expect(JSON.stringify(status).length).toBeLessThan(64 * 1024);
    expect(status.attempts).toHaveLength(20);
    expect(status.attempts?.at(-1)).toEqual(attempts.at(-1));
  });

  it('loses the messages of old stages, which their attempts repeat, before anything else', () => {
    const message = 'x'.repeat(1024);
    const attempts = Array.from({ length: 20 }, (_, index) =>
      attempt(index + 1, { message, stages: [failed, failed] }),
    );
    const { attempts: kept = [] } = bounded({ attempts });
    expect(kept[0]?.stages?.[0]).toMatchObject({ reason: 'JobFailed' });
    expect(kept[0]?.stages?.[0]).not.toHaveProperty('message');
    expect(kept.map((one) => one.message)).toEqual(attempts.map((one) => one.message));
    expect(kept.at(-1)).toEqual(attempts.at(-1));
  });
});
