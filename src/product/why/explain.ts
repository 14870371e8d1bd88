import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { defined } from '../../api/defined.ts';
import { firstMatch } from '../../api/rules.ts';
import { keyOf } from '../../api/resource.ts';
import { findingOf, stillWaiting } from '../../workload/diagnosis/index.ts';
import { findingReasons } from '../../workload/diagnosis/reasons.ts';
import type { Finding } from '../../workload/diagnosis/finding.ts';
import { isLiving } from '../../workload/podend.ts';
import { standingOfDeployment } from './base/modeldeployment.ts';
import { standingOfVersion } from './base/modelversion.ts';
import { standingOfMonitor } from './base/monitor.ts';
import { standingOfRun } from './base/trainingrun.ts';
import type { Case, Rule } from './case.ts';
import { askWhy } from './commands.ts';
import { dependencyOf } from './dependency.ts';
import type { Asked, Evidence } from './evidence.ts';
import type { Cause, Explanation, Proof, Standing, Step } from './explanation.ts';
import { type Focus, focusOfDeployment, focusOfRun } from './focus.ts';
import { claimElsewhere, claimPending } from './rules/claims.ts';
import { podsDenied } from './rules/denied.ts';
import { quotaFull } from './rules/quota.ts';
import { crashed } from './rules/crashes.ts';
import { podTaken } from './rules/disruptions.ts';
import { notSetUp } from './rules/mounts.ts';
import { operatorAway } from './rules/operator.ts';
import { jobSuspended, kubeletSilent, nodeUnready } from './rules/held.ts';
import { nameTaken } from './rules/names.ts';
import { podsTell } from './rules/pods.ts';
import { probeFails } from './rules/probes.ts';
import { pullSecretMissing, pullSecretRefused, referenceMissing } from './rules/references.ts';
import { unschedulable } from './rules/scheduling.ts';
import { worksNow } from './works.ts';

/** Rules that see by the reason of the conditions whether they are meant. */
const heldRules: readonly Rule[] = [nameTaken, jobSuspended, podsDenied];

/** What the cluster says of pods more exactly than the operator may see, the most telling first; what the pods tell themselves comes last. */
const podRules: readonly Rule[] = [
  nodeUnready,
  kubeletSilent,
  claimPending,
  claimElsewhere,
  unschedulable,
  notSetUp,
  pullSecretMissing,
  pullSecretRefused,
  referenceMissing,
  crashed,
  probeFails,
  podTaken,
  quotaFull,
  podsTell,
];

/** Reasons of conditions beside what is found in pods that say no more than that pods are waited for. */
const awaitsPods: readonly string[] = [
  'Started',
  'PodAwaited',
  'PodsMissing',
  'PodLeaving',
  'GangWaits',
  'Deploying',
  'PodsNotReady',
  'PodsForbidden',
  'NeverReady',
  'Scaling',
  'Outage',
  'RollingOut',
  'RollingBack',
];

/** Enough to see it, and few enough for a screen. */
const mostSteps = 3;
const mostProofs = 12;
const longestWhy = 1200;

/** What is happening, since when, why, whose move it is, and the next command. */
export function explain(evidence: Evidence, now: Date): Explanation {
  const { asked, unread } = evidence;
  const standing = standingOf(evidence) ?? unknownStanding(asked);
  const away = operatorAway(evidence, now);
  const cause = away ?? (standing.isWell ? undefined : causeOf(evidence, standing, now));
  return defined<Explanation>({
    what: cause?.what === undefined ? standing.what : `${keyOf(asked).name}: ${cause.what}`,
    reason: standing.reason,
    since: cause?.since ?? standing.since,
    why: shortened(cause?.why ?? standing.why, longestWhy),
    actor: cause?.actor ?? standing.actor,
    next: stepsOf(evidence, cause, standing),
    evidence: proofsOf(cause, standing),
    unread,
  });
}

/** By its status, in the operator's words; undefined if that says nothing. */
export function standingOf({ asked, objects }: Evidence): Standing | undefined {
  switch (asked.kind) {
    case 'TrainingRun':
      return standingOfRun(asked);
    case 'ModelDeployment':
      return standingOfDeployment(asked);
    case 'Monitor':
      return standingOfMonitor(asked);
    case 'ModelVersion':
      return standingOfVersion(asked, objects);
  }
}

/** The pods that the object's fate hangs on. */
export function focusOf({ asked, objects }: Pick<Evidence, 'asked' | 'objects'>): Focus | undefined {
  if (asked.kind === 'TrainingRun') return focusOfRun(asked, objects);
  return asked.kind === 'ModelDeployment' ? focusOfDeployment(asked, objects) : undefined;
}

/** What is wrong with pods that live, or what they wait for. */
export function findingIn({ pods, place }: Focus, now: Date): Finding | undefined {
  const living: readonly IPod[] = pods.filter(isLiving);
  return findingOf(living, place) ?? stillWaiting(pods, place, now);
}

function causeOf(evidence: Evidence, standing: Standing, now: Date): Cause | undefined {
  const { reason = '' } = standing;
  // What was decided, such as a rejection, has its own reason, whatever pods do meanwhile.
  const isAboutPods = awaitsPods.includes(reason) || Object.hasOwn(findingReasons, reason);
  const rules = isAboutPods ? [...heldRules, ...podRules] : heldRules;
  return deeper(evidence, standing, now) ?? firstMatch(rules, caseOf(evidence, standing, now), now);
}

/** What waits for another object has that one's why. */
function deeper(evidence: Evidence, standing: Standing, now: Date): Cause | undefined {
  const other = dependencyOf(evidence, standing);
  if (other === undefined) return undefined;
  const { kind } = other;
  const { namespace, name } = keyOf(other);
  const { what, why, since, actor, next, evidence: proofs } = explain({ ...evidence, asked: other }, now);
  const command = askWhy(kind.toLowerCase(), namespace, name);
  return {
    why: `${standing.why}. ${kind} ${what}: ${why}`,
    actor,
    ...(since !== undefined && { since }),
    next: [...next, { text: `see all that is known of ${kind} ${name}`, command }],
    proofs,
  };
}

function caseOf(evidence: Evidence, standing: Standing, now: Date): Case {
  const focus = focusOf(evidence);
  const finding = focus && findingIn(focus, now);
  return { evidence, standing, ...(focus !== undefined && { focus }), ...(finding !== undefined && { finding }) };
}

function unknownStanding(asked: Asked): Standing {
  return {
    what: `${keyOf(asked).name}: nobody has said anything about it yet`,
    why: 'its status is empty',
    actor: 'Administrator',
    next: [],
    isWell: false,
    proofs: [],
  };
}

function stepsOf({ objects }: Evidence, cause: Cause | undefined, standing: Standing): Step[] {
  const wanted = [cause?.next, standing.next].find((steps) => steps !== undefined && steps.length > 0) ?? [];
  return wanted
    .map((step) => ({ ...step, text: begunSmall(step.text) }))
    .filter(({ command }) => command === undefined || worksNow(command, objects))
    .slice(0, mostSteps);
}

/** What the operator says stays evidence where something else says it more exactly. */
function proofsOf(cause: Cause | undefined, standing: Standing): Proof[] {
  const operator =
    cause === undefined || cause.why === standing.why ? [] : [{ source: 'the operator', words: standing.why }];
  return [...(cause?.proofs ?? []), ...operator, ...standing.proofs].slice(0, mostProofs);
}

/** One style for the remedies of conditions, which begin a sentence there, and for ours. */
function begunSmall(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? `${text.slice(0, 1).toLowerCase()}${text.slice(1)}` : text;
}
