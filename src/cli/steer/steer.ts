import { modelDeployments, modelVersions, trainingRuns } from '../../api/customkinds.ts';
import { type Key, keyOf, type Kind, type Resource, uidOf } from '../../api/resource.ts';
import type { IModelDeployment, ITrainingRun } from '../../api/types.ts';
import type { RolloutFacts } from '../../product/steering/facts.ts';
import * as back from '../../product/steering/rollback.ts';
import * as rollout from '../../product/steering/rollout.ts';
import type { Steering } from '../../product/steering/steering.ts';
import * as training from '../../product/steering/training.ts';
import { versionNamed } from '../../product/versions/reference.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { type ExitCode, type Invocation, Refused, type Run } from '../command.ts';
import { message, styled, text } from '../output/text.ts';
import { type DryRun, type Look, steer, whole } from './patch.ts';
import { show } from './show.ts';
import { eitherOf, subjectOf } from './subject.ts';
import { timeoutOf, wait } from './wait.ts';

type OfRun = (run: ITrainingRun, now: Date) => Steering<ITrainingRun>;
type OfRollout = (facts: RolloutFacts, now: Date) => Steering<IModelDeployment>;

export const rerun: Run = ofRun(training.rerun);
export const suspend: Run = ofRun(training.suspend, '; hold its rollouts by pause');
export const pause: Run = ofRollout(rollout.pause, '; hold it by suspend');
export const promote: Run = ofRollout(rollout.promote);
export const approve: Run = ofRollout(rollout.approve);
export const abort: Run = ofRollout(rollout.abort);
export const retry: Run = ofRollout(rollout.retry, '; train once more by rerun');

/** Of a run or of a rollout, whichever is held. */
export const resume: Run = async (invocation) => {
  const cluster = invocation.cluster();
  const { kind, key } = eitherOf(invocation.words, cluster.namespace);
  const isRun = kind === undefined ? await isHeldRun(cluster, key) : kind.kind === trainingRuns.kind;
  return isRun
    ? await steerRun(invocation, cluster, key, training.resumeRun)
    : await steerRollout(invocation, cluster, key, rollout.resumeRollout);
};

/** To what served before, or to a version by name. */
export const rollback: Run = async (invocation) => {
  const cluster = invocation.cluster();
  const key = subjectOf(invocation.words, cluster.namespace, modelDeployments, '');
  const { to } = invocation.options;
  if (typeof to !== 'string') return await steerRollout(invocation, cluster, key, back.rollback);
  const { spec } = await whole(cluster, modelDeployments, key);
  const name = versionNamed(to, spec.model.trainingRunRef?.name);
  const version = await whole(cluster, modelVersions, { namespace: key.namespace, name });
  return await steerRollout(invocation, cluster, key, (facts, now) => back.rollbackTo(facts, version, now));
};

function ofRun(decide: OfRun, instead = ''): Run {
  return async (invocation) => {
    const cluster = invocation.cluster();
    return await steerRun(
      invocation,
      cluster,
      subjectOf(invocation.words, cluster.namespace, trainingRuns, instead),
      decide,
    );
  };
}

function ofRollout(decide: OfRollout, instead = ''): Run {
  return async (invocation) => {
    const cluster = invocation.cluster();
    const key = subjectOf(invocation.words, cluster.namespace, modelDeployments, instead);
    return await steerRollout(invocation, cluster, key, decide);
  };
}

async function steerRun(invocation: Invocation, cluster: Cluster, key: Key, decide: OfRun): Promise<ExitCode> {
  const look = async () => {
    const object = await whole(cluster, trainingRuns, key);
    return { object, facts: object };
  };
  const now = invocation.now();
  return await steered(invocation, cluster, trainingRuns, key, look, (run) => decide(run, now));
}

async function steerRollout(invocation: Invocation, cluster: Cluster, key: Key, decide: OfRollout): Promise<ExitCode> {
  const look = async () => {
    const [object, versions] = await Promise.all([
      whole(cluster, modelDeployments, key),
      cluster.all(modelVersions, key.namespace),
    ]);
    const name = object.spec.model.trainingRunRef?.name;
    const run =
      name === undefined ? undefined : await cluster.client.get(trainingRuns, { namespace: key.namespace, name });
    return { object, facts: { deployment: object, versions, run } };
  };
  const now = invocation.now();
  return await steered(invocation, cluster, modelDeployments, key, look, (facts) => decide(facts, now));
}

async function steered<R extends Resource, F>(
  invocation: Invocation,
  cluster: Cluster,
  kind: Kind<R>,
  key: Key,
  look: Look<R, F>,
  decide: (facts: F) => Steering<R>,
): Promise<ExitCode> {
  const dryRun = dryRunOf(invocation);
  const isAwaited = invocation.options['wait'] === true;
  if (isAwaited && dryRun !== 'none') throw new Refused('a dry run changes nothing that could be waited for', 2);
  timeoutOf(invocation.options);
  const done = await steer(cluster, kind, key, look, decide, dryRun);
  show(invocation, done, dryRun);
  if (!isAwaited) return 0;
  const { outcome } = done.patch;
  const ended = await wait(cluster, { kind, key, uid: uidOf(done.seen), outcome }, invocation);
  const isGood = ended.type === 'Good';
  invocation.err.line(
    text`${styled(isGood ? 'good' : 'bad', isGood ? 'done:' : 'not done:')} ${message(ended.message)}`,
  );
  return isGood ? 0 : 1;
}

async function isHeldRun({ client }: Cluster, key: Key): Promise<boolean> {
  const [run, deployment] = await Promise.all([client.get(trainingRuns, key), client.get(modelDeployments, key)]);
  const isHeld = [run?.spec.suspend === true, deployment?.spec.rollout?.paused === true];
  if (isHeld[0] !== isHeld[1]) return isHeld[0] === true;
  const both = isHeld[0] === true ? 'both suspended and paused' : 'neither suspended nor paused';
  const names = [run, deployment].flatMap((one) => (one === undefined ? [] : [`${one.kind} "${keyOf(one).name}"`]));
  if (names.length === 0) {
    throw new Refused(`there is no TrainingRun or ModelDeployment "${key.name}" in namespace "${key.namespace}"`);
  }
  throw new Refused(
    `${names.join(' and ')} ${names.length > 1 ? `are ${both}` : 'is not held'}: name one as KIND/NAME`,
  );
}

function dryRunOf({ options }: Invocation): DryRun {
  const mode = options['dryRun'];
  return mode === 'client' || mode === 'server' ? mode : 'none';
}
