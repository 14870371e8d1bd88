import { describe, expect, it } from '@jest/globals';
import { trainingRuns } from '../../src/api/kinds.ts';
import { FakeApiServer } from '../builders/apiserver.ts';
import type { Environment } from '../integration/environment.ts';
import { Administrator, pathOf } from './administrator.ts';
import { Histories, History } from './history.ts';
import { change } from './judge/builders.ts';

describe('A history', () => {
  it('tells what is there now, and all that was', () => {
    const history = new History();
    history.record(change('trainingruns', 'Added', { version: 1 }));
    history.record(change('trainingruns', 'Modified', { version: 2 }));
    expect(history.get(trainingRuns, 'fraud')?.metadata?.resourceVersion).toBe('2');
    history.record(change('trainingruns', 'Deleted', { version: 3 }));
    expect(history.list(trainingRuns)).toEqual([]);
    expect(history.changes.map(({ type }) => type)).toEqual(['Added', 'Modified', 'Deleted']);
  });

  it('waits until something holds, and not longer than told', async () => {
    const history = new History();
    const isThere = () => history.get(trainingRuns, 'fraud') !== undefined;
    const waiting = history.until(isThere, 60_000);
    history.record(change('trainingruns', 'Added'));
    expect(await waiting).toBe(true);
    expect(await history.until(() => false, 1)).toBe(false);
  });

  it('begins anew with what is there', () => {
    const history = new History();
    history.record(change('trainingruns', 'Added', { version: 1 }));
    history.record(change('trainingruns', 'Modified', { version: 2 }));
    expect(history.present()).toEqual([
      expect.objectContaining({ type: 'Added', object: expect.objectContaining({ kind: 'TrainingRun' }) }),
    ]);
  });
});

describe('The histories', () => {
  it('know once all kinds were listed anew what went when the cluster went back in time', async () => {
    const server = new FakeApiServer();
    await server.start();
    server.put(`${pathOf(trainingRuns, 'here')}/fraud`, {});
    const administrator = new Administrator({ url: server.url, tokens: { admin: 'a' } } as unknown as Environment);
    const histories = await Histories.start(administrator, [trainingRuns]);
    const history = histories.open('here');
    await histories.listAgain();
    expect(history.list(trainingRuns)).toHaveLength(1);
    server.restoreEmpty();
    await histories.listAgain();
    expect(history.changes.map(({ type }) => type)).toEqual(['Added', 'Deleted']);
    histories.stop();
    await administrator.close();
    await server.stop();
  });
});
