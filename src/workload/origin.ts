/** Whether a container runs what a template says, though others may have added to it. */
import type { IContainer, IEnvVar, IPod } from 'kubernetes-models/v1';
import { canonicalJSON } from '../domain/canonical.ts';
import { mainContainer } from './container.ts';

/**
 * Whether objects with our labels come from us alone. Admission: a policy of the cluster refuses them to everybody else. Compare: nobody
 * does, so that all that may be compared is.
 */
export type Provenance = 'Admission' | 'Compare';

interface Comparison {
  /** Whether the images must be equal too; webhooks of the cluster may take them from another registry. */
  readonly images: boolean;
}

/** The container of the user in the pods of a template. */
export function mainOf(containers: readonly IContainer[] | undefined): IContainer | undefined {
  return containers?.find(({ name }) => name === mainContainer);
}

/** Whether a pod's `main` is what it was declared to be. What others add to the pod is theirs: containers, variables, mounts, volumes. */
export function runsAsDeclared({ spec }: IPod, declared: IContainer | undefined, comparison: Comparison): boolean {
  const main = mainOf(spec?.containers);
  return main !== undefined && declared !== undefined && isSameProgram(main, declared, comparison);
}

/** Whether a container has the command, the arguments and each of the variables that it was declared with. */
export function isSameProgram(actual: IContainer, declared: IContainer, { images }: Comparison): boolean {
  return (
    (!images || actual.image === declared.image) &&
    isSameList(actual.command, declared.command) &&
    isSameList(actual.args, declared.args) &&
    (declared.env ?? []).every((variable) => isSameVariable(effective(actual.env, variable.name), variable))
  );
}

/** Of two variables with one name the kubelet takes the last. */
function effective(env: readonly IEnvVar[] | undefined, name: string): IEnvVar | undefined {
  return env?.findLast((variable) => variable.name === name);
}

function isSameVariable(actual: IEnvVar | undefined, declared: IEnvVar): boolean {
  if (actual === undefined || sourceText(actual) !== sourceText(declared)) return false;
  const [value, wanted] = [actual.value ?? '', declared.value ?? ''];
  return value === wanted || (!declared.name.startsWith('FLYBALL_') && lists(value, wanted));
}

/** What instruments programs adds to lists such as PYTHONPATH and NODE_OPTIONS, before or behind what was declared. */
function lists(value: string, wanted: string): boolean {
  return wanted !== '' && [':', ';', ',', ' '].some((mark) => `${mark}${value}${mark}`.includes(mark + wanted + mark));
}

/** Without what the API server adds. */
function sourceText({ valueFrom }: IEnvVar): string {
  const path = valueFrom?.fieldRef?.fieldPath;
  return path === undefined ? canonicalJSON(valueFrom ?? {}) : path;
}

function isSameList(actual: readonly string[] = [], declared: readonly string[] = []): boolean {
  return actual.length === declared.length && actual.every((word, index) => word === declared[index]);
}
