import type { AnalysisCheck } from '../../../src/api/types.ts';
import { digest, modelDeployment } from '../objects.ts';
import type { Refusal } from './refusal.ts';

const server = { image: 'example.com/serve:1', port: 8080, protocol: 'HTTP' } as const;
const analysis = (check: Omit<AnalysisCheck, 'name'>) =>
  modelDeployment({ observe: {}, rollout: { analysis: [{ name: 'own', ...check }] } });

export const modelDeploymentRefusals: readonly Refusal[] = [
  {
    because: 'the name of a ModelDeployment is too long',
    object: modelDeployment({}, 'a'.repeat(41)),
    field: '<nil>',
    message:
      'Invalid value: metadata.name "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" has 41 characters: use at most 40, since the names of Deployments and Services are made from it',
  },
  {
    because: 'the name of a ModelDeployment is no Service name',
    object: modelDeployment({}, '2fraud'),
    field: '<nil>',
    message:
      'Invalid value: metadata.name "2fraud" is no name for a Service: begin with a letter and use only lower-case letters, digits and "-", since the names of Deployments and Services are made from it',
  },
  {
    because: 'a server variable takes a reserved name',
    object: modelDeployment({ server: { ...server, env: [{ name: 'FLYBALL_PORT', value: '1' }] } }),
    field: 'spec.server.env[0].name',
    message:
      'Invalid value: env "FLYBALL_PORT" is reserved: names that begin with FLYBALL_ are set by the operator, choose another name',
  },
  {
    because: 'a deployment names no model',
    object: modelDeployment({ model: {} }),
    field: 'spec.model',
    message: 'Invalid value: model has no field: name exactly one of trainingRunRef, versionRef, and uri with digest',
  },
  {
    because: 'a deployment names two models',
    object: modelDeployment({ model: { trainingRunRef: { name: 'fraud' }, versionRef: { name: 'fraud-1' } } }),
    field: 'spec.model',
    message:
      'Invalid value: model has trainingRunRef versionRef: name exactly one of trainingRunRef, versionRef, and uri with digest',
  },
  {
    because: 'a model has a uri without digest',
    object: modelDeployment({ model: { uri: 'pvc://models/fraud' } }),
    field: 'spec.model',
    message: 'Invalid value: model has uri "pvc://models/fraud" without digest: add the digest of the model',
  },
  {
    because: 'a model has a digest without uri',
    object: modelDeployment({ model: { digest } }),
    field: 'spec.model',
    message:
      'Invalid value: model has digest "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" without uri: add the uri of the model',
  },
  {
    because: 'the server takes the port of the observer',
    object: modelDeployment({ observe: {}, server: { ...server, port: 8900 } }),
    field: 'spec.server.port',
    message:
      'Invalid value: server.port is 8900, where the observer listens: let the server listen on another port or remove spec.observe',
  },
  {
    because: 'steps do not ascend',
    object: modelDeployment({
      rollout: {
        steps: [
          { weight: 50, hold: '1m' },
          { weight: 25, hold: '1m' },
        ],
      },
    }),
    field: 'spec.rollout.steps',
    message: 'Invalid value: steps have the weights [50, 25]: let each be above the one before it',
  },
  {
    because: 'pods would have to stay ready for longer than a Deployment may wait',
    object: modelDeployment({ rollout: { minReady: '1h' } }),
    field: 'spec.rollout.minReady',
    message:
      'Invalid value: "1h": minReady is "1h", at most "5m" is possible: use a step with a longer hold to watch a new revision for longer',
  },
  {
    because: 'a version is approved instead of a revision',
    object: modelDeployment({ rollout: { approval: 'Required', approvedRevision: 'fraud-2' } }),
    field: 'spec.rollout.approvedRevision',
    message:
      'Invalid value: "fraud-2": approvedRevision is "fraud-2", which is no revision: write its eight digits as status.candidate.revision has them, in quotes',
  },
  {
    because: 'a version is aborted instead of a revision',
    object: modelDeployment({ rollout: { abortedRevision: 'fraud-2' } }),
    field: 'spec.rollout.abortedRevision',
    message:
      'Invalid value: "fraud-2": abortedRevision is "fraud-2", which is no revision: write its eight digits as status has them, in quotes',
  },
  {
    because: 'a version is promoted instead of a revision',
    object: modelDeployment({ rollout: { promotedRevision: 'fraud-2' } }),
    field: 'spec.rollout.promotedRevision',
    message:
      'Invalid value: "fraud-2": promotedRevision is "fraud-2", which is no revision: write its eight digits as status.candidate.revision has them, in quotes',
  },
  {
    because: 'a retry is due at no time',
    object: modelDeployment({ rollout: { retryAt: 'now' } }),
    field: 'spec.rollout.retryAt',
    message:
      'Invalid value: "now": retryAt is "now", which is no time of this century: write date, time and offset from UTC, at most 14:00, such as 2026-11-24T10:00:00Z; date -u +%FT%TZ prints the present time so',
  },
  {
    because: 'an analysis has nothing to read',
    object: modelDeployment({ rollout: { analysis: [{ name: 'errors', errors: {}, max: 0.01 }] } }),
    field: 'spec.rollout.analysis',
    message:
      'Invalid value: rollout.analysis has "errors", but nothing is observed: set spec.observe, which may be {}, or remove spec.rollout.analysis',
  },
  {
    because: 'an analysis judges two things',
    object: analysis({ errors: {}, latency: { quantile: 0.99 }, max: 0.01 }),
    field: 'spec.rollout.analysis[0]',
    message:
      'Invalid value: analysis "own" has both errors and latency: keep one of them and write another check for the other',
  },
  {
    because: 'an analysis judges nothing',
    object: analysis({ max: 0.01 }),
    field: 'spec.rollout.analysis[0]',
    message: 'Invalid value: analysis "own" has neither errors nor latency: set one of them',
  },
  {
    because: 'an analysis allows more than all requests to fail',
    object: analysis({ errors: {}, max: 5 }),
    field: 'spec.rollout.analysis[0].max',
    message:
      'Invalid value: analysis "own" has max 5, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred',
  },
  {
    because: 'an analysis allows a latency that is not measured',
    object: analysis({ latency: { quantile: 0.99 }, max: 300 }),
    field: 'spec.rollout.analysis[0].max',
    message:
      'Invalid value: analysis "own" has max 300, but latency is measured up to 120 s, so that it could never fail: set max below 120',
  },
  {
    because: 'an analysis lets an answer take no time',
    object: analysis({ latency: { quantile: 0.99 }, max: 0 }),
    field: 'spec.rollout.analysis[0].max',
    message:
      'Invalid value: analysis "own" has max 0, but every answer takes some time, so that it would always fail: set max in seconds, such as 0.5',
    border: analysis({ latency: { quantile: 0.99 }, max: 0.001 }),
  },
  {
    because: 'an analysis has no bound',
    object: analysis({ errors: {} }),
    field: 'spec.rollout.analysis[0]',
    message:
      'Invalid value: analysis "own" has no bound, so it could never fail: set max, or against: Stable with maxIncrease',
  },
  {
    because: 'an analysis compares without saying how much more is too much',
    object: analysis({ errors: {}, against: 'Stable', max: 0.1 }),
    field: 'spec.rollout.analysis[0]',
    message:
      'Invalid value: analysis "own" has against, but no maxIncrease: set maxIncrease, the most that it may be above Stable',
    border: analysis({ errors: {}, against: 'Stable', maxIncrease: 0.01 }),
  },
  {
    because: 'an analysis has an increase over nothing',
    object: analysis({ errors: {}, maxIncrease: 0.01 }),
    field: 'spec.rollout.analysis[0]',
    message: 'Invalid value: analysis "own" has maxIncrease, but nothing to compare with: set against: Stable',
  },
  {
    because: 'an analysis fails an equal revision',
    object: analysis({ errors: {}, against: 'Stable', maxIncrease: -0.01 }),
    field: 'spec.rollout.analysis[0].maxIncrease',
    message:
      'Invalid value: analysis "own" has maxIncrease -0.01, so that even an equal revision would fail: set it to 0 or above',
    border: analysis({ errors: {}, against: 'Stable', maxIncrease: 0 }),
  },
  {
    because: 'an analysis allows all requests more to fail',
    object: analysis({ errors: {}, against: 'Stable', maxIncrease: 1 }),
    field: 'spec.rollout.analysis[0].maxIncrease',
    message:
      'Invalid value: analysis "own" has maxIncrease 1, but errors is a share of the requests between 0 and 1: write for instance 0.01 for one in a hundred',
  },
  {
    because: 'an analysis allows an increase that is not measured',
    object: analysis({ latency: { quantile: 0.99 }, against: 'Stable', maxIncrease: 120 }),
    field: 'spec.rollout.analysis[0].maxIncrease',
    message:
      'Invalid value: analysis "own" has maxIncrease 120, but latency is measured up to 120 s, so that it could never fail: set maxIncrease below 120',
    border: analysis({ latency: { quantile: 0.99 }, against: 'Stable', maxIncrease: 119 }),
  },
  {
    because: 'an analysis has a quantile of 1',
    object: analysis({ latency: { quantile: 1 }, max: 0.2 }),
    field: 'spec.rollout.analysis[0].latency.quantile',
    message: 'Invalid value: 1: quantile is 1: write a number between 0 and 1, such as 0.99',
  },
];
