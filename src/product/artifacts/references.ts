/** What refers to an artifact, so that it must stay. */
import { keyOf, uidOf } from '../../api/resource.ts';
import type { IModelDeployment, ITrainingRun } from '../../api/types.ts';
import { championOf } from '../../kinds/trainingrun/start/start.ts';
import { snapshotOf } from '../../kinds/trainingrun/start/snapshot.ts';
import { jobsOf, type ProductObjects } from '../objects.ts';
import type { Folder } from './places.ts';

/** How something refers to a folder, what matters most first. */
export const ways = [
  'Serves',
  'Candidate',
  'Previous',
  'Declared',
  'Champion',
  'Dataset',
  'Writes',
  'Judged',
  'Resumes',
  'Version',
] as const;

export interface Reference {
  readonly way: (typeof ways)[number];
  readonly kind: string;
  readonly name: string;
}

const words = {
  Serves: 'served by',
  Candidate: 'rolled out by',
  Previous: 'previous of',
  Declared: 'declared by',
  Champion: 'champion of',
  Dataset: 'read by',
  Writes: 'written by',
  Judged: 'may pass once its gate is edited:',
  Resumes: 'checkpoint of',
  Version: 'version',
} as const satisfies Record<Reference['way'], string>;

/** As people read it: "served by fraud". */
export function referenceText({ way, name }: Reference): string {
  return `${words[way]} ${name}`;
}

/** All that refers to a folder of a run, by its URI. */
export function referencesTo(run: ITrainingRun, objects: ProductObjects, folder: Folder, uri: string): Reference[] {
  const found = [
    ...objects.deployments.flatMap((deployment) => servedBy(deployment, uri)),
    ...championReference(run, objects, uri),
    ...objects.runs.flatMap((other) => readBy(other, uri)),
    ...(folder.runUID === uidOf(run) ? usedBy(run, objects, folder) : []),
    ...objects.versions
      .filter(({ spec }) => spec.uri !== undefined && overlaps(spec.uri, uri))
      .map((version): Reference => ({ way: 'Version', kind: version.kind, name: keyOf(version).name })),
  ];
  return found.toSorted((one, other) => ways.indexOf(one.way) - ways.indexOf(other.way));
}

function servedBy(deployment: IModelDeployment, uri: string): Reference[] {
  const { spec, status } = deployment;
  const uris = {
    Serves: status?.stable?.uri,
    Candidate: status?.candidate?.uri,
    Previous: status?.previous?.uri,
    Declared: spec.model.uri,
  };
  return Object.entries(uris).flatMap(([way, other]) =>
    other !== undefined && overlaps(other, uri)
      ? [{ way: way as Reference['way'], kind: deployment.kind, name: keyOf(deployment).name }]
      : [],
  );
}

/** What the next attempt is compared with, and what those are that run. */
function championReference(run: ITrainingRun, objects: ProductObjects, uri: string): Reference[] {
  const { name } = keyOf(run);
  const own = objects.versions.filter(
    ({ spec }) => spec.trainingRun === name && (spec.trainingRunUID ?? uidOf(run)) === uidOf(run),
  );
  const running = jobsOf(run, objects).flatMap(({ job }) => {
    const isOver = job.status?.conditions?.some(
      ({ type, status }) => status === 'True' && ['Complete', 'Failed'].includes(type),
    );
    return isOver === true ? [] : (snapshotOf(job)?.champion ?? []);
  });
  const champions = [championOf(objects, own) ?? [], running].flat();
  const isOne = champions.some((champion) => champion.uri !== undefined && overlaps(champion.uri, uri));
  return isOne ? [{ way: 'Champion', kind: run.kind, name }] : [];
}

/** A dataset may be the output of another run. */
function readBy(run: ITrainingRun, uri: string): Reference[] {
  const isRead = run.spec.datasets?.some((dataset) => overlaps(dataset.uri, uri)) === true;
  return isRead ? [{ way: 'Dataset', kind: run.kind, name: keyOf(run).name }] : [];
}

/** An attempt that has not ended may write still, and a checkpoint is for the attempts to come. */
function usedBy(run: ITrainingRun, objects: ProductObjects, { number }: Folder): Reference[] {
  const { name } = keyOf(run);
  if (number === undefined) return [{ way: 'Resumes', kind: run.kind, name }];
  const attempt = run.status?.attempts?.find((one) => one.number === number);
  const newest = Math.max(0, ...(run.status?.attempts ?? []).map((one) => one.number));
  const hasJobs = jobsOf(run, objects).some((job) => job.number === number);
  const isOver = attempt === undefined ? number < newest && !hasJobs : attempt.endTime !== undefined;
  const attemptReference = (way: Reference['way']): Reference[] => [{ way, kind: run.kind, name: `attempt ${number}` }];
  if (!isOver) return attemptReference('Writes');
  // An edited gate judges the newest attempt again, without training.
  return number === newest && attempt?.verdict === 'GateFailed' ? attemptReference('Judged') : [];
}

/** Whether one is the other or lies within it. */
function overlaps(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}
