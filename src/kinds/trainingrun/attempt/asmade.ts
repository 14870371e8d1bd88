import type { IJob } from 'kubernetes-models/batch/v1';
import { attemptAnnotation, label } from '../../../api/labels.ts';
import { canonicalJSON } from '../../../domain/canonical.ts';
import { isSameProgram, mainOf } from '../../../workload/origin.ts';

/**
 * Whether a Job is exactly what the operator would make. Where it runs is others' to decide, such as a queue's; what they add to its pods
 * is theirs; how often it is tried may have been edited since.
 */
export function isAsMade(job: IJob, made: IJob | undefined): boolean {
  const [template, wanted] = [job.spec?.template?.spec, made?.spec?.template.spec];
  const [main, wantedMain] = [mainOf(template?.containers), mainOf(wanted?.containers)];
  if (template === undefined || wanted === undefined || main === undefined || wantedMain === undefined) return false;
  return (
    identity(job) === identity(made) &&
    isSameProgram(main, wantedMain, { images: true }) &&
    contains(template.volumes, wanted.volumes, ({ name, persistentVolumeClaim }) => [name, persistentVolumeClaim]) &&
    contains(main.volumeMounts, wantedMain.volumeMounts, ({ name, mountPath, subPath, readOnly }) => [
      name,
      mountPath,
      subPath,
      readOnly ?? false,
    ])
  );
}

function identity(job: IJob | undefined): string {
  const { labels, annotations, name } = job?.metadata ?? {};
  const { parallelism = 1, completions = 1 } = job?.spec ?? {};
  return canonicalJSON([
    name,
    annotations?.[attemptAnnotation],
    labels?.[label.attempt],
    labels?.[label.stage],
    parallelism,
    completions,
  ]);
}

function contains<T>(actual: readonly T[] = [], wanted: readonly T[] = [], part: (item: T) => unknown): boolean {
  const there = new Set(actual.map((item) => canonicalJSON(part(item))));
  return wanted.every((item) => there.has(canonicalJSON(part(item))));
}
