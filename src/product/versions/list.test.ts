import { describe, expect, it } from '@jest/globals';
import { knowing } from '../../../test/builders/knowing.ts';
import { artifact, modelDeployment } from '../../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import type { IModelVersion, ITrainingRun } from '../../api/types.ts';
import { listedVersions } from './list.ts';
import { versionNamed } from './reference.ts';

const versions = [1, 2, 3].map((number) => modelVersion(number, artifact(number)));
const [first, second, third] = versions as [IModelVersion, IModelVersion, IModelVersion];
const run = versions.reduce<ITrainingRun>((known, version) => knowing(known, version), trainingRun());
const time = '2026-11-24T09:30:00Z';
const identity = ({ metadata }: IModelVersion) => ({
  version: metadata?.name ?? '',
  versionUID: metadata?.uid ?? '',
  versionTime: metadata?.creationTimestamp ?? '',
});
const role = (version: IModelVersion, revision: string) => ({
  ...identity(version),
  ...artifact(version.spec.number),
  revision,
  since: time,
});
const deployment = modelDeployment({
  status: {
    stable: role(second, '22222222'),
    previous: role(first, '11111111'),
    rejected: [{ ...identity(third), revision: '33333333', reason: 'AnalysisFailed', message: 'too slow', time }],
  },
});

describe('The versions of a run', () => {
  it('are listed newest first, with what each ModelDeployment does with them', () => {
    const listed = listedVersions('fraud', { run, versions, deployments: [deployment] });
    expect(listed.map(({ name, uses }) => [name, uses.map(({ role: played }) => played)])).toEqual([
      ['fraud-3', ['rejected']],
      ['fraud-2', ['stable']],
      ['fraud-1', ['previous']],
    ]);
    expect(listed[0]?.uses[0]).toMatchObject({ reason: 'AnalysisFailed', message: 'too slow' });
  });

  it('have one champion, which nobody has rejected', () => {
    const champions = listedVersions('fraud', { run, versions, deployments: [deployment] }).filter(
      ({ isChampion }) => isChampion,
    );
    expect(champions.map(({ name }) => name)).toEqual(['fraud-2']);
  });

  it('are not its own because they say so, nor champions', () => {
    const forged = modelVersion(4);
    const [newest] = listedVersions('fraud', { run, versions: [...versions, forged], deployments: [] });
    expect(newest).toMatchObject({ name: 'fraud-4', isRegistered: false, isChampion: false });
    expect(listedVersions('fraud', { run: undefined, versions, deployments: [] })[0]).not.toHaveProperty(
      'isRegistered',
    );
  });

  it('show the metrics that the gate judged with its rules, else all', () => {
    const judged = modelVersion(5, {
      metrics: { f1: '0.93', auc: '0.8' },
      gate: [
        { metric: 'f1', rule: 'min 0.9', passed: true, reason: 'Holds', message: '' },
        { metric: 'f1', rule: 'maxDecrease 0.01 against no champion', passed: true, reason: 'Bootstrap', message: '' },
      ],
    });
    const metricsOf = (version: IModelVersion) =>
      listedVersions('fraud', { run: undefined, versions: [version], deployments: [] })[0]?.metrics;
    expect(metricsOf(judged)).toEqual([{ name: 'f1', value: '0.93', rules: ['min 0.9', 'maxDecrease 0.01'] }]);
    expect(metricsOf(first)).toEqual([{ name: 'f1', value: '0.93', rules: [] }]);
  });
});

describe('A version', () => {
  it.each([
    ['fraud-3', undefined, 'fraud-3'],
    ['fraud@3', undefined, 'fraud-3'],
    ['3', 'fraud', 'fraud-3'],
    ['3', undefined, '3'],
    ['@3', undefined, '@3'],
  ])('is named by %s, where %s is meant: %s', (words, meant, want) => {
    expect(versionNamed(words, meant)).toBe(want);
  });
});
