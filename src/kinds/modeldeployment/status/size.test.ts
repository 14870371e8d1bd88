import { describe, expect, it } from '@jest/globals';
import type {
  AnalysisValue,
  ModelDeploymentStatus,
  RejectedRevision,
  RevisionStatus,
  StepRecord,
} from '../../../api/types.ts';
import { shortened } from '../../../api/condition.ts';
import { withRejection } from '../rollout/rejections.ts';

const time = '2026-11-24T10:00:00Z';
const words = (length: number) => 'x'.repeat(length);
const identity = { version: words(63), trainingRunUID: words(36), versionTime: time, versionUID: words(36) };

const values: AnalysisValue[] = Array.from({ length: 8 }, (_, index) => ({
  name: words(62) + index,
  value: words(20),
  against: words(20),
  samples: Number.MAX_SAFE_INTEGER,
  sampledAt: time,
}));
const steps: StepRecord[] = Array.from({ length: 10 }, () => ({ weight: 99, since: time, until: time, values }));
const role: RevisionStatus = {
  revision: words(8),
  ...identity,
  uri: words(512),
  digest: words(128),
  profileDigest: words(71),
  since: time,
};

describe('The status of a ModelDeployment', () => {
  it('has less than 64 KiB, however much there is to tell', () => {
    const rejected = Array.from({ length: 30 }).reduce<readonly RejectedRevision[]>(
      (list, _, index) =>
        withRejection(
          list,
          { revision: `r${index}`, ...identity },
          { reason: 'RejectedByMonitor', message: '漢'.repeat(2000) },
          new Date(time),
        ),
      [],
    );
    const condition = {
      type: words(20),
      status: 'True',
      reason: words(64),
      message: shortened('漢'.repeat(1024)),
      lastTransitionTime: time,
    } as const;
    const status: ModelDeploymentStatus = {
      conditions: Array.from({ length: 5 }, () => condition),
      selector: words(256),
      stable: { ...role, steps },
      candidate: { ...role, step: 10, weight: 99, weightSince: time, holdUntil: time, steps },
      previous: role,
      weight: 99,
      rejected: [...rejected],
      url: words(256),
    };
    expect(rejected).toHaveLength(20);
    expect(Buffer.byteLength(JSON.stringify(status))).toBeLessThan(64 * 1024);
  });
});
