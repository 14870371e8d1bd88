/** Who else writes an object, and will undo what people change by hand. */
import type { Resource } from '../../api/resource.ts';
import { type Change, valueAt } from './steering.ts';

/** An object as the API server has it, with who wrote which of its fields. */
export interface Kept extends Resource {
  readonly metadata?: Resource['metadata'] & { readonly managedFields?: readonly ManagedFields[] };
}

interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly fieldsV1?: unknown;
}

/** What keeps objects as a manifest has them. */
interface Keeper {
  readonly name: string;
  /** Whether it looks by itself, or when somebody runs it. */
  readonly isWatchful: boolean;
  /** What it calls the manifest. */
  readonly manifest: string;
  readonly labels: readonly string[];
  readonly annotations: readonly string[];
  isManager(fields: ManagedFields): boolean;
}

/** Watchful ones first: they use what the others are as their tool. */
const keepers: readonly Keeper[] = [
  {
    name: 'Argo CD',
    isWatchful: true,
    manifest: 'Git',
    labels: ['argocd.argoproj.io/instance'],
    annotations: ['argocd.argoproj.io/tracking-id'],
    isManager: ({ manager = '' }) => manager.startsWith('argocd'),
  },
  {
    name: 'Flux',
    isWatchful: true,
    manifest: 'Git',
    labels: ['kustomize.toolkit.fluxcd.io/name', 'helm.toolkit.fluxcd.io/name'],
    annotations: [],
    isManager: ({ manager }) => manager === 'kustomize-controller' || manager === 'helm-controller',
  },
  {
    name: 'Helm',
    isWatchful: false,
    manifest: 'the chart',
    labels: [],
    annotations: ['meta.helm.sh/release-name'],
    isManager: ({ manager = '' }) => manager.toLowerCase() === 'helm',
  },
  {
    name: 'kubectl apply',
    isWatchful: false,
    manifest: 'its manifest',
    labels: [],
    annotations: [lastApplied()],
    isManager: ({ manager, operation }) =>
      manager === 'kubectl-client-side-apply' || (manager === 'kubectl' && operation === 'Apply'),
  },
];

/** Who keeps the object, and which of the changed fields its manifest names. */
export interface Keeping {
  readonly keeper: string;
  readonly isWatchful: boolean;
  readonly manifest: string;
  /** Its application, Kustomization or release; absent if it does not say. */
  readonly of?: string;
  /** These it will undo; of the others its manifest says nothing, so that they stay. */
  readonly undone: readonly Change[];
}

export function keepingOf(object: Kept, changes: readonly Change[]): Keeping | undefined {
  const keeper = keepers.find((one) => keeps(one, object));
  if (keeper === undefined) return undefined;
  const { name, isWatchful, manifest } = keeper;
  const undone = changes.filter(({ path }) => names(keeper, object, path));
  const of = nameOf(keeper, object);
  return { keeper: name, isWatchful, manifest, ...(of !== undefined && { of }), undone };
}

function keeps(keeper: Keeper, { metadata = {} }: Kept): boolean {
  return (
    keeper.labels.some((key) => metadata.labels?.[key] !== undefined) ||
    keeper.annotations.some((key) => metadata.annotations?.[key] !== undefined) ||
    (metadata.managedFields ?? []).some((fields) => keeper.isManager(fields))
  );
}

/** `shop:flyball.dev/TrainingRun:team/fraud` is of the application shop. */
function nameOf({ labels, annotations }: Keeper, { metadata = {} }: Kept): string | undefined {
  const label = labels.flatMap((key) => metadata.labels?.[key] ?? [])[0];
  const key = annotations.find((one) => one !== lastApplied() && metadata.annotations?.[one] !== undefined);
  return label ?? (key === undefined ? undefined : metadata.annotations?.[key]?.split(':')[0]);
}

/** By the fields that it wrote as the API server remembers them, and by what client-side apply has noted. */
function names(keeper: Keeper, { metadata = {} }: Kept, path: readonly string[]): boolean {
  const own = (metadata.managedFields ?? []).filter((fields) => keeper.isManager(fields));
  return own.some(({ fieldsV1 }) => owns(fieldsV1, path)) || valueAt(applied(metadata.annotations), path) !== undefined;
}

/** A node without members is owned with all that is in it. */
function owns(node: unknown, [field, ...rest]: readonly string[]): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if (field === undefined) return true;
  if (Object.hasOwn(node, `f:${field}`)) return owns((node as Record<string, unknown>)[`f:${field}`], rest);
  return Object.keys(node).length === 0;
}

function applied(annotations: Readonly<Record<string, string>> | undefined): unknown {
  try {
    return JSON.parse(annotations?.[lastApplied()] ?? '{}');
  } catch {
    return {};
  }
}

function lastApplied(): string {
  return 'kubectl.kubernetes.io/last-applied-configuration';
}

/** What people have to know of who keeps the object; undefined if what they did stays, and nobody has to tell of it. */
export function warningOf({ keeper, isWatchful, manifest, of, undone }: Keeping): string | undefined {
  const who = of === undefined ? keeper : `${keeper} (${of})`;
  const named = undone.map(({ path }) => path.join('.')).join(' and ');
  if (isWatchful) {
    return undone.length === 0
      ? `${who} keeps this object. Git says nothing of what was changed, so it stays; to have it there, too, commit:`
      : `${who} keeps this object and will undo this, since Git says otherwise of ${named}. Commit instead:`;
  }
  if (undone.length === 0) return undefined;
  const when =
    keeper === 'Helm' ? `an upgrade of the release${of === undefined ? '' : ` ${of}`}` : `the next ${keeper}`;
  return `${when} may undo this, since ${manifest} says otherwise of ${named}. Write there:`;
}
