/** What an operator must not do where pods are ended before others come. */
import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IModelDeployment } from '../../src/api/types.ts';
import { revisionIn } from '../../src/kinds/modeldeployment/revision/revision.ts';
import { type Extra, replicasOf, type ServingCluster } from './servingworld.ts';
import type { Write } from './world.ts';

/** Holds a write to a Deployment against the pods of all, and against what status said before. */
export function surging(cluster: ServingCluster, { world, id, before, after }: Write<Extra>): string | undefined {
  if (!id.startsWith('Deployment/') || after === undefined) return undefined;
  const others = cluster.all<IDeployment>(world.server, 'Deployment').filter((one) => nameOf(one) !== nameOf(after));
  const there = [...others, after as IDeployment].reduce((sum, one) => sum + podsOf(one), 0);
  if (there > replicasOf(cluster)) return `${there} pods are there or wanted, and ${replicasOf(cluster)} are declared`;
  const { stable, candidate } = (cluster.get(world.server, cluster.parentID) as IModelDeployment).status ?? {};
  const isEnded = wantedOf(after as IDeployment) < wantedOf(before as IDeployment | undefined);
  const isStable = stable !== undefined && revisionIn('fraud', nameOf(after)) === stable.revision;
  return isEnded && isStable && candidate?.endsStable !== true
    ? `${stable.revision} serves and is ended, and status does not say so`
    : undefined;
}

function podsOf(deployment: IDeployment): number {
  return Math.max(wantedOf(deployment), deployment.status?.replicas ?? 0);
}

function wantedOf(deployment: IDeployment | undefined): number {
  return deployment?.spec?.replicas ?? 0;
}

function nameOf({ metadata }: { readonly metadata?: { readonly name?: string } }): string {
  return metadata?.name ?? '';
}
