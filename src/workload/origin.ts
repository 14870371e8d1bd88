/** Whether a container runs what a template says, though others may have added to it. */
import type { IContainer, IEnvVar, IPod, IPodSpec, IPodTemplateSpec } from 'kubernetes-models/v1';
import { canonicalJSON } from '../domain/canonical.ts';
import { besideIn } from './beside.ts';
import { mainContainer } from './container.ts';
import { isTransfer } from './transfers.ts';

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

/** The container of the user in a pod; it is the last init container where something of ours starts when it has ended. */
export function mainIn(spec: Pick<IPodSpec, 'containers' | 'initContainers'> | undefined): IContainer | undefined {
  return mainOf(spec?.containers) ?? mainOf(spec?.initContainers);
}

/** What a pod runs that is not others'. */
export interface Program {
  readonly main: IContainer;
  /** What people declared beside it, and what fetches: a container that ends before `main` starts may change all that it reads. */
  readonly beside: readonly IContainer[];
  /** What starts when `main` has ended, and tells what it left. Where there is any, `main` is an init container. */
  readonly after: readonly IContainer[];
}

/** The program of a template; undefined if it has none. */
export function programIn(template: IPodTemplateSpec): Program | undefined {
  const { containers = [], initContainers = [] } = template.spec ?? {};
  const main = mainIn({ containers, initContainers });
  const names = besideIn(template).containers;
  const isOurs = (container: IContainer) => isTransfer(container) || names.includes(container.name);
  const after = mainOf(containers) === undefined ? containers.filter(isOurs) : [];
  return main && { main, beside: initContainers.filter(isOurs), after };
}

/** Whether a pod runs what it was declared to run. What others add to it is theirs: containers, variables, mounts, volumes. */
export function runsAsDeclared({ spec }: IPod, declared: Program | undefined, comparison: Comparison): boolean {
  if (declared === undefined) return false;
  const { main, beside, after } = declared;
  const [before, behind] = after.length === 0 ? [beside, [main]] : [[...beside, main], after];
  return runsAll(spec?.initContainers, before, comparison) && runsAll(spec?.containers, behind, comparison);
}

function runsAll(actual: readonly IContainer[] = [], declared: readonly IContainer[], comparison: Comparison): boolean {
  return declared.every((one) => {
    const found = actual.find(({ name }) => name === one.name);
    return found?.restartPolicy === one.restartPolicy && isSameProgram(found ?? { name: '' }, one, comparison);
  });
}

/** Whether a container has the command, the arguments and each of the variables that it was declared with. */
export function isSameProgram(actual: IContainer, declared: IContainer, { images }: Comparison): boolean {
  return (
    (!images || actual.image === declared.image) &&
    isSameList(actual.command, declared.command) &&
    isSameList(actual.args, declared.args) &&
    actual.workingDir === declared.workingDir &&
    hasSources(actual, declared) &&
    (declared.env ?? []).every((variable) => isSameVariable(effective(actual.env, variable.name), variable))
  );
}

/** Whether a container has the sources of variables that it was declared with, in their order; others may have put some between them. */
export function hasSources(actual: IContainer, declared: IContainer): boolean {
  let rest = (actual.envFrom ?? []).map(canonicalJSON);
  return (declared.envFrom ?? []).map(canonicalJSON).every((source) => {
    const index = rest.indexOf(source);
    rest = rest.slice(index + 1);
    return index >= 0;
  });
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
