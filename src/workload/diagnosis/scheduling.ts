/** Rules about a pod that has no node. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { mainContainer, productLabel } from '../container.ts';
import { aboutPod, type Evidence, type Finding, type Rule } from './finding.ts';
import { conditionOf } from './times.ts';

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
    field: place.claims,
    evidence: { type: 'Claims', names: [] },
  };
};

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
  const lacking = understood(pod, causes);
  const field = lacking?.field && `${place.container}.${lacking.field}`;
  return {
    ...aboutPod(sinceOf(pod)),
    reason: 'Unschedulable',
    what: lacking?.what ?? 'no node takes the pod',
    move: 'Wait',
    remedy: remedyOf(lacking, field),
    ...(field !== undefined && { field }),
    quote: { by: 'the scheduler', words: causes.join(', ') },
    evidence: evidenceOf(pod, causes, lacking),
  };
};

interface Lacking extends Pick<Finding, 'what'> {
  /** Which of the user's fields asks for it. */
  readonly field?: 'accelerator' | 'resources';
}

function remedyOf(lacking: Lacking | undefined, field: string | undefined): string {
  if (lacking === undefined) return 'see why';
  return field === undefined ? 'free or add nodes' : `edit ${field}, or free or add nodes`;
}

/** One of the causes that the scheduler gives, each for other nodes. It gives the first of a node's. */
type Cause =
  /** The pod must not use the node, for that taint; later schedulers do not name it. */
  | { readonly type: 'Taint'; readonly taint: string | undefined }
  /** The node does not have what the pod selects by. */
  | { readonly type: 'Mismatch' }
  | { readonly type: 'Insufficient'; readonly resource: string }
  | { readonly type: 'Other' };

/**
 * Of the nodes that the pod may use, all lack the same. A node that it must not use, for a taint, may have it all; so nothing is said of
 * all nodes where one is tainted.
 */
function understood(pod: IPod, words: readonly string[]): Lacking | undefined {
  const causes = words.map(parsed);
  const resources = causes.flatMap((cause) => (cause.type === 'Insufficient' ? [cause.resource] : []));
  if (causes.length === 0 || causes.some(({ type }) => type === 'Other')) return undefined;
  const isSelective = causes.some(({ type }) => type === 'Mismatch');
  const without = withoutTaints(causes);
  if (resources.length === 0) return isSelective ? withoutLabel(pod, `no node${without}`) : undefined;
  return withoutRoom(pod, `no ${isSelective ? 'matching ' : ''}node${without}`, resources);
}

function withoutTaints(causes: readonly Cause[]): string {
  const tainted = causes.filter((cause) => cause.type === 'Taint');
  const named = tainted.flatMap(({ taint }) => taint ?? []);
  if (tainted.length === 0) return '';
  return named.length < tainted.length
    ? ' without a taint that the pod does not tolerate'
    : ` without the taint ${shortened(named.join(' or '), longestName)}`;
}

function parsed(cause: string): Cause {
  const [isTaint, taint] = /^node\(s\) had untolerated taint(?:\(s\))?(?: (\{.+\}))?$/.exec(cause) ?? [];
  if (isTaint !== undefined) return { type: 'Taint', taint };
  if (cause === "node(s) didn't match Pod's node affinity/selector") return { type: 'Mismatch' };
  const resource = /^Insufficient (cpu|memory|\S+\/\S+)$/.exec(cause)?.[1];
  return resource === undefined ? { type: 'Other' } : { type: 'Insufficient', resource };
}

function withoutRoom(pod: IPod, nodes: string, resources: readonly string[]): Lacking {
  const wanted = resources.map((resource) => amountOf(pod, resource)).join(' and ');
  const asked = resources.filter((resource) => requestsOf(pod.spec)[resource] !== undefined);
  const field = asked.some((resource) => resource.includes('/')) ? 'accelerator' : 'resources';
  return { what: `${nodes} has ${wanted} free`, ...(asked.length > 0 && { field }) };
}

/** Only where no other selector can be what no node matches. */
function withoutLabel({ spec }: IPod, nodes: string): Lacking | undefined {
  const selectors = Object.entries(spec?.nodeSelector ?? {});
  const products = Object.keys(requestsOf(spec)).map(productLabel);
  const [only] = selectors;
  if (only === undefined || selectors.length > 1 || spec?.affinity?.nodeAffinity !== undefined) return undefined;
  const [name, product] = only;
  return products.includes(name)
    ? { what: `${nodes} has the label ${name}=${product}`, field: 'accelerator' }
    : undefined;
}

function amountOf({ spec }: IPod, resource: string): string {
  const amount = requestsOf(spec)[resource];
  if (amount === undefined || !resource.includes('/')) return `enough ${resource}`;
  const product = spec?.nodeSelector?.[productLabel(resource)];
  return `${amount} × ${resource}${product === undefined ? '' : ` ${product}`}`;
}

function requestsOf(spec: IPod['spec']): Readonly<Record<string, string | number>> {
  return spec?.containers.find(({ name }) => name === mainContainer)?.resources?.requests ?? {};
}

/** What no node has is seen at the nodes, what a volume lacks at its claim, and what the scheduler says of the pod at the pod. */
function evidenceOf(pod: IPod, causes: readonly string[], lacking: Lacking | undefined): Evidence {
  const names = claimsOf(pod);
  const isAboutVolumes = causes.some((cause) => /persistent ?volume|volume node affinity|storage ?class/i.test(cause));
  if (isAboutVolumes && names.length > 0) return { type: 'Claims', names };
  return { type: lacking === undefined ? 'Pods' : 'Nodes' };
}

function claimsOf({ spec }: IPod): string[] {
  return [...new Set(spec?.volumes?.flatMap(({ persistentVolumeClaim: claim }) => claim?.claimName ?? []))];
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
