import { kubectl } from '../../../api/command.ts';
import { shortened, timestamp } from '../../../api/condition.ts';
import { type Remedy, written } from '../../../api/message.ts';
import { milliseconds, type Milliseconds } from '../../../api/duration.ts';
import type {
  CheckStatus,
  IModelDeployment,
  IModelVersion,
  ITrainingRun,
  RetrainSpec,
  RetrainStatus,
} from '../../../api/types.ts';
import { keyOf, uidOf } from '../../../api/resource.ts';
import { firstMatch, type Rule } from '../../../api/rules.ts';
import { isDataPinned, recipeOf } from '../../../domain/recipe.ts';
import { requestProgress } from './request.ts';
import type { Judgement } from './verdict.ts';
import type { MonitorReason } from '../status/reasons.ts';

export interface RetrainFacts {
  readonly namespace: string;
  readonly spec: RetrainSpec | undefined;
  readonly request: RetrainStatus | undefined;
  /** When training was asked for, oldest first. */
  readonly retrainings: readonly string[];
  readonly run: ITrainingRun | undefined;
  /** Of the run. */
  readonly versions: readonly IModelVersion[];
  readonly deployment: IModelDeployment | undefined;
  readonly judgements: readonly Judgement[];
}

/** What is said about retraining while there is something to say. */
export interface Note {
  readonly status: 'True' | 'False';
  readonly reason: MonitorReason;
  readonly message: string;
  /** Whether training could never be asked for as things stand: that is told before it is needed. */
  readonly isVain?: true;
}

export interface RetrainDecision {
  readonly request: RetrainStatus | undefined;
  readonly retrainings: readonly string[];
  readonly note: Note | undefined;
}

/** As many as retrain.limit can count. */
const retrainingsKept = 50;
const longestReason = 256;

/** As crds/monitors.yaml has it. */
const shortestCooldown: Milliseconds = 60_000;

/**
 * Asks for training by writing the request into this Monitor's own status, where the TrainingRun's controller reads it as a
 * trigger. One request at a time: a new one is made only once the last has ended and nothing holds it back.
 */
export function decideRetrain(facts: RetrainFacts, now: Date): RetrainDecision {
  const { spec, retrainings } = facts;
  if (spec === undefined) return { request: undefined, retrainings, note: undefined };
  const { request, note } = followed(facts, spec, now);
  if (note !== undefined) return { request, retrainings, note };
  const vain = firstMatch(obstacles, { ...facts, spec, request });
  if (vain !== undefined) return { request, retrainings, note: vain };
  const failing = facts.judgements.find(
    ({ check, status, measured }) =>
      measured && status.verdict === 'Failing' && spec.onChecks.includes(check.name) && isOfUse(status),
  );
  if (failing === undefined) return { request, retrainings, note: undefined };
  const held = firstMatch(rules, { ...facts, spec, request }, now);
  if (held !== undefined) return { request, retrainings, note: held };
  return {
    request: {
      trainingRun: spec.trainingRunRef.name,
      ...(facts.run !== undefined && { trainingRunUID: uidOf(facts.run) }),
      requestedAt: timestamp(now),
      check: failing.check.name,
      reason: shortened(`${failing.check.name}: ${failing.finding}`, longestReason),
    },
    retrainings: [...retrainings, timestamp(now)].slice(-retrainingsKept),
    note: {
      status: 'True',
      reason: 'Requested',
      message: written({ what: `TrainingRun "${spec.trainingRunRef.name}" was asked to train` }),
    },
  };
}

/** A signal that is not seen is not seen by the next version either. */
function isOfUse({ reason }: CheckStatus): boolean {
  return reason !== 'SignalSkipped';
}

/** The request as it stands now, with a note as long as it is open. */
function followed(facts: RetrainFacts, spec: RetrainSpec, now: Date): { request?: RetrainStatus; note?: Note } {
  const { request } = facts;
  if (request === undefined || request.endedAt !== undefined) return { ...(request && { request }) };
  if (request.trainingRun !== spec.trainingRunRef.name) return { request: { ...request, endedAt: timestamp(now) } };
  const progress = requestProgress({ ...facts, request });
  const attempt = progress.attempt === undefined ? {} : { attempt: progress.attempt };
  if (progress.type === 'Ended') return { request: { ...request, ...attempt, endedAt: timestamp(now) } };
  const { reason, message } = progress;
  return { request: { ...request, ...attempt }, note: { status: 'True', reason, message } };
}

type Asking = RetrainFacts & { readonly spec: RetrainSpec };
/** What stands in the way whether or not a check fails. */
const obstacles: readonly Rule<[facts: Asking], Note>[] = [runMissing, dataPinned];
/** The first rule that speaks holds the retraining back. */
const rules: readonly Rule<[facts: Asking, now: Date], Note>[] = [coolingDown, limitReached];

function runMissing({ run, spec, namespace }: Asking): Note | undefined {
  if (run !== undefined) return undefined;
  const what = `TrainingRun "${spec.trainingRunRef.name}" does not exist in this namespace, so that nothing can be trained`;
  const text = 'create it or correct spec.retrain.trainingRunRef';
  return vain('TrainingRunMissing', what, { text, command: kubectl(namespace, 'get', 'trainingruns') });
}

/** The same recipe on the same data would give the same model. */
function dataPinned({ run, namespace }: Asking): Note | undefined {
  if (run === undefined || !isDataPinned(recipeOf(run.spec))) return undefined;
  const { name } = keyOf(run);
  const what = `all datasets of TrainingRun "${name}" are pinned by digest, so that training again would change nothing`;
  const text = 'pin newer data, remove a digest so that each attempt reads what is there, or remove spec.retrain here';
  return vain('DataPinned', what, { text, command: kubectl(namespace, 'edit', 'trainingrun', name) });
}

function vain(reason: MonitorReason, what: string, remedy: Remedy): Note {
  return { status: 'False', reason, message: written({ what, remedies: [remedy] }), isVain: true };
}

function coolingDown({ request, spec }: Asking, now: Date): Note | undefined {
  const cooldown = spec.cooldown ?? '1h';
  const since = request?.endedAt;
  // One that was stored before there was a minimum stays as it is until it is edited.
  const length = Math.max(milliseconds(cooldown) ?? 0, shortestCooldown);
  if (since === undefined || now.getTime() - Date.parse(since) >= length) return undefined;
  const message = written({
    what: `a check fails, but the last retraining ended less than its cooldown of ${cooldown} ago`,
    remedies: [{ text: 'wait, it is asked for then' }],
  });
  return { status: 'False', reason: 'CoolingDown', message };
}

function limitReached({ spec, retrainings, namespace }: Asking, now: Date): Note | undefined {
  if (spec.limit === undefined) return undefined;
  const { count, per } = spec.limit;
  const from = now.getTime() - (milliseconds(per) ?? 0);
  if (retrainings.filter((time) => Date.parse(time) > from).length < count) return undefined;
  const message = written({
    what: `a check fails, but training was asked for ${count} times within ${per}, which is spec.retrain.limit`,
    remedies: [
      {
        text: 'see why it does not help',
        command: kubectl(namespace, 'get', 'trainingrun', spec.trainingRunRef.name, '-o', 'yaml'),
      },
    ],
  });
  return { status: 'False', reason: 'LimitReached', message };
}
