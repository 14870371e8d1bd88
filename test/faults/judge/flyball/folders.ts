/** I3: names may recur, contents never meet. */
import type { IJob } from 'kubernetes-models/batch/v1';
import { jobs, modelVersions } from '../../../../src/api/kinds.ts';
import { label } from '../../../../src/api/labels.ts';
import { keyOf, uidOf } from '../../../../src/api/resource.ts';
import type { IModelVersion } from '../../../../src/api/types.ts';
import { type Evidence, lives, nameOf, type Rule } from '../evidence.ts';

export const folderRules: readonly Rule[] = [foldersAreTheirOwn, versionsAreApart];

interface Writer {
  readonly job: IJob;
  /** Within its cluster: what writes there, as one, however often it is made again. */
  readonly writer: string;
}

/** Nothing is written where another attempt writes, or, of a run's checkpoint, another run. */
function foldersAreTheirOwn({ changes, deeds }: Evidence): readonly string[] {
  const writers = new Map<string, Writer>();
  return [...lives(changes, jobs.plural).values()].flatMap(([first]) => {
    const job = first?.object as IJob | undefined;
    if (job === undefined || deeds.foreign.has(uidOf(job))) return [];
    return written(job).flatMap(({ folder, writer }) => {
      const other = writers.get(folder);
      if (other === undefined) writers.set(folder, { job, writer });
      return other === undefined || other.writer === writer
        ? []
        : [`I3: ${nameOf(job)} writes to ${folder} as ${nameOf(other.job)} of another ${ofWhat(folder)} does`];
    });
  });
}

const output = '/flyball/output';
const checkpoint = '/flyball/checkpoint';

/** The folders that a Job's container writes to, each with what may write there. */
function written({ metadata, spec }: IJob): readonly { readonly folder: string; readonly writer: string }[] {
  const { containers = [], volumes = [] } = spec?.template.spec ?? {};
  const run = metadata?.ownerReferences?.[0]?.uid ?? '';
  const attempt = `${run} ${metadata?.labels?.[label.attempt]}`;
  const mounts = containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  return mounts.flatMap(({ name, mountPath, subPath = '' }) => {
    const claim = volumes.find((volume) => volume.name === name)?.persistentVolumeClaim?.claimName;
    if (claim === undefined || (mountPath !== output && mountPath !== checkpoint)) return [];
    const folder = `${mountPath === output ? 'the output' : 'the checkpoint'} ${claim}/${subPath}`;
    return [{ folder, writer: mountPath === output ? attempt : run }];
  });
}

function ofWhat(folder: string): string {
  return folder.startsWith('the output') ? 'attempt' : 'run';
}

function versionsAreApart({ changes, deeds }: Evidence): readonly string[] {
  const places = new Map<string, string>();
  return [...lives(changes, modelVersions.plural).values()].flatMap(([first]) => {
    const version = first?.object as IModelVersion | undefined;
    const uri = version?.spec.uri;
    if (version === undefined || uri === undefined || deeds.foreign.has(uidOf(version))) return [];
    const other = places.get(uri);
    places.set(uri, keyOf(version).name);
    return other === undefined
      ? []
      : [`I3: ${nameOf(version)} is at ${uri}, and so is ${other}, which was made before`];
  });
}
