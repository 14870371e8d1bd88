import { describe, expect, it } from '@jest/globals';
import { change, found, object, request } from './builders.ts';
import { disowningRules } from './disowning.ts';

const parent = change('modeldeployments', 'Added', { name: 'serve', uid: 'parent' });
const child = (version: number, owner?: string) =>
  change('deployments', version === 1 ? 'Added' : 'Modified', { name: 'serve-a', version, ...(owner && { owner }) });
const changes = [parent, child(1, 'parent'), child(2)];
const path = '/apis/apps/v1/namespaces/team/deployments/serve-a';
const scale = (at: number, fields: Parameters<typeof request>[2] = {}) =>
  request('PATCH', path, { at, answer: object('deployments', { name: 'serve-a' }), ...fields });

describe('The judge of what was disowned', () => {
  it('sees an owner given to what is there', () => {
    const body = (metadata: object) => ({ metadata });
    expect(found(disowningRules, { requests: [scale(1, { body: body({ uid: 'x' }) })] })).toEqual([]);
    expect(found(disowningRules, { requests: [scale(1, { body: body({ ownerReferences: [] }) })] })).toEqual([
      'I3: PATCH deployments/serve-a of process 1 gives an owner to what is there: []',
    ]);
  });

  it('sees a write on a child long after its owner was taken away', () => {
    expect(found(disowningRules, { changes: [parent, child(1, 'parent')], requests: [scale(5_000)] })).toEqual([]);
    expect(found(disowningRules, { changes, requests: [scale(100)] })).toEqual([]);
    expect(found(disowningRules, { changes, requests: [scale(5_000, { status: 409 })] })).toEqual([]);
    expect(found(disowningRules, { changes, requests: [scale(5_000)] })).toEqual([
      'I3: PATCH deployments/serve-a of process 1 succeeded on what had no owner since version 2',
    ]);
  });

  it('does not judge where the operator may not have seen it', () => {
    const injections = [{ fault: 'lag', at: { count: 'Event', number: 1 } } as const];
    expect(found(disowningRules, { changes, requests: [scale(5_000)], injections })).toEqual([]);
  });
});
