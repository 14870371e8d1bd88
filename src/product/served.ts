/** Which pod of a ModelDeployment answers. */
import type { IPod } from 'kubernetes-models/v1';
import { keyOf } from '../api/resource.ts';
import type { IModelDeployment } from '../api/types.ts';
import { revisionIn } from '../kinds/modeldeployment/revision/revision.ts';
import { type ProductObjects, servingPodsOf, workloadsOf } from './objects.ts';

/** The port that the Service sends requests to: the observer's, or the server's where there is none. */
const inferencePort = 'inference';

const roles = ['stable', 'candidate', 'previous'] as const;
type Role = (typeof roles)[number];

/** What a revision is now; undefined if it has no role. */
export function roleOf({ status }: IModelDeployment, revision: string): Role | undefined {
  return roles.find((role) => status?.[role]?.revision === revision);
}

/** The digits of a revision that a person names by them or by its role; undefined if nothing has that role. */
export function revisionNamed({ status }: IModelDeployment, word: string): string | undefined {
  const role = roles.find((one) => one === word);
  return role === undefined ? word : status?.[role]?.revision;
}

/** `v4 stable`, `0a1b2c3d candidate`, and the revision alone if it has no role. */
export function revisionTitle(deployment: IModelDeployment, revision: string): string {
  const role = roleOf(deployment, revision);
  if (role === undefined) return revision;
  const number = /-([0-9]{1,9})$/.exec(deployment.status?.[role]?.version ?? '')?.[1];
  return `${number === undefined ? revision : `v${number}`} ${role}`;
}

/** The pods of a revision that get requests. */
export function readyPodsOf(deployment: IModelDeployment, objects: ProductObjects, revision: string): IPod[] {
  const { name } = keyOf(deployment);
  return workloadsOf(deployment, objects)
    .filter((workload) => revisionIn(name, keyOf(workload).name) === revision)
    .flatMap((workload) => servingPodsOf(workload, objects))
    .filter(isReady);
}

/** Where a pod takes requests; undefined if it takes none. */
export function requestPortOf({ spec }: IPod): number | undefined {
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  return containers.flatMap(({ ports }) => ports ?? []).find(({ name }) => name === inferencePort)?.containerPort;
}

function isReady({ metadata, status }: IPod): boolean {
  const isGoing = metadata?.deletionTimestamp !== undefined;
  return !isGoing && (status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false);
}
