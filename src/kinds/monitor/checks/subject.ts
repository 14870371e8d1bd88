import type { FeatureProfile, IModelDeployment, IModelVersion, IMonitor, Signal } from '../../../api/types.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Blind } from '../../../measure/measure.ts';

/** What a Monitor judges: the stable revision of its ModelDeployment. */
export type Subject = Revision | Blind;

export interface Revision {
  readonly type: 'Revision';
  readonly namespace: string;
  readonly modelDeployment: string;
  readonly revision: string;
  /** When it became stable. */
  readonly since: Date;
  /** Absent: the deployment has no observer. */
  readonly signals: readonly Signal[] | undefined;
  /** Of the version's training data, by signal. */
  readonly profile: Readonly<Record<string, FeatureProfile>>;
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
    const message =
      `ModelDeployment "${name}" does not exist in this namespace. Create it or correct ` +
      `spec.modelDeploymentRef: kubectl get modeldeployments -n ${namespace}`;
    return { type: 'Blind', reason: 'ModelDeploymentMissing', message };
  }
  const stable = deployment.status?.stable;
  if (stable === undefined) {
    const message =
      `ModelDeployment "${name}" has no stable revision yet; the first is judged. ` +
      `See what it waits for: kubectl get modeldeployment ${name} -n ${namespace}`;
    return { type: 'Blind', reason: 'NothingStable', message };
  }
  return {
    type: 'Revision',
    namespace,
    modelDeployment: name,
    revision: stable.revision,
    since: new Date(stable.since),
    signals: deployment.spec.observe === undefined ? undefined : (deployment.spec.observe.signals ?? []),
    profile: version?.spec.profile ?? {},
  };
}
