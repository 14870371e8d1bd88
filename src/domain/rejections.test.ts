import { describe, expect, it } from '@jest/globals';
import { modelDeployment } from '../../test/builders/modeldeployment.ts';
import { modelVersion } from '../../test/builders/modelversion.ts';
import type { RejectedRevision } from '../api/types.ts';
import { isRejected, rejectedVersions } from './rejections.ts';

const entry = (revision: string, version?: string): RejectedRevision => ({
  revision,
  ...(version !== undefined && { version }),
  reason: 'AnalysisFailed',
  message: '',
  time: '2026-11-24T10:00:00Z',
});

describe('A rejection', () => {
  it('is of one revision', () => {
    expect(isRejected('a', [entry('a', 'fraud-1')])).toBe(true);
    expect(isRejected('fraud-1', [entry('a', 'fraud-1')])).toBe(false);
    expect(isRejected('a', [])).toBe(false);
  });

  it('is of a version in every deployment, and of none for a model without one', () => {
    const deployments = [[entry('a', 'fraud-1'), entry('b')], [entry('c', 'fraud-2')], []].map((rejected) =>
      modelDeployment({ status: { rejected } }),
    );
    const versions = [1, 2, 3].map((number) => modelVersion(number));
    expect(rejectedVersions(versions, [...deployments, modelDeployment()])).toEqual(new Set(['fraud-1', 'fraud-2']));
  });

  it('is not of a version that bears the name of a rejected one since its run was made again', () => {
    const rejected = [{ ...entry('a', 'fraud-1'), trainingRunUID: 'first' }];
    const version = (trainingRunUID: string) => modelVersion(1, { trainingRunUID });
    const deployments = [modelDeployment({ status: { rejected } })];
    expect(rejectedVersions([version('first')], deployments)).toEqual(new Set(['fraud-1']));
    expect(rejectedVersions([version('second')], deployments)).toEqual(new Set());
  });
});
