import { defined } from '../../../api/defined.ts';
import { keyOf, type Key } from '../../../api/resource.ts';
import type { CandidateStatus, ModelDeploymentSpec, RevisionStatus } from '../../../api/types.ts';
import { isRejected } from '../../../domain/rejections.ts';
import type { ModelDeploymentFacts } from '../observe.ts';
import type { Health, Report } from '../revision/health.ts';
import { targetOf } from '../revision/target.ts';
import { missingHardware } from './declared.ts';
import type { Target } from '../revision/target.ts';
import { workloadOf } from '../revision/workload.ts';
import type { Entrance, Sharer, Sharers, Split, Traffic } from '../traffic/traffic.ts';
import { rejectedBy, type Trial } from './rejections.ts';
import { type Held, heldIn } from './room.ts';
import { persistedRoles } from './roles.ts';
import type { Roles } from './roles.ts';
import { isWithoutSurge } from './surge.ts';
import { currentStep } from './steps.ts';
import type { CurrentStep } from './steps.ts';
import { forgeryIn, tried } from './tried.ts';

/** What rules are about: all that follows from the facts and the persisted roles, derived once for the whole pass. */
export interface Situation {
  readonly facts: ModelDeploymentFacts;
  readonly key: Key;
  readonly spec: ModelDeploymentSpec;
  /** Capacity for the whole load, in pods. */
  readonly replicas: number;
  readonly traffic: Traffic;
  /** Whether pods are ended before others come. */
  readonly isWithoutSurge: boolean;
  /** The pods that there are, where they are ended before others come. */
  readonly held?: Held;
  readonly roles: Roles;
  readonly target: Target;
  /** The revision that the spec asks for, whether or not it was rejected; absent if there is none. */
  readonly asked?: string;
  /** The step that the candidate is in; absent without one. */
  readonly step?: CurrentStep;
  /** How the roles are to share the requests. */
  readonly split: Split;
  /** Where clients send their requests. */
  readonly entrance: Entrance;
  readonly candidateHealth: Health;
  readonly stableHealth: Health;
  /** What others have put among the pods, or made of the candidate's, so that what is measured of them tells nothing; absent if nothing is. */
  readonly forged?: Report;
  /** The same of what serves. */
  readonly stableForged?: Report;
}

/** Total: whatever is missing is absent. */
export function situationOf(facts: ModelDeploymentFacts, now: Date): Situation {
  const { parent, traffic } = facts;
  const { spec } = parent;
  const replicas = spec.replicas ?? 1;
  const withoutSurge = isWithoutSurge(facts);
  const persisted = persistedRoles(facts);
  const stable = tried(facts, persisted.stable, true, now);
  const first = targetAt(facts, { ...persisted, rejected: [] });
  const asked = first.type === 'Revision' ? first.wanted : undefined;
  const roles = judged(
    {
      facts,
      roles: persisted,
      asked,
      stableHealth: stable.health,
      isForged: facts.strangers.length > 0 || stable.forged !== undefined,
    },
    now,
  );
  const candidate = tried(facts, roles.candidate, hasReached(roles.candidate), now);
  const step =
    roles.candidate && currentStep({ spec, replicas, isWithoutSurge: withoutSurge, roles, traffic }, roles.candidate);
  return defined<Situation>({
    facts,
    key: keyOf(parent),
    spec,
    replicas,
    traffic,
    isWithoutSurge: withoutSurge,
    held: withoutSurge ? heldIn(facts, now) : undefined,
    roles,
    target: targetAt(facts, roles),
    asked: asked?.revision,
    step,
    split: splitOf(sharersOf(roles, facts), step, replicas),
    entrance: traffic.entrance(facts),
    candidateHealth: candidate.health,
    stableHealth: stable.health,
    forged: forgeryIn(facts, candidate, stable),
    stableForged: stable.forged,
  });
}

/** The persisted roles with what was rejected since. A rejected revision is no way back. */
function judged(trial: Trial, now: Date): Roles {
  const rejected = rejectedBy(trial, now);
  const { stable, candidate, previous } = trial.roles;
  const kept = previous !== undefined && isRejected(previous.revision, rejected) ? undefined : previous;
  return defined<Roles>({ stable, candidate, previous: kept, rejected });
}

/** Which revision shall serve if the roles are these. */
export function targetAt(facts: ModelDeploymentFacts, roles: Roles): Target {
  const { parent, versions, run, profiles, workloads, serverVersion } = facts;
  const { stable, candidate, previous, rejected } = roles;
  return targetOf({
    ...keyOf(parent),
    spec: parent.spec,
    versions,
    run,
    stable,
    candidate,
    previous,
    rejected,
    missingHardware: missingHardware(parent, profiles),
    serverVersion,
    made: new Set(workloads.flatMap(({ revision }) => revision ?? [])),
  });
}

/** Who shares the requests if the roles are these. */
export function sharersOf({ candidate, stable }: Roles, { workloads }: ModelDeploymentFacts): Sharers {
  const sharer = (role: RevisionStatus | undefined): Sharer | undefined => {
    if (role === undefined) return undefined;
    const { ready = 0, available = 0 } = workloadOf(workloads, role.revision)?.pods ?? {};
    return { revision: role.revision, ready, available };
  };
  return defined<Sharers>({ candidate: sharer(candidate), stable: sharer(stable) });
}

function splitOf(sharers: Sharers, step: CurrentStep | undefined, replicas: number): Split {
  if (step === undefined) return { ...sharers, counts: { candidate: 0, stable: sharers.stable ? replicas : 0 } };
  return defined<Split>({ ...sharers, weight: step.weight, counts: step.counts });
}

/** Whether a candidate has come to a weight, which takes pods that are available. */
function hasReached(candidate: CandidateStatus | undefined): boolean {
  return candidate?.weightSince !== undefined || candidate?.steps !== undefined;
}
