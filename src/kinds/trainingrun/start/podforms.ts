import type {
  ContainerResources,
  EnvironmentSource,
  EnvironmentVariable,
  KeyToPath,
  NodeRequirement,
  NodeSelectorTerm,
  PodAffinityTerm,
  PodContainer,
  PodOptions,
  PodVolume,
  StorageOptions,
  StorageVolume,
  Toleration,
  TopologySpreadConstraint,
  VolumeMount,
} from '../../../api/generated/shared.ts';
import type { RecipePod, Surroundings } from '../../../domain/podoptions.ts';
import type { HardwareProfile } from '../../../workload/hardware.ts';
import { count, fields, flag, type Form, list, mapOf, number, oneOf, optional, record, text } from './wellformed.ts';

/** A word of a command, a value of a variable. */
export const word = text(2048);

const amount: Form = (value) => number(value) || text(32)(value);

/** A name that the API server looks at, so that it need not be more than a text here. */
const short = text(317, /./);

const labels = mapOf(text(4096));
const named = fields({ name: short });
const identity = optional(count(2_147_483_647));

export const variables = list(
  64,
  record<EnvironmentVariable>({
    name: text(128, /./),
    value: optional(word),
    secretKeyRef: optional(fields({ name: short, key: short })),
  }),
);

export const sources = list(
  16,
  record<EnvironmentSource>({ prefix: optional(short), configMapRef: optional(named), secretRef: optional(named) }),
);

export const resources = record<ContainerResources>({
  cpu: optional(amount),
  memory: optional(amount),
  ephemeralStorage: optional(amount),
  extended: optional(mapOf(amount)),
  requests: optional(fields({ cpu: optional(amount), memory: optional(amount) })),
});

const items = optional(list(64, record<KeyToPath>({ key: short, path: text(512, /./) })));
const mounted = { mountPath: text(512, /./), subPath: optional(text(512)), readOnly: optional(flag) };
const mount = record<VolumeMount>({ name: short, ...mounted });

const volume = record<PodVolume>({
  name: short,
  ...mounted,
  mountPath: optional(mounted.mountPath),
  configMap: optional(fields({ name: short, items })),
  secret: optional(fields({ secretName: short, items })),
  emptyDir: optional(fields({ sizeLimit: optional(amount), medium: optional(oneOf(['Memory'])) })),
  claimName: optional(short),
  ephemeral: optional(fields({ size: amount, storageClassName: optional(short) })),
  image: optional(fields({ reference: text(512, /./) })),
  csi: optional(
    fields({ driver: short, volumeAttributes: optional(mapOf(text(4096))), nodePublishSecretRef: optional(named) }),
  ),
});

const container = record<PodContainer>({
  name: short,
  image: text(512, /./),
  command: optional(list(64, word)),
  args: optional(list(64, word)),
  env: optional(variables),
  resources: optional(resources),
  volumeMounts: optional(list(64, mount)),
});

const toleration = record<Toleration>({
  key: optional(short),
  operator: optional(oneOf(['Exists', 'Equal'])),
  value: optional(text(63)),
  effect: optional(oneOf(['NoSchedule', 'PreferNoSchedule', 'NoExecute'])),
  tolerationSeconds: optional(number),
});

const nodeTerm = record<NodeSelectorTerm>({
  matchExpressions: list(
    32,
    record<NodeRequirement>({ key: short, operator: short, values: optional(list(64, text(63))) }),
  ),
});

const podTerm = record<PodAffinityTerm>({ labelSelector: fields({ matchLabels: labels }), topologyKey: short });

const podTerms = fields({
  requiredDuringSchedulingIgnoredDuringExecution: optional(list(16, podTerm)),
  preferredDuringSchedulingIgnoredDuringExecution: optional(
    list(16, fields({ weight: count(100), podAffinityTerm: podTerm })),
  ),
});

const affinity = record<NonNullable<PodOptions['affinity']>>({
  nodeAffinity: optional(
    fields({
      requiredDuringSchedulingIgnoredDuringExecution: optional(fields({ nodeSelectorTerms: list(16, nodeTerm) })),
      preferredDuringSchedulingIgnoredDuringExecution: optional(
        list(16, fields({ weight: count(100), preference: nodeTerm })),
      ),
    }),
  ),
  podAffinity: optional(podTerms),
  podAntiAffinity: optional(podTerms),
});

const spread = record<TopologySpreadConstraint>({
  maxSkew: number,
  topologyKey: short,
  whenUnsatisfiable: oneOf(['DoNotSchedule', 'ScheduleAnyway']),
  labelSelector: fields({ matchLabels: labels }),
});

export const recipePodForm = record<RecipePod>({
  volumes: optional(list(32, volume)),
  initContainers: optional(list(16, container)),
});

export const surroundingsForm = record<Surroundings>({
  runAsUser: identity,
  runAsGroup: identity,
  fsGroup: identity,
  serviceAccountName: optional(short),
  automountServiceAccountToken: optional(flag),
  imagePullSecrets: optional(list(16, named)),
  nodeSelector: optional(labels),
  tolerations: optional(list(64, toleration)),
  affinity: optional(affinity),
  topologySpreadConstraints: optional(list(16, spread)),
  priorityClassName: optional(short),
  runtimeClassName: optional(short),
  schedulerName: optional(short),
  terminationGracePeriod: optional(text(32)),
  labels: optional(labels),
  annotations: optional(mapOf(text(262_144))),
  sharedMemory: optional(amount),
  sidecars: optional(list(16, container)),
});

export const storageForm = record<StorageOptions>({
  secretRef: optional(named),
  volume: optional(
    record<StorageVolume>({
      emptyDir: optional(fields({ sizeLimit: optional(amount) })),
      ephemeral: optional(fields({ size: amount, storageClassName: optional(short) })),
      claimName: optional(short),
    }),
  ),
});

export const hardwareForm = record<HardwareProfile>({
  name: short,
  resource: short,
  product: optional(text(63)),
  nodeSelector: optional(labels),
  tolerations: optional(list(64, toleration)),
  runtimeClassName: optional(short),
  sharedMemory: optional(amount),
  extended: optional(mapOf(amount)),
  env: optional(list(64, fields({ name: short, value: text(32_768) }))),
});
