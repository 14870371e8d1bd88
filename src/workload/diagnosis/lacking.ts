/** What nodes lack for a pod, as far as the scheduler's words are certain. */
import type { IPod } from 'kubernetes-models/v1';
import { shortened } from '../../api/condition.ts';
import { productLabel } from '../container.ts';
import { mainIn } from '../origin.ts';
import type { Evidence } from './finding.ts';
import type { Place } from './place.ts';

const longestName = 128;

/** What no node has that the pod may use. */
export interface Lacking {
  /** A clause, such as "no node has 8 × nvidia.com/gpu free". */
  readonly what: string;
  readonly remedy: string;
  /** Which of the user's fields asks for it; absent if none does. */
  readonly field?: string;
  readonly evidence: Evidence;
}

/** One of the causes that the scheduler gives, each for other nodes. It gives the first of a node's. */
type Cause =
  /** The pod must not use the node, for that taint; later schedulers do not name it. */
  | { readonly type: 'Taint'; readonly taint: string | undefined }
  /** The node does not have what the pod selects by. */
  | { readonly type: 'Mismatch' }
  | { readonly type: 'Insufficient'; readonly resource: string }
  | { readonly type: 'Other' };

interface Nodes {
  /** How a clause about them begins: "no node without the taint {a: b}". */
  readonly none: string;
  /** The field by which the pod may use those with a taint, too, where there are any. */
  readonly tolerations: string | undefined;
  /** Whether they lack it even if nothing else runs on them. */
  readonly isTooLarge: true | undefined;
}

/**
 * Of the nodes that the pod may use, all lack the same. A node that it must not use, for a taint, may have it all; so nothing is said of
 * all nodes where one is tainted.
 */
export function understood(pod: IPod, words: readonly string[], place: Place, isTooLarge?: true): Lacking | undefined {
  const causes = words.map(parsed);
  const resources = causes.flatMap((cause) => (cause.type === 'Insufficient' ? [cause.resource] : []));
  if (causes.length === 0 || causes.some(({ type }) => type === 'Other')) return undefined;
  const isSelective = causes.some(({ type }) => type === 'Mismatch');
  const tainted = causes.filter((cause) => cause.type === 'Taint');
  const tolerations = tainted.length === 0 ? undefined : `${place.pod}.tolerations`;
  const nodes = {
    none: `no ${isSelective && resources.length > 0 ? 'matching ' : ''}node${without(tainted)}`,
    tolerations,
    isTooLarge,
  };
  if (resources.length > 0) return withoutRoom(pod, nodes, resources, place);
  return isSelective ? withoutLabel(pod, nodes, place) : onlyTainted(tainted, `${place.pod}.tolerations`);
}

function parsed(cause: string): Cause {
  const [isTaint, taint] = /^node\(s\) had untolerated taint(?:\(s\))?(?: (\{.+\}))?$/.exec(cause) ?? [];
  if (isTaint !== undefined) return { type: 'Taint', taint };
  if (cause === "node(s) didn't match Pod's node affinity/selector") return { type: 'Mismatch' };
  const resource = /^Insufficient (cpu|memory|ephemeral-storage|\S+\/\S+)$/.exec(cause)?.[1];
  return resource === undefined ? { type: 'Other' } : { type: 'Insufficient', resource };
}

type Taint = Extract<Cause, { type: 'Taint' }>;

function without(tainted: readonly Taint[]): string {
  if (tainted.length === 0) return '';
  const names = namesOf(tainted);
  return names === undefined ? ' without a taint that the pod does not tolerate' : ` without the taint ${names}`;
}

/** Undefined if one of them is not named. */
function namesOf(tainted: readonly Taint[]): string | undefined {
  const named = tainted.flatMap(({ taint }) => taint ?? []);
  return named.length < tainted.length ? undefined : shortened(named.join(' or '), longestName);
}

function onlyTainted(tainted: readonly Taint[], field: string): Lacking {
  const names = namesOf(tainted);
  return {
    what: `every node has ${names === undefined ? 'a taint' : `the taint ${names}`} that the pod does not tolerate`,
    remedy: `tolerate it in ${field} if the pod belongs there, or add nodes${names === undefined ? '; the administrator tells its name to whom the nodes are not shown' : ''}`,
    field,
    evidence: { type: 'Taints' },
  };
}

function lacking(what: string, fields: readonly string[], { tolerations, isTooLarge }: Nodes): Lacking {
  const evidence = { type: 'Nodes' } as const;
  const all = [...fields, ...(tolerations === undefined || fields.length === 0 ? [] : [tolerations])];
  const [field] = fields;
  const nodes = isTooLarge ? 'add nodes that have it' : 'free or add nodes';
  if (field === undefined) return { what, remedy: nodes, evidence };
  return { what, remedy: `edit ${all.join(' or ')}, or ${nodes}`, field, evidence };
}

function withoutRoom(pod: IPod, nodes: Nodes, resources: readonly string[], place: Place): Lacking {
  const wanted = resources.map((resource) => amountOf(pod, resource)).join(' and ');
  const asked = resources.filter((resource) => requestsOf(pod.spec)[resource] !== undefined);
  const devices = asked.filter((resource) => resource.includes('/'));
  const named = (devices.length > 0 ? devices : asked).map((resource) => fieldOf(resource, pod));
  const fields = [...new Set(named)].map((field) => `${place.container}.${field}`);
  return lacking(`${nodes.none} has ${wanted}${nodes.isTooLarge ? ', be it empty' : ' free'}`, fields, nodes);
}

/** The taint of an accelerator is tolerated, that of another device only if people say so. */
function fieldOf(resource: string, { spec }: IPod): string {
  if (resource === 'ephemeral-storage') return 'resources.ephemeralStorage';
  if (!resource.includes('/')) return 'resources';
  return spec?.tolerations?.some(({ key }) => key === resource) === true ? 'accelerator' : 'resources.extended';
}

/** What is selected by affinity, too, may be what no node matches. */
function withoutLabel({ spec }: IPod, nodes: Nodes, place: Place): Lacking | undefined {
  const selectors = Object.entries(spec?.nodeSelector ?? {});
  const products = Object.keys(requestsOf(spec)).map(productLabel);
  const own = selectors.map(([name]) =>
    products.includes(name) ? `${place.container}.accelerator` : `${place.pod}.nodeSelector`,
  );
  const isAffine = spec?.affinity?.nodeAffinity !== undefined;
  const fields = [...new Set([...own, ...(isAffine ? [`${place.pod}.affinity`] : [])])];
  if (isAffine)
    return lacking(`${nodes.none} matches the node selector and the node affinity of the pod`, fields, nodes);
  if (selectors.length === 0) return undefined;
  const labels = selectors.map(([name, value]) => `${name}=${value}`);
  const all = labels.length === 1 ? 'the label' : 'all of the labels';
  return lacking(`${nodes.none} has ${all} ${shortened(labels.join(' and '), 2 * longestName)}`, fields, nodes);
}

function amountOf({ spec }: IPod, resource: string): string {
  const amount = requestsOf(spec)[resource];
  if (amount === undefined || !resource.includes('/')) return `enough ${resource}`;
  const product = spec?.nodeSelector?.[productLabel(resource)];
  return `${amount} × ${resource}${product === undefined ? '' : ` ${product}`}`;
}

function requestsOf(spec: IPod['spec']): Readonly<Record<string, string | number>> {
  return mainIn(spec)?.resources?.requests ?? {};
}
