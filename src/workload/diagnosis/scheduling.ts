/** Rules about a pod that has no node. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { aboutPod, type Evidence, type Rule } from './finding.ts';
import type { Place } from './place.ts';
import { type Lacking, understood } from './lacking.ts';
import { conditionOf } from './times.ts';
import { isOfArtifact } from './volumes.ts';
import { storageField } from './transfers.ts';
import { remoteVolumes } from '../../storage/remote.ts';

const longestName = 128;

export const claimMissing: Rule = ({ pod, place }) => {
  const claim = /persistentvolumeclaim "([^"]{1,253})" not found/.exec(schedulerWords(pod) ?? '')?.[1];
  if (claim === undefined) return undefined;
  return {
    ...aboutPod(sinceOf(pod)),
    reason: 'ClaimMissing',
    what: `PersistentVolumeClaim ${shortened(claim, longestName)} does not exist`,
    move: 'Provide',
    remedy: 'create it',
    field: fieldOf(claim, pod, place),
    evidence: { type: 'Claims', names: [] },
  };
};

/** Artifacts are in volumes of names that people's volumes cannot have. */
function fieldOf(claim: string, { spec }: IPod, place: Place): string {
  const volumes = spec?.volumes?.filter(({ persistentVolumeClaim: own }) => own?.claimName === claim) ?? [];
  if (volumes.some(({ name }) => name === remoteVolumes.cache)) return `${storageField(place)}.volume.claimName`;
  const isTheirs = volumes.length > 0 && volumes.every(({ name }) => !isOfArtifact(name));
  return isTheirs ? `${place.pod}.volumes` : place.claims;
}

/** Why a claim is not bound stands at the claim: its StorageClass may not exist, or have no room. */
export const claimUnbound: Rule = ({ pod }) => {
  const words = schedulerWords(pod);
  if (words === undefined || !/unbound immediate PersistentVolumeClaims/.test(words)) return undefined;
  const names = claimsOf(pod);
  const [only, ...others] = names;
  const told =
    only === undefined || others.length > 0 ? 'a PersistentVolumeClaim of the pod' : `PersistentVolumeClaim ${only}`;
  return {
    ...aboutPod(sinceOf(pod)),
    reason: 'ClaimUnbound',
    what: `${shortened(told, longestName)} is not bound to a volume`,
    move: 'Provide',
    remedy: 'see why at the claim, and provide what it asks for',
    quote: { by: 'the scheduler', words: causesIn(words).join(', ') },
    evidence: { type: 'Claims', names },
  };
};

/** A cause is told only if it is certain and the same on all nodes that the pod may use. What the scheduler says stands there in any case. */
export const unschedulable: Rule = ({ pod, place }) => {
  const words = schedulerWords(pod);
  if (words === undefined) return undefined;
  const causes = causesIn(words);
  const needsChange = isTooLarge(words);
  const lacking = understood(pod, causes, place, needsChange);
  return {
    ...aboutPod(sinceOf(pod)),
    reason: 'Unschedulable',
    what: lacking?.what ?? 'no node takes the pod',
    move: 'Wait',
    remedy: lacking?.remedy ?? 'see why',
    ...(needsChange && { needsChange }),
    ...(lacking?.field !== undefined && { field: lacking.field }),
    quote: { by: 'the scheduler', words: causes.join(', ') },
    evidence: evidenceOf(pod, causes, lacking),
  };
};

/** Whether the scheduler says of all nodes that nothing which could be taken away from them would make them fit. */
function isTooLarge(words: string): true | undefined {
  const isAll = /\bpreemption: 0\/(\d+) nodes are available: \1 Preemption is not helpful for scheduling/.test(words);
  return isAll ? true : undefined;
}

/** What no node has is seen at the nodes, what a volume lacks at its claim, and what the scheduler says of the pod at the pod. */
function evidenceOf(pod: IPod, causes: readonly string[], lacking: Lacking | undefined): Evidence {
  const names = claimsOf(pod);
  const isAboutVolumes = causes.some((cause) => /persistent ?volume|volume node affinity|storage ?class/i.test(cause));
  if (isAboutVolumes && names.length > 0) return { type: 'Claims', names };
  return lacking?.evidence ?? { type: 'Pods' };
}

/** One that is made for the pod alone has a name of both. */
function claimsOf({ metadata, spec }: IPod): string[] {
  const names = spec?.volumes?.flatMap(({ name, persistentVolumeClaim: claim, ephemeral }) =>
    ephemeral === undefined ? (claim?.claimName ?? []) : `${metadata?.name ?? ''}-${name}`,
  );
  return [...new Set(names)];
}

/**
 * Each cause that the scheduler gives, without on how many nodes: nodes come and go, and with them the message would change. What
 * follows the first sentence is about what could be taken away for the pod.
 */
function causesIn(words: string): string[] {
  const [sentence = ''] = words.replace(/^0\/\d+ nodes[^:]*: /, '').split(/\.(?:\s|$)/);
  const causes = sentence.split(/, (?=\d+ )/).map((cause) => cause.replace(/^\d+ /, '').trim());
  return [...new Set(causes)].filter((cause) => cause !== '').toSorted();
}

/** What the scheduler says of a pod that has no node. */
function schedulerWords(pod: IPod): string | undefined {
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  return scheduled.message ?? '';
}

function sinceOf(pod: IPod): string | undefined {
  return conditionOf(pod, 'PodScheduled')?.lastTransitionTime ?? pod.metadata?.creationTimestamp;
}
