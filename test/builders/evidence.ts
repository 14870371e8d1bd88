import type { IEvent, INode } from 'kubernetes-models/v1';
import type { Resource } from '../../src/api/resource.ts';
import { keyOf, uidOf } from '../../src/api/resource.ts';
import type { IModelDeployment, ITrainingRun } from '../../src/api/types.ts';
import { noObjects, type ProductObjects } from '../../src/product/objects.ts';
import type { Asked, Evidence, Seen } from '../../src/product/why/evidence.ts';
import { trainingRun } from './trainingrun.ts';

export function evidence(asked: Asked, objects: Partial<ProductObjects> = {}, seen: Partial<Seen> = {}): Evidence {
  return { asked, objects: { ...noObjects, ...objects }, seen: { events: [], ...seen }, unread: [] };
}

/** A run whose first attempt has begun, as its status tells with this reason. */
export function begunRun(reason = 'Started', message = 'attempt fraud-1 has started'): ITrainingRun {
  const startTime = '2026-11-24T10:00:00Z';
  const told = { reason, message, lastTransitionTime: startTime, observedGeneration: 1 };
  return trainingRun({
    status: {
      observedGeneration: 1,
      latestAttempt: 'fraud-1',
      conditions: [
        { type: 'Succeeded', status: 'Unknown', ...told },
        { type: 'Reconciling', status: 'True', ...told },
      ],
      attempts: [
        {
          name: 'fraud-1',
          number: 1,
          recipeDigest: 'sha256:a',
          trigger: { type: 'Created', time: startTime },
          coversUntil: startTime,
          startTime,
          stages: [{ name: 'Train', job: 'fraud-1-train', state: 'Running', startTime }],
        },
      ],
    },
  });
}

/** A ModelDeployment that has this to say in Ready. */
export function withReady(
  deployment: IModelDeployment,
  status: 'True' | 'False',
  reason: string,
  message: string,
): IModelDeployment {
  const ready = { type: 'Ready', status, reason, message, lastTransitionTime: '2026-11-24T10:00:00Z' } as const;
  return { ...deployment, status: { ...deployment.status, observedGeneration: 1, conditions: [ready] } };
}

export function event(
  about: Resource,
  reason: string,
  message: string,
  lastTimestamp = '2026-11-24T10:05:00Z',
): IEvent {
  const { namespace, name } = keyOf(about);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: `${name}.${reason}`, namespace, uid: `uid-${name}-${reason}-${lastTimestamp}` },
    involvedObject: { kind: about.kind, namespace, name, uid: uidOf(about) },
    reason,
    message,
    type: 'Warning',
    firstTimestamp: '2026-11-24T10:01:00Z',
    lastTimestamp,
  };
}

/** A node that is ready and has this to give. */
export function node(
  name: string,
  allocatable: Readonly<Record<string, string>> = {},
  spec: NonNullable<INode['spec']> = {},
): INode {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: {} },
    spec,
    status: {
      allocatable: { cpu: '64', memory: '512Gi', pods: '110', ...allocatable },
      conditions: [{ type: 'Ready', status: 'True' }],
    },
  };
}
