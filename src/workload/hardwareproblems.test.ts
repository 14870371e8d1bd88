import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { everyField } from '../../test/builders/profiles.ts';
import { kubectl } from '../api/command.ts';
import { commandsIn, written } from '../api/message.ts';
import { hardwareProblem } from './hardwareproblems.ts';

const at = { container: 'spec', edit: kubectl('team', 'edit', 'trun', 'fraud') };
const profiles = [everyField, { name: 'slice', resource: 'nvidia.com/mig-1g.10gb' }];
const h100 = { profile: 'h100', count: 8 };
const told = (...[declared, known = profiles]: [Parameters<typeof hardwareProblem>[0], typeof profiles?]) => {
  const found = hardwareProblem(declared, known, at);
  return found && `${found.reason}: ${written(found)}`;
};

describe('a hardware profile', () => {
  it('that is unknown is told with those that there are, whose move it is and how', () => {
    expect(told({ accelerator: { profile: 'b200', count: 8 } })).toBe(
      'ProfileUnknown: spec.accelerator.profile is "b200", which is none of the hardware profiles that the platform team has written ' +
        'down: h100, slice. Name one of those: `kubectl -n team edit trun fraud`; or have the platform team write it down too, under ' +
        'accelerators in the values of the chart',
    );
  });

  it('that is unknown where there are none is told with where they are written down', () => {
    expect(told({ accelerator: h100 }, [])).toBe(
      'ProfileUnknown: spec.accelerator.profile is "h100", and the platform team has written down no hardware profile. Have the ' +
        'platform team write it down, under accelerators in the values of the chart; or name the device itself in ' +
        'spec.accelerator.resource: `kubectl -n team edit trun fraud`',
    );
  });

  it('that is unknown is told with as many others as a message has room for', () => {
    const many = Array.from({ length: 32 }, (_, index) => ({
      name: `${'n'.repeat(61)}${index + 10}`,
      resource: 'a.b/c',
    }));
    const message = told({ accelerator: h100 }, many) ?? '';
    expect(message).toContain(`${'n'.repeat(61)}12 and 29 more. Name one of those: `);
    expect(commandsIn(message)).toHaveLength(1);
  });

  it('with more shared memory than the container has memory is told with both', () => {
    expect(told({ accelerator: h100, resources: { memory: '32Gi' } })).toBe(
      'SharedMemoryTooLarge: the hardware profile "h100" has 64Gi of shared memory, above spec.resources.memory, which is 32Gi and of ' +
        'which it is taken. Raise the memory, or write less in spec.pod.sharedMemory: `kubectl -n team edit trun fraud`',
    );
  });

  it('whose device is asked for as a further resource too is told', () => {
    expect(told({ accelerator: h100, resources: { extended: { 'nvidia.com/gpu': 1 } } })).toBe(
      'DevicesTwice: spec.resources.extended has nvidia.com/gpu, which is the device of the hardware profile "h100" too. Remove it ' +
        'there, and say in spec.accelerator.count how many: `kubectl -n team edit trun fraud`',
    );
  });

  it.each([
    {},
    { accelerator: { resource: 'nvidia.com/gpu', count: 1 } },
    { accelerator: h100 },
    { accelerator: h100, resources: { memory: '64Gi' } },
    { accelerator: h100, resources: { memory: 68_719_476_736 } },
    { accelerator: h100, resources: { memory: '1Gi' }, pod: { sharedMemory: '512Mi' } },
    { accelerator: h100, resources: { extended: { 'rdma/hca': 2 } } },
  ])('is no problem where there is what is asked for: %j', (declared) => {
    expect(told(declared)).toBeUndefined();
  });

  it('is judged whatever was stored, by a schema of another release too', () => {
    const amount = fc.oneof(fc.string(), fc.double());
    fc.assert(
      fc.property(
        fc.string(),
        amount,
        amount,
        fc.dictionary(fc.string(), amount),
        (profile, memory, shared, extended) => {
          const one = { ...everyField, name: profile, sharedMemory: shared };
          const found = told({ accelerator: { profile, count: 1 }, resources: { memory, extended } }, [one]);
          expect(commandsIn(found ?? '').every((command) => command === at.edit)).toBe(true);
        },
      ),
    );
  });
});
