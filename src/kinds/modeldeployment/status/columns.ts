/** What columns of `kubectl get` show, which can only show a field. */
import type { CandidateStatus, RevisionStatus } from '../../../api/types.ts';
import type { ModelDeploymentFacts } from '../observe.ts';

/** As a Deployment tells it: more are ready than were asked for while a candidate gets ready beside what serves. */
export function podsOf({ parent: { spec }, workloads }: ModelDeploymentFacts): string {
  return `${workloads.reduce((sum, { pods }) => sum + pods.ready, 0)}/${spec.replicas ?? 1}`;
}

/** As it is called beside what serves: an edit of the server alone rolls out the same version once more. */
export function named(candidate: CandidateStatus, stable: RevisionStatus | undefined): CandidateStatus {
  const { version, revision } = candidate;
  const name = version === stable?.version ? [version, revision] : [version ?? revision];
  return { ...candidate, name: name.filter((part) => part !== undefined).join('/') };
}
