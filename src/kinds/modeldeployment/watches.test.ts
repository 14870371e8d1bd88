import { describe, expect, it } from '@jest/globals';
import type { IModelDeployment, IMonitor } from '../../api/types.ts';
import type { Resource } from '../../api/resource.ts';
import type { Reader } from '../../controller.ts';
import { artifact, modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { referring } from '../../../test/builders/reader.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { trafficBackends } from './traffic/index.ts';
import { watchesOf } from './watches.ts';

function named(name: string, fields: Parameters<typeof modelDeployment>[0]): IModelDeployment {
  const parent = modelDeployment(fields);
  return { ...parent, metadata: { ...parent.metadata, name } };
}

const serving = { ...artifact(1), revision: 'a', version: 'fraud-1', since: '2026-11-24T10:00:00Z' };
const all = [
  named('follows', {}),
  named('pins', { spec: { model: { versionRef: { name: 'fraud-1' } } } }),
  named('serves', { spec: { model: { trainingRunRef: { name: 'other' } } }, status: { stable: serving } }),
  named('unconcerned', { spec: { model: { trainingRunRef: { name: 'other' } } } }),
];

const reader: Reader = {
  get: () => undefined,
  referring: (kind, to, key) => referring(all, kind, to, key),
  ownedBy: () => [],
  isServed: () => true,
  live: () => Promise.resolve(undefined),
};

function woken(kind: string, changed: Resource): string[] {
  const watch = watchesOf(trafficBackends).find((candidate) => candidate.kind.kind === kind);
  return watch?.parents(changed, reader).map(({ namespace, name }) => `${namespace}/${name}`) ?? [];
}

describe('A change', () => {
  it('of a version wakes those that follow its run, pin it or serve it', () => {
    expect(woken('ModelVersion', modelVersion(1))).toEqual(['team/follows', 'team/pins', 'team/serves']);
  });

  it('of a run wakes those that follow it', () => {
    expect(woken('TrainingRun', trainingRun())).toEqual(['team/follows']);
  });

  it('of a Monitor wakes the one that it watches', () => {
    const monitor: IMonitor = {
      apiVersion: 'flyball.dev/v1alpha1',
      kind: 'Monitor',
      metadata: { name: 'watch', namespace: 'team' },
      spec: { modelDeploymentRef: { name: 'fraud' }, checks: [] },
    };
    expect(woken('Monitor', monitor)).toEqual(['team/fraud']);
  });

  it.each(['Pod', 'Deployment', 'ReplicaSet', 'Service', 'PodDisruptionBudget'])(
    'of a %s wakes the one in its label',
    (kind) => {
      const labels = { 'flyball.dev/model-deployment': 'fraud' };
      expect(woken(kind, { apiVersion: 'v1', kind, metadata: { name: 'x', namespace: 'team', labels } })).toEqual([
        'team/fraud',
      ]);
      expect(woken(kind, { apiVersion: 'v1', kind, metadata: { name: 'x', namespace: 'team' } })).toEqual([]);
    },
  );
});
