import type { IJob } from 'kubernetes-models/batch/v1';
import type { IContainer, IPodSpec, IVolume } from 'kubernetes-models/v1';
import { attemptAnnotation, label } from '../../../api/labels.ts';
import { canonicalJSON } from '../../../domain/canonical.ts';
import { besideIn } from '../../../workload/beside.ts';
import { isSameProgram, mainIn } from '../../../workload/origin.ts';

/**
 * Whether a Job is exactly what the operator would make. Where it runs is others' to decide, such as a queue's; what they add to its pods
 * is theirs, but for what runs before `main`, which could leave something else there than was declared; how often it is tried may have
 * been edited since.
 */
export function isAsMade(job: IJob, made: IJob | undefined): boolean {
  const [template, wanted] = [job.spec?.template?.spec, made?.spec?.template.spec];
  const [main, wantedMain] = [mainIn(template), mainIn(wanted)];
  if (template === undefined || wanted === undefined || main === undefined || wantedMain === undefined) return false;
  return (
    identity(job) === identity(made) &&
    isSameProgram(main, wantedMain, images) &&
    hasBeside(template, wanted) &&
    hasAfter(template, wanted) &&
    contains(template.volumes, wanted.volumes, sourceOf) &&
    hasMounts(main, wantedMain)
  );
}

const images = { images: true };

/** What runs before and beside `main`, and as whom: nothing less, and nothing more. */
function hasBeside(template: IPodSpec, wanted: IPodSpec): boolean {
  const [found, made] = [template.initContainers ?? [], wanted.initContainers ?? []];
  return (
    (template.serviceAccountName ?? 'default') === (wanted.serviceAccountName ?? 'default') &&
    template.automountServiceAccountToken === wanted.automountServiceAccountToken &&
    found.length === made.length &&
    made.every((one, index) => isSameBeside(found[index], one))
  );
}

/** What saves, where `main` is among those that end before; else `main` itself. */
function hasAfter(template: IPodSpec, wanted: IPodSpec): boolean {
  return wanted.containers.every((one) =>
    isSameBeside(
      template.containers.find(({ name }) => name === one.name),
      one,
    ),
  );
}

function isSameBeside(actual: IContainer | undefined, wanted: IContainer): boolean {
  return (
    actual?.name === wanted.name &&
    actual.restartPolicy === wanted.restartPolicy &&
    isSameProgram(actual, wanted, images) &&
    hasMounts(actual, wanted)
  );
}

function hasMounts(actual: IContainer | undefined, wanted: IContainer): boolean {
  return contains(actual?.volumeMounts, wanted.volumeMounts, ({ name, mountPath, subPath, readOnly }) => [
    name,
    mountPath,
    subPath,
    readOnly ?? false,
  ]);
}

/** Without what the API server adds, and without sizes, which it writes in another way. */
function sourceOf(volume: IVolume) {
  const { name, persistentVolumeClaim, configMap, secret, emptyDir, ephemeral, image, csi } = volume;
  return {
    name,
    persistentVolumeClaim,
    configMap: configMap && { ...configMap, defaultMode: undefined },
    secret: secret && { ...secret, defaultMode: undefined },
    emptyDir: emptyDir && { is: true, medium: emptyDir.medium },
    ephemeral: ephemeral && { is: true, class: ephemeral.volumeClaimTemplate?.spec.storageClassName },
    image: image?.reference,
    csi,
  };
}

function identity(job: IJob | undefined): string {
  const { labels, annotations, name } = job?.metadata ?? {};
  const { parallelism = 1, completions = 1 } = job?.spec ?? {};
  return canonicalJSON([
    name,
    annotations?.[attemptAnnotation],
    labels?.[label.attempt],
    labels?.[label.stage],
    besideIn(job?.spec?.template ?? {}),
    parallelism,
    completions,
  ]);
}

function contains<T>(actual: readonly T[] = [], wanted: readonly T[] = [], part: (item: T) => unknown): boolean {
  const there = new Set(actual.map((item) => canonicalJSON(part(item))));
  return wanted.every((item) => there.has(canonicalJSON(part(item))));
}
