import { describe, expect, it } from '@jest/globals';
import { modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import { asDeployed, type Deployed } from './asdeployed.ts';
import { revisionOf, type ServedModel } from './revision.ts';

const { spec } = modelDeployment();
const unsaid = { uri: 'pvc://models/own', digest: 'sha256:9' };
const named: ServedModel = { ...unsaid, digestSource: 'Declared' };
/** As an operator had it to which the place of a model did not count, and who said nothing of its digest. */
const before = { ...unsaid, revision: revisionOf(unsaid, spec), since: '2026-11-24T10:00:00Z' };
const nothing: Deployed = { spec, stable: undefined, candidate: undefined, previous: undefined, rejected: [] };

const revision = (model: ServedModel, facts: Partial<Deployed>) =>
  revisionOf(asDeployed({ ...nothing, ...facts }, model), spec);

describe('A model that people name', () => {
  it.each(['stable', 'candidate', 'previous'])(
    'stays the revision that is %s since before its place counted',
    (role) => {
      expect(revision(named, { [role]: before })).toBe(before.revision);
    },
  );

  it.each<[string, ServedModel, Partial<Deployed>]>([
    ['at another place', { ...named, uri: 'pvc://models/other' }, { stable: before }],
    ['with another digest', { ...named, digest: 'sha256:8' }, { stable: before }],
    ['with another server', named, { stable: before, spec: { ...spec, observe: {} } }],
    [
      'where only what was rejected is known, whose place may have been wrong',
      named,
      {
        rejected: [{ revision: before.revision, reason: 'NotReady', message: 'It was not ready.', time: before.since }],
      },
    ],
  ])('is another revision %s', (_, model, facts) => {
    expect(revision(model, facts)).not.toBe(before.revision);
    expect(asDeployed({ ...nothing, ...facts }, model)).toEqual(model);
  });
});
