/** Monitors that cannot see, and what they see. */
import type { Faults } from '../fault.ts';
import { asker, claim, monitor, patched, run, serve, server } from './objects.ts';

const deployment = 'modeldeployment fraud';
const errors = { name: 'errors', errors: {}, max: 0.05, window: '1m' };
const slow = { name: 'latency', latency: { quantile: 0.95 }, max: 0.2, window: '1m', minSamples: 10 };
const drift = { name: 'drift', drift: { signal: 'amount', test: 'PSI' as const, window: '5m' }, max: 0.2 };
const query = (expr: string, source = 'main') => ({ name: 'queue', query: { source, expr }, max: 10 });
const before = [claim];

export const monitorFaults: Faults = {
  'monitor-of-nothing': {
    title: 'The Monitor watches a ModelDeployment that does not exist',
    about: 'mon/fraud',
    objects: [monitor([errors], { modelDeploymentRef: { name: 'frod' } })],
    shows: [/ModelDeploymentMissing|ModelDeploymentNotFound/],
    expect: {
      cause: [/frod/],
      actor: 'Author',
      fix: patched({ modelDeploymentRef: { name: 'fraud' } }, 'monitor fraud'),
    },
  },
  'monitor-without-traffic': {
    title: 'Nobody asks the model, so that nothing can be measured',
    about: 'mon/fraud',
    before,
    objects: [serve(), monitor([errors])],
    shows: [/NotEnoughSamples/],
    expect: { cause: [/errors/, /requests|samples/], actor: 'Author', fix: '# send requests to the model' },
  },
  'monitor-without-profile': {
    title: 'The model has no profile to compare a signal with',
    about: 'mon/fraud',
    before,
    objects: [
      serve({ observe: { signals: [{ name: 'amount', from: 'Request', pointer: '/amount', type: 'Number' }] } }),
      monitor([drift]),
      asker('fraud'),
    ],
    shows: [/NoProfile/],
    expect: {
      cause: [/drift/, /no profile/],
      actor: 'Author',
      fix: '# serve a ModelVersion whose training reports the profile of amount',
    },
  },
  'monitor-signal-unknown': {
    title: 'The model does not observe the signal of a check',
    about: 'mon/fraud',
    before,
    objects: [serve(), monitor([drift])],
    shows: [/SignalNotObserved/],
    expect: {
      cause: [/amount/, /observe/],
      actor: 'Author',
      fix: patched(
        { observe: { signals: [{ name: 'amount', from: 'Request', pointer: '/amount', type: 'Number' }] } },
        deployment,
      ),
    },
  },
  'monitor-fails': {
    title: 'The model answers too late, and its Monitor says so',
    about: 'mon/fraud',
    before,
    objects: [serve({ server: server({ env: [{ name: 'LATE', value: '0.6' }] }) }), monitor([slow]), asker('fraud')],
    shows: [/ChecksFail/],
    expect: { cause: [/latency/, /0\.2/], actor: 'Author', fix: patched({ server: { env: null } }, deployment) },
    works: /ChecksPassed=True/,
  },
  'retraining-of-nothing': {
    title: 'A check fails, and the run that shall train again does not exist',
    about: 'mon/fraud',
    before,
    objects: [
      serve({ server: server({ env: [{ name: 'LATE', value: '0.6' }] }) }),
      monitor([slow], { retrain: { trainingRunRef: { name: 'frod' }, onChecks: ['latency'] } }),
      asker('fraud'),
    ],
    shows: [/ChecksFail/, /frod/],
    expect: {
      cause: [/latency/, /frod/],
      actor: 'Author',
      fix: patched({ retrain: { trainingRunRef: { name: 'fraud' } } }, 'monitor fraud'),
    },
  },
  'retraining-cools-down': {
    title: 'A check fails still after a training, and the next one has to wait',
    about: 'mon/fraud',
    before,
    objects: [
      run(),
      serve({ server: server({ env: [{ name: 'LATE', value: '0.6' }] }) }),
      monitor([slow], { retrain: { trainingRunRef: { name: 'fraud' }, onChecks: ['latency'], cooldown: '1h' } }),
      asker('fraud'),
    ],
    shows: [/ChecksFail/, /CoolingDown/],
    expect: {
      cause: [/latency/, /cooldown/],
      actor: 'Nobody',
      fix: patched({ retrain: { cooldown: '1m' } }, 'monitor fraud'),
    },
  },
  'query-several-series': {
    title: 'The query of a check gives several series',
    about: 'mon/fraud',
    before,
    objects: [serve({ replicas: 2 }), monitor([query('up')])],
    shows: [/series/],
    expect: {
      cause: [/queue/, /series/],
      actor: 'Author',
      fix: patched({ checks: [query('max(up)')] }, 'monitor fraud'),
    },
    works: /ChecksPassed=True/,
  },
  'query-source-unknown': {
    title: 'The check asks a server that the namespace may not ask',
    about: 'mon/fraud',
    before,
    objects: [serve(), monitor([query('vector(1)', 'warehouse')])],
    shows: [/SourceNotAllowed/],
    expect: {
      cause: [/warehouse/],
      actor: 'Administrator',
      fix: patched({ checks: [query('vector(1)')] }, 'monitor fraud'),
    },
  },
};
