/** How a revision fares by its pods, and whether these are its own. */
import { keyOf } from '../../../api/resource.ts';
import type { ModelDeploymentSpec, RevisionStatus } from '../../../api/types.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import { makingOf, type Making } from '../revision/edited.ts';
import { type Health, healthOf, type Report } from '../revision/health.ts';
import { alteredAmong, toldOfAltered, toldOfStrangers } from '../revision/strangers.ts';
import { programOf } from '../revision/template.ts';
import { podsOf, type RevisionWorkload, workloadOf } from '../revision/workload.ts';
import { describedTemplate, missingHardware } from './declared.ts';
import { isDeclared } from '../revision/revision.ts';

export interface Tried {
  readonly role: RevisionStatus | undefined;
  readonly health: Health;
  /** What others made of its pods; absent if nothing. */
  readonly forged?: Report;
}

/** What pods do that others have changed, or whose template, is not the revision's fault. */
export function tried(
  facts: ModelDeploymentFacts,
  role: RevisionStatus | undefined,
  isProven: boolean,
  now: Date,
): Tried {
  if (role === undefined) return { role, health: { type: 'Healthy' } };
  const { parent, workloads } = facts;
  const found = workloadOf(workloads, role.revision);
  const own = found === undefined ? [] : podsOf(found, facts.pods);
  const making = makingOfRole(facts, role);
  const isCompared = facts.provenance === 'Compare' && found !== undefined;
  const altered = isCompared ? alteredAmong(own, program(found, role, parent.spec)) : [];
  const forged = making?.type === 'Edited' ? making.report : toldOfAltered(altered, keyOf(parent));
  if (forged !== undefined) return { role, health: { type: 'Held', ...forged }, forged };
  const subject = { key: keyOf(parent), revision: role.revision };
  const refusal = found?.workload.refusal(found.object);
  const declared = found?.workload.making(found.object)?.template.spec?.initContainers?.map(({ name }) => name) ?? [];
  const isWanted = (found?.pods.wanted ?? 0) > 0;
  return { role, health: healthOf({ refusal, pods: own, subject, declared, isProven, isWanted }, now) };
}

/** What is measured of a candidate may be of others, and so may what it is compared with. */
export function forgeryIn(facts: ModelDeploymentFacts, candidate: Tried, stable: Tried): Report | undefined {
  const { parent, strangers } = facts;
  const isCompared = parent.spec.rollout?.analysis?.some(({ against }) => against !== undefined) ?? false;
  return (
    toldOfStrangers(strangers, keyOf(parent)) ??
    candidate.forged ??
    (candidate.role !== undefined && isCompared ? stable.forged : undefined)
  );
}

/** What is certain of a revision's template; undefined if it has no workload. */
export function makingOfRole(facts: ModelDeploymentFacts, role: RevisionStatus): Making | undefined {
  const found = workloadOf(facts.workloads, role.revision);
  if (found === undefined) return undefined;
  const { parent, profiles, provenance } = facts;
  const lacksHardware = missingHardware(parent, profiles) !== undefined;
  return makingOf({ role, found, declared: describedTemplate(facts, role, 0), lacksHardware, provenance });
}

function program({ workload, object }: RevisionWorkload, role: RevisionStatus, spec: ModelDeploymentSpec) {
  const making = workload.making(object);
  const variables = isDeclared(role, spec) ? (spec.server.env ?? []).map(({ name }) => name) : [];
  return making && programOf(making.template, variables);
}
