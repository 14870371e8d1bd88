/** Rules about a pod that has no node. */
import type { IPod } from 'kubernetes-models/v1';
import { mainContainer, productLabel } from '../container.ts';
import type { Finding, Rule } from './finding.ts';

export const claimMissing: Rule = ({ pod, place }) => {
  const claim = /persistentvolumeclaim "([^"]{1,253})" not found/.exec(schedulerWords(pod) ?? '')?.[1];
  if (claim === undefined) return undefined;
  return {
    reason: 'ClaimMissing',
    what: `PersistentVolumeClaim ${claim} does not exist`,
    move: 'Provide',
    remedy: 'Create it',
    field: place.claims,
    isMain: false,
  };
};

/** A cause is told only if it is the same on all nodes. What the scheduler says of the pod stands there in any case. */
export const unschedulable: Rule = ({ pod, place }) => {
  const words = schedulerWords(pod);
  if (words === undefined) return undefined;
  const causes = causesIn(words);
  const lacking = understood(pod, causes);
  const field = lacking === undefined ? undefined : `${place.container}.${lacking.field}`;
  return {
    reason: 'Unschedulable',
    what: lacking?.what ?? 'no node takes the pod',
    move: 'Wait',
    remedy: field === undefined ? 'see why' : `edit ${field}, or free or add nodes`,
    ...(field !== undefined && { field }),
    quote: { by: 'the scheduler', words: causes.join(', ') },
    isMain: false,
  };
};

interface Lacking extends Pick<Finding, 'what'> {
  readonly field: 'accelerator' | 'resources';
}

/**
 * Nodes that do not have the label, or that are the cluster's own, are not where the pod is to run. A taint may be on the very nodes
 * that are: then all that is known is what the scheduler says.
 */
function understood(pod: IPod, causes: readonly string[]): Lacking | undefined {
  const own = causes.filter((cause) => !controlPlane.test(cause));
  const others = own.filter((cause) => cause !== selectorMismatch);
  const insufficient = others.flatMap((cause) => /^Insufficient (cpu|memory|\S+\/\S+)$/.exec(cause)?.[1] ?? []);
  if (own.length === 0 || insufficient.length < others.length) return undefined;
  return insufficient.length > 0 ? withoutRoom(pod, insufficient) : withoutLabel(pod);
}

const selectorMismatch = "node(s) didn't match Pod's node affinity/selector";
const controlPlane = /untolerated taint\S* \{node-role\.kubernetes\.io\/(?:control-plane|master)\b/;

function withoutRoom(pod: IPod, resources: readonly string[]): Lacking {
  const wanted = resources.map((resource) => amountOf(pod, resource)).join(' and ');
  const isAccelerator = resources.some((resource) => resource.includes('/'));
  return { what: `no node has ${wanted} free`, field: isAccelerator ? 'accelerator' : 'resources' };
}

/** Only where no other selector can be what no node matches. */
function withoutLabel({ spec }: IPod): Lacking | undefined {
  const selectors = Object.entries(spec?.nodeSelector ?? {});
  const products = Object.keys(requestsOf(spec)).map(productLabel);
  const [only] = selectors;
  if (only === undefined || selectors.length > 1 || spec?.affinity?.nodeAffinity !== undefined) return undefined;
  const [name, product] = only;
  return products.includes(name)
    ? { what: `no node is labelled as having ${product}`, field: 'accelerator' }
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
function schedulerWords({ status }: IPod): string | undefined {
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False' || scheduled.reason !== 'Unschedulable') return undefined;
  return scheduled.message ?? '';
}
