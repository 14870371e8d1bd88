import { describe, expect, it } from '@jest/globals';
import { everyField } from '../../../../test/builders/profiles.ts';
import { results, running } from '../../../../test/builders/pod.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { World } from '../../../../test/simulate/trainingrun.ts';
import { findCondition } from '../../../api/condition.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';
import type { HardwareProfile } from '../../../workload/hardware.ts';
import type { Provenance } from '../../../workload/origin.ts';
import { createTrainingRunController } from '../index.ts';
import { snapshotOf } from './snapshot.ts';

const onH100 = { accelerator: { profile: 'h100', count: 8 }, gate: [{ metric: 'f1', min: 0.5 }] };
const a100: HardwareProfile = { name: 'a100', resource: 'nvidia.com/gpu', product: 'NVIDIA-A100-SXM4-80GB' };
const edited: HardwareProfile = { ...everyField, env: [], sharedMemory: '1Gi', nodeSelector: { pool: 'other' } };
const hour = 3_600_000;

/** A run of which the platform team has written down these profiles. */
function world(spec: Partial<TrainingRunSpec>, profiles: readonly HardwareProfile[]): World {
  const made = new World(trainingRun({ spec: { ...onH100, ...spec } }));
  install(made, profiles);
  return made;
}

/** The operator starts anew, with other profiles in the values of its chart. */
function install(one: World, profiles: readonly HardwareProfile[], provenance: Provenance = 'Admission'): void {
  one.controller = createTrainingRunController({ provenance, profiles });
}

const conditionOf = ({ run }: World, type: string) => findCondition(run.status?.conditions, type);
const namesOf = (one: World) => one.jobs().map(({ metadata }) => metadata?.name);
const snapshotIn = (one: World, index = 0) => one.jobs().slice(index).map(snapshotOf)[0];
const podOf = (one: World, index = 0) => one.jobs()[index]?.spec?.template.spec;

/** An attempt that has registered its version. */
async function registered(spec: Partial<TrainingRunSpec> = {}): Promise<World> {
  const one = world(spec, [everyField]);
  await one.settle();
  one.podIs('fraud-1-train', results({ f1: 0.9 }));
  one.pass(60_000);
  await one.settle();
  expect(conditionOf(one, 'Succeeded')).toMatchObject({ status: 'True', reason: 'Registered' });
  return one;
}

describe('An attempt on hardware that its recipe names by a profile', () => {
  it('has what the profile says, and holds it in its snapshot', async () => {
    const one = world({}, [a100, everyField]);
    await one.settle();
    expect(podOf(one)).toMatchObject({
      nodeSelector: { ...everyField.nodeSelector, 'nvidia.com/gpu.product': everyField.product },
      runtimeClassName: 'nvidia',
      containers: [{ resources: { limits: { 'nvidia.com/gpu': '8', 'rdma/hca': '1' } } }],
    });
    expect(snapshotIn(one)?.hardware).toEqual(everyField);
    expect(snapshotIn(one)?.recipe.accelerator).toEqual(onH100.accelerator);
  });

  it('starts as many processes per node as it has devices', async () => {
    const one = world({ nodes: 2 }, [everyField]);
    await one.settle();
    expect(podOf(one)?.containers[0]?.env).toContainEqual({ name: 'PET_NPROC_PER_NODE', value: '8' });
  });

  it.each<[string, readonly HardwareProfile[]]>([
    ['is edited', [edited]],
    ['is gone', []],
  ])('goes on when the profile %s, and is made again with what it started with', async (_, later) => {
    const one = world({}, [everyField]);
    await one.settle();
    one.podIs('fraud-1-train', running());
    one.pass(hour);
    await one.settle();
    install(one, later);
    const before = podOf(one);
    await one.settle();
    expect(namesOf(one)).toEqual(['fraud-1-train']);
    expect(conditionOf(one, 'Stalled')).toBeUndefined();
    expect(conditionOf(one, 'Succeeded')).toMatchObject({ reason: 'Training' });
    one.podIs('fraud-1-train', {
      phase: 'Failed',
      conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }],
    });
    one.pass(hour);
    await one.settle();
    one.pass(hour);
    await one.settle();
    expect(namesOf(one)).toContain('fraud-1-train-r1');
    const again = one.jobs().findIndex(({ metadata }) => metadata?.name === 'fraud-1-train-r1');
    expect(podOf(one, again)?.nodeSelector).toEqual(before?.nodeSelector);
    expect(snapshotIn(one, again)?.hardware).toEqual(everyField);
  });

  it('that has ended misses no profile until it is to be trained again', async () => {
    const one = await registered();
    const written = one.requests.PATCH;
    install(one, [a100]);
    await one.settle();
    expect(one.requests.PATCH).toBe(written);
    one.edit({ rerunAt: '2026-11-24T10:00:30Z' });
    await one.settle();
    expect(namesOf(one)).toEqual(['fraud-1-train']);
    expect(conditionOf(one, 'Stalled')).toMatchObject({ reason: 'ProfileUnknown' });
    expect(conditionOf(one, 'Succeeded')).toMatchObject({ status: 'True', reason: 'Registered' });
    install(one, [everyField]);
    await one.settle();
    expect(namesOf(one)).toContain('fraud-2-train');
    expect(conditionOf(one, 'Stalled')).toBeUndefined();
  });

  it('tells beforehand that its schedule cannot be kept', async () => {
    const one = await registered({ schedule: '0 3 * * *' });
    install(one, []);
    await one.settle();
    expect(conditionOf(one, 'Stalled')).toMatchObject({ reason: 'ProfileUnknown' });
    expect(conditionOf(one, 'Succeeded')).toMatchObject({ status: 'True' });
  });

  it('is known as ours after a crash before its status was written', async () => {
    for (const provenance of ['Admission', 'Compare'] as const) {
      const one = world({}, [everyField]);
      install(one, [everyField], provenance);
      await one.reconcile(1);
      expect(one.run.status).toBeUndefined();
      await one.settle();
      expect(namesOf(one)).toEqual(['fraud-1-train']);
      expect(conditionOf(one, 'Stalled')).toBeUndefined();
    }
  });
});

describe('A Job that a crash left without a record, of a profile that was edited or removed since,', () => {
  it.each([[[edited]], [[]]])(
    'is ours where admission vouches for it, and runs on what it was made with',
    async (later) => {
      const one = world({}, [everyField]);
      await one.reconcile(1);
      install(one, later);
      one.podIs('fraud-1-train', running());
      await one.settle();
      expect(namesOf(one)).toEqual(['fraud-1-train']);
      expect(conditionOf(one, 'Stalled')).toBeUndefined();
      expect(one.run.status?.attempts).toHaveLength(1);
      expect(snapshotIn(one)?.hardware).toEqual(everyField);
    },
  );

  it('is told as forged where anybody may have written it', async () => {
    const one = world({}, [everyField]);
    install(one, [everyField], 'Compare');
    await one.reconcile(1);
    install(one, [edited], 'Compare');
    await one.reconcile();
    expect(namesOf(one)).toEqual(['fraud-1-train']);
    expect(conditionOf(one, 'Stalled')).toMatchObject({ reason: 'Forged' });
  });
});

describe('A run that names a profile which there is not', () => {
  it('starts nothing, and tells which there are, whose move it is and how', async () => {
    const one = world({}, [a100]);
    await one.settle();
    const message =
      'spec.accelerator.profile is "h100", which is none of the hardware profiles that the platform team has written down: a100. ' +
      'Name one of those: `kubectl -n team edit trun fraud`; or have the platform team write it down too, under accelerators in the ' +
      'values of the chart';
    expect(namesOf(one)).toEqual([]);
    expect(conditionOf(one, 'Succeeded')).toMatchObject({ status: 'False', reason: 'ProfileUnknown', message });
    expect(conditionOf(one, 'Stalled')).toMatchObject({ reason: 'ProfileUnknown', message });
    one.edit({ accelerator: { profile: 'a100', count: 8 } });
    await one.settle();
    expect(namesOf(one)).toEqual(['fraud-1-train']);
  });

  it('tells so where it is edited, and lets the attempt before it go on, also one that never ran', async () => {
    const one = world({}, [everyField]);
    await one.settle();
    one.edit({ accelerator: { profile: 'b200', count: 8 } });
    one.pass(30_000);
    await one.settle();
    expect(namesOf(one)).toEqual(['fraud-1-train']);
    expect(one.run.status?.attempts?.[0]?.verdict).toBeUndefined();
    expect(conditionOf(one, 'Stalled')).toMatchObject({ reason: 'ProfileUnknown' });
  });

  it('starts nothing either where a profile asks for more shared memory than the container has memory', async () => {
    const one = world({ resources: { memory: '32Gi' } }, [everyField]);
    await one.settle();
    expect(namesOf(one)).toEqual([]);
    expect(conditionOf(one, 'Succeeded')).toMatchObject({ status: 'False', reason: 'SharedMemoryTooLarge' });
  });
});
