import { describe, expect, it } from '@jest/globals';
import type { RejectedRevision, RevisionStatus } from '../../../api/types.ts';
import { artifact, modelDeployment, server } from '../../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
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

/** The run, which has registered versions of these numbers. */
function knowing(...numbers: readonly number[]) {
  const attempts = numbers.map((number) => ({ ...attempt(number), versionUID: `uid-version-${number}` }));
  return trainingRun({ status: { attempts } });
}

function attempt(number: number) {
  const time = '2026-11-24T09:00:00Z';
  const trigger = { type: 'Created', time } as const;
  const name = `fraud-${number}`;
  return { name, number, recipeDigest: 'sha256:0', trigger, coversUntil: time, startTime: time };
}

const nothing = {
  stable: undefined,
  candidate: undefined,
  previous: undefined,
  rejected: [],
  versions: [],
  run: knowing(),
  name: 'fraud',
  missingHardware: undefined,
  made: new Set<string>(),
};

function target(facts: Partial<TargetFacts>) {
  const found = targetOf({ namespace: 'team', spec, ...nothing, run: knowing(1, 2, 3, 4, 7, 9, 10), ...facts });
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
    const found = targetOf({ ...nothing, namespace: 'team', run: knowing(1), ...facts });
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
    const found = targetOf({ ...nothing, namespace: 'team', spec });
    expect(found).toMatchObject({ type: 'Missing', reason: 'NoVersion', stalled: false });
  });

  it('is missing when the run does not exist, which a user has to mend', () => {
    expect(target({ run: undefined })).toBe('TrainingRunNotFound');
  });

  it('is nothing new when the run was deleted: nobody tells which versions are its own', () => {
    const found = targetOf({ ...nothing, namespace: 'team', spec, run: undefined, versions: versions(1) });
    expect(found).toMatchObject({
      reason: 'TrainingRunNotFound',
      message:
        'TrainingRun "fraud" does not exist in this namespace, so that nobody tells which ModelVersions are its own. Name one that ' +
        'you know in spec.model.versionRef: `kubectl -n team get modelversions`; or create it or correct spec.model.trainingRunRef: ' +
        '`kubectl -n team get trainingruns`.',
    });
    expect(target({ run: undefined, versions: versions(1, 2), stable: role(1) })).toBe('fraud-1');
  });

  it('is no version that the run has not registered, whatever its name or its number', () => {
    const forged = modelVersion(999_999_999, artifact(9));
    expect(target({ versions: [...versions(1), forged] })).toBe('fraud-1');
    expect(target({ versions: [...versions(1), forged], stable: role(1) })).toBe('fraud-1');
    const again = { ...modelVersion(2, artifact(9)), metadata: { ...modelVersion(2).metadata, uid: 'uid-forged' } };
    expect(target({ versions: [...versions(1), again] })).toBe('fraud-1');
  });

  it('is a version that was deployed once, though the run remembers it no longer', () => {
    const before = { ...role(2), versionUID: 'uid-version-2' };
    expect(target({ run: knowing(), versions: versions(2), spec: edited, stable: before })).toBe('fraud-2');
    expect(target({ run: undefined, versions: versions(2), spec: edited, stable: before })).toBe('fraud-2');
  });

  it('is missing when there are versions that the run has not registered, which is told with what mends it', () => {
    const found = targetOf({ ...nothing, namespace: 'team', spec, versions: versions(1) });
    expect(found).toMatchObject({
      reason: 'Forged',
      stalled: true,
      message:
        'ModelVersion "fraud-1" says that it is of TrainingRun "fraud", which has not registered it, so it is not served. Find out ' +
        'who made it, and remove it: `kubectl -n team delete mver fraud-1`; or if it was restored from a backup, name it in ' +
        'spec.model.versionRef.',
    });
  });

  it('waits for a version that its attempt is about to tell of', () => {
    const run = trainingRun({ status: { attempts: [attempt(1)] } });
    expect(target({ run, versions: versions(1) })).toBe('NoVersion');
  });

  it('is missing when the run keeps no model', () => {
    expect(target({ versions: [modelVersion(1)] })).toBe('VersionWithoutModel');
  });
});

describe('What a ModelDeployment that follows a run that was made again wants', () => {
  const again = (number: number, hour: number, trainingRunUID = 'second') => {
    const version = modelVersion(number, { uri: `pvc://models/${trainingRunUID}/${number}`, trainingRunUID });
    return { ...version, metadata: { ...version.metadata, creationTimestamp: `2026-11-24T${hour}:00:00Z` } };
  };
  const first = { ...role(7), trainingRunUID: 'first', versionTime: '2026-11-24T10:00:00Z' };

  it('is its first version, though that has a lower number than what serves', () => {
    expect(target({ versions: [again(1, 11)], stable: first })).toBe('fraud-1');
    expect(target({ versions: [again(7, 10, 'first'), again(1, 11), again(2, 12)], stable: first })).toBe('fraud-2');
  });

  it('is the version of the new run where both have the name', () => {
    const found = targetOf({
      ...nothing,
      namespace: 'team',
      spec,
      versions: [again(7, 11)],
      stable: first,
      run: knowing(7),
    });
    expect(found).toMatchObject({ wanted: { version: 'fraud-7', trainingRunUID: 'second' } });
  });

  it('is not an older version of the run before', () => {
    const stable = { ...role(1), trainingRunUID: 'second', versionTime: '2026-11-24T12:00:00Z' };
    expect(target({ versions: [again(9, 11, 'first')], stable })).toBe('fraud-1');
  });
});

describe('The profile of a version', () => {
  const observing = (pointer: string) =>
    modelDeployment({
      spec: { observe: { signals: [{ name: 'amount', from: 'Request', pointer, type: 'Category' }] } },
    }).spec;
  const watching = observing('');
  const profiled = (number: number, a: string) =>
    modelVersion(number, { ...artifact(1), profile: { amount: { categories: { a } } } });
  const wanted = (facts: Partial<TargetFacts>) => {
    const found = targetOf({ ...nothing, namespace: 'team', spec: watching, run: knowing(1, 2), ...facts });
    return found.type === 'Revision' ? found.wanted : undefined;
  };

  const served = (): RevisionStatus => {
    const { revision = '', profileDigest = '' } = wanted({ versions: [profiled(1, '0.5')] }) ?? {};
    return { ...role(1), revision, profileDigest };
  };

  it('makes a newer version of the same model another revision, if it is another profile', () => {
    const [one, same, other] = [profiled(1, '0.5'), profiled(2, '0.5'), profiled(2, '0.6')].map(
      (version) => wanted({ versions: [version] })?.revision,
    );
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('stays with what serves by it when its ModelVersion is deleted', () => {
    const stable = served();
    expect(wanted({ versions: [], stable })?.revision).toBe(stable.revision);
  });

  it('is not taken for known when its ModelVersion was deleted and other signals are observed', () => {
    const stable = served();
    expect(wanted({ spec: observing('/0'), versions: [], stable })?.profileDigest).toBeUndefined();
  });

  it('makes no other revision of a version that was deployed before profiles counted', () => {
    const stable = role(1, watching);
    expect(wanted({ versions: [profiled(1, '0.5')], stable })?.revision).toBe(stable.revision);
    expect(wanted({ versions: [profiled(2, '0.5')], stable })?.revision).not.toBe(stable.revision);
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
    const found = targetOf({ ...nothing, namespace: 'team', spec: byUri, run: undefined });
    expect(found).toMatchObject({ type: 'Revision', wanted: { uri: 'pvc://models/own', digest: 'sha256:9' } });
  });

  it('is missing when the URI cannot be mounted', () => {
    expect(target({ spec: { ...spec, model: { uri: 'ftp://bucket/model', digest: 'sha256:9' } } })).toBe(
      'URINotSupported',
    );
  });
});
