import { describe, expect, it } from '@jest/globals';
import type { Forged } from '../contract.ts';
import { unaccounted } from './accounted.ts';
import type { Resource } from '../../../src/api/resource.ts';
import { object } from './builders.ts';

const made = new Map([['forged', object('jobs', { name: 'fraud-2-train', uid: 'forged' }) as Resource]]);
const forged: Forged = { made, changed: new Map(), written: new Set<string>() };
const wanted = {
  'trainingruns/fraud': { status: 'Registered' },
  'services/serve': { selector: 'own', owners: ['ModelDeployment serve'] },
};

const parents = (reason = 'Registered', message = '') =>
  new Map([
    ['trainingruns/fraud', object('trainingruns', { status: { conditions: [{ reason, message }] } }) as Resource],
  ]);
const ended = (status: string, selector = 'own') => ({
  'trainingruns/fraud': { status },
  'services/serve': { selector, owners: ['ModelDeployment serve'] },
  'jobs/fraud-2-train': {},
});
const told = parents(
  'Forged',
  'Job fraud-2-train is not what was made; run `kubectl -n team delete job fraud-2-train`.',
);
const wrong = ['trainingruns/fraud.status is "Failed" instead of "Registered"'];

describe('The judge of ends after a forgery', () => {
  const judged = (end: object, by = parents(), isStuck = false) =>
    unaccounted({ end: end as ReturnType<typeof ended>, parents: by, forged, isStuck }, wanted);

  it('takes what ends as without a forger, whatever the forger left behind', () => {
    expect(judged(ended('Registered'))).toEqual([]);
  });

  it('wants who ends elsewhere to name what was forged, and a command', () => {
    expect(judged(ended('Failed'))).toEqual(wrong);
    expect(judged(ended('Failed'), told)).toEqual([]);
    expect(judged(ended('Failed'), parents('Forged', 'Job fraud-2-train is not what was made'))).toEqual(wrong);
    expect(judged(ended('Failed'), parents('Forged', 'Run `kubectl -n team delete job other`.'))).toEqual(wrong);
    expect(judged(ended('Failed'), parents('JobFailed', 'Run `kubectl delete job fraud-2-train`.'))).toEqual(wrong);
  });

  it('takes the words of an attempt that another one has followed, since conditions are about the newest', () => {
    const [number, reason] = [2, 'SnapshotInvalid'];
    const message = 'Job fraud-2-train was changed: `kubectl -n team patch trun fraud`';
    const after = (newest: number) => {
      const attempts = [{ number, reason, message }, { number: newest }];
      return new Map([['trainingruns/fraud', object('trainingruns', { status: { attempts } }) as Resource]]);
    };
    expect(judged(ended('Failed'), after(3))).toEqual([]);
    expect(judged(ended('Failed'), after(1))).toEqual(wrong);
  });

  it('lets a Job be made again for which a forged pod has spoken, and no other', () => {
    const ofAttempt = (job: string) => ({
      ...ended('Registered'),
      'trainingruns/fraud': { status: 'Registered', job },
    });
    const isTakenFor = (owner: string) => {
      const ownerReferences = [{ apiVersion: 'v1', kind: owner, name: 'x', uid: 'x' }];
      const pod = object('pods', { name: 'forged-pod', meta: { ownerReferences } }) as Resource;
      const ending = { end: ofAttempt('fraud-1-train-r1'), parents: parents(), isStuck: false };
      return unaccounted(
        { ...ending, forged: { ...forged, made: new Map([['pod', pod]]) } },
        ofAttempt('fraud-1-train'),
      );
    };
    expect(isTakenFor('Job')).toEqual([]);
    expect(isTakenFor('ReplicaSet')).toHaveLength(1);
  });

  it('sees a parent that is gone', () => {
    const { 'trainingruns/fraud': _, ...others } = ended('');
    expect(unaccounted({ end: others, parents: parents(), forged, isStuck: false }, wanted)).toHaveLength(1);
  });

  it('wants Services to lead where they did, unless it is told', () => {
    expect(judged(ended('Registered', 'forged'))).toHaveLength(1);
    expect(judged(ended('Failed', 'forged'), told)).toEqual([]);
  });

  it('excuses the others only while the scenario waits for who tells', () => {
    const both = new Map([...told, ['trainingruns/other', object('trainingruns', { name: 'other' }) as Resource]]);
    const end = { ...ended('Failed'), 'trainingruns/other': { status: 'Failed' } };
    expect(judged(end, both, true)).toEqual([]);
    expect(judged(end, both)).toHaveLength(1);
  });
});
