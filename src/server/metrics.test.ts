import { beforeEach, describe, expect, it } from '@jest/globals';
import { Metrics } from './metrics.ts';

let metrics: Metrics;

beforeEach(() => {
  metrics = new Metrics('1.2.3');
});

describe('The metrics', () => {
  it('say which replica leads', async () => {
    metrics.leading('flyball-operator', false);
    expect(await metrics.text()).toContain('leader_election_master_status{name="flyball-operator"} 0');
    metrics.leading('flyball-operator', true);
    expect(await metrics.text()).toContain('leader_election_master_status{name="flyball-operator"} 1');
  });

  it('count requests by code and method', async () => {
    metrics.countRequest('PATCH', '200', 'api:443');
    metrics.countRequest('PATCH', '200', 'api:443');
    metrics.countRequest('GET', '<error>', 'api:443');
    const text = await metrics.text();
    expect(text).toContain('rest_client_requests_total{method="PATCH",code="200",host="api:443"} 2');
    expect(text).toContain('rest_client_requests_total{method="GET",code="<error>",host="api:443"} 1');
  });

  it('count reconciles by result, and errors besides', async () => {
    for (const result of ['success', 'error', 'requeue_after'] as const) metrics.reconciled('trainingrun', result, 20);
    const text = await metrics.text();
    expect(text).toContain('controller_runtime_reconcile_total{controller="trainingrun",result="error"} 1');
    expect(text).toContain('controller_runtime_reconcile_total{controller="trainingrun",result="success"} 1');
    expect(text).toContain('controller_runtime_reconcile_errors_total{controller="trainingrun"} 1');
  });

  it('tell of a controller what has not happened yet, so that its first time is in the rates', async () => {
    metrics.queueMeter('monitor');
    const text = await metrics.text();
    for (const result of ['success', 'error', 'requeue', 'requeue_after']) {
      expect(text).toContain(`controller_runtime_reconcile_total{controller="monitor",result="${result}"} 0`);
    }
    expect(text).toContain('controller_runtime_reconcile_errors_total{controller="monitor"} 0');
    expect(text).toContain('workqueue_adds_total{name="monitor",controller="monitor"} 0');
    expect(text).toContain('workqueue_retries_total{name="monitor",controller="monitor"} 0');
  });

  it('tell durations in seconds', async () => {
    metrics.reconciled('trainingrun', 'success', 20);
    const queue = metrics.queueMeter('trainingrun');
    queue.started(500);
    queue.finished(2_000);
    const text = await metrics.text();
    expect(text).toContain('controller_runtime_reconcile_time_seconds_sum{controller="trainingrun"} 0.02');
    expect(text).toContain('workqueue_queue_duration_seconds_sum{name="trainingrun",controller="trainingrun"} 0.5');
    expect(text).toContain('workqueue_work_duration_seconds_sum{name="trainingrun",controller="trainingrun"} 2');
  });

  it('read a queue when they are asked', async () => {
    const queue = { depth: 3, workingSince: [performance.now() - 60_000, performance.now() - 3_600_000] };
    metrics.measureQueue('monitor', queue);
    const first = await metrics.text();
    expect(first).toContain('workqueue_depth{name="monitor",controller="monitor"} 3');
    expect(first).toMatch(/workqueue_unfinished_work_seconds\{.*\} 366\d/);
    expect(first).toMatch(/workqueue_longest_running_processor_seconds\{.*\} 360\d/);
    queue.depth = 0;
    queue.workingSince = [];
    const second = await metrics.text();
    expect(second).toContain('workqueue_depth{name="monitor",controller="monitor"} 0');
    expect(second).toMatch(/workqueue_longest_running_processor_seconds\{.*\} 0\n/);
  });

  it('say which kinds are served when they are asked', async () => {
    const watched = { kind: { apiVersion: 'batch/v1', kind: 'Job', plural: 'jobs' } };
    const kind = { watched, namespace: undefined, isServed: true };
    metrics.measureKinds([kind, { watched, namespace: 'team-a', isServed: false }]);
    expect(await metrics.text()).toContain('flyball_kind_served{api_version="batch/v1",resource="jobs"} 1');
    kind.isServed = false;
    expect(await metrics.text()).toContain('flyball_kind_served{api_version="batch/v1",resource="jobs"} 0');
    const inOne = 'flyball_kind_served{api_version="batch/v1",resource="jobs",namespace="team-a"} 0';
    expect(await metrics.text()).toContain(inOne);
  });
});
