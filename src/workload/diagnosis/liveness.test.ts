import { describe, expect, it, test } from '@jest/globals';
import type { IContainer, IPod } from 'kubernetes-models/v1';
import type { Place } from './place.ts';
import { findingOf } from './index.ts';

const place: Place = { container: 'spec.server', claims: 'spec.model', pod: 'spec.server.pod', serves: true };
const livenessProbe = { httpGet: { path: '/live', port: 8080 } };

function ended(exitCode: number, main: Partial<IContainer> = { livenessProbe }, reason = 'Error'): IPod {
  const last = { exitCode, reason, message: 'INFO: shutting down' };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'fraud-1', namespace: 'team' },
    spec: { containers: [{ name: 'main', image: 'serve', ...main }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'main',
          image: 'serve',
          imageID: '',
          ready: false,
          restartCount: 3,
          state: { running: { startedAt: '2026-11-24T10:00:00Z' } },
          lastState: { terminated: last },
        },
      ],
    },
  };
}

describe('A server with a livenessProbe that ends again and again', () => {
  test.each([0, 137, 143])('as the kubelet ends it, with exit code %s, is not said to crash', (exitCode) => {
    expect(findingOf([ended(exitCode)], place)).toMatchObject({
      reason: 'Restarting',
      what:
        `the container ended more than 2 times (Error, exit code ${exitCode}), as it does if it does not answer its livenessProbe, ` +
        'so that the kubelet ends it: that asks GET /live of port 8080',
      remedy: 'see whether the kubelet says that',
      evidence: { type: 'Pods' },
      quote: { words: 'INFO: shutting down' },
      isMain: true,
      move: 'ReadLog',
    });
  });

  it('by an exit code of its own crashes, and so does one that nobody asks whether it lives', () => {
    expect(findingOf([ended(1)], place)).toMatchObject({ reason: 'CrashLooping' });
    expect(findingOf([ended(143, {})], place)).toMatchObject({ reason: 'CrashLooping' });
  });

  it('for lack of memory is said to lack it', () => {
    expect(findingOf([ended(137, { livenessProbe }, 'OOMKilled')], place)).toMatchObject({ reason: 'OutOfMemory' });
  });
});
