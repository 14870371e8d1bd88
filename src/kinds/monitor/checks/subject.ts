import type { FeatureProfile, IModelDeployment, IModelVersion, IMonitor, Signal } from '../../../api/types.ts';
import { findCondition } from '../../../api/condition.ts';
import { kubectl } from '../../../api/command.ts';
import { written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Blind } from './measure.ts';
import { type Patience, patienceOf } from '../../../measure/requests.ts';

/** What a Monitor judges: the stable revision of its ModelDeployment. */
export type Subject = Revision | Blind;

export interface Revision {
  readonly type: 'Revision';
  readonly namespace: string;
  readonly modelDeployment: string;
  readonly revision: string;
  /** When it became stable. */
  readonly since: Date;
  /** Since when it serves: an outage that its deployment declared is over for so long. */
  readonly servesSince: Date;
  /** Absent: the deployment has no observer. */
  readonly signals: readonly Signal[] | undefined;
  /** Of the version's training data, by signal. Undefined if that is not known. */
  readonly profile: Readonly<Record<string, FeatureProfile>> | undefined;
  /** The version that is served; absent if what serves has none. */
  readonly version?: string | undefined;
  /** How long a request may take by the Monitor's checks of latency. */
  readonly patience?: Patience | undefined;
  /** Whether clients may ask it past its observer; not by default. */
  readonly takesGRPC?: boolean;
}

export interface SubjectFacts {
  readonly monitor: IMonitor;
  readonly deployment: IModelDeployment | undefined;
  /** The version that is served, if it is known. */
  readonly version: IModelVersion | undefined;
}

/** Says whose move it is if there is no revision to judge. */
export function subjectOf({ monitor, deployment, version }: SubjectFacts): Subject {
  const { namespace } = keyOf(monitor);
  const { name } = monitor.spec.modelDeploymentRef;
  if (deployment === undefined) {
    const message = written({
      what: `ModelDeployment "${name}" does not exist in this namespace`,
      remedies: [{ text: 'create it or correct spec.modelDeploymentRef', command: kubectl(namespace, 'get', 'mdep') }],
    });
    return { type: 'Blind', reason: 'ModelDeploymentMissing', message };
  }
  const stable = deployment.status?.stable;
  if (stable === undefined) {
    const message = written({
      what: `ModelDeployment "${name}" has no stable revision yet; the first is judged`,
      remedies: [{ text: 'see what it waits for', command: kubectl(namespace, 'get', 'mdep', name) }],
    });
    return { type: 'Blind', reason: 'NothingStable', message };
  }
  const unseen = forgedIn(deployment) ?? endedIn(deployment);
  if (unseen !== undefined) return unseen;
  return {
    type: 'Revision',
    namespace,
    modelDeployment: name,
    revision: stable.revision,
    since: new Date(stable.since),
    servesSince: servesSince(deployment, new Date(stable.since)),
    signals: deployment.spec.observe === undefined ? undefined : (deployment.spec.observe.signals ?? []),
    profile: version === undefined ? undefined : (version.spec.profile ?? {}),
    version: stable.version,
    patience: patienceOf(monitor.spec.checks),
    ...(deployment.spec.server.grpcPort !== undefined && { takesGRPC: true }),
  };
}

/** What is counted by the labels of pods says nothing of the revision while others bear them: the ModelDeployment tells so. */
function forgedIn(deployment: IModelDeployment): Blind | undefined {
  const stalled = findCondition(deployment.status?.conditions, 'Stalled');
  if (stalled?.reason !== 'Forged') return undefined;
  const { namespace, name } = keyOf(deployment);
  const message = written({
    what: `what is measured of ModelDeployment "${name}" may be about pods that are not its own`,
    remedies: [{ text: 'see what it says in Stalled', command: kubectl(namespace, 'get', 'mdep', name, '-o', 'yaml') }],
  });
  return { type: 'Blind', reason: 'Forged', message };
}

/** What is stable was ended for another revision that is tried in its place, as was declared: what is measured is not its doing. */
function endedIn({ metadata, status }: IModelDeployment): Blind | undefined {
  if (status?.outage === undefined && status?.candidate?.endsStable !== true) return undefined;
  const what = `the stable revision of ModelDeployment "${metadata?.name}" is ended while another is tried in its place`;
  return { type: 'Blind', reason: 'NotServing', message: written({ what }) };
}

/** What a store measured of the service while nothing served says nothing of what does now. */
function servesSince({ status }: IModelDeployment, since: Date): Date {
  const { until } = status?.lastOutage ?? {};
  return until === undefined ? since : new Date(Math.max(since.getTime(), Date.parse(until)));
}
