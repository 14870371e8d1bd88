/** What the pods of a revision are made from, as far as it is ours: whoever may patch a Deployment may change it. */
import type { IContainer, IPodTemplateSpec } from 'kubernetes-models/v1';
import { canonicalJSON } from '../../../domain/canonical.ts';
import { textDigest } from '../../../domain/digest.ts';
import { besideIn } from '../../../workload/beside.ts';
import { mainContainer } from '../../../workload/container.ts';
import { hasSources, isSameProgram, mainOf, type Program, programIn } from '../../../workload/origin.ts';
import { isTransfer, transferVolumeNames } from '../../../workload/transfers.ts';
import { sharedMemoryVolume } from '../../../workload/volumes.ts';
import { observerName } from './observer.ts';

const ownContainers: readonly string[] = [mainContainer, observerName];
const ownVariables = 'FLYBALL_';

/** What decides how the pods of a workload behave, and when they count. */
export interface PodMaking {
  readonly template: IPodTemplateSpec;
  /** How long a pod has to stay ready until it is available, in seconds. */
  readonly minReady: number;
}

/**
 * Of what is covered below. Whoever covers more or less of what the release before made counts it up, or every workload of that would be told as
 * edited.
 */
const coverage = 'v2:';

/**
 * Of all by which our containers and those that people declared run, with what others put into them as they were made: a variable that is
 * added later makes a server crash as well as another image. The rest is theirs: where it is scheduled, annotations, as a restart by hand
 * sets one, and their containers and volumes.
 */
export function makingDigest({ template, minReady }: PodMaking): string {
  const { spec } = template;
  const beside = besideIn(template);
  const isOwn = (container: IContainer) =>
    isTransfer(container) || [...ownContainers, ...beside.containers].includes(container.name);
  const containers = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].filter(isOwn);
  const own = {
    minReady,
    beside,
    order: containers.map(({ name }) => name),
    containers: containers.map(ownPartsOf),
    volumes: spec?.volumes?.filter(({ name }) => isOwnVolume(name) || beside.volumes.includes(name)),
    pod: Object.fromEntries(podFields.map((field) => [field, spec?.[field]])),
  };
  return `${coverage}${textDigest(canonicalJSON(own))}`;
}

/** Whether a digest covers what `makingDigest` covers; one of another release says nothing about a template. */
export function isComparable(digest: string | undefined): boolean {
  return digest?.startsWith(coverage) === true;
}

/** Whether the user's container has the variables that were declared for it, whatever others added. */
export function hasVariables(template: IPodTemplateSpec, declared: IContainer): boolean {
  const main = mainOf(template.spec?.containers);
  if (main === undefined) return false;
  const env = (declared.env ?? []).filter(({ name }) => !name.startsWith(ownVariables));
  const { envFrom = [] } = declared;
  return isSameProgram(main, { ...main, env, envFrom }, { images: false });
}

/** What each pod of a template runs: what others added to the user's container in the template, a pod from before need not have. */
export function programOf(template: IPodTemplateSpec, declared: readonly string[]): Program | undefined {
  const program = programIn(template);
  if (program === undefined) return undefined;
  const isOurs = (name: string) => name.startsWith(ownVariables) || declared.includes(name);
  const env = (program.main.env ?? []).filter(({ name }) => isOurs(name));
  return { ...program, main: { ...program.main, env } };
}

/** Whether a template is one that would be made of the container today. */
export function isAsMade(template: IPodTemplateSpec, declared: IContainer, images: boolean): boolean {
  const main = mainOf(template.spec?.containers);
  // The version may have another name by now.
  const env = (declared.env ?? []).filter(({ name }) => name !== 'FLYBALL_MODEL_VERSION');
  return main !== undefined && isSameProgram(main, { ...declared, env }, { images });
}

/** What the API server has to merge into a container so that it is as it was declared; empty if it cannot be mended so. */
export function restoring(template: IPodTemplateSpec, declared: IContainer): Readonly<Record<string, unknown>> {
  const main = mainOf(template.spec?.containers);
  if (main === undefined) return {};
  const env = (declared.env ?? []).filter(({ name }) => !name.startsWith(ownVariables));
  const wrong = env.filter((one) => !isSameProgram(main, { ...main, env: [one] }, { images: false }));
  const fields = (['image', 'command', 'args', 'workingDir'] as const).filter(
    (field) => canonicalJSON(main[field] ?? []) !== canonicalJSON(declared[field] ?? []),
  );
  return {
    ...Object.fromEntries(fields.map((field) => [field, declared[field] ?? null])),
    ...(!hasSources(main, declared) && { envFrom: declared.envFrom }),
    ...(wrong.length > 0 && { env: wrong }),
  };
}

const ownFields = [
  'name',
  'restartPolicy',
  'image',
  'command',
  'args',
  'workingDir',
  'env',
  'envFrom',
  'volumeMounts',
  'resources',
  'securityContext',
  'lifecycle',
  'startupProbe',
  'readinessProbe',
  'livenessProbe',
] as const;

/** What of a pod reaches into all its containers. */
const podFields = [
  'serviceAccountName',
  'automountServiceAccountToken',
  'runtimeClassName',
  'securityContext',
  'shareProcessNamespace',
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'hostAliases',
  'dnsPolicy',
  'dnsConfig',
  'enableServiceLinks',
] as const;

function ownPartsOf(container: IContainer) {
  return Object.fromEntries(ownFields.map((field) => [field, container[field]]));
}

/** As `volumeName` in model.ts has those of models. */
function isOwnVolume(name: string): boolean {
  return /^model(-[0-9]+)?$/.test(name) || name === sharedMemoryVolume || transferVolumeNames.includes(name);
}
