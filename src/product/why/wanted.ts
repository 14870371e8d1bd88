/** What else has to be read before an object can be explained. */
import type { IPod } from 'kubernetes-models/v1';
import type { Resource } from '../../api/resource.ts';
import { isUnfinished } from '../../workload/podend.ts';
import { dependencyOf } from './dependency.ts';
import type { Asked, Evidence, Named } from './evidence.ts';
import { findingIn, focusOf, standingOf } from './explain.ts';
import type { Focus } from './focus.ts';
import { type AtWork, transfersAtWork } from './progress.ts';
import { templateOf } from './template.ts';
import { type Taken, takenIn } from './rules/names.ts';
import { isObserved } from './rules/operator.ts';

export interface Wanted {
  /** Whose events. */
  readonly events: readonly Resource[];
  /** Names of claims. */
  readonly claims: readonly string[];
  readonly references: readonly Named[];
  readonly nodes: boolean;
  /** The pods of all namespaces, to see who has what there is. */
  readonly placed: boolean;
  readonly storageClasses: boolean;
  /** Where pods lack that should be there. */
  readonly quotas: boolean;
  /** Events of pods that are gone, which tell who took them away. */
  readonly gone: boolean;
  readonly operator: boolean;
  /** Whose log says how far they are. */
  readonly progress: readonly AtWork[];
  /** What has the name that the operator needs. */
  readonly taken?: Taken;
}

/** A gang has many pods, and what holds one of them holds the others. */
const mostPods = 8;

/** Of a run that an object waits for, too. */
export function wantedFor(known: Pick<Evidence, 'asked' | 'objects'>, now: Date): Wanted {
  const all = chainOf(known).map((asked) => wantedOf({ ...known, asked }, now));
  const flat = <T>(pick: (one: Wanted) => readonly T[]) => all.flatMap(pick);
  return {
    events: flat(({ events }) => events),
    claims: [...new Set(flat(({ claims }) => claims))],
    references: flat(({ references }) => references),
    nodes: all.some(({ nodes }) => nodes),
    placed: all.some(({ placed }) => placed),
    storageClasses: all.some(({ storageClasses }) => storageClasses),
    quotas: all.some(({ quotas }) => quotas),
    gone: all.some(({ gone }) => gone),
    operator: all.some(({ operator }) => operator),
    progress: flat(({ progress }) => progress),
    ...all.flatMap(({ taken }) => taken ?? []).map((taken) => ({ taken }))[0],
  };
}

function chainOf(known: Pick<Evidence, 'asked' | 'objects'>): Asked[] {
  const standing = standingIn(known);
  const other = standing && dependencyOf(known, standing);
  return [known.asked, ...(other === undefined ? [] : chainOf({ ...known, asked: other }))];
}

function standingIn(known: Pick<Evidence, 'asked' | 'objects'>) {
  return standingOf({ ...known, seen: { events: [] }, unread: [] });
}

function wantedOf(known: Pick<Evidence, 'asked' | 'objects'>, now: Date): Wanted {
  const { asked } = known;
  const standing = standingIn(known);
  const focus = focusOf(known);
  if (standing?.isWell === true && isObserved(asked)) return nothing;
  const finding = focus && findingIn(focus, now);
  const isUnplaced = finding?.reason === 'Unschedulable';
  const lacksPods = focus !== undefined && focus.pods.filter(isUnfinished).length < focus.wanted;
  const taken = standing && takenIn(standing);
  const claims = focus === undefined ? [] : claimsOf(focus);
  return {
    events: [asked, ...(focus?.makers ?? []), ...(focus?.pods.slice(0, mostPods) ?? [])],
    claims,
    references: focus === undefined ? [] : referencesOf(focus),
    nodes: isUnplaced || (finding !== undefined && aboutNodes.includes(finding.reason)),
    placed: isUnplaced && /Insufficient|Too many pods/.test(wordsOf(focus)),
    storageClasses: claims.length > 0 && ['Unschedulable', 'ClaimUnbound'].includes(finding?.reason ?? ''),
    quotas: lacksPods,
    gone: lacksPods,
    operator: true,
    progress: focus === undefined ? [] : transfersAtWork(focus.pods, focus.place).slice(0, mostPods),
    ...(taken !== undefined && { taken }),
  };
}

/** What a pod may wait for since its node does not answer. */
const aboutNodes: readonly string[] = ['NotReported', 'NodeLost', 'PodNotSetUp', 'ContainerCreating', 'NotReady'];

const nothing: Wanted = {
  events: [],
  claims: [],
  references: [],
  nodes: false,
  placed: false,
  storageClasses: false,
  quotas: false,
  gone: false,
  operator: false,
  progress: [],
};

function wordsOf(focus: Focus | undefined): string {
  const conditions = focus?.pods.flatMap(({ status }) => status?.conditions ?? []) ?? [];
  return conditions.map(({ message }) => message ?? '').join(' ');
}

/** Of pods that are not done. One that is made for a pod alone has a name of both. */
function claimsOf({ pods }: Focus): string[] {
  return pods.filter(isUnfinished).slice(0, mostPods).flatMap(claimsOfPod);
}

function claimsOfPod({ metadata, spec }: IPod): string[] {
  return (spec?.volumes ?? []).flatMap(({ name, persistentVolumeClaim: claim, ephemeral }) =>
    ephemeral === undefined ? (claim?.claimName ?? []) : `${metadata?.name ?? ''}-${name}`,
  );
}

/** What the first pod that waits names; where there is none, what its template does. */
function referencesOf({ pods, makers }: Focus): Named[] {
  const waiting = pods.find(({ status }) => (status?.phase ?? 'Pending') === 'Pending') ?? pods.find(isUnfinished);
  const spec = waiting?.spec ?? templateOf(makers);
  if (spec === undefined) return [];
  const containers = [...(spec.initContainers ?? []), ...spec.containers];
  const secrets = [
    ...(spec.imagePullSecrets ?? []).map(({ name }) => name),
    ...(spec.volumes ?? []).map(({ secret }) => (secret?.optional === true ? undefined : secret?.secretName)),
    ...containers.flatMap(({ envFrom = [] }) => envFrom.map(({ secretRef }) => secretRef?.name)),
    ...containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name)),
  ];
  const maps = [
    ...(spec.volumes ?? []).map(({ configMap }) => (configMap?.optional === true ? undefined : configMap?.name)),
    ...containers.flatMap(({ envFrom = [] }) => envFrom.map(({ configMapRef }) => configMapRef?.name)),
    ...containers.flatMap(({ env = [] }) => env.map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name)),
  ];
  return [
    ...named('Secret', secrets),
    ...named('ConfigMap', maps),
    ...named('ServiceAccount', [spec.serviceAccountName]),
    ...named('RuntimeClass', [spec.runtimeClassName]),
    ...named('PriorityClass', [spec.priorityClassName]),
  ];
}

function named(kind: Named['kind'], names: readonly (string | undefined)[]): Named[] {
  return [...new Set(names)].flatMap((name) => (name === undefined || name === '' ? [] : [{ kind, name }]));
}
