import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { History } from '../history.ts';
import { type Conduct, Observers } from './observers.ts';

const pod = (ready: 'True' | 'False'): IPod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'serve-a', namespace: 'team', uid: 'a', labels: { 'flyball.dev/revision': 'abc' } },
  status: { conditions: [{ type: 'Ready', status: ready }] },
});

describe('A played observer', () => {
  const history = new History();
  const is = (ready: 'True' | 'False') =>
    history.record({ at: 0, type: 'Modified', plural: 'pods', object: pod(ready) });
  let observers: Observers | undefined;
  const begin = (conduct: Conduct) => {
    is('True');
    observers = new Observers(history, () => conduct);
  };
  const page = () => observers?.page() ?? Promise.resolve('');

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    observers?.stop();
    jest.useRealTimers();
  });

  it('counts the answers of a pod that is ready, and is gone with it', async () => {
    begin('Answers');
    jest.advanceTimersByTime(1_000);
    expect(await page()).toMatch(/^flyball_requests_total\{.*revision="abc".*code="200".*\} 40$/m);
    is('False');
    jest.advanceTimersByTime(100);
    expect(await page()).toBe('');
  });

  it('has requests in flight where the server hangs, and then cancelled ones', async () => {
    begin('Hangs');
    jest.advanceTimersByTime(1_000);
    const inFlight = /^flyball_requests_in_flight_seconds\{.*le="\+Inf".*\} (\d+)$/m;
    expect(Number(inFlight.exec(await page())?.[1])).toBe(40);
    expect(await page()).toMatch(/^flyball_requests_total\{.*code="499".*\} 0$/m);
    jest.advanceTimersByTime(2_000);
    expect(await page()).toMatch(/^flyball_requests_total\{.*code="499".*\} 5\d$/m);
    expect(await page()).toMatch(/^flyball_requests_total\{.*code="200".*\} 0$/m);
  });

  it('is first read after what was born failing has failed', async () => {
    begin('BornFailing');
    jest.advanceTimersByTime(500);
    expect(await page()).toBe('');
    jest.advanceTimersByTime(1_000);
    expect(await page()).toMatch(/^flyball_requests_total\{.*code="507".*\} 40$/m);
  });
});
