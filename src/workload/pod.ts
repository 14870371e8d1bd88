/** The parts of a pod around the user's container. */
import type { IPodSecurityContext, IPodSpec, IToleration, IVolume } from 'kubernetes-models/v1';
import { defined } from '../api/defined.ts';
import { milliseconds } from '../api/duration.ts';
import type { PodOptions } from '../api/generated/shared.ts';
import { besideAnnotation, withoutReserved } from '../api/labels.ts';
import { canonicalJSON } from '../domain/canonical.ts';
import { besideText } from './beside.ts';
import { containersBeside, type DeclaredPod, optionsOf, productLabel } from './container.ts';
import { devicesOf } from './hardware.ts';
import { volumesOf } from './volumes.ts';

type Groups = Pick<IPodSecurityContext, 'fsGroup' | 'fsGroupChangePolicy' | 'supplementalGroups'>;

/** The group that training pods write as and servers read as, so that a model which is readable for its group can be served. */
export const modelGroup = 65532;

/**
 * What a pod has around the user's container, as people declared it. What they do not say is closed: it runs as the user of its image, who
 * must not be root, and without a service account token.
 * @param groups which groups its files are of, and how, unless people say which.
 * @param artifacts the volumes of what it reads and makes.
 */
export function podAround(
  declared: DeclaredPod,
  groups: Groups,
  artifacts: readonly IVolume[],
): Omit<IPodSpec, 'containers'> {
  const options = optionsOf(declared);
  const beside = containersBeside(options);
  const volumes = [...artifacts, ...volumesOf(options)];
  return defined<Omit<IPodSpec, 'containers'>>({
    serviceAccountName: options.serviceAccountName,
    automountServiceAccountToken: options.automountServiceAccountToken ?? false,
    enableServiceLinks: false,
    imagePullSecrets: options.imagePullSecrets,
    securityContext: {
      runAsNonRoot: true,
      ...(options.fsGroup === undefined ? groups : groupsOf(options.fsGroup)),
      seccompProfile: { type: 'RuntimeDefault' },
    },
    nodeSelector: nodeSelector(declared),
    tolerations: tolerations(declared),
    affinity: options.affinity,
    topologySpreadConstraints: options.topologySpreadConstraints,
    priorityClassName: options.priorityClassName,
    runtimeClassName: options.runtimeClassName,
    schedulerName: options.schedulerName,
    terminationGracePeriodSeconds: gracePeriod(options),
    initContainers: beside.length === 0 ? undefined : beside,
    volumes: volumes.length === 0 ? undefined : volumes,
  });
}

/** What a pod bears. Labels and annotations of ours are ours whatever is stored: services, policies and the operator go by them. */
export function podMetadata(
  options: PodOptions = {},
  own: Readonly<Record<string, string>> = {},
  ownAnnotations: Readonly<Record<string, string>> = {},
) {
  const beside = besideText(options);
  const annotations = {
    ...withoutReserved(options.annotations),
    ...ownAnnotations,
    ...(beside !== undefined && { [besideAnnotation]: beside }),
  };
  return {
    labels: { ...withoutReserved(options.labels), ...own },
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

/** How long a pod has to end, in whole seconds; undefined if people do not say. */
export function gracePeriod(options: Pick<PodOptions, 'terminationGracePeriod'> | undefined): number | undefined {
  const period = milliseconds(options?.terminationGracePeriod ?? '');
  return period === undefined ? undefined : Math.max(1, Math.ceil(period / 1000));
}

/** It reads what others have written as the group of models, too. */
function groupsOf(fsGroup: number): Groups {
  return { fsGroup, fsGroupChangePolicy: 'OnRootMismatch', supplementalGroups: [modelGroup] };
}

/**
 * Of what a profile and `pod.nodeSelector` both name, people's word counts. But a product that they ask for with their accelerator wins over
 * both: it is part of the recipe, and so of what is recorded about a model, which `pod.nodeSelector` is not.
 */
function nodeSelector({ main: { accelerator }, options, hardware }: DeclaredPod): Record<string, string> | undefined {
  const devices = devicesOf(accelerator, hardware);
  const product = devices?.product === undefined ? {} : { [productLabel(devices.resource)]: devices.product };
  const isDeclared = accelerator?.product !== undefined && accelerator.profile === undefined;
  const labels = {
    ...hardware?.nodeSelector,
    ...product,
    ...options?.nodeSelector,
    ...(isDeclared && product),
  };
  return Object.keys(labels).length === 0 ? undefined : labels;
}

/** Nodes with accelerators are kept for those who use them by a taint of that name, as ExtendedResourceToleration in Kubernetes has it. */
function tolerations(declared: DeclaredPod): IToleration[] | undefined {
  const resource = devicesOf(declared.main.accelerator, declared.hardware)?.resource;
  const own: IToleration[] =
    resource === undefined ? [] : [{ key: resource, operator: 'Exists', effect: 'NoSchedule' }];
  const all = new Map(
    [...(optionsOf(declared).tolerations ?? []), ...own].map((toleration) => [canonicalJSON(toleration), toleration]),
  );
  return all.size === 0 ? undefined : [...all.values()];
}
