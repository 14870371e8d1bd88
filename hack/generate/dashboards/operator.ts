import { dashboardOf, lines, number, row } from './panels.ts';

/** Other operators have series of these names, too. */
const job = 'job="flyball-operator"';
const rate = (name: string, by: string, more = '') => `sum by (${by}) (rate(${name}{${job}${more}}[$__rate_interval]))`;
const p99 = (name: string, by: string) => `histogram_quantile(0.99, ${rate(`${name}_bucket`, `le, ${by}`)})`;

/** What whoever runs Flyball asks: does one lead, does it keep up, does the API server answer, does it see. */
export const operator = dashboardOf(
  'flyball-operator',
  'Flyball / Operator',
  'The operator itself: leadership, reconciles, queues, requests to the API server, Monitors, resources.',
)
  .withRow(row('Now'))
  .withPanel(
    number('Replicas that lead', 'One, or nothing new happens. What is served goes on.', 'short', {
      replicas: `sum(leader_election_master_status{${job}})`,
    }),
  )
  .withPanel(number('Replicas', 'That are scraped and answer.', 'short', { replicas: `sum(up{${job}})` }))
  .withPanel(
    number('Reconciles that fail', 'They are tried again, each time later.', 'cps', {
      reconciles: `sum(rate(controller_runtime_reconcile_errors_total{${job}}[$__rate_interval]))`,
    }),
  )
  .withPanel(
    number('Waiting', 'Objects that wait for a reconcile.', 'short', { objects: `sum(workqueue_depth{${job}})` }),
  )
  .withPanel(
    number('Kinds that are not served', 'Watched kinds that are absent or forbidden.', 'short', {
      kinds: `count(flyball_kind_served{${job}} == 0) or vector(0)`,
    }),
  )
  .withPanel(
    number('Checks that see nothing', 'Whose verdict is Unknown.', 'short', {
      checks: `sum(flyball_monitor_check_verdict{${job},verdict="Unknown"})`,
    }),
  )
  .withRow(row('Reconciles'))
  .withPanel(
    lines('Reconciles', 'By controller and result.', 'cps', {
      '{{controller}} {{result}}': rate('controller_runtime_reconcile_total', 'controller, result'),
    }),
  )
  .withPanel(
    lines('Time of a reconcile, 99th percentile', 'By controller.', 's', {
      '{{controller}}': p99('controller_runtime_reconcile_time_seconds', 'controller'),
    }),
  )
  .withPanel(
    lines('Time in the queue, 99th percentile', 'From when an object was due until a worker took it.', 's', {
      '{{name}}': p99('workqueue_queue_duration_seconds', 'name'),
    }),
  )
  .withPanel(
    lines('Waiting', 'Objects that wait for a reconcile, by queue.', 'short', {
      '{{name}}': `sum by (name) (workqueue_depth{${job}})`,
    }),
  )
  .withPanel(
    lines('Retries', 'Objects that came again after a failure.', 'cps', {
      '{{name}}': rate('workqueue_retries_total', 'name'),
    }),
  )
  .withPanel(
    lines('Longest reconcile that runs', 'One that grows without an end hangs.', 's', {
      '{{name}}': `max by (name) (workqueue_longest_running_processor_seconds{${job}})`,
    }),
  )
  .withRow(row('What it talks to'))
  .withPanel(
    lines('Requests to the API server', 'By method and status.', 'reqps', {
      '{{method}} {{code}}': rate('rest_client_requests_total', 'method, code'),
    }),
  )
  .withPanel(
    lines('Age of the values of Monitors', 'Since each Monitor last asked Prometheus for its values.', 's', {
      '{{namespace}}/{{monitor}}': `time() - max by (namespace, monitor) (flyball_monitor_last_sample_timestamp_seconds{${job}})`,
    }),
  )
  .withPanel(
    lines('Verdicts of checks', 'How many checks of the whole cluster have which verdict.', 'short', {
      '{{verdict}}': `sum by (verdict) (flyball_monitor_check_verdict{${job}})`,
    }),
  )
  .withRow(row('Resources'))
  .withPanel(lines('Memory', 'Resident, by replica.', 'bytes', { '{{pod}}': `process_resident_memory_bytes{${job}}` }))
  .withPanel(
    lines('Processors', 'How many of them each replica keeps busy.', 'short', {
      '{{pod}}': `rate(process_cpu_seconds_total{${job}}[$__rate_interval])`,
    }),
  )
  .withPanel(
    lines('Lag of the event loop, 99th percentile', 'One of seconds makes a leader lose its Lease.', 's', {
      '{{pod}}': `nodejs_eventloop_lag_p99_seconds{${job}}`,
    }),
  );
