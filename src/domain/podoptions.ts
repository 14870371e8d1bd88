import { defined } from '../api/defined.ts';
import type { PodContainer, PodOptions, PodVolume, Toleration, VolumeMount } from '../api/generated/shared.ts';

/** What of a pod's options can change the result of a training: part of its recipe. */
export type RecipePod = Pick<PodOptions, 'volumes' | 'initContainers'>;

/** The rest of them: where and as whom a pod runs, and what runs beside it. */
export type Surroundings = Omit<PodOptions, keyof RecipePod>;

/** Without what equals its default; undefined if nothing is left. */
export function recipePod({ volumes, initContainers }: PodOptions = {}): RecipePod | undefined {
  return filled(
    defined<RecipePod>({
      volumes: filled(volumes?.map(writable<PodVolume>)),
      initContainers: filled(initContainers?.map(container)),
    }),
  );
}

/** Without what equals its default; undefined if nothing is left. */
export function surroundings(options: PodOptions = {}): Surroundings | undefined {
  const { volumes: _volumes, initContainers: _initContainers, ...rest } = options;
  const { serviceAccountName, automountServiceAccountToken, schedulerName, terminationGracePeriod } = rest;
  const wanted = defined<Surroundings>({
    ...rest,
    serviceAccountName: unless(serviceAccountName, 'default'),
    automountServiceAccountToken: unless(automountServiceAccountToken, false),
    schedulerName: unless(schedulerName, 'default-scheduler'),
    terminationGracePeriod: unless(terminationGracePeriod, '30s'),
    tolerations: rest.tolerations?.map(toleration),
    sidecars: rest.sidecars?.map(container),
  });
  return filled(
    defined<Surroundings>(Object.fromEntries(Object.entries(wanted).filter(([, value]) => !isEmpty(value)))),
  );
}

function container(declared: PodContainer): PodContainer {
  return defined<PodContainer>({
    ...declared,
    volumeMounts: filled(declared.volumeMounts?.map(writable<VolumeMount>)),
  });
}

function writable<T extends { readonly readOnly?: boolean }>(mount: T): T {
  return defined<T>({ ...mount, readOnly: unless(mount.readOnly, false) });
}

function toleration(declared: Toleration): Toleration {
  return defined<Toleration>({
    ...declared,
    operator: unless(declared.operator, 'Equal'),
    value: unless(declared.value, ''),
  });
}

function unless<T>(value: T | undefined, usual: T): T | undefined {
  return value === usual ? undefined : value;
}

/** The value, unless it says nothing. */
export function filled<T extends object>(value: T | undefined): T | undefined {
  return isEmpty(value) ? undefined : value;
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}
