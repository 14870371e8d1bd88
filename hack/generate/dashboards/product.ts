import { choice, dashboardOf, lines, number, row, states } from './panels.ts';

const chosen = 'job="flyball-observers",namespace="$namespace",model_deployment="$product"';
const requests = (more = '') => `sum by (revision) (rate(flyball_requests_total{${chosen}${more}}[$__rate_interval]))`;
const whole = 'flyball_request_duration_seconds';
const firstByte = 'flyball_request_first_byte_seconds';
const quantile = (q: number, of: string) =>
  `histogram_quantile(${q}, sum by (le, revision) (rate(${of}_bucket{${chosen}}[$__rate_interval])))`;
const verdict = (name: string) =>
  `sum by (monitor, check) (flyball_monitor_check_verdict{namespace="$namespace",verdict="${name}"})`;

/** What a product's users and owners ask: is it used, is it well, does the new version differ from the one that serves. */
export const product = dashboardOf(
  'flyball-product',
  'Flyball / Product',
  'One model that is served: its traffic, errors, latency, checks and signals, by revision.',
)
  .withVariable(choice('namespace', 'Namespace', 'label_values(flyball_requests_total, namespace)'))
  .withVariable(
    choice('product', 'Product', 'label_values(flyball_requests_total{namespace="$namespace"}, model_deployment)'),
  )
  .withVariable(
    choice(
      'signal',
      'Signal',
      'label_values(flyball_signal_total{namespace="$namespace",model_deployment="$product"}, signal)',
    ),
  )
  .withRow(row('Now'))
  .withPanel(
    number('Requests', 'Requests that ended, of all revisions.', 'reqps', {
      requests: `sum(rate(flyball_requests_total{${chosen}}[$__rate_interval]))`,
    }),
  )
  .withPanel(
    number('Errors', 'The share of requests that were answered with 500 or above.', 'percentunit', {
      errors: `sum(rate(flyball_requests_total{${chosen},code=~"5.."}[$__rate_interval])) / sum(rate(flyball_requests_total{${chosen}}[$__rate_interval]))`,
    }),
  )
  .withPanel(
    number(
      'Latency, 95th percentile',
      'From the head of a request to the last byte of its answer, of all revisions.',
      's',
      {
        latency: `histogram_quantile(0.95, sum by (le) (rate(${whole}_bucket{${chosen}}[$__rate_interval])))`,
      },
    ),
  )
  .withPanel(
    number('In flight', 'Requests that wait for their answer or the rest of it.', 'short', {
      requests: `sum(flyball_requests_in_flight_seconds{${chosen},le="+Inf"})`,
    }),
  )
  .withPanel(
    number('Revisions that get requests', 'Two while a new version is rolled out.', 'short', {
      revisions: `count(${requests()} > 0)`,
    }),
  )
  .withPanel(
    number('Checks that fail', 'Of the Monitors of this namespace.', 'short', {
      checks: 'sum(flyball_monitor_check_verdict{namespace="$namespace",verdict="Failing"})',
    }),
  )
  .withRow(row('By revision'))
  .withPanel(lines('Requests', 'Requests that ended, by revision.', 'reqps', { '{{revision}}': requests() }))
  .withPanel(
    lines(
      'Share of requests',
      'How much of the traffic each revision gets: the steps of a rollout.',
      'percentunit',
      { '{{revision}}': requests() },
      true,
    ),
  )
  .withPanel(
    lines('Errors', 'The share of requests that were answered with 500 or above.', 'percentunit', {
      '{{revision}}': `${requests(',code=~"5.."')} / ${requests()}`,
    }),
  )
  .withPanel(
    lines('Latency', 'From the head of a request to the last byte of its answer.', 's', {
      '{{revision}} p50': quantile(0.5, whole),
      '{{revision}} p95': quantile(0.95, whole),
    }),
  )
  .withPanel(
    lines('Time to the first byte, 95th percentile', 'How long people wait until an answer begins.', 's', {
      '{{revision}}': quantile(0.95, firstByte),
    }),
  )
  .withPanel(
    lines(
      'Clients that left',
      'Requests that were given up before the end of their answer, by whether it had begun.',
      'reqps',
      {
        '{{revision}}, begun: {{begun}}': `sum by (revision, begun) (rate(flyball_request_cancelled_seconds_count{${chosen}}[$__rate_interval]))`,
      },
    ),
  )
  .withRow(row('What is watched'))
  .withPanel(
    states(
      'Verdicts of checks',
      'Of the Monitors of this namespace.',
      {
        '{{monitor}} {{check}}': `${verdict('Passing')} + 2 * ${verdict('Pending')} + 3 * ${verdict('Unknown')} + 4 * ${verdict('Failing')}`,
      },
      [
        ['Passing', 'green'],
        ['Pending', 'yellow'],
        ['Unknown', 'gray'],
        ['Failing', 'red'],
      ],
    ),
  )
  .withPanel(
    lines('Values of checks', 'As they were last measured, each in the unit of its check.', 'short', {
      '{{monitor}} {{check}}': 'max by (monitor, check) (flyball_monitor_check_value{namespace="$namespace"})',
    }),
  )
  .withPanel(
    lines(
      'Distribution of $signal',
      'Which share of the predictions fell into which bin of the training profile. Drift is a change of it.',
      'percentunit',
      {
        '{{bin}}': `sum by (bin) (rate(flyball_signal_total{${chosen},signal="$signal"}[$__rate_interval]))`,
      },
      true,
    ),
  )
  .withPanel(
    lines('Tokens', 'Of servers with protocol OpenAI, as the usage of their answers tells them.', 'short', {
      '{{type}} per second': `sum by (type) (rate(flyball_tokens_total{${chosen}}[$__rate_interval]))`,
    }),
  );
