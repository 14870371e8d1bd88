import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobs, Rehearsal } from '../rehearsal/rehearsal.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

describe('The proxy', () => {
  it.each([
    ['lists of all namespaces', '/apis/batch/v1/jobs?limit=500', `${jobs}?limit=500`],
    ['lists of the core group', '/api/v1/services', '/api/v1/namespaces/plan/services'],
    ['nothing of a kind without namespaces', '/api/v1/nodes', '/api/v1/nodes'],
    ['nothing of a single object', '/api/v1/nodes/one', '/api/v1/nodes/one'],
    ['nothing of another namespace', '/api/v1/namespaces/other/services', '/api/v1/namespaces/other/services'],
    ['nothing that is no resource', '/version', '/version'],
  ])('confines %s', async (_, asked, expected) => {
    await stage.send('GET', asked);
    expect(stage.arrived).toEqual([`GET ${expected}`]);
    expect(stage.interference.proxy.requests[0]?.path).toBe(asked.replace(/\?.*/, ''));
  });

  it('confines watches', async () => {
    await stage.watch('/apis/batch/v1/jobs');
    expect(stage.arrived[0]).toMatch(new RegExp(`^GET ${jobs}\\?watch=true`));
  });

  it('writes where it was told to', async () => {
    await stage.send('POST', jobs, { metadata: { name: 'one' } });
    expect(stage.received).toEqual([{ method: 'POST', url: jobs, body: { metadata: { name: 'one' } } }]);
  });

  it('keeps what was sent and answered', async () => {
    await stage.send('PATCH', `${jobs}/one?fieldManager=test`, { spec: {} });
    expect(stage.interference.proxy.requests).toEqual([
      {
        process: 1,
        at: expect.any(Number),
        method: 'PATCH',
        path: `${jobs}/one`,
        query: new URLSearchParams('fieldManager=test'),
        body: { spec: {} },
        status: 200,
        answer: { metadata: { name: 'made', resourceVersion: '42' } },
        wasForwarded: true,
        wasAnswered: expect.any(Boolean),
      },
    ]);
  });
});
