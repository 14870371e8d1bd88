import { describe, expect, it } from '@jest/globals';
import { commandsIn } from '../../../api/message.ts';
import { monitor, MonitorWorld, stable, watchedDeployment } from '../../../../test/builders/monitor.ts';
import { answerTo } from '../../../../test/builders/requests.ts';

const errors = { name: 'errors', errors: {}, max: 0.01, for: '5m' };

/** Revision 22222222 became stable at noon; since then the share of errors is as given. */
function world(share: number, fields: Parameters<typeof monitor>[0] = {}): MonitorWorld {
  const simulated = new MonitorWorld(monitor({ checks: [errors], rollback: { onChecks: ['errors'] }, ...fields }));
  simulated.deployment = watchedDeployment(
    {},
    { stable: stable('22222222', 2, '2026-11-24T12:00:00Z'), previous: stable('11111111', 1, '2026-11-24T00:00:00Z') },
  );
  simulated.prometheus.answer = (expression) => answerTo(expression, { requests: 4200, errors: share });
  return simulated;
}

describe('A rollback', () => {
  it('rejects a fresh revision once a check has failed for a window and its time', async () => {
    const fresh = world(0.5);
    await fresh.pass(9);
    expect(fresh.status.rejections).toBeUndefined();
    await fresh.pass(4);
    expect(fresh.status.rejections).toMatchObject([
      {
        revision: '22222222',
        check: 'errors',
        message: 'share of errors 50% over its limit 1% on 4,200 samples of revision 22222222',
      },
    ]);
  });

  it('tells why without the commands that help while the revision serves', async () => {
    const fresh = world(0);
    fresh.prometheus.answer = (expression) => answerTo(expression, { requests: 4200, givenUp: [900, 5] });
    await fresh.pass(13);
    expect(commandsIn(fresh.status.checks?.[0]?.message ?? '')).toHaveLength(1);
    const [rejection] = fresh.status.rejections ?? [];
    expect(rejection?.message).toContain('had no answer within 1s');
    expect(commandsIn(rejection?.message ?? '')).toEqual([]);
  });

  it('rejects a revision once', async () => {
    const fresh = world(0.5);
    await fresh.pass(120);
    expect(fresh.status.rejections?.length).toBe(1);
  });

  it('leaves a revision alone that passes', async () => {
    const good = world(0.001);
    await good.pass(60);
    expect([good.condition('ChecksPassed'), good.status.rejections]).toEqual(['True ChecksPass', undefined]);
  });

  it('leaves a revision alone that is not fresh any more', async () => {
    const old = world(0.001, { rollback: { onChecks: ['errors'], within: '1h' } });
    await old.pass(61);
    old.prometheus.answer = (expression) => answerTo(expression, { requests: 4200, errors: 0.5 });
    await old.pass(60);
    expect([old.condition('ChecksPassed'), old.status.rejections]).toEqual(['False ChecksFail', undefined]);
  });

  it('does not follow from a check that is not named', async () => {
    const other = world(0.5, {
      checks: [errors, { ...errors, name: 'more', max: 0.9 }],
      rollback: { onChecks: ['more'] },
    });
    await other.pass(60);
    expect([other.status.failing, other.status.rejections]).toEqual(['errors', undefined]);
  });

  it('does not reject what a rollback has brought back, nor what has nothing before it', async () => {
    const rejected = [{ revision: '22222222', reason: 'RejectedByMonitor', message: '', time: '2026-11-24T11:59:00Z' }];
    const previous = stable('22222222', 2, '2026-11-24T11:00:00Z');
    for (const status of [{}, { rejected }, { rejected, previous }]) {
      const back = world(0.5);
      back.deployment = watchedDeployment({}, { ...status, stable: stable('11111111', 1, '2026-11-24T12:00:00Z') });
      await back.pass(60);
      expect([back.condition('ChecksPassed'), back.status.rejections]).toEqual(['False ChecksFail', undefined]);
    }
  });

  it('never follows from no data', async () => {
    const silent = world(NaN);
    await silent.pass(60);
    silent.prometheus.away = true;
    await silent.pass(60);
    expect(silent.status.rejections).toBeUndefined();
  });

  it('keeps the newest twenty rejections', async () => {
    const fresh = world(0.5);
    const rejections = Array.from({ length: 20 }, (_, index) => ({
      revision: `old${index}`,
      check: 'errors',
      time: '2026-11-24T00:00:00Z',
      message: '',
    }));
    fresh.monitor = { ...fresh.monitor, status: { rejections } };
    await fresh.pass(20);
    expect(fresh.status.rejections?.length).toBe(20);
    expect(fresh.status.rejections?.at(-1)?.revision).toBe('22222222');
  });
});
