/** What keeps a rollout with an analysis from going on, and what the conditions say then. */
import { describe, expect, it, jest } from '@jest/globals';
import { modelDeployments } from '../../../src/api/kinds.ts';
import { answerTo } from '../../builders/requests.ts';
import type { Answer } from './prometheus.ts';
import { cluster, prometheus, ready, register, served, stable, statusOf } from './serving.ts';

jest.setTimeout(120_000);

describe('A rollout with an analysis', () => {
  const rollout = {
    steps: [{ weight: 50, hold: '1s' }],
    analysis: [{ name: 'errors', errors: {}, max: 0.01, minSamples: 10 }],
  };

  it.concurrent.each([
    {
      why: 'hangs',
      answers: (): Answer => 'Hangs',
      reason: 'PrometheusUnavailable',
      want: /Prometheus gives no answer; the rollout goes on when it does\. The administrator sees to Prometheus; .*did not answer/,
    },
    {
      why: 'breaks off',
      answers: (): Answer => 'Breaks',
      reason: 'PrometheusUnavailable',
      want: /Prometheus gives no answer; the rollout goes on when it does\. The administrator sees to Prometheus; .*did not answer/,
    },
    {
      why: 'answers NaN',
      answers: (): Answer => 'NaN',
      reason: 'NoData',
      want: /judges the requests to the new revision, and Prometheus has no value for it/,
    },
  ])(
    'holds while Prometheus $why, says whose move it is, and is promoted on data',
    async ({ answers, reason, want }) => {
      const key = await served({ rollout, observe: {}, replicas: 2 });
      await register(key.namespace, 1);
      await ready(key, 'Serving');

      prometheus.answers(key.namespace, answers);
      await register(key.namespace, 2);
      expect(await cluster.condition(modelDeployments, key, 'Reconciling', reason)).toMatchObject({
        message: expect.stringMatching(want),
      });
      expect(await statusOf(key)).toMatchObject({ stable: { version: 'fraud-1' }, candidate: { version: 'fraud-2' } });

      prometheus.answers(key.namespace, (expression) => answerTo(expression, { requests: 500, errors: 0.001 }));
      await stable(key, 'fraud-2');
      expect(await ready(key, 'Serving')).toMatchObject({ status: 'True' });
    },
  );
});
