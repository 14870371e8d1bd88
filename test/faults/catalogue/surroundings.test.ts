import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Rehearsal } from '../rehearsal/rehearsal.ts';
import { vector } from '../rehearsal/server.ts';
import { until } from '../rehearsal/until.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

const strike = async (fault: string): Promise<void> => {
  stage.begin(`${fault}@Write:1`);
  await stage.create('one');
};

/** From the first query on. */
const distort = (fault: string): void => stage.begin(`${fault}@Query:1`);

/** The values that the operator is told. */
async function values(): Promise<readonly string[]> {
  const { data } = JSON.parse((await stage.measure()).body) as typeof vector;
  return data.result.map(({ value }) => String(value[1]));
}

describe('The fault', () => {
  it.each([
    ['clock-forward', 5_000],
    ['clock-back', -5_000],
  ])('%s shifts the clock by %d ms until all is healed', async (fault, shift) => {
    await strike(fault);
    expect(stage.deeds).toEqual([`clock ${shift}`]);
    stage.interference.heal();
    expect(stage.deeds).toEqual([`clock ${shift}`, 'clock 0']);
  });

  it('clock-leap shifts the clock by a day for good', async () => {
    await strike('clock-leap');
    stage.interference.heal();
    expect(stage.deeds).toEqual(['clock 86400000']);
  });

  it.each(['outage', 'blackout'])('%s breaks all connections and takes none for a while', async (fault) => {
    await stage.stop();
    const minutes = 600_000; // So that it ends by being healed, however slow this machine is.
    stage = await Rehearsal.start(minutes);
    const watch = await stage.watch();
    stage.begin(`${fault}@Write:1`);
    await expect(stage.create('one')).rejects.toThrow();
    expect(await watch.ended).toBe('Break');
    await expect(stage.create('two')).rejects.toThrow();
    await until(() => stage.interference.struck === 1);
    stage.interference.heal();
    expect(await stage.create('three')).toMatchObject({ status: 201 });
  });

  it('slow keeps answers waiting that the API server has given', async () => {
    await strike('slow');
    const answer = stage.create('two');
    await until(() => stage.arrived.length === 2);
    expect(stage.interference.proxy.requests.at(-1)?.wasAnswered).toBe(false);
    expect(await answer).toMatchObject({ status: 201 });
  });
});

describe('Prometheus', () => {
  it('is passed on as it is without a fault, and after one', async () => {
    expect(JSON.parse((await stage.measure()).body)).toEqual(vector);
    distort('prometheus-nan');
    expect(await values()).toEqual(['NaN']);
    stage.interference.heal();
    expect(await values()).toEqual(['0.5']);
  });

  it.each([
    ['prometheus-nan', ['NaN']],
    ['prometheus-infinite', ['+Inf']],
    ['prometheus-huge', ['1.7976931348623157e+308']],
    ['prometheus-empty', []],
    ['prometheus-split', ['0.5', '0.5']],
    ['prometheus-slow', ['0.5']],
  ])('answers under %s with the values %j', async (fault, expected) => {
    distort(fault);
    expect(await values()).toEqual(expected);
  });

  it('has every other answer empty when flapping', async () => {
    distort('prometheus-flapping');
    expect([await values(), await values(), await values()]).toEqual([[], ['0.5'], []]);
  });

  it('is struck at the query that a plan names', async () => {
    stage.begin('prometheus-nan@Query:2');
    expect([await values(), await values()]).toEqual([['0.5'], ['NaN']]);
    expect(stage.interference.counts.Query).toBe(2);
  });

  it('is broken in one way after the other', async () => {
    distort('prometheus-broken');
    expect(await stage.measure()).toMatchObject({ status: 500 });
    await expect(stage.measure()).rejects.toThrow();
    expect((await stage.measure()).body).toMatch(/"resultType":"vec$/);
    expect(await stage.measure()).toMatchObject({ status: 200, body: '{"status":"success"}' });
    expect(await stage.measure()).toMatchObject({ status: 422 });
  });

  it('says at length that it has no answer when wordy', async () => {
    distort('prometheus-wordy');
    for (const status of [502, 422]) {
      const answer = await stage.measure();
      expect(answer.status).toBe(status);
      expect(answer.body.length).toBeGreaterThan(8_000);
    }
  });

  it('tells on and on when endless, and how much of it was taken', async () => {
    distort('prometheus-endless');
    await stage.measureUpTo(4 * 1_048_576);
    await until(() => stage.interference.measurements.length > 0);
    expect(stage.interference.measurements[0]?.taken).toBeGreaterThan(4 * 1_048_576);
    expect(stage.interference.measurements[0]?.taken).toBeLessThan(32 * 1_048_576);
  });

  it('does not answer when silent', async () => {
    distort('prometheus-silent');
    const answer = stage.measure();
    await stage.create('two');
    const first = await Promise.race([answer, stage.create('three').then(() => 'nothing')]);
    expect(first).toBe('nothing');
    answer.catch(() => undefined);
  });

  it('answers with far more series than asked for when flooded', async () => {
    distort('prometheus-flooded');
    expect(await values()).toHaveLength(20_000);
  });
});
