import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobs, leases, Rehearsal } from '../rehearsal/rehearsal.ts';
import { until } from '../rehearsal/until.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

describe('The fault', () => {
  it('kill-before-write kills at the counted write, which the API server never gets', async () => {
    stage.begin('kill-before-write@Write:2');
    await stage.create('one');
    await expect(stage.create('two')).rejects.toThrow();
    expect(stage.deeds).toEqual(['SIGKILL 1']);
    expect(stage.received.map(({ body }) => body)).toEqual([{ metadata: { name: 'one' } }]);
    expect(stage.interference.proxy.requests.at(-1)).toMatchObject({ wasForwarded: false, wasAnswered: false });
  });

  it('kill-after-write kills when the API server has carried out the write, whose answer is lost', async () => {
    stage.begin('kill-after-write@Write:1');
    await expect(stage.create('one')).rejects.toThrow();
    expect(stage.deeds).toEqual(['SIGKILL 1']);
    expect(stage.arrived).toEqual([`POST ${jobs}`]);
    expect(stage.interference.proxy.requests.at(-1)).toMatchObject({
      status: 201,
      answer: { metadata: { name: 'made' } },
      wasForwarded: true,
      wasAnswered: false,
    });
  });

  it('kill-after-answer kills when the operator has the answer', async () => {
    stage.begin('kill-after-answer@Write:1');
    expect(await stage.create('one')).toMatchObject({ status: 201 });
    await until(() => stage.deeds.includes('SIGKILL 1'));
    expect(stage.interference.proxy.requests.at(-1)).toMatchObject({ wasAnswered: true });
  });

  it('kill kills at any request and lets it pass', async () => {
    stage.begin('kill@Request:2');
    await stage.send('GET', jobs);
    expect(stage.deeds).toEqual([]);
    await stage.send('GET', jobs);
    expect(stage.deeds).toEqual(['SIGKILL 1']);
  });

  it('terminate ends in an orderly way, at an event too', async () => {
    const watch = await stage.watch();
    stage.begin('terminate@Event:2');
    stage.emit('ADDED', 'one');
    await until(() => watch.changes.length === 1);
    expect(stage.deeds).toEqual([]);
    stage.emit('ADDED', 'two');
    await until(() => watch.changes.length === 2);
    expect(stage.deeds).toEqual(['SIGTERM 1']);
  });
});

describe('Two crashes', () => {
  it('strike one after the other', async () => {
    stage.begin('kill-after-write@Write:1+kill-before-write@Write:3');
    await expect(stage.create('one')).rejects.toThrow();
    await stage.create('two');
    await expect(stage.create('three')).rejects.toThrow();
    expect(stage.deeds).toEqual(['SIGKILL 1', 'SIGKILL 1']);
    expect(stage.interference.struck).toBe(2);
    expect(stage.arrived).toHaveLength(2);
  });
});

describe('Moments', () => {
  it('are not counted before the beginning, nor by Leases, Events or questions about rights', async () => {
    await stage.create('before');
    stage.begin('kill-before-write@Write:1');
    await stage.send('PATCH', `${leases}/operator`, {});
    await stage.send('POST', '/apis/events.k8s.io/v1/namespaces/plan/events', {});
    await stage.send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {});
    await stage.send('GET', jobs);
    expect(stage.interference.counts).toMatchObject({ Request: 2, Write: 0 });
    expect(stage.deeds).toEqual([]);
    await expect(stage.create('one')).rejects.toThrow();
    expect(stage.interference.counts).toMatchObject({ Request: 3, Write: 1 });
  });

  it('are not counted in events of a Lease', async () => {
    const lease = await stage.watch(leases);
    const watch = await stage.watch();
    stage.begin('kill@Event:1');
    stage.emit('MODIFIED', 'operator', leases);
    await until(() => lease.changes.length === 1);
    expect(stage.deeds).toEqual([]);
    stage.emit('ADDED', 'one');
    await until(() => watch.changes.length === 1);
    expect(stage.deeds).toEqual(['SIGKILL 1']);
  });

  it('never come once all is healed', async () => {
    stage.begin('kill-before-write@Write:1');
    stage.interference.heal();
    expect(await stage.create('one')).toMatchObject({ status: 201 });
    expect(stage.interference.struck).toBe(0);
  });
});
