/** How healthy Argo CD is to find what the operator says: the test data of argocd/. */
import type { Condition } from '../../../src/api/types.ts';
import type { Resource } from '../../../src/api/resource.ts';
import * as worlds from './worlds.ts';

export type HealthStatus = 'Healthy' | 'Progressing' | 'Suspended' | 'Degraded';

export interface Situation {
  /** Of its file in testdata. */
  readonly name: string;
  readonly status: HealthStatus;
  /** The condition whose message Argo CD shows, or what else it shows. */
  readonly says: { readonly conditions: readonly string[] } | { readonly message: string };
  seen(): Promise<worlds.Seen>;
}

const unseen = { message: 'The operator has not seen the newest edit yet.' };

function situation(
  name: string,
  status: HealthStatus,
  says: string | readonly string[] | { readonly message: string },
  seen: () => worlds.Seen | Promise<worlds.Seen>,
): Situation {
  const told = typeof says === 'string' ? { conditions: [says] } : 'message' in says ? says : { conditions: says };
  return { name, status, says: told, seen: async () => await seen() };
}

const run = (fault: string) => () => worlds.recorded(fault, 'TrainingRun');
const deployment = (fault: string) => () => worlds.recorded(fault, 'ModelDeployment');
const watched = (fault: string) => () => worlds.recorded(fault, 'Monitor');

export const situations = {
  TrainingRun: [
    situation('new', 'Progressing', unseen, run('operator-forbidden')),
    situation('edited', 'Progressing', unseen, run('operator-down')),
    situation('training', 'Progressing', 'Succeeded', async () => worlds.ofRun(await worlds.training())),
    situation('in-a-queue', 'Progressing', 'Succeeded', run('job-suspended')),
    situation('registered', 'Healthy', 'Succeeded', async () => worlds.ofRun(await worlds.registered())),
    situation('retrained', 'Healthy', 'Succeeded', async () => worlds.ofRun(await worlds.retrained())),
    situation('suspended', 'Suspended', 'Suspended', run('run-suspended')),
    situation('gate-failed', 'Degraded', 'Succeeded', run('gate-failed')),
    situation('crashed', 'Degraded', 'Succeeded', run('traceback')),
    situation('secret-missing', 'Degraded', 'Stalled', run('secret-missing')),
  ],
  ModelDeployment: [
    situation('edited', 'Progressing', unseen, async () => {
      const world = await worlds.serving();
      world.edit({ replicas: 5 });
      return worlds.ofDeployment(world);
    }),
    situation('first', 'Progressing', 'Reconciling', deployment('server-never-ready')),
    situation('canary', 'Progressing', 'Reconciling', () => worlds.ofProduct('ModelDeployment')),
    situation('rolling-back', 'Progressing', 'Reconciling', async () =>
      worlds.ofDeployment(await worlds.rollingBack()),
    ),
    situation('held-and-short', 'Progressing', 'Ready', async () => worlds.ofDeployment(await worlds.heldAndShort())),
    situation('serving', 'Healthy', 'Ready', async () => worlds.ofDeployment(await worlds.serving())),
    situation('nothing-to-hold', 'Healthy', 'Ready', async () => {
      const world = await worlds.serving({});
      world.edit({ rollout: { paused: true } });
      await world.settle();
      return worlds.ofDeployment(world);
    }),
    situation('followed-rejected', 'Healthy', 'Ready', async () =>
      worlds.ofDeployment(await worlds.candidateRejected()),
    ),
    situation('aborted', 'Healthy', 'Ready', async () => worlds.ofDeployment(await worlds.aborted())),
    situation('rolled-back', 'Healthy', 'Ready', async () => worlds.ofDeployment(await worlds.rolledBack())),
    situation('paused', 'Suspended', 'Suspended', deployment('rollout-paused')),
    situation('first-unapproved', 'Suspended', 'Suspended', deployment('approval-awaited')),
    situation('unapproved', 'Suspended', 'Suspended', async () => worlds.ofDeployment(await worlds.awaitingApproval())),
    situation('without-pods', 'Suspended', 'Reconciling', deployment('scaled-to-zero')),
    situation('declared-rejected', 'Degraded', 'Stalled', async () =>
      worlds.ofDeployment(await worlds.declaredRejected()),
    ),
    situation('serving-rejected', 'Degraded', 'Ready', async () => worlds.ofDeployment(await worlds.servingRejected())),
    situation('crashing', 'Degraded', 'Stalled', deployment('server-crashes')),
  ],
  Monitor: [
    situation('passing', 'Healthy', 'ChecksPassed', async () => worlds.ofMonitor(await worlds.passing())),
    situation('without-traffic', 'Healthy', 'ChecksPassed', watched('monitor-without-traffic')),
    situation('without-value', 'Progressing', 'ChecksPassed', watched('query-several-series')),
    situation('retraining', 'Progressing', ['ChecksPassed', 'Retraining'], () => worlds.ofProduct('Monitor')),
    situation('cooling-down', 'Progressing', ['ChecksPassed', 'Retraining'], watched('retraining-cools-down')),
    situation('failing', 'Degraded', 'ChecksPassed', watched('monitor-fails')),
    situation('blind', 'Degraded', 'Ready', watched('monitor-signal-unknown')),
    situation('retraining-in-vain', 'Degraded', 'Ready', watched('retraining-of-nothing')),
  ],
  ModelVersion: [
    situation('registered', 'Healthy', { message: 'It is registered.' }, () => worlds.ofProduct('ModelVersion')),
  ],
} as const satisfies Readonly<Record<string, readonly Situation[]>>;

export type ArgoKind = keyof typeof situations;

/** What Argo CD shows. */
export function messageOf({ says }: Situation, object: Resource): string {
  if ('message' in says) return says.message;
  const { conditions = [] } =
    (object as { readonly status?: { readonly conditions?: readonly Condition[] } }).status ?? {};
  return says.conditions.map((type) => conditions.find((one) => one.type === type)?.message ?? '').join(' ');
}
