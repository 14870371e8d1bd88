/** What the actions in argocd/ are to make of an object: what `kubectl flyball` makes of it. */
import type { Resource } from '../../../src/api/resource.ts';
import type { IModelDeployment, IModelVersion, ITrainingRun } from '../../../src/api/types.ts';
import * as rollout from '../../../src/product/steering/rollout.ts';
import { patchOf, type Steering } from '../../../src/product/steering/steering.ts';
import * as training from '../../../src/product/steering/training.ts';
import type { RolloutFacts } from '../../../src/product/steering/facts.ts';
import { merged } from '../../builders/apiserver.ts';
import type { Seen } from './worlds.ts';

/** The present time in the test data, later than all that is in it. */
export const actedAt = '2026-12-01T08:00:00Z';
const now = new Date(actedAt);

/** The object afterwards; undefined if it makes no sense now. */
export type Act = (seen: Seen) => Resource | undefined;

const actions: Readonly<Record<string, Readonly<Record<string, Act>>>> = {
  TrainingRun: {
    rerun: ofRun(training.rerun),
    suspend: ofRun(training.suspend),
    resume: ofRun(training.resumeRun),
  },
  ModelDeployment: {
    pause: ofRollout(rollout.pause),
    resume: ofRollout(rollout.resumeRollout),
    approve: ofCandidate(rollout.approve),
    promote: ofCandidate(rollout.promote),
    abort: ofCandidate(rollout.abort),
    retry: ofRollout(rollout.retry),
  },
};

/** Of these, what becomes of them is in the test data. */
const shown: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  TrainingRun: { rerun: ['registered', 'crashed'], suspend: ['training'], resume: ['suspended'] },
  ModelDeployment: {
    pause: ['serving', 'canary', 'crashing'],
    resume: ['paused', 'nothing-to-hold'],
    approve: ['unapproved'],
    promote: ['canary', 'unapproved'],
    abort: ['canary', 'first'],
    retry: ['followed-rejected', 'declared-rejected', 'aborted', 'rolling-back'],
  },
};

export function isShown(kind: string, action: string, situation: string): boolean {
  return shown[kind]?.[action]?.includes(situation) === true;
}

export function actionsOf(kind: string): Readonly<Record<string, Act>> {
  return actions[kind] ?? {};
}

function ofRun(decide: (run: ITrainingRun, now: Date) => Steering<ITrainingRun>): Act {
  return ({ object }) => {
    const run = object as ITrainingRun;
    return patched(run, decide(run, now));
  };
}

type OfRollout = (facts: RolloutFacts, now: Date) => Steering<IModelDeployment>;

/** What waits without being a candidate has no name in the status, so Argo CD cannot tell which revision to name. */
function ofCandidate(decide: OfRollout): Act {
  const act = ofRollout(decide);
  return (seen) => ((seen.object as IModelDeployment).status?.candidate === undefined ? undefined : act(seen));
}

function ofRollout(decide: OfRollout): Act {
  return ({ object, all }) => {
    const deployment = object as IModelDeployment;
    const name = deployment.spec.model.trainingRunRef?.name;
    const versions = all.filter((one): one is IModelVersion => one.kind === 'ModelVersion');
    const run = all.find((one): one is ITrainingRun => one.kind === 'TrainingRun' && one.metadata?.name === name);
    return patched(deployment, decide({ deployment, versions, run }, now));
  };
}

function patched<R extends Resource & { readonly spec: object }>(object: R, steering: Steering<R>) {
  if (steering.type === 'Refused') return undefined;
  const { spec, ...rest } = merged(object, patchOf(steering.changes)) as R;
  const before = new Map<string, unknown>(Object.entries(object.spec));
  const kept = Object.entries(spec).filter(([name, value]) => !isEmpty(value) || isEmpty(before.get(name)));
  return { ...rest, spec: Object.fromEntries(kept) } as Resource;
}

/** To Lua, an object without members is a list: what nothing is left of goes as a whole; Argo CD brings back what was empty before. */
function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
