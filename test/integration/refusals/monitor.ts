import type { MonitorCheck } from '../../../src/api/types.ts';
import { monitor } from '../objects.ts';
import type { Refusal } from './refusal.ts';

const check = (one: MonitorCheck) => monitor({ checks: [one] });

const retraining = (cooldown: string) =>
  monitor({
    checks: [{ name: 'errors', errors: {}, max: 0.01 }],
    retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['errors'], cooldown },
  });

/** With checks that can fail after four, four and one hours. */
const rolledBack = (within: string) =>
  monitor({
    checks: [
      { name: 'errors', errors: {}, window: '3h', for: '1h', max: 0.01 },
      { name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '4h' }, max: 0.2 },
      { name: 'latency', latency: { quantile: 0.9 }, window: '30m', for: '30m', max: 1 },
      { name: 'others', errors: {}, window: '24h', max: 0.01 },
    ],
    rollback: { onChecks: ['errors', 'drift', 'latency'], within },
  });

export const monitorRefusals: readonly Refusal[] = [
  {
    because: 'the interval is short',
    object: monitor({ interval: '500ms' }),
    field: 'spec.interval',
    message: 'Invalid value: "500ms": interval is "500ms": measure at most every "5s"',
  },
  {
    because: 'the cooldown is short',
    object: retraining('59s'),
    field: 'spec.retrain.cooldown',
    message: 'Invalid value: "59s": cooldown is "59s": train again at most every "1m"',
    border: retraining('60s'),
  },
  {
    because: 'a check measures two things',
    object: check({ name: 'own', errors: {}, query: { source: 'main', expr: 'up' }, max: 0.5 }),
    field: 'spec.checks[0]',
    message: 'Invalid value: check "own" has errors query: set exactly one of latency, errors, drift and query',
  },
  {
    because: 'a check measures nothing',
    object: check({ name: 'own', max: 1 }),
    field: 'spec.checks[0]',
    message: 'Invalid value: check "own" has nothing to measure: set exactly one of latency, errors, drift and query',
  },
  {
    because: 'a check has no bound',
    object: check({ name: 'own', query: { source: 'main', expr: 'up' } }),
    field: 'spec.checks[0]',
    message: 'Invalid value: check "own" has no bound, so it could never fail: set min, max or both',
  },
  {
    because: 'a check has min above max',
    object: check({ name: 'own', query: { source: 'main', expr: 'up' }, min: 2, max: 1.5 }),
    field: 'spec.checks[0]',
    message: 'Invalid value: check "own" has min 2 above max 1.5, so it would always fail: lower min or raise max',
  },
  {
    because: 'a drift has min',
    object: check({ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h' }, min: 0.1 }),
    field: 'spec.checks[0].min',
    message: 'Invalid value: check "drift" has min 0.1, but less drift is never worse: set max instead',
  },
  {
    because: 'a drift has a max that noise exceeds',
    object: check({ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h' }, max: 0 }),
    field: 'spec.checks[0].max',
    message: 'Invalid value: check "drift" has max 0, which any noise exceeds: set it above 0, such as 0.2',
  },
  {
    because: 'a drift looks back no time',
    object: check({ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '0s' }, max: 0.2 }),
    field: 'spec.checks[0].drift.window',
    message: 'Invalid value: "0s": window is "0s": give a length of time above zero, such as "1h"',
  },
  {
    because: 'a drift may be skipped in all predictions',
    object: check({ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h', maxSkipped: 1 }, max: 0.2 }),
    field: 'spec.checks[0].drift.maxSkipped',
    message: 'Invalid value: 1: drift.maxSkipped is 1: write a share of the predictions from 0 to below 1, such as 0.1',
    border: check({ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h', maxSkipped: 0 }, max: 0.2 }),
  },
  {
    because: 'a drift has two windows',
    object: check({ name: 'drift', drift: { signal: 'amount', test: 'PSI', window: '1h' }, max: 0.2, window: '5m' }),
    field: 'spec.checks[0].window',
    message:
      'Invalid value: check "drift" has window "5m", which only latency and errors take: set drift.window instead',
  },
  {
    because: 'a query has a window',
    object: check({ name: 'own', query: { source: 'main', expr: 'up' }, min: 1, window: '5m' }),
    field: 'spec.checks[0].window',
    message:
      'Invalid value: check "own" has window "5m", which only latency and errors take: write the window in query.expr',
  },
  {
    because: 'a check looks back no time',
    object: check({ name: 'errors', errors: {}, max: 0.01, window: '0ms' }),
    field: 'spec.checks[0].window',
    message: 'Invalid value: "0ms": window is "0ms": give a length of time above zero, such as "5m"',
  },
  {
    because: 'a check allows more than all requests to fail',
    object: check({ name: 'errors', errors: {}, max: 1.5 }),
    field: 'spec.checks[0].max',
    message:
      'Invalid value: check "errors" has max 1.5, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred',
  },
  {
    because: 'a check allows a latency that is not measured',
    object: check({ name: 'latency', latency: { quantile: 0.99 }, max: 120 }),
    field: 'spec.checks[0].max',
    message:
      'Invalid value: check "latency" has max 120, but latency is measured up to 120 s, so that it could never fail: set max below 120',
  },
  {
    because: 'a check allows one per cent, and so all requests, to fail',
    object: check({ name: 'errors', errors: {}, max: 1 }),
    field: 'spec.checks[0].max',
    message:
      'Invalid value: check "errors" has max 1, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred',
    border: check({ name: 'errors', errors: {}, max: 0.999 }),
  },
  {
    because: 'a check asks for more errors than requests',
    object: check({ name: 'errors', errors: {}, min: 5 }),
    field: 'spec.checks[0].min',
    message:
      'Invalid value: check "errors" has min 5, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred',
    border: check({ name: 'errors', errors: {}, min: 1 }),
  },
  {
    because: 'a check lets an answer take no time',
    object: check({ name: 'latency', latency: { quantile: 0.99 }, max: 0 }),
    field: 'spec.checks[0].max',
    message:
      'Invalid value: check "latency" has max 0, but every answer takes some time, so that it would always fail: set max in seconds, such as 0.5',
    border: check({ name: 'latency', latency: { quantile: 0.99 }, max: 0.001 }),
  },
  {
    because: 'a check asks for a latency that is not measured',
    object: check({ name: 'latency', latency: { quantile: 0.99 }, min: 120 }),
    field: 'spec.checks[0].min',
    message:
      'Invalid value: check "latency" has min 120, but latency is measured in seconds from 0 up to 120: set min between them, or leave it out',
    border: check({ name: 'latency', latency: { quantile: 0.99 }, min: 119 }),
  },
  {
    because: 'a query counts samples',
    object: check({ name: 'own', query: { source: 'main', expr: 'up' }, min: 1, minSamples: 5 }),
    field: 'spec.checks[0].minSamples',
    message:
      'Invalid value: check "own" has minSamples 5, but a query does not tell how many samples it rests on: remove minSamples, or write the condition in query.expr',
    border: check({ name: 'errors', errors: {}, max: 0.01, minSamples: 5 }),
  },
  {
    because: 'a check has a quantile in percent',
    object: check({ name: 'latency', latency: { quantile: 99 }, max: 0.2 }),
    field: 'spec.checks[0].latency.quantile',
    message: 'Invalid value: 99: quantile is 99: write a number between 0 and 1, such as 0.99',
  },
  {
    because: 'retrain names a check that is not there',
    object: monitor({ retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['drift', 'errors'] } }),
    field: 'spec.retrain.onChecks',
    message:
      'Invalid value: retrain.onChecks names ["drift"], but spec.checks has only ["errors"]: name one of those or add the check',
  },
  {
    because: 'rollback names a check that is not there',
    object: monitor({ rollback: { onChecks: ['latency'] } }),
    field: 'spec.rollback.onChecks',
    message:
      'Invalid value: rollback.onChecks names ["latency"], but spec.checks has only ["errors"]: name one of those or add the check',
  },
  {
    because: 'no revision is fresh any more when a check can fail',
    object: rolledBack('4h'),
    field: 'spec.rollback.within',
    message:
      'Invalid value: rollback.within is "4h", but no revision is so fresh any more when ["errors", "drift"] can fail, which takes their whole window and for: raise within, or shorten those',
    border: rolledBack('4h1ms'),
  },
  {
    because: 'the limit is per no time',
    object: monitor({
      retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['errors'], limit: { count: 3, per: '0s' } },
    }),
    field: 'spec.retrain.limit.per',
    message: 'Invalid value: "0s": per is "0s": give a length of time above zero, such as "168h"',
  },
];
