/** Any options of a pod that the schemas let through. */
import fc from 'fast-check';
import { defined } from '../../src/api/defined.ts';
import type { PodContainer, PodOptions, PodVolume, VolumeMount } from '../../src/api/generated/shared.ts';
import type { Dataset, TrainingRunSpec } from '../../src/api/types.ts';
import type { DeclaredContainer } from '../../src/workload/container.ts';
import { everyOption } from './podoptions.ts';

type Source = Omit<PodVolume, 'name' | 'mountPath' | 'subPath' | 'readOnly'>;

const few = { maxLength: 3 };
const ids = fc.constantFrom(1, 1000, 65_532, 2_147_483_647);
const names = fc.constantFrom('a', 'b-1', 'c0', 'code', 'x'.repeat(40));
const words = fc.constantFrom('', 'a', '$(HOME)', 'two words', "'quoted'", 'ünïcode', 'x'.repeat(200));
const quantities = fc.constantFrom('1Mi', '16Gi', '1.5Gi', 2_000_000_000);
const labels = fc.dictionary(
  fc.constantFrom('team', 'example.com/team', 'app.kubernetes.io/name', 'a.b-c/D_e.f'),
  fc.constantFrom('', 'a', 'B_c.d-1', 'x'.repeat(63)),
);
const paths = fc.constantFrom('/a', '/a/b', '/cache', '/opt/.hidden', '/code/train.py');
const periods = fc.constantFrom('1s', '1500ms', '2m', '1h', '59m60s');
const truths = fc.boolean();
const variables = fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'b.c'), value: words }), {
  selector: ({ name }) => name,
});

/** Some of the fields, each with one of its values. */
function some<T extends object>(fields: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> }): fc.Arbitrary<
  Partial<T>
> {
  return fc.record(fields, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const sources: fc.Arbitrary<Source> = fc.oneof(
  fc.constantFrom(
    ...everyOption.volumes.map(
      ({ name: _name, mountPath: _mountPath, subPath: _subPath, readOnly: _readOnly, ...one }) => one,
    ),
  ),
  fc.record({ emptyDir: fc.constantFrom({}, { medium: 'Memory' as const }) }),
  fc.record({ emptyDir: fc.record({ sizeLimit: quantities }) }),
  fc.record({ ephemeral: fc.record({ size: quantities }) }),
);

const volumes: fc.Arbitrary<PodVolume[]> = fc
  .uniqueArray(
    fc.tuple(names, sources, some<Pick<PodVolume, 'mountPath' | 'readOnly'>>({ mountPath: paths, readOnly: truths })),
    { maxLength: 4, selector: ([name]) => name },
  )
  .map((all) => all.map(([name, source, where]) => ({ name, ...source, ...where })))
  .map((all) => all.filter(hasOwnPath));

function hasOwnPath({ mountPath }: PodVolume, index: number, all: readonly PodVolume[]): boolean {
  return mountPath === undefined || all.findIndex((one) => one.mountPath === mountPath) === index;
}

function containers(prefix: string, mounted: readonly PodVolume[]): fc.Arbitrary<PodContainer[]> {
  const volume = fc.constantFrom('none', ...mounted.map(({ name }) => name));
  const mounts: fc.Arbitrary<VolumeMount[]> = fc
    .uniqueArray(fc.record({ name: volume, mountPath: paths, readOnly: truths }), {
      ...few,
      selector: ({ mountPath }) => mountPath,
    })
    .map((all) => all.filter(({ name }) => name !== 'none'));
  const container = some<Omit<PodContainer, 'name' | 'image'>>({
    command: fc.array(words, few),
    args: fc.array(words, few),
    env: variables,
    resources: some<NonNullable<PodContainer['resources']>>({ cpu: fc.constantFrom(1, '10m'), memory: quantities }),
    volumeMounts: mounts,
  });
  return fc
    .array(container, few)
    .map((all) => all.map((one, index) => ({ name: `${prefix}-${index}`, image: 'registry/beside:1', ...one })));
}

export const podOptions: fc.Arbitrary<PodOptions> = volumes.chain((mounted) =>
  some<Omit<PodOptions, 'volumes'>>({
    runAsUser: ids,
    runAsGroup: ids,
    fsGroup: ids,
    serviceAccountName: fc.constant('trainer'),
    automountServiceAccountToken: truths,
    imagePullSecrets: fc.constant(everyOption.imagePullSecrets),
    nodeSelector: labels,
    tolerations: fc.array(
      fc.constantFrom(
        ...everyOption.tolerations,
        { operator: 'Exists' as const },
        { key: 'nvidia.com/gpu', operator: 'Exists' as const, effect: 'NoSchedule' as const },
      ),
      few,
    ),
    affinity: some<NonNullable<PodOptions['affinity']>>({
      nodeAffinity: fc.constantFrom({}, everyOption.affinity.nodeAffinity ?? {}),
      podAffinity: fc.constantFrom({}, everyOption.affinity.podAffinity ?? {}),
      podAntiAffinity: fc.constantFrom({}, everyOption.affinity.podAntiAffinity ?? {}),
    }),
    topologySpreadConstraints: fc.constantFrom([], everyOption.topologySpreadConstraints),
    priorityClassName: fc.constant('batch'),
    runtimeClassName: fc.constant('nvidia'),
    schedulerName: fc.constant('bin-packer'),
    terminationGracePeriod: periods,
    labels,
    annotations: labels,
    sharedMemory: quantities,
    initContainers: containers('init', mounted),
    sidecars: containers('side', mounted),
  }).map((options) => ({ ...options, ...(mounted.length > 0 && { volumes: mounted }) })),
);

export const mainContainers: fc.Arbitrary<DeclaredContainer> = some<DeclaredContainer>({
  image: fc.constant('registry/train:1'),
  command: fc.array(words, few),
  args: fc.array(words, few),
  workingDir: fc.constantFrom('/app', '/'),
  env: variables,
  envFrom: fc.array(
    fc.constantFrom({ prefix: 'HUB_', secretRef: { name: 'hub' } }, { configMapRef: { name: 'a' } }),
    few,
  ),
  resources: some<NonNullable<DeclaredContainer['resources']>>({
    cpu: fc.constantFrom(2, '2500m'),
    memory: fc.constantFrom('64Gi'),
    ephemeralStorage: quantities,
    extended: fc.constantFrom({}, { 'rdma/hca': 1 }, { 'rdma/hca': '2' }),
    requests: some({ cpu: fc.constantFrom(1, '500m'), memory: fc.constantFrom('1Gi') }),
  }),
  accelerator: fc.constantFrom(
    { resource: 'nvidia.com/gpu', count: 8 },
    { resource: 'amd.com/gpu', count: 1, product: 'MI300X' },
    { profile: 'h100', count: 1 },
  ),
}).map((declared) => defined<DeclaredContainer>({ ...declared, image: 'registry/train:1' }));

const stored = fc.constantFrom(
  'pvc://data/a',
  's3://data/a/b=1',
  'gs://data/a',
  'abfss://data@account.dfs.core.windows.net/a',
);
const readOnly = fc.constantFrom(
  'https://host/a',
  'oci://registry/a:1',
  'hf://datasets/org/name@main/a',
  'hf://org/name@main',
);
const digests = fc.constantFrom(`sha256:${'0'.repeat(64)}`, 'sha256:1f');

/** Any artifacts of a training: where they are, and what they are brought into. */
export const trainingArtifacts: fc.Arbitrary<TrainingArtifacts> = some<TrainingArtifacts>({
  datasets: fc.uniqueArray(
    fc
      .record(
        {
          name: names,
          uri: fc.oneof(stored, readOnly),
          digest: digests,
        },
        { requiredKeys: ['name', 'uri'] },
      )
      .map((dataset) => defined<Dataset>(dataset)),
    { ...few, selector: ({ name }) => name },
  ),
  output: fc
    .record({ uri: stored, by: fc.constantFrom('Operator' as const, 'Container' as const) }, { requiredKeys: ['uri'] })
    .map((output) => defined<NonNullable<TrainingArtifacts['output']>>(output)),
  checkpoint: fc.constantFrom({ claimName: 'kept' }, { uri: 's3://kept/a' }),
  storage: some<NonNullable<TrainingArtifacts['storage']>>({
    secretRef: fc.constant({ name: 'keys' }),
    volume: fc.constantFrom(
      { emptyDir: {} },
      { emptyDir: { sizeLimit: '1Gi' } },
      { ephemeral: { size: '1Gi', storageClassName: 'fast' } },
      { claimName: 'cache' },
    ),
  }),
  nodes: fc.constantFrom(1, 2),
});

type TrainingArtifacts = Partial<Pick<TrainingRunSpec, 'datasets' | 'output' | 'checkpoint' | 'storage' | 'nodes'>>;
