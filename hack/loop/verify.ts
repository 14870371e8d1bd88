import type { Cluster } from '../cluster/cluster.ts';
import { writes } from './audit.ts';
import { Kubectl } from './kubectl.ts';
import { look, type LoopState } from './state.ts';

/** The namespace of the examples that show the loop. */
export const namespace = 'quickstart';

/** The metric that scores a model on held-out rows of the device's newest calibration. */
const recentMetric = 'f1_recent';

export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** What must be true once the loop is closed. */
export async function verify(cluster: Cluster): Promise<readonly Verdict[]> {
  const kubectl = new Kubectl(cluster);
  const state = await look(kubectl, namespace);
  const log = await kubectl.run(['logs', 'deployment/clinic', '--namespace', namespace, '--timestamps', '--tail=-1']);
  return [...versions(state), drift(state), noFailedRequest(log), ...noPersonWrote(cluster, log)];
}

function versions(state: LoopState): Verdict[] {
  const [first, second] = state.versions;
  const compared = second?.spec.gate?.find(
    (verdict) => verdict.metric === recentMetric && verdict.champion !== undefined,
  );
  return [
    {
      name: 'Version 2 is another model than version 1',
      passed: second !== undefined && second.spec.digest !== undefined && second.spec.digest !== first?.spec.digest,
      detail: `${first?.spec.digest} and ${second?.spec.digest}`,
    },
    {
      name: 'The monitor asked for version 2',
      passed: second?.spec.trigger.type === 'Monitor',
      detail: `${second?.spec.trigger.type}: ${second?.spec.trigger.reason}`,
    },
    {
      name: 'The gate compared the versions, and version 2 is better on readings of the recalibrated device',
      passed: compared?.reason === 'Holds' && Number(compared.value) > Number(compared.championValue),
      detail: `${recentMetric} ${compared?.value} against ${compared?.championValue} of ${compared?.champion}`,
    },
  ];
}

function drift(state: LoopState): Verdict {
  const check = state.monitor?.status?.checks?.find(({ name }) => name === 'drift');
  const limit = state.monitor?.spec.checks.find(({ name }) => name === 'drift')?.max;
  return {
    name: 'The drift is under its limit after the promotion',
    passed: Number(check?.value) <= Number(limit),
    detail: `PSI ${check?.value}, limit ${limit}`,
  };
}

function noFailedRequest(log: string): Verdict {
  const lines = log.split('\n').filter((line) => line.includes('"sent"'));
  const last = lines.at(-1) ?? '';
  const { sent = 0, failed = NaN } = JSON.parse(last.slice(last.indexOf('{')) || '{}') as {
    sent?: number;
    failed?: number;
  };
  return { name: 'No request failed', passed: sent > 0 && failed === 0, detail: `${sent} sent, ${failed} failed` };
}

/** The audit log is there where the provider keeps one. */
function noPersonWrote(cluster: Cluster, log: string): Verdict[] {
  if (!cluster.audit) return [];
  const { person, log: audit } = cluster.audit;
  const recalibrated = log
    .split('\n')
    .find((line) => line.includes('"recalibrated"'))
    ?.split(' ')[0];
  const after = writes(audit).filter(
    ({ user, actsAs, received }) =>
      user === person && actsAs === undefined && recalibrated !== undefined && received > Date.parse(recalibrated),
  );
  return [
    {
      name: 'Nobody wrote anything after the device was recalibrated',
      passed: recalibrated !== undefined && after.length === 0,
      detail: recalibrated ? after.map(({ verb, uri }) => `${verb} ${uri}`).join(', ') : 'no recalibration seen',
    },
  ];
}
