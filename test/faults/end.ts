/** How a namespace ends up, told so that two runs of the same scenario give the same. */
import type { IPod } from 'kubernetes-models/v1';
import { pods } from '../../src/api/kinds.ts';
import { keyOf, type Kind, type Resource } from '../../src/api/resource.ts';
import type { Description } from './descriptions/description.ts';
import type { History } from './history.ts';

/** By "kind/name". */
export type End = Readonly<Record<string, unknown>>;

interface Ended extends Resource {
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>> & {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
}

/** What there is now of the kinds that the operator writes. */
export function endOf(
  history: History,
  namespace: string,
  { parents, children }: Pick<Description, 'parents' | 'children'>,
): End {
  const told = [...parents, ...children].flatMap((kind) =>
    history.list(kind).map((object) => [`${kind.plural}/${keyOf(object).name}`, facts(kind, object as Ended)] as const),
  );
  return normalised(Object.fromEntries(told), namespace, podNames(history)) as End;
}

/** Drawn by lot, but for what they begin with; also of those that are gone, of which messages may still tell. */
function podNames({ changes }: History): ReadonlyMap<string, string> {
  const made = changes.filter(({ plural }) => plural === pods.plural).map(({ object }) => object as IPod);
  return new Map(made.map((pod) => [keyOf(pod).name, `${pod.metadata?.generateName ?? ''}<pod>`]));
}

/** Of other controllers' statuses only what the operator goes by; of their defaults nothing that is drawn by lot. */
function facts({ plural }: Kind, { metadata, spec, status }: Ended): unknown {
  const { labels, annotations, ownerReferences } = metadata ?? {};
  const owners = ownerReferences?.map(({ kind, name }) => `${kind} ${name}`);
  const { 'deployment.kubernetes.io/revision': _, ...notes } = withoutMarks(annotations);
  return { labels, notes, owners, spec: withoutAddresses(spec), status: statusOf(plural, status) };
}

/** Annotations other than those that faults leave on what they touch. */
export function withoutMarks(annotations: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(annotations).filter(([name]) => !name.startsWith('faults/')));
}

function withoutAddresses(spec: Ended['spec']) {
  const { clusterIP: _, clusterIPs: __, ...rest } = spec ?? {};
  return rest;
}

function statusOf(plural: string, status: Ended['status']): unknown {
  if (plural === 'jobs')
    return status?.conditions
      ?.filter(isTrue)
      .map(({ type }) => type)
      .toSorted();
  if (plural === 'deployments') return { replicas: status?.['replicas'], readyReplicas: status?.['readyReplicas'] };
  return plural === 'services' || plural === 'poddisruptionbudgets' ? undefined : status;
}

function isTrue({ status }: { readonly status: string }): boolean {
  return status === 'True';
}

const time = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g;
const uid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Of a snapshot, a template or a revision, which have times, UIDs and names of namespaces. */
const uniqueDigest =
  /("snapshotDigest":|"templateDigest":|"revisionDigest":|"FLYBALL_SNAPSHOT_DIGEST","value":)"(?:v\d+:)?sha256:[0-9a-f]{64}"/g;

/** How long something took: what is disturbed takes longer. */
const lengths = /("readyAfter":|"length":)"(?:\d+(?:h|ms|m|s))+"/g;

/** Without times, lengths, UIDs, the namespace's name and what others are to be told by, wherever they occur. */
export function normalised(value: unknown, namespace: string, names: ReadonlyMap<string, string> = new Map()): unknown {
  const text = JSON.stringify(value) ?? 'null';
  const timeless = text.replace(time, '<time>').replace(lengths, '$1"<length>"');
  const plain = timeless
    .replace(uid, '<uid>')
    .replace(uniqueDigest, '$1"<digest>"')
    .replaceAll(namespace, '<namespace>');
  return JSON.parse([...names].reduce((rest, [name, title]) => rest.replaceAll(name, title), plain)) as unknown;
}

/** Where two ends differ, at most five times: "status.reason of jobs/fraud-1: a instead of b". */
export function differences(found: End, wanted: End): readonly string[] {
  const names = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  return [...names].flatMap((name) => compare(name, found[name], wanted[name])).slice(0, 5);
}

function compare(path: string, found: unknown, wanted: unknown): readonly string[] {
  if (isObject(found) && isObject(wanted)) {
    const names = new Set([...Object.keys(found), ...Object.keys(wanted)]);
    return [...names].flatMap((name) => compare(`${path}.${name}`, found[name], wanted[name]));
  }
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  return left === right ? [] : [`${path} is ${shortened(left)} instead of ${shortened(right)}`];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shortened(text: string | undefined): string {
  if (text === undefined) return 'absent';
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`;
}
