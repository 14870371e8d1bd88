import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobs, Rehearsal, services } from '../rehearsal/rehearsal.ts';
import { until } from '../rehearsal/until.ts';

let stage: Rehearsal;
beforeEach(async () => {
  stage = await Rehearsal.start();
});
afterEach(() => stage.stop());

const made = (path: string): string => `${path}/made`;

describe('The fault', () => {
  it.each([
    ['child-deleted:jobs', { method: 'DELETE', url: made(jobs), body: { propagationPolicy: 'Background' } }],
    ['child-disowned:jobs', { method: 'PATCH', url: made(jobs), body: { metadata: { ownerReferences: null } } }],
    ['child-unlabelled:jobs', { method: 'PATCH', url: made(jobs), body: { metadata: { labels: null } } }],
    [
      'selector-changed:services',
      { method: 'PATCH', url: made(services), body: { spec: { selector: { corrupted: 'true' } } } },
    ],
  ])('%s strikes what the operator created last of the kind', async (fault, expected) => {
    stage.begin(`${fault}@Write:3`);
    await stage.create('one');
    await stage.send('POST', services, {});
    await stage.send('PATCH', `${jobs}/one`, {});
    await until(() => stage.arrived.length === 4);
    expect(stage.received).toContainEqual(expected);
  });

  it('child-deleted touches nothing that the operator did not create', async () => {
    stage.begin('child-deleted:jobs@Write:2');
    await stage.send('POST', services, {});
    await stage.send('PATCH', `${jobs}/foreign`, {});
    await stage.apiServer.administer('GET', jobs);
    expect(stage.arrived).toEqual([`POST ${services}`, `PATCH ${jobs}/foreign`, `GET ${jobs}`]);
  });
});
