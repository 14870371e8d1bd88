import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobs, Rehearsal, services } from '../rehearsal/rehearsal.ts';
import { until } from '../rehearsal/until.ts';
import type { Watch } from '../rehearsal/watch.ts';

let stage: Rehearsal;
let watch: Watch;
/** Of a kind that is not struck. */
let other: Watch;
beforeEach(async () => {
  stage = await Rehearsal.start();
  watch = await stage.watch(jobs);
  other = await stage.watch(services);
});
afterEach(() => stage.stop());

async function untilOtherHas(name: string): Promise<void> {
  stage.emit('ADDED', name, services);
  await until(() => other.changes.includes(`ADDED ${name}`));
}

describe('The fault', () => {
  it('lag brings the events of a kind late, and all of them in order', async () => {
    stage.begin('lag:jobs@Event:1');
    stage.emit('ADDED', 'one');
    stage.emit('MODIFIED', 'one');
    await untilOtherHas('after');
    expect(watch.changes).toEqual([]);
    await until(() => watch.changes.length === 2);
    expect(watch.changes).toEqual(['ADDED one', 'MODIFIED one']);
  });

  it('behind keeps a watch two events behind', async () => {
    stage.begin('behind:jobs@Event:1');
    for (const name of ['one', 'two', 'three']) stage.emit('ADDED', name);
    await until(() => watch.changes.length > 0);
    await untilOtherHas('after');
    expect(watch.changes).toEqual(['ADDED one']);
    stage.interference.heal();
    await until(() => watch.changes.length === 3);
    expect(watch.changes).toEqual(['ADDED one', 'ADDED two', 'ADDED three']);
  });

  it('coalesced leaves out states that were overtaken meanwhile', async () => {
    stage.begin('coalesced:jobs@Event:1');
    stage.emit('ADDED', 'one');
    stage.emit('MODIFIED', 'two');
    stage.emit('MODIFIED', 'one');
    stage.emit('MODIFIED', 'two');
    stage.emit('DELETED', 'three');
    await untilOtherHas('after');
    expect(watch.changes).toEqual([]);
    stage.interference.heal();
    await until(() => watch.changes.length === 3);
    expect(watch.changes).toEqual(['ADDED one', 'MODIFIED two', 'DELETED three']);
  });

  it('skipped tells nothing for a while and then that everything must be listed', async () => {
    stage.begin('skipped:jobs@Event:2');
    for (const name of ['one', 'two', 'three']) stage.emit('ADDED', name);
    await untilOtherHas('after');
    expect(watch.changes).toEqual(['ADDED one']);
    expect(await watch.ended).toBe('End');
    expect(watch.changes).toEqual(['ADDED one', 'ERROR 410']);
  });

  it('stale-restart kills, answers lists that may be stale with what was before the last write, and keeps new watches waiting', async () => {
    stage.begin('stale-restart@Write:2');
    await stage.create('one');
    await stage.create('two');
    expect(stage.deeds).toEqual(['SIGKILL 1']);
    await stage.send('GET', '/apis/batch/v1/jobs?resourceVersion=0&limit=500');
    await stage.send('GET', '/apis/batch/v1/jobs?limit=500');
    expect(stage.arrived.slice(2)).toEqual([
      `GET ${jobs}?resourceVersion=41&limit=500&resourceVersionMatch=Exact`,
      `GET ${jobs}?limit=500`,
    ]);
    const streamed = '/apis/batch/v1/jobs?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan';
    expect(await stage.send('GET', streamed)).toMatchObject({ status: 422 });
    const late = await stage.watch(jobs);
    stage.emit('ADDED', 'one');
    await until(() => watch.changes.length === 1);
    await untilOtherHas('after');
    expect(late.changes).toEqual([]);
    stage.interference.heal();
    await until(() => late.changes.length === 1);
    await stage.send('GET', '/apis/batch/v1/jobs?resourceVersion=0');
    expect(stage.arrived.at(-1)).toBe(`GET ${jobs}?resourceVersion=0`);
  });

  it('overtaken has somebody change the object right before the write', async () => {
    stage.begin('overtaken@Write:1');
    await stage.send('PATCH', `${jobs}/one/status`, { status: {} });
    expect(stage.received).toEqual([
      {
        method: 'PATCH',
        url: `${jobs}/one`,
        body: { metadata: { annotations: { 'faults/overtaken': `${jobs}/one/status` } } },
      },
      { method: 'PATCH', url: `${jobs}/one/status`, body: { status: {} } },
    ]);
  });

  it.each([
    ['overtaken-unseen', 'PATCH', 'MODIFIED'],
    ['deleted-unseen', 'DELETE', 'DELETED'],
  ] as const)('%s has a %s come before the write, and the watch tells of it late', async (fault, method, event) => {
    stage.begin(`${fault}@Write:1`);
    await stage.send('PATCH', `${jobs}/one/status`, { status: {} });
    expect(stage.arrived).toEqual([`${method} ${jobs}/one`, `PATCH ${jobs}/one/status`]);
    stage.emit(event, 'one');
    await untilOtherHas('after');
    expect(watch.changes).toEqual([]);
    stage.interference.heal();
    await until(() => watch.changes.length === 1);
  });
});
