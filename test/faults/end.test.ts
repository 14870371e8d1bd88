import { describe, expect, it } from '@jest/globals';
import { trainingRuns } from '../../src/api/kinds.ts';
import { differences, endOf, normalised } from './end.ts';
import { History } from './history.ts';
import { change } from './judge/builders.ts';

const kinds = { parents: [trainingRuns], children: [] };

function ended(namespace: string, status: object) {
  const history = new History();
  history.record(
    change('trainingruns', 'Added', { status: { message: `kubectl -n ${namespace} get trun`, ...status } }),
  );
  return endOf(history, namespace, kinds);
}

describe('An end', () => {
  it('is the same in another namespace at another time', () => {
    const one = ended('plan-1-end', {
      startTime: '2026-11-24T10:00:00Z',
      jobUID: '0b0c0d0e-0000-4000-8000-000000000000',
    });
    const other = ended('plan-12-end', {
      startTime: '2026-11-25T11:00:00.5Z',
      jobUID: '1b0c0d0e-0000-4000-8000-000000000000',
    });
    expect(differences(one, other)).toEqual([]);
  });

  it('is the same where something took longer', () => {
    const of = (length: string) => ended('plan-1-end', { stable: { readyAfter: length }, lastOutage: { length } });
    expect(differences(of('1s'), of('1m30s'))).toEqual([]);
  });

  it('is the same with another digest of a snapshot or a template, which have times and UIDs', () => {
    const of = (digit: string) => {
      const digest = `sha256:${digit.repeat(64)}`;
      const env = [{ name: 'FLYBALL_SNAPSHOT_DIGEST', value: digest }];
      const stable = { templateDigest: `v1:${digest}` };
      return ended('plan-1-end', { attempts: [{ stages: [{ snapshotDigest: digest }], env }], stable });
    };
    expect(differences(of('0'), of('1'))).toEqual([]);
  });

  it('is the same for pods of other names', () => {
    const of = (name: string) => {
      const history = new History();
      history.record(change('pods', 'Added', { name, meta: { generateName: 'fraud-1-train-' } }));
      history.record(change('trainingruns', 'Added', { status: { message: `kubectl logs ${name} -c main` } }));
      return endOf(history, 'team', kinds);
    };
    expect(differences(of('fraud-1-train-abcde'), of('fraud-1-train-vwxyz'))).toEqual([]);
  });

  it('differs by what a status says, and by what there is', () => {
    const one = ended('plan-1-end', { attempts: [{ verdict: 'Registered' }] });
    expect(differences(one, ended('plan-2-end', { attempts: [{ verdict: 'Failed' }] }))).toEqual([
      'trainingruns/fraud.status.attempts.0.verdict is "Registered" instead of "Failed"',
    ]);
    expect(differences({}, one)).toEqual([expect.stringMatching(/^trainingruns\/fraud is absent instead of/)]);
  });

  it('keeps what is no time, no UID and no name of a namespace', () => {
    expect(normalised({ digest: 'sha256:0123', number: 3 }, 'plan-1-end')).toEqual({
      digest: 'sha256:0123',
      number: 3,
    });
  });
});
