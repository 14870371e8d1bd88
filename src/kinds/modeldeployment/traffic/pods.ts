import type { IService } from 'kubernetes-models/v1';
import { services } from '../../../api/kinds.ts';
import { kubectl } from '../../../api/command.ts';
import { type Message, type Remedy, written } from '../../../api/message.ts';
import { keyOf } from '../../../api/resource.ts';
import type { Action } from '../../../controller.ts';
import { created } from '../children.ts';
import { buildService, inTheWay, leadsToPods, withPorts } from './service.ts';
import type { Counts, Entrance, Sharers, Split, Traffic, TrafficFacts } from './traffic.ts';

/**
 * Numbers of pods make the weights, without a gateway that splits the requests: one Service spreads them evenly over the pods of
 * all revisions, so the share of pods is the share of requests, as fine as the capacity allows.
 */
export const pods: Traffic = {
  isFor: () => true,
  watches: [],
  counts: countsAt,
  isSame: (weight, other, replicas) => {
    // Without pods nothing is known of the steps: one is not told as another.
    if (replicas === 0) return false;
    const [left, right] = [countsAt(weight, replicas), countsAt(other, replicas)];
    return left.candidate === right.candidate && left.stable === right.stable;
  },
  kept: (available, missing) => Math.min(available, Math.max(0, missing)),
  actions: (_, facts) => ({ beforeShrink: [], afterGrow: serviceActions(facts) }),
  reached,
  weight: weightOf,
  entrance,
};

function serviceActions({ parent, services: existing, takesGRPC }: TrafficFacts): readonly Action[] {
  const own = existing.find((service) => keyOf(service).name === keyOf(parent).name);
  return own === undefined ? created(services, buildService(parent, takesGRPC), existing) : withPorts(own, takesGRPC);
}

/** Each has at least one pod, and together they carry the whole load. */
function countsAt(weight: number, replicas: number): Counts {
  if (replicas === 0) return { candidate: 0, stable: 0 };
  const candidate = Math.max(1, Math.round((replicas * weight) / 100));
  return { candidate, stable: Math.max(1, replicas - candidate) };
}

/** Too many pods of what serves take as much from the weight as too few of the candidate. */
function reached({ candidate, stable, counts }: Split): boolean {
  return (candidate?.available ?? 0) >= counts.candidate && (stable?.ready ?? 0) <= counts.stable;
}

/** Requests come to every pod that is ready. */
function weightOf({ candidate, stable }: Sharers): number {
  const ready = candidate?.ready ?? 0;
  const all = ready + (stable?.ready ?? 0);
  return all === 0 ? 0 : Math.round((100 * ready) / all);
}

/** A Service of the name that is not ours leads to others. */
function entrance({ parent, services: existing, takesGRPC }: TrafficFacts): Entrance {
  const { namespace, name } = keyOf(parent);
  const own = existing.find((service) => keyOf(service).name === name);
  if (own === undefined) {
    const what = `Service "${name}" does not exist yet, and the operator creates it`;
    return { missing: { reason: 'ServiceMissing', message: `${written({ what })}.` } };
  }
  const told = leadsToPods(own, parent) ? (takesGRPC ? withoutGRPC(own) : undefined) : leadsAway(own);
  if (told === undefined) return { url: `http://${name}.${namespace}.svc` };
  return { missing: { reason: 'ServiceEdited', message: `${written(told)}.` } };
}

function leadsAway(service: IService): Message {
  const { namespace, name } = keyOf(service);
  return {
    what: `Service "${name}" was edited and leads no longer to the pods of this ModelDeployment`,
    remedies: [madeAgain(namespace, name)],
  };
}

/** Adding ours beside it would be refused. */
function withoutGRPC(service: IService): Message | undefined {
  const port = inTheWay(service);
  if (port === undefined) return undefined;
  const { namespace, name } = keyOf(service);
  const theirs = `port ${port.port}${port.name === undefined ? '' : ` ("${port.name}")`}`;
  return {
    what: `Service "${name}" was edited: its ${theirs} is where requests by gRPC (spec.server.grpcPort) come, and leads elsewhere`,
    remedies: [
      {
        text: 'give that another number and another name than grpc',
        command: kubectl(namespace, 'edit', 'service', name),
      },
      madeAgain(namespace, name),
    ],
  };
}

function madeAgain(namespace: string, name: string): Remedy {
  return { text: 'delete it, and it is made again', command: kubectl(namespace, 'delete', 'service', name) };
}
