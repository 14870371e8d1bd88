import type { IPodDisruptionBudget } from 'kubernetes-models/policy/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../api/types.ts';
import {
  modelDeployments,
  modelVersions,
  monitors,
  podDisruptionBudgets,
  pods,
  services,
  trainingRuns,
} from '../../api/kinds.ts';
import { isOwnedBy, keyOf, uidOf } from '../../api/resource.ts';
import type { Kind, Resource } from '../../api/resource.ts';
import type { ServerVersion } from '../../api/serverversion.ts';
import type { Reader } from '../../controller.ts';
import type { ObserverAmounts } from './revision/amounts.ts';
import { takesGRPC } from './revision/listening.ts';
import { revisionName } from './revision/revision.ts';
import type { StorageInstallation } from '../../storage/installation.ts';
import type { HardwareProfile } from '../../workload/hardware.ts';
import type { Provenance } from '../../workload/origin.ts';
import { strangersAmong } from './revision/strangers.ts';
import { revisionWorkload } from './revision/workload.ts';
import type { RevisionWorkload } from './revision/workload.ts';
import { workloads } from './revision/workloads/index.ts';
import { trafficOf } from './traffic/index.ts';
import type { Traffic, TrafficFacts } from './traffic/traffic.ts';

/** A Monitor's verdict that a revision shall not serve. */
export interface MonitorVerdict {
  readonly monitor: string;
  readonly revision: string;
  readonly time: string;
  readonly check: string;
  readonly message: string;
}

/** All that the plan of a ModelDeployment depends on, besides the answers and the time. */
export interface ModelDeploymentFacts extends TrafficFacts {
  readonly observerImage: string;
  readonly observerAmounts?: ObserverAmounts | undefined;
  /** How the installation reaches stores; as the chart has it if absent. */
  readonly installation?: StorageInstallation | undefined;
  /** The hardware that people may name by accelerator.profile. */
  readonly profiles: readonly HardwareProfile[];
  readonly provenance: Provenance;
  /** The followed run, if it exists. */
  readonly run: ITrainingRun | undefined;
  readonly versions: readonly IModelVersion[];
  /** The backend that divides the requests. */
  readonly traffic: Traffic;
  /** What backends made that were in charge before. */
  readonly leftovers: readonly { readonly kind: Kind; readonly object: Resource }[];
  /** Ours by our UID, as are all children, whatever their revision. */
  readonly workloads: readonly RevisionWorkload[];
  readonly disruptionBudgets: readonly IPodDisruptionBudget[];
  /** All that bear our label, whoever made them. */
  readonly pods: readonly IPod[];
  /** Those of them that are none of ours, whatever labels they bear. */
  readonly strangers: readonly IPod[];
  readonly verdicts: readonly MonitorVerdict[];
  readonly serverVersion?: ServerVersion | undefined;
}

/** Reads what there is. */
export async function observe(
  parent: IModelDeployment,
  read: Reader,
  {
    observerImage,
    observerAmounts,
    installation,
    profiles,
    provenance,
    backends,
  }: Pick<ModelDeploymentFacts, 'observerImage' | 'observerAmounts' | 'installation' | 'profiles' | 'provenance'> & {
    readonly backends: readonly Traffic[];
  },
): Promise<ModelDeploymentFacts> {
  const { namespace, name } = keyOf(parent);
  const run = parent.spec.model.trainingRunRef?.name;
  const labelled = read.referring(pods, modelDeployments, { namespace, name });
  const traffic = trafficOf(parent.spec, backends);
  const kinds = kindsOf(traffic);
  const others = backends.flatMap(kindsOf).filter((kind) => !kinds.includes(kind));
  const own = await workloadsOf(parent, read);
  return {
    parent,
    observerImage,
    observerAmounts,
    installation,
    profiles,
    provenance,
    run: run === undefined ? undefined : read.get(trainingRuns, { namespace, name: run }),
    versions: versionsOf(parent, read),
    workloads: own,
    takesGRPC: takesGRPC(parent, own),
    services: read.ownedBy(services, uidOf(parent)),
    traffic,
    trafficObjects: kinds.flatMap((kind) => read.ownedBy(kind, uidOf(parent))),
    unserved: kinds.filter((kind) => !read.isServed(kind)),
    leftovers: others.flatMap((kind) => read.ownedBy(kind, uidOf(parent)).map((object) => ({ kind, object }))),
    disruptionBudgets: read.ownedBy(podDisruptionBudgets, uidOf(parent)),
    pods: labelled,
    strangers: strangersAmong(labelled, { namespace, name }, read),
    verdicts: verdictsOf(parent, read),
    serverVersion: read.serverVersion,
  };
}

/** Those of the followed run, and those that are pinned or have a role. */
function versionsOf(parent: IModelDeployment, read: Reader): IModelVersion[] {
  const { namespace } = keyOf(parent);
  const { trainingRunRef: run, versionRef } = parent.spec.model;
  const { stable, candidate, previous } = parent.status ?? {};
  const followed = run === undefined ? [] : read.referring(modelVersions, trainingRuns, { namespace, name: run.name });
  const names = [versionRef?.name, stable?.version, candidate?.version, previous?.version];
  const named = names.flatMap((name) =>
    name === undefined ? [] : (read.get(modelVersions, { namespace, name }) ?? []),
  );
  return [...new Set([...followed, ...named])];
}

/**
 * The workloads that are ours. One whose revision has a role but which the cache lacks is asked for: a cache that lags must not
 * make us believe that what serves is gone.
 */
async function workloadsOf(parent: IModelDeployment, read: Reader): Promise<readonly RevisionWorkload[]> {
  const { namespace, name } = keyOf(parent);
  const by = { parent: name, read };
  const owned = workloads.flatMap((workload) =>
    read.ownedBy(workload.kind, uidOf(parent)).map((object) => revisionWorkload(workload, object, by)),
  );
  const { stable, previous } = parent.status ?? {};
  const missing = [stable, previous]
    .flatMap((role) => (role === undefined ? [] : [revisionName(name, role.revision)]))
    .filter((child) => !owned.some(({ object }) => keyOf(object).name === child));
  const found = await Promise.all(
    missing.flatMap((child) =>
      workloads.map(async (workload) => {
        const object = await read.live(workload.kind, { namespace, name: child });
        return object !== undefined && isOwnedBy(object, uidOf(parent)) ? [revisionWorkload(workload, object, by)] : [];
      }),
    ),
  );
  return [...owned, ...found.flat()];
}

function kindsOf({ watches }: Traffic): readonly Kind[] {
  return watches.map(({ kind }) => kind);
}

function verdictsOf(parent: IModelDeployment, read: Reader): MonitorVerdict[] {
  return read
    .referring(monitors, modelDeployments, keyOf(parent))
    .flatMap(({ metadata, status }) =>
      (status?.rejections ?? []).map(({ revision, time, check, message }) => ({
        monitor: metadata?.name ?? '',
        revision,
        time,
        check,
        message,
      })),
    )
    .toSorted((left, right) => (left.monitor < right.monitor ? -1 : 1));
}
