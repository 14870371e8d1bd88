import type { Cluster } from '../cluster/cluster.ts';
import { Kubectl } from './kubectl.ts';
import { namespaces } from './mark.ts';
import { audited } from './people.ts';
import { look, type LoopState } from './state.ts';

/** The metric that scores a model on held-out rows of the device's newest calibration. */
const recentMetric = 'f1_recent';

export interface Verdict {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
}

/** What the demo expects once the loop is closed. */
export async function verify(cluster: Cluster): Promise<readonly Verdict[]> {
  const kubectl = new Kubectl(cluster);
  const state = await look(kubectl, namespaces.loop);
  return [...versions(state), drift(state), noFailedRequest(await clinicLog(kubectl))];
}

/** Whether the loop closed itself with nobody's hand, where the provider keeps an audit log. Holds while nobody uses the cluster. */
export async function nobodyWrote(cluster: Cluster): Promise<readonly Verdict[]> {
  if (!cluster.audit) return [];
  const recalibrated = (await clinicLog(new Kubectl(cluster)))
    .split('\n')
    .find((line) => line.includes('"recalibrated"'))
    ?.split(' ')[0];
  const after = recalibrated === undefined ? [] : audited(cluster, Date.parse(recalibrated));
  return [
    {
      name: 'Nobody wrote anything after the device was recalibrated',
      passed: recalibrated !== undefined && after.length === 0,
      detail: recalibrated ? after.join(', ') : 'no recalibration seen',
    },
  ];
}

/** What the clinic wrote; nothing where it is gone. */
function clinicLog(kubectl: Kubectl): Promise<string> {
  const of = ['logs', 'deployment/clinic', '--namespace', namespaces.loop];
  return kubectl.run([...of, '--timestamps', '--tail=-1']).catch(() => '');
}

function versions(state: LoopState): Verdict[] {
  const [first, second] = [1, 2].map((number) => state.versions.find((one) => one.spec.number === number));
  const compared = second?.spec.gate?.find(
    (verdict) => verdict.metric === recentMetric && verdict.champion !== undefined,
  );
  const absent = second === undefined ? 'version 2 is not there' : undefined;
  return [
    {
      name: 'Version 2 is another model than version 1',
      passed: second !== undefined && second.spec.digest !== undefined && second.spec.digest !== first?.spec.digest,
      detail: absent ?? `${first?.spec.digest} and ${second?.spec.digest}`,
    },
    {
      name: 'The monitor asked for version 2',
      passed: second?.spec.trigger.type === 'Monitor',
      detail: absent ?? `${second?.spec.trigger.type}: ${second?.spec.trigger.reason}`,
    },
    {
      name: 'The gate compared the versions, and version 2 is better on readings of the recalibrated device',
      passed: compared?.reason === 'Holds' && Number(compared.value) > Number(compared.championValue),
      detail:
        absent ?? `${recentMetric} ${compared?.value} against ${compared?.championValue} of ${compared?.champion}`,
    },
  ];
}

function drift(state: LoopState): Verdict {
  const check = state.monitor?.status?.checks?.find(({ name }) => name === 'drift');
  const limit = state.monitor?.spec.checks.find(({ name }) => name === 'drift')?.max;
  return {
    name: 'The drift is under its limit after the promotion',
    passed: Number(check?.value) <= Number(limit),
    detail: check ? `PSI ${check.value}, limit ${limit}` : 'there is no such check',
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
