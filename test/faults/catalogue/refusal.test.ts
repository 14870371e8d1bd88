import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobs, Rehearsal } from '../rehearsal/rehearsal.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

describe('The fault', () => {
  it.each([
    ['conflict', 409, 'Conflict'],
    ['too-many', 429, 'TooManyRequests'],
    ['internal-error', 500, 'InternalError'],
    ['unavailable', 503, 'ServiceUnavailable'],
    ['gateway-timeout', 504, 'Timeout'],
    ['forbidden', 403, 'Forbidden'],
  ])('%s refuses the counted write once, with status %d and reason %s', async (fault, status, reason) => {
    stage.begin(`${fault}@Write:1`);
    const got = await stage.create('one');
    expect(got.status).toBe(status);
    expect(JSON.parse(got.body)).toMatchObject({ kind: 'Status', status: 'Failure', code: status, reason });
    expect(stage.arrived).toEqual([]);
    expect(await stage.create('one')).toMatchObject({ status: 201 });
  });

  it('too-many says when to come again', async () => {
    stage.begin('too-many@Request:1');
    expect(await stage.send('GET', jobs)).toMatchObject({ status: 429, retryAfter: '1' });
  });

  it('bad-gateway answers with a page for people', async () => {
    stage.begin('bad-gateway@Write:1');
    expect(await stage.create('one')).toMatchObject({ status: 502, body: expect.stringMatching(/^<html>/) });
    expect(stage.arrived).toEqual([]);
  });

  it.each([
    ['error-after-write', 500],
    ['timeout-status-after-write', 504],
  ])('%s says %d about a write that was carried out', async (fault, status) => {
    stage.begin(`${fault}@Write:1`);
    expect(await stage.create('one')).toMatchObject({ status });
    expect(stage.arrived).toEqual([`POST ${jobs}`]);
    expect(stage.interference.proxy.requests.at(-1)).toMatchObject({ status, answer: { metadata: { name: 'made' } } });
  });

  it('internal-errors refuses five requests after the counted one', async () => {
    stage.begin('internal-errors@Request:1');
    const statuses: number[] = [];
    for (let index = 0; index < 7; index += 1) statuses.push((await stage.send('GET', jobs)).status);
    expect(statuses).toEqual([200, 500, 500, 500, 500, 500, 200]);
  });

  it('throttled refuses five writes and no reads', async () => {
    stage.begin('throttled@Write:1');
    const statuses: number[] = [];
    for (let index = 0; index < 7; index += 1) {
      statuses.push((await stage.create('one')).status, (await stage.send('GET', jobs)).status);
    }
    expect(statuses).toEqual([201, 200, 429, 200, 429, 200, 429, 200, 429, 200, 429, 200, 201, 200]);
  });
});
