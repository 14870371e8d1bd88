import type { IDeployment } from 'kubernetes-models/apps/v1';
import { defined } from '../../api/defined.ts';
import { whatOf } from '../../api/message.ts';
import { keyOf } from '../../api/resource.ts';
import type { CandidateStatus, IModelDeployment, RejectedRevision, RevisionStatus } from '../../api/types.ts';
import { revisionIn } from '../../kinds/modeldeployment/revision/revision.ts';
import { place } from '../../kinds/modeldeployment/revision/words.ts';
import { type ProductObjects, servingPodsOf, workloadsOf } from '../objects.ts';
import { clauses, figures, type TreeNode } from './node.ts';
import { podNode } from './pods.ts';

/** The revisions of a ModelDeployment by their roles, then those that were rejected, the newest first, then those that go. */
export function revisionNodes(deployment: IModelDeployment, objects: ProductObjects, now: Date): TreeNode[] {
  const { candidate, stable, previous, rejected = [] } = deployment.status ?? {};
  const workloads = new Map(
    workloadsOf(deployment, objects).map((one) => [revisionIn(keyOf(deployment).name, keyOf(one).name), one]),
  );
  const under = (revision: string) => podsOf(workloads.get(revision), objects, now);
  const { namespace } = keyOf(deployment);
  const inRole = [
    ...(stable === undefined ? [] : [stableNode(namespace, stable, rejected)]),
    ...(candidate === undefined ? [] : [candidateNode(deployment, candidate)]),
    ...(previous === undefined || previous.revision === candidate?.revision ? [] : [previousNode(namespace, previous)]),
  ];
  const known = new Set(inRole.map(({ name }) => name));
  const others = rejected.filter(({ revision }) => !known.has(revision)).toReversed();
  const told = new Set([...known, ...others.map(({ revision }) => revision)]);
  return [
    ...inRole.map((node) => ({ ...node, children: [...node.children, ...under(node.name)] })),
    ...others.map((one, index) => {
      const node = { ...rejectedNode(namespace, one), children: under(one.revision) };
      return index > 0 && node.children.length === 0 ? { ...node, isPast: true as const } : node;
    }),
    ...[...workloads].flatMap(([revision = '', workload]) =>
      told.has(revision) ? [] : [leavingNode(workload, revision, under(revision))],
    ),
  ];
}

function stableNode(namespace: string, role: RevisionStatus, rejected: readonly RejectedRevision[]): TreeNode {
  const fate = rejected.find(({ revision }) => revision === role.revision);
  return defined<TreeNode>({
    ...roleNode(namespace, role),
    state: 'Stable',
    tone: fate === undefined ? 'good' : 'bad',
    detail: clauses(role.version, fate && `rejected: ${whatOf(fate.message)}`),
  });
}

function candidateNode({ metadata, spec, status }: IModelDeployment, role: CandidateStatus): TreeNode {
  const { step, steps = [], holdUntil, weight } = role;
  const count = spec.rollout?.steps?.length ?? 0;
  const reached = status?.weight;
  return defined<TreeNode>({
    ...roleNode(metadata?.namespace ?? '', role),
    state: 'Candidate',
    tone: 'waiting',
    detail: clauses(
      role.version,
      weight === undefined || count === 0
        ? undefined
        : `step ${Math.min(step + 1, count)} of ${count}, weight ${weight}`,
      reached === undefined ? undefined : `gets ${reached} % of requests`,
    ),
    due: holdUntil === undefined ? undefined : { what: 'the hold ends', time: holdUntil },
    figures: figures({ version: role.version, step, steps: count, weight, reached }),
    children: (steps.at(-1)?.values ?? []).map((value): TreeNode => {
      const check = spec.rollout?.analysis?.find(({ name }) => name === value.name);
      return defined<TreeNode>({
        kind: 'Check',
        namespace: metadata?.namespace ?? '',
        name: value.name,
        state: value.value === undefined ? 'NoData' : 'Measured',
        tone: 'waiting',
        detail: clauses(
          value.value,
          check?.max === undefined ? undefined : `at most ${check.max}`,
          value.against === undefined ? undefined : `stable has ${value.against}`,
          value.samples === undefined ? undefined : `${value.samples} requests`,
        ),
        since: value.sampledAt,
        figures: figures({ value: value.value, against: value.against, max: check?.max, samples: value.samples }),
        children: [],
      });
    }),
  });
}

function previousNode(namespace: string, role: RevisionStatus): TreeNode {
  return defined<TreeNode>({ ...roleNode(namespace, role), state: 'Previous', tone: 'faint', detail: role.version });
}

function roleNode(namespace: string, { revision, version, since, uri }: RevisionStatus) {
  return {
    kind: 'Revision',
    namespace,
    name: revision,
    since,
    figures: figures({ version, uri }),
    children: [],
  } as const;
}

function rejectedNode(namespace: string, { revision, version, reason, message, time }: RejectedRevision): TreeNode {
  return defined<TreeNode>({
    kind: 'Revision',
    namespace,
    name: revision,
    state: 'Rejected',
    tone: 'bad',
    detail: clauses(version, whatOf(message)),
    message,
    since: time,
    figures: figures({ version, reason }),
    children: [],
  });
}

/** It has no role yet, or none any more. */
function leavingNode(workload: IDeployment, revision: string, children: readonly TreeNode[]): TreeNode {
  const { namespace, name } = keyOf(workload);
  return defined<TreeNode>({
    kind: 'Revision',
    namespace,
    name: revision === '' ? name : revision,
    state: 'Unused',
    tone: 'faint',
    detail: `its Deployment ${name} is there, and status gives it no role`,
    since: workload.metadata?.creationTimestamp,
    children,
  });
}

function podsOf(workload: IDeployment | undefined, objects: ProductObjects, now: Date): TreeNode[] {
  if (workload === undefined) return [];
  const declared = workload.spec?.template.spec?.initContainers?.map(({ name }) => name) ?? [];
  return servingPodsOf(workload, objects).map((pod) => podNode(pod, { ...place, declared }, now));
}
