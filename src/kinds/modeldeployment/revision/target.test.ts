import { describe, expect, it } from '@jest/globals';
import type { RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { artifact, modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { revisionOf } from './revision.ts';
import { targetOf } from './target.ts';
import type { TargetFacts } from './target.ts';

const { spec } = modelDeployment();
const edited = { ...spec, server: { ...server, image: 'registry/server:2' } };

function role(number: number, of = spec): RevisionStatus {
  const model = { ...artifact(number), version: `fraud-${number}` };
  return { ...model, revision: revisionOf(model, of), since: '2026-11-24T10:00:00Z' };
}

function rejected(...roles: readonly RevisionStatus[]): RejectedRevision[] {
  return roles.map(({ revision, version }) => ({
    revision,
    ...(version !== undefined && { version }),
    reason: 'AnalysisFailed',
    message: 'Check failed.',
    time: '2026-11-24T11:00:00Z',
  }));
}

function versions(...numbers: readonly number[]) {
  return numbers.map((number) => modelVersion(number, artifact(number)));
}

function target(facts: Partial<TargetFacts>) {
  const nothing = {
    stable: undefined,
    candidate: undefined,
    previous: undefined,
    rejected: [],
    versions: [],
    runExists: true,
  };
  const found = targetOf({ namespace: 'team', spec, ...nothing, ...facts });
  return found.type === 'Revision' ? found.wanted.version : found.type === 'Missing' ? found.reason : found.type;
}

describe('What a ModelDeployment that follows a run wants', () => {
  it('is the newest version, by number and not by name', () => {
    expect(target({ versions: versions(9, 10, 2) })).toBe('fraud-10');
  });

  it('is not a version of another run', () => {
    const other = modelVersion(7, { ...artifact(7), trainingRun: 'fraud-b' });
    expect(target({ versions: [other, ...versions(1)] })).toBe('fraud-1');
  });

  it('is not a version without a model', () => {
    expect(target({ versions: [modelVersion(2), ...versions(1)] })).toBe('fraud-1');
  });

  it('is what serves when the newest was rejected', () => {
    expect(target({ versions: versions(1, 2), stable: role(1), rejected: rejected(role(2)) })).toBe('fraud-1');
  });

  it('is the version before the newest when that was rejected, if it is newer than what serves', () => {
    expect(target({ versions: versions(1, 2, 3), stable: role(1), rejected: rejected(role(3)) })).toBe('fraud-2');
  });

  it('goes back by one step only', () => {
    const both = rejected(role(3), role(4));
    expect(target({ versions: versions(1, 2, 3, 4), stable: role(1), rejected: both })).toBe('Rejected');
  });

  it('is never older than what serves, even if the newer versions were deleted', () => {
    expect(target({ versions: versions(1), stable: role(2) })).toBe('fraud-2');
  });

  it('is what served before when what serves was rejected', () => {
    const facts = { versions: versions(1, 3), stable: role(3), previous: role(1), rejected: rejected(role(3)) };
    expect(target(facts)).toBe('fraud-1');
  });

  it('is what served before with its old server, when a new server was rejected', () => {
    const stable = role(1, edited);
    const facts = {
      spec: edited,
      versions: versions(1),
      stable,
      candidate: undefined,
      previous: role(1),
      rejected: rejected(stable),
    };
    const found = targetOf({ namespace: 'team', runExists: true, ...facts });
    expect(found).toMatchObject({ type: 'Revision', wanted: { revision: role(1).revision } });
  });

  it('is the newest version again after an edit of the server, since that is another revision', () => {
    const facts = { spec: edited, versions: versions(1, 2), stable: role(1), rejected: rejected(role(2)) };
    expect(target(facts)).toBe('fraud-2');
  });

  it('is what serves with the new server when its ModelVersion was deleted', () => {
    expect(target({ spec: edited, versions: [], stable: role(2) })).toBe('fraud-2');
  });

  it('is what is being deployed first when its ModelVersion was deleted, unless another version is left', () => {
    expect(target({ candidate: role(2) })).toBe('fraud-2');
    expect(target({ versions: versions(1), candidate: role(2) })).toBe('fraud-1');
  });

  it('is not what is being deployed beside what serves when its ModelVersion was deleted', () => {
    expect(target({ versions: versions(1), stable: role(1), candidate: role(2) })).toBe('fraud-1');
  });

  it('is missing until the run has a version, which comes by itself', () => {
    const found = targetOf({
      namespace: 'team',
      spec,
      stable: undefined,
      candidate: undefined,
      previous: undefined,
      rejected: [],
      versions: [],
      runExists: true,
    });
    expect(found).toMatchObject({ type: 'Missing', reason: 'NoVersion', stalled: false });
  });

  it('is missing when the run does not exist, which a user has to mend', () => {
    expect(target({ runExists: false })).toBe('TrainingRunNotFound');
  });

  it('is there when the run was deleted but its versions were not', () => {
    expect(target({ runExists: false, versions: versions(1) })).toBe('fraud-1');
  });

  it('is missing when the run keeps no model', () => {
    expect(target({ versions: [modelVersion(1)] })).toBe('VersionWithoutModel');
  });
});

describe('What a ModelDeployment that pins a model wants', () => {
  const pinned = { ...spec, model: { versionRef: { name: 'fraud-1' } } };

  it('is the pinned version, even if there is a newer one', () => {
    expect(target({ spec: pinned, versions: versions(1, 2) })).toBe('fraud-1');
  });

  it('is missing when the version does not exist', () => {
    expect(target({ spec: pinned })).toBe('VersionNotFound');
  });

  it('is what serves when its ModelVersion was deleted', () => {
    expect(target({ spec: pinned, stable: role(1) })).toBe('fraud-1');
  });

  it('is nothing when it was rejected', () => {
    expect(target({ spec: pinned, versions: versions(1), rejected: rejected(role(1)) })).toBe('Rejected');
  });

  it('is the artifact of a URI, which has no version', () => {
    const byUri = { ...spec, model: { uri: 'pvc://models/own', digest: 'sha256:9' } };
    const found = targetOf({
      namespace: 'team',
      spec: byUri,
      stable: undefined,
      candidate: undefined,
      previous: undefined,
      rejected: [],
      versions: [],
      runExists: false,
    });
    expect(found).toMatchObject({ type: 'Revision', wanted: { uri: 'pvc://models/own', digest: 'sha256:9' } });
  });

  it('is missing when the URI cannot be mounted', () => {
    expect(target({ spec: { ...spec, model: { uri: 's3://bucket/model', digest: 'sha256:9' } } })).toBe(
      'URINotSupported',
    );
  });
});
