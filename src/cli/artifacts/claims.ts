import type { IPersistentVolumeClaim, IPod } from 'kubernetes-models/v1';
import { pods } from '../../api/kinds.ts';
import { keyOf, type Kind } from '../../api/resource.ts';
import type { Place } from '../../product/artifacts/places.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { Refused } from '../command.ts';

const persistentVolumeClaims: Kind<IPersistentVolumeClaim> = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
};

/** What is known of the claims before a pod mounts them. */
export interface ClaimsFound {
  /** Places whose claim is there, with a volume. */
  readonly places: readonly Place[];
  /** The node that has a claim which only one node may have; undefined if any will do. */
  readonly node: string | undefined;
  /** What people have to know. */
  readonly notes: readonly string[];
}

/** Looks at the claims with the user's rights; what cannot be read is left to the scheduler. @throws Refused if no claim can be mounted. */
export async function findClaims(cluster: Cluster, namespace: string, places: readonly Place[]): Promise<ClaimsFound> {
  const names = [...new Set(places.map(({ claim }) => claim))];
  const notes: string[] = [];
  const claims = await Promise.all(names.map((name) => readClaim(cluster, namespace, name, notes)));
  const missing = names.filter((_, index) => claims[index] === 'Missing');
  for (const name of missing) notes.push(`there is no claim ${name} any more, nor what lay in it`);
  // The first pod that mounts such a claim chooses its zone: that has to be one of the run.
  const unbound = names.filter((_, index) => isUnbound(claims[index]));
  for (const name of unbound)
    notes.push(`nothing was written to claim ${name} yet: it has no volume, and gets none by this`);
  const absent = [...missing, ...unbound];
  const exclusive = names.filter((name, index) => !absent.includes(name) && isOfOneNode(claims[index]));
  const users = exclusive.length === 0 ? [] : await usersOf(cluster, namespace, exclusive, notes);
  refuseTaken(names, claims, users);
  const nodes = [...new Set(users.flatMap(({ spec }) => spec?.nodeName ?? []))];
  const [node] = nodes;
  if (node !== undefined)
    notes.push(`${exclusive.join(', ')} can be on one node at a time, and is on ${node}: it is listed there`);
  if (nodes.length > 1) notes.push(`its claims are on several nodes, ${nodes.join(', ')}: the pod may wait for them`);
  return { places: places.filter(({ claim }) => !absent.includes(claim)), node, notes };
}

type ClaimRead = IPersistentVolumeClaim | 'Missing' | 'Unread' | undefined;

async function readClaim(cluster: Cluster, namespace: string, name: string, notes: string[]): Promise<ClaimRead> {
  const reading = await cluster.reading(`claim ${name}`, () =>
    cluster.client.get(persistentVolumeClaims, { namespace, name }),
  );
  if (reading.type === 'Read') return reading.value ?? 'Missing';
  notes.push(`${reading.what} could not be read: ${reading.why}`);
  return 'Unread';
}

function modesOf(claim: ClaimRead): readonly string[] {
  return typeof claim === 'object' ? (claim.spec?.accessModes ?? []) : [];
}

function isUnbound(claim: ClaimRead): boolean {
  return typeof claim === 'object' && claim.status?.phase === 'Pending';
}

function isOfOneNode(claim: ClaimRead): boolean {
  const modes = modesOf(claim);
  return modes.length > 0 && !modes.some((mode) => mode === 'ReadWriteMany' || mode === 'ReadOnlyMany');
}

/** The pods that have such a claim now. */
async function usersOf(
  cluster: Cluster,
  namespace: string,
  claims: readonly string[],
  notes: string[],
): Promise<readonly IPod[]> {
  const reading = await cluster.reading(`the pods of namespace ${namespace}`, () => cluster.all(pods, namespace));
  if (reading.type === 'Unread') {
    notes.push(`${reading.what}, one of which may have a claim, could not be read: ${reading.why}`);
    return [];
  }
  return reading.value.filter(
    ({ spec, status }) =>
      (status?.phase === 'Running' || status?.phase === 'Pending') &&
      spec?.nodeName !== undefined &&
      claimsIn(spec).some((claim) => claims.includes(claim)),
  );
}

/** A claim of one pod has room for no second one. */
function refuseTaken(names: readonly string[], claims: readonly ClaimRead[], users: readonly IPod[]): void {
  const one = names.find((_, index) => modesOf(claims[index]).includes('ReadWriteOncePod'));
  const user = one === undefined ? undefined : users.find(({ spec }) => claimsIn(spec).includes(one));
  if (user === undefined) return;
  throw new Refused(
    `claim ${one} can be in one pod at a time, and is in ${keyOf(user).name}: ask again once that has ended`,
  );
}

function claimsIn(spec: IPod['spec']): string[] {
  return (spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName ?? []);
}
