import { describe, expect, it } from '@jest/globals';
import { begunRun, event, evidence } from '../../../../test/builders/evidence.ts';
import { job } from '../../../../test/builders/job.ts';
import { podOf, running } from '../../../../test/builders/pod.ts';
import { explain } from '../explain.ts';

const now = new Date('2026-11-24T10:10:00Z');

describe('Whoever does not answer its probe', () => {
  it.each([
    [
      'Get "http://10.0.0.1:8000/health": dial tcp 10.0.0.1:8000: connect: connection refused',
      'see whether it still loads its model',
      'have it listen on all addresses (0.0.0.0), if it has started, and on spec.server.port',
    ],
    [
      'HTTP probe failed with statuscode: 404',
      'see what the server says',
      'correct spec.server.port or spec.server.readiness',
    ],
  ])('is told what to mend by the answer %s', (answer, look, remedy) => {
    const run = begunRun('NotReady', 'the container is not ready');
    const made = job(run);
    const pod = podOf(made, running());
    const events = [event(pod, 'Unhealthy', `Startup probe failed: ${answer}`)];
    const { why, next } = explain(evidence(run, { jobs: [made], pods: [pod] }, { events }), now);
    expect(why).toContain(answer);
    expect(next.map(({ text }) => text)).toEqual([look, remedy]);
  });
});

describe('Whoever begins to serve', () => {
  const refused =
    'Startup probe failed: Get "http://10.0.0.1:8000/health": dial tcp 10.0.0.1:8000: connect: connection refused';
  const deploying = begunRun('Deploying', 'Pods get ready for full capacity');
  const made = job(deploying);
  const told = (status: ReturnType<typeof running>) => {
    const pod = podOf(made, status);
    const events = [event(pod, 'Unhealthy', refused)];
    return explain(evidence(deploying, { jobs: [made], pods: [pod] }, { events }), now);
  };

  it('is told first to look whether it still loads, while nothing listens yet', () => {
    const { why, next } = told(running());
    expect(why).toContain('connection refused');
    expect(next[0]?.text).toBe('see whether it still loads its model');
  });

  it('is told nothing of the start of a pod that is ready by now', () => {
    const ready = { type: 'Ready', status: 'True' };
    expect(told({ ...running(), conditions: [ready] }).why).not.toContain('probe');
  });
});
