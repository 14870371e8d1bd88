import { expect, test } from '@jest/globals';
import { ill } from '../../../../test/builders/ill.ts';
import { illServers } from '../../../../test/builders/illservers.ts';
import { modelDeployment } from '../../../../test/builders/modeldeployment.ts';
import type { IPod } from 'kubernetes-models/v1';
import { buildDeployment } from './deployment.ts';
import { type Health, healthOf } from './health.ts';

const now = new Date('2026-11-24T10:31:00Z');
const parent = modelDeployment({ spec: { observe: {} } });
const revision = '0a1b2c3d';
const model = { uri: 'pvc://models/fraud' };
const made = buildDeployment({ parent, revision, model, profile: {}, observerImage: 'flyball:1', replicas: 1 });
const metadata = { name: 'fraud-0a1b2c3d-x7x2p', namespace: 'team' };
const pod: IPod = { apiVersion: 'v1', kind: 'Pod', metadata, spec: made?.spec?.template.spec ?? { containers: [] } };
const subject = { key: { namespace: 'team', name: 'fraud' }, revision };

/** What it makes of the revision, and what is told of it. */
const want: Readonly<Record<keyof typeof illServers, readonly [Health['type'], string]>> = {
  "the observer's image cannot be pulled": [
    'Held',
    'Image flyball:1 of container observer cannot be pulled, for more than 10 minutes. The administrator of Flyball has to push it or let the nodes read it: `kubectl -n team describe pods -l flyball.dev/model-deployment=fraud,flyball.dev/revision=0a1b2c3d`; the kubelet said: not found.',
  ],
  'a server crashes': [
    'Guilty',
    'The container crashed more than 2 times (Error, exit code 1). Read why: `kubectl -n team logs fraud-0a1b2c3d-x7x2p -c main --previous`; the container said: Traceback (most recent call last): KeyError: "port".',
  ],
  'an injected sidecar crashes': [
    'Held',
    'Container mesh crashed more than 2 times (Error, exit code 1); container mesh was injected. Read why: `kubectl -n team logs fraud-0a1b2c3d-x7x2p -c mesh --previous`; container mesh said: Traceback (most recent call last): KeyError: "port".',
  ],
  'a server crashes beside an injected sidecar that crashes': [
    'Held',
    'Container mesh crashed more than 2 times (Error, exit code 1); container mesh was injected. Read why: `kubectl -n team logs fraud-0a1b2c3d-x7x2p -c mesh --previous`; container mesh said: Traceback (most recent call last): KeyError: "port".',
  ],
  'the observer crashes': [
    'Held',
    'Container observer crashed more than 2 times (Error, exit code 1). Read why and tell the administrator of Flyball: `kubectl -n team logs fraud-0a1b2c3d-x7x2p -c observer --previous`; container observer said: Traceback (most recent call last): KeyError: "port".',
  ],
  'a container cannot be run': [
    'Held',
    'The kubelet does not start the container (RunContainerError), for more than 10 minutes. Solve what the kubelet says: `kubectl -n team describe pods -l flyball.dev/model-deployment=fraud,flyball.dev/revision=0a1b2c3d`; or correct spec.server: `kubectl -n team edit mdep fraud`; the kubelet said: failed to create containerd task: nvidia-container-cli: initialization error: load library failed.',
  ],
  'a server listens on another port': [
    'Guilty',
    'The container runs and is not ready: its startupProbe asks GET /v2/health/ready of port 8080; it had 30 minutes. See whether it listens on spec.server.port and answers that, or name its own path in spec.server.readiness.path: `kubectl -n team logs fraud-0a1b2c3d-x7x2p -c main`.',
  ],
  'an injected sidecar is never ready beside a server': [
    'Starting',
    'Container mesh runs and is not ready, so that the pod is not: its readinessProbe asks whether port 15020 is open, for more than 10 minutes; container mesh was injected. See what it does: `kubectl -n team logs fraud-0a1b2c3d-x7x2p -c mesh`.',
  ],
};

test.each(Object.keys(want) as (keyof typeof want)[])('%s', (name) => {
  const pods = illServers[name]((status, more = {}) => ill(status, { pod, ...more }));
  const health = healthOf({ refusal: undefined, pods, subject }, now);
  const report = health.type === 'Starting' ? health.waits : health.type === 'Healthy' ? undefined : health;
  expect([health.type, report?.message]).toEqual(want[name]);
});
