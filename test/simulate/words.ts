import type { IDeployment } from 'kubernetes-models/apps/v1';
import type { IPod } from 'kubernetes-models/v1';
import type { Resource } from '../../src/api/resource.ts';
import type { ModelDeploymentStatus, TrainingRunStatus } from '../../src/api/types.ts';

/** A status in one line of a trace. */
export function wordsOf(status: ModelDeploymentStatus): string {
  const { stable, candidate, previous, weight, rejected, outage, lastOutage } = status;
  const conditions = status.conditions?.map(({ type, status: value, reason }) => `${type}=${value} (${reason})`) ?? [];
  const fields = [
    stable && `stable ${stable.version}`,
    candidate && `candidate ${candidate.version} step ${candidate.step}${candidate.weightSince ? ' in effect' : ''}`,
    candidate?.endsStable && (candidate.aloneSince ? 'alone' : 'ends stable'),
    weight !== undefined && `weight ${weight}`,
    previous && `previous ${previous.version}`,
    outage && 'outage',
    lastOutage && `last outage ${lastOutage.length}`,
    rejected && `rejected ${rejected.map((entry) => `${entry.version} (${entry.reason})`).join(' ')}`,
  ];
  return [...conditions, ...fields.filter((field) => typeof field === 'string')].join(', ');
}

/** The same of a TrainingRun. */
export function trainingWordsOf(status: TrainingRunStatus): string {
  const conditions = status.conditions?.map(({ type, status: value, reason }) => `${type}=${value} (${reason})`) ?? [];
  const newest = status.attempts?.at(-1);
  const attempt = newest && `${newest.name} by ${newest.trigger.type}: ${newest.verdict ?? 'unfinished'}`;
  const fields = [attempt, status.latestVersion && `version ${status.latestVersion.name}`, status.metric];
  return [...conditions, ...fields.filter((field) => field !== undefined)].join(', ');
}

/** The version that a Deployment serves. */
export function versionOf({ spec }: IDeployment): string {
  const env = spec?.template.spec?.containers[0]?.env ?? [];
  return env.find(({ name }) => name === 'FLYBALL_MODEL_VERSION')?.value ?? '';
}

/** How large something is made, where it has a size. */
export function sizeOf(object: Resource): string {
  return object.kind === 'Deployment' ? ` with ${(object as IDeployment).spec?.replicas} pods` : '';
}

/** Changes when the status of one of them does. */
export function statesOf(objects: readonly (IDeployment | IPod)[]): string {
  return JSON.stringify(objects.map(({ metadata, status }) => [metadata?.name, status]));
}

/** What kubelet and scheduler say of the pod of a Job; of one whose `main` is an init container, what runs now or ended last. */
export function podWordsOf(status: NonNullable<IPod['status']>): string {
  const { phase = '', initContainerStatuses = [], containerStatuses = [], conditions = [] } = status;
  const all = [...initContainerStatuses, ...containerStatuses];
  const last = all.find(({ state }) => state?.running) ?? all.findLast(({ state }) => state?.terminated) ?? all[0];
  const { terminated, waiting, running } = last?.state ?? {};
  if (initContainerStatuses.length === 0) {
    const detail = terminated?.message ?? waiting?.reason ?? conditions[0]?.message ?? '';
    return detail === '' ? phase : `${phase}: ${detail}`;
  }
  const ended = terminated && `ended with ${terminated.exitCode}`;
  return `${phase}: ${last?.name ?? ''} ${running === undefined ? (ended ?? waiting?.reason ?? 'waits') : 'runs'}`;
}
