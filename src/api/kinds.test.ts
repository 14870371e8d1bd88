import { describe, expect, it } from '@jest/globals';
import { artifact, modelDeployment } from '../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../test/builders/modelversion.ts';
import { monitor } from '../../test/builders/monitor.ts';
import { modelDeployments, modelVersions, monitors, pods } from './kinds.ts';
import type { Reference } from './resource.ts';

const textOf = (references: readonly Reference[] | undefined) =>
  references?.map(({ kind, name }) => `${kind.kind} ${name}`);

describe('What refers to what', () => {
  it('is a version to the run that made it', () => {
    expect(textOf(modelVersions.references?.(modelVersion(3)))).toEqual(['TrainingRun fraud']);
  });

  it('is a Monitor to what it judges and to the run that it asks', () => {
    expect(textOf(monitors.references?.(monitor()))).toEqual(['ModelDeployment fraud']);
    const asking = monitor({ retrain: { trainingRunRef: { name: 'loans' }, onChecks: ['drift'] } });
    expect(textOf(monitors.references?.(asking))).toEqual(['ModelDeployment fraud', 'TrainingRun loans']);
  });

  it('is a deployment to the run that it follows, and to each version that has or had a part in it', () => {
    const role = (number: number) => ({ ...artifact(number), revision: `r${number}`, version: `fraud-${number}` });
    const since = '2026-11-24T10:00:00Z';
    const rejected = {
      revision: 'r1',
      version: 'fraud-1',
      reason: 'AnalysisFailed',
      message: '',
      time: since,
    } as const;
    const status = { stable: { ...role(3), since }, previous: { ...role(2), since }, rejected: [rejected] };
    expect(textOf(modelDeployments.references?.(modelDeployment({ status })))).toEqual([
      'TrainingRun fraud',
      'ModelVersion fraud-3',
      'ModelVersion fraud-2',
      'ModelVersion fraud-1',
    ]);
    const pinned = modelDeployment({ spec: { model: { versionRef: { name: 'loans-7' } } } });
    expect(textOf(modelDeployments.references?.(pinned))).toEqual(['ModelVersion loans-7']);
  });

  it('is a pod to the deployment in its label', () => {
    const labels = { 'flyball.dev/model-deployment': 'fraud' };
    expect(textOf(pods.references?.({ apiVersion: 'v1', kind: 'Pod', metadata: { labels } }))).toEqual([
      'ModelDeployment fraud',
    ]);
    expect(textOf(pods.references?.({ apiVersion: 'v1', kind: 'Pod', metadata: {} }))).toEqual([]);
  });
});
