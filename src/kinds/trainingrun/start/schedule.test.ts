import { describe, expect, it } from '@jest/globals';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { parseSchedule, scheduleStatus } from './schedule.ts';

const now = new Date('2026-11-24T10:00:00Z');
const last = (text: string, since: string, at = now, timeZone?: string) => {
  const schedule = parseSchedule(text, timeZone);
  return schedule.type === 'Valid' ? schedule.last(new Date(since), at)?.toISOString() : schedule.message;
};

describe('A schedule', () => {
  it('has its last tick in the time zone that it names', () => {
    expect(last('0 3 * * *', '2026-11-23T00:00:00Z', now, 'Europe/Berlin')).toBe('2026-11-24T02:00:00.000Z');
    expect(last('0 3 * * *', '2026-11-23T00:00:00Z')).toBe('2026-11-24T03:00:00.000Z');
  });

  it('counts ticks after since and up to now', () => {
    expect(last('0 10 * * *', '2026-11-24T09:00:00Z')).toBe('2026-11-24T10:00:00.000Z');
    expect(last('0 10 * * *', '2026-11-24T10:00:00Z')).toBeUndefined();
    expect(last('0 10 * * *', '2026-11-24T09:00:00Z', new Date('2026-11-24T09:59:59.999Z'))).toBeUndefined();
  });

  it('fires once at the hour that a day has twice, and at the one that it has not', () => {
    expect(last('30 2 * * *', '2026-10-24T12:00:00Z', new Date('2026-10-26T00:00:00Z'), 'Europe/Berlin')).toMatch(
      /^2026-10-25/,
    );
    expect(last('30 2 * * *', '2026-03-28T12:00:00Z', new Date('2026-03-29T12:00:00Z'), 'Europe/Berlin')).toMatch(
      /^2026-03-29/,
    );
  });

  it.each([
    ['61 * * * *', undefined, 'schedule "61 * * * *"'],
    ['0 3 * * *', 'Mars/Olympus', 'timeZone "Mars/Olympus" is none that IANA knows'],
    ['0 0 30 2 *', undefined, 'is never due'],
  ])('that makes no sense is told so: %s in %s', (text, timeZone, wantWords) => {
    expect(parseSchedule(text, timeZone)).toMatchObject({
      type: 'Invalid',
      message: expect.stringContaining(wantWords),
    });
  });

  it('counts from now on when it is new or edited, and on when it is not', () => {
    const { spec } = trainingRun({ spec: { schedule: '0 3 * * *' } });
    const old = { text: '0 3 * * *', since: '2026-11-01T00:00:00Z' };
    expect(scheduleStatus(spec, undefined, now)?.since).toBe('2026-11-24T10:00:00Z');
    expect(scheduleStatus(spec, { ...old, text: '0 4 * * *' }, now)?.since).toBe('2026-11-24T10:00:00Z');
    expect(scheduleStatus(spec, { ...old, timeZone: 'Asia/Tokyo' }, now)?.since).toBe('2026-11-24T10:00:00Z');
    expect(scheduleStatus(spec, old, now)).toEqual(old);
  });

  it('counts from the end of a suspension', () => {
    const old = { text: '0 3 * * *', since: '2026-11-01T00:00:00Z' };
    const suspended = trainingRun({ spec: { schedule: '0 3 * * *', suspend: true } }).spec;
    const paused = scheduleStatus(suspended, old, now);
    expect(paused).toEqual({ ...old, paused: true });
    expect(scheduleStatus({ ...suspended, suspend: false }, paused, now)).toEqual({
      text: '0 3 * * *',
      since: '2026-11-24T10:00:00Z',
    });
  });
});
