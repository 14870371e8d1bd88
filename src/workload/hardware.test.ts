import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Accelerator, EnvironmentVariable, PodOptions, Toleration } from '../api/generated/shared.ts';
import {
  devicesOf,
  extendedOn,
  type HardwareProfile,
  onHardware,
  profileOf,
  unknownProfile,
  variablesOn,
} from './hardware.ts';

const toleration: Toleration = { key: 'pool', operator: 'Equal', value: 'h100', effect: 'NoSchedule' };
const h100: HardwareProfile = {
  name: 'h100',
  resource: 'nvidia.com/gpu',
  product: 'NVIDIA-H100-80GB-HBM3',
  nodeSelector: { pool: 'h100', zone: 'a' },
  tolerations: [toleration],
  runtimeClassName: 'nvidia',
  sharedMemory: '64Gi',
  extended: { 'rdma/hca': '1', 'vendor.example/link': 2 },
  env: [
    { name: 'NCCL_IB_HCA', value: 'mlx5' },
    { name: 'NCCL_DEBUG', value: 'WARN' },
  ],
};
const mig: HardwareProfile = { name: 'slice', resource: 'nvidia.com/mig-1g.10gb' };
const profiles = [h100, mig];

describe('the devices that an accelerator asks for', () => {
  it('are those of the profile that it names, as many as it says', () => {
    expect(devicesOf({ profile: 'h100', count: 8 }, h100)).toEqual({
      resource: 'nvidia.com/gpu',
      count: 8,
      product: 'NVIDIA-H100-80GB-HBM3',
    });
    expect(devicesOf({ profile: 'slice', count: 1 }, mig)).toEqual({ resource: 'nvidia.com/mig-1g.10gb', count: 1 });
  });

  it('are the declared ones where it names none', () => {
    expect(devicesOf({ resource: 'amd.com/gpu', product: 'MI300X', count: 2 }, undefined)).toEqual({
      resource: 'amd.com/gpu',
      count: 2,
      product: 'MI300X',
    });
  });

  it('are unknown without the profile, and none without an accelerator', () => {
    expect(devicesOf({ profile: 'b200', count: 8 }, undefined)).toBeUndefined();
    expect(devicesOf(undefined, h100)).toBeUndefined();
  });
});

describe('a profile', () => {
  it('is found by its name', () => {
    expect(profileOf({ profile: 'slice', count: 1 }, profiles)).toBe(mig);
    expect(unknownProfile({ profile: 'slice', count: 1 }, profiles)).toBeUndefined();
  });

  it('is unknown if nobody has written it down', () => {
    expect(unknownProfile({ profile: 'b200', count: 1 }, profiles)).toBe('b200');
    expect(unknownProfile({ profile: 'h100', count: 1 }, [])).toBe('h100');
  });

  it('is not missing where none is named', () => {
    expect(unknownProfile({ resource: 'nvidia.com/gpu', count: 1 }, profiles)).toBeUndefined();
    expect(unknownProfile(undefined, [])).toBeUndefined();
  });
});

describe('a pod on the hardware of a profile', () => {
  it('gets what the profile says', () => {
    expect(onHardware(undefined, h100)).toEqual({
      nodeSelector: { pool: 'h100', zone: 'a' },
      tolerations: [toleration],
      runtimeClassName: 'nvidia',
      sharedMemory: '64Gi',
    });
    expect(extendedOn(undefined, h100)).toEqual({ 'rdma/hca': '1', 'vendor.example/link': 2 });
    expect(variablesOn(undefined, h100)).toEqual(h100.env);
  });

  it('gets what a person declares where both say one thing, and tolerates what either does', () => {
    const own: Toleration = { key: 'spot', operator: 'Exists' };
    const pod: PodOptions = {
      nodeSelector: { zone: 'b' },
      tolerations: [own, { effect: 'NoSchedule', value: 'h100', operator: 'Equal', key: 'pool' }],
      runtimeClassName: 'kata',
      sharedMemory: '1Gi',
      priorityClassName: 'high',
    };

    expect(onHardware(pod, h100)).toEqual({
      ...pod,
      nodeSelector: { pool: 'h100', zone: 'b' },
      tolerations: [toleration, own],
    });
    expect(extendedOn({ 'rdma/hca': 2 }, h100)).toEqual({ 'rdma/hca': 2, 'vendor.example/link': 2 });
  });

  it('has the variables of the profile first, so that declared ones may refer to them', () => {
    const declared = [
      { name: 'NCCL_DEBUG', value: 'INFO' },
      { name: 'MINE', value: '$(NCCL_IB_HCA)' },
    ];

    expect(variablesOn(declared, h100)).toEqual([{ name: 'NCCL_IB_HCA', value: 'mlx5' }, ...declared]);
  });

  it('is what it was where no profile is named', () => {
    const pod = { nodeSelector: { zone: 'b' } };

    expect(onHardware(pod, undefined)).toBe(pod);
    expect(onHardware(undefined, undefined)).toBeUndefined();
    expect(extendedOn(undefined, undefined)).toBeUndefined();
    expect(variablesOn(undefined, undefined)).toBeUndefined();
  });

  it('gets nothing from a profile that says nothing about pods', () => {
    expect(onHardware(undefined, mig)).toEqual({});
    expect(extendedOn({ 'rdma/hca': '1' }, mig)).toEqual({ 'rdma/hca': '1' });
  });
});

const text = fc.string({ unit: 'binary', maxLength: 12 });
const few = { maxLength: 3 };
const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined });
const labels = fc.dictionary(fc.oneof(text, fc.constantFrom('a', '__proto__', 'constructor')), text, { maxKeys: 3 });
const anyToleration = fc.record({ key: text, value: text });
const variables = fc.uniqueArray(fc.record({ name: text, value: text }), { ...few, selector: ({ name }) => name });
const options = {
  nodeSelector: labels,
  tolerations: fc.array(anyToleration, few),
  runtimeClassName: text,
  sharedMemory: fc.oneof(text, fc.nat()),
};
const anyProfile = fc.record(
  { name: text, resource: text, product: text, extended: labels, env: variables, ...options },
  { requiredKeys: ['name', 'resource'] },
) as fc.Arbitrary<HardwareProfile>;
const anyPod = fc.record(options, { requiredKeys: [] }) as fc.Arbitrary<PodOptions>;
const anyAccelerator = fc.record(
  { resource: text, profile: text, product: text, count: fc.nat() },
  { requiredKeys: ['count'] },
) as fc.Arbitrary<Accelerator>;

describe('whatever is declared and written down', () => {
  it('there is an answer, and a person has the last word', () => {
    fc.assert(
      fc.property(
        optional(anyAccelerator),
        fc.array(anyProfile, few),
        optional(anyPod),
        optional(variables),
        (accelerator, written, pod, env) => {
          const profile = profileOf(accelerator, written);
          const missing = unknownProfile(accelerator, written);
          const devices = devicesOf(accelerator, profile);
          const built = onHardware(pod, profile);
          const names = variablesOn(env, profile)?.map(({ name }) => name) ?? [];

          expect(profile === undefined || missing === undefined).toBe(true);
          expect(devices?.count).toBe(devices && accelerator?.count);
          expect(built?.runtimeClassName).toBe(pod?.runtimeClassName ?? profile?.runtimeClassName);
          expect(built?.sharedMemory).toBe(pod?.sharedMemory ?? profile?.sharedMemory);
          for (const [key, value] of Object.entries(pod?.nodeSelector ?? {})) {
            expect(built?.nodeSelector?.[key]).toBe(value);
          }
          expect(names).toEqual([...new Set(names)]);
          expect(names.slice(names.length - (env?.length ?? 0))).toEqual(
            env?.map(({ name }: EnvironmentVariable) => name) ?? [],
          );
        },
      ),
    );
  });
});
