/** What stands in a namespace, by which it shows whether anything was made anew, was started again or got lost. */
import type { IPod } from 'kubernetes-models/v1';
import type { Kubectl } from '../../../hack/loop/kubectl.ts';

interface Found {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly uid: string; readonly generation?: number };
  readonly status?: unknown;
}

/** Objects by kind and name, each with its UID, the generation of its spec, and how often its containers were started again. */
export type Standing = ReadonlyMap<string, string>;

/** What people made, what Flyball made of it, and what Kubernetes made of that. */
const kinds =
  'trainingruns,modelversions,modeldeployments,monitors,jobs,deployments,replicasets,services,poddisruptionbudgets,pods';

export async function standing(kubectl: Kubectl, namespace: string): Promise<Standing> {
  const objects = await kubectl.list<Found>(kinds, namespace);
  return new Map(objects.map((object) => [`${object.kind} ${object.metadata.name}`, JSON.stringify(traitsOf(object))]));
}

function traitsOf(object: Found): object {
  const { uid, generation } = object.metadata;
  return { uid, ...(generation === undefined ? {} : { generation }), ...(isPod(object) ? restartsOf(object) : {}) };
}

function isPod(object: object): object is IPod {
  return 'kind' in object && object.kind === 'Pod';
}

/** Of the observer too, which is an init container that goes on. */
function restartsOf({ status }: IPod): { readonly restarts: number; readonly phase: string } {
  const all = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  return { restarts: all.reduce((sum, { restartCount }) => sum + restartCount, 0), phase: status?.phase ?? '' };
}

/** What is not as it was, one line each. */
export function differences(before: Standing, after: Standing): readonly string[] {
  const lost = [...before.keys()].filter((name) => !after.has(name)).map((name) => `lost: ${name}`);
  const made = [...after.keys()].filter((name) => !before.has(name)).map((name) => `new: ${name}`);
  const changed = [...before]
    .filter(([name, traits]) => after.has(name) && after.get(name) !== traits)
    .map(([name, traits]) => `changed: ${name}: ${traits} → ${after.get(name)}`);
  return [...lost, ...made, ...changed];
}
