import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { HardwareProfile } from '../../src/workload/hardware.ts';
import { createModelDeploymentController } from '../../src/kinds/modeldeployment/index.ts';
import { createTrainingRunController } from '../../src/kinds/trainingrun/index.ts';
import { canary, modelDeployment, server } from '../builders/modeldeployment.ts';
import { results, running } from '../builders/pod.ts';
import { everyField } from '../builders/profiles.ts';
import { trainingRun } from '../builders/trainingrun.ts';
import { ServingWorld } from '../simulate/modeldeployment.ts';
import { World } from '../simulate/trainingrun.ts';

const accelerator = { profile: 'h100', count: 8 };

/** What the platform team may write down next: the same, other contents under the name, others alone, or nothing. */
const written = fc.oneof(
  fc.constant<readonly HardwareProfile[]>([]),
  fc.constant<readonly HardwareProfile[]>([{ name: 'other', resource: 'amd.com/gpu' }]),
  fc
    .record(
      {
        product: fc.constantFrom('A', 'B'),
        nodeSelector: fc.dictionary(fc.constantFrom('pool', 'zone'), fc.constantFrom('a', 'b')),
        tolerations: fc.array(fc.record({ key: fc.constantFrom('a', 'b') }), { maxLength: 2 }),
        runtimeClassName: fc.constantFrom('nvidia', 'kata'),
        sharedMemory: fc.constantFrom('1Gi', '64Gi', '1Ti'),
        extended: fc.dictionary(fc.constantFrom('rdma/hca', 'a.b/c'), fc.constantFrom(1, 2)),
        env: fc.uniqueArray(fc.record({ name: fc.constantFrom('A', 'B'), value: fc.constantFrom('', '1', '$(A)') }), {
          selector: ({ name }) => name,
        }),
      },
      { requiredKeys: [] },
    )
    .map((fields): readonly HardwareProfile[] => [{ name: 'h100', resource: 'nvidia.com/gpu', ...fields }]),
);
const history = fc.array(written, { minLength: 1, maxLength: 5 });

describe('Whatever the platform team writes down while', () => {
  it('something trains, its Job stays as it is, and so does its version', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (profiles) => {
        const spec = { accelerator, resources: { memory: '2Ti' }, gate: [{ metric: 'f1', min: 0.5 }] };
        const world = new World(trainingRun({ spec }));
        world.controller = createTrainingRunController({ provenance: 'Admission', profiles: [everyField] });
        await world.settle();
        world.podIs('fraud-1-train', running());
        const [before] = world.jobs();
        for (const next of profiles) {
          world.controller = createTrainingRunController({ provenance: 'Admission', profiles: next });
          world.pass(3_600_000);
          await world.settle();
          expect(world.jobs()).toEqual([before]);
          expect(world.run.status?.conditions?.map(({ type }) => type)).not.toContain('Stalled');
        }
        world.podIs('fraud-1-train', results({ f1: 0.9 }));
        world.pass(60_000);
        await world.settle();
        expect(world.run.status?.attempts).toMatchObject([{ verdict: 'Registered' }]);
        expect(world.requests.DELETE).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('something serves and the next is rolled out, nothing is made again, and the rollout comes to its end', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (profiles) => {
        const resources = { memory: '2Ti' };
        const spec = { server: { ...server, resources, accelerator }, rollout: canary };
        const world = new ServingWorld(modelDeployment({ spec }));
        const options = { observerImage: 'registry/flyball:1', provenance: 'Compare' } as const;
        world.controller = createModelDeploymentController({ ...options, profiles: [everyField] });
        world.register(1);
        await world.pass(20);
        world.register(2);
        await world.pass(20);
        const templates = () => world.deployments().map(({ metadata, spec: own }) => [metadata?.uid, own?.template]);
        const before = templates();
        expect(before).toHaveLength(2);
        for (const next of profiles) {
          world.controller = createModelDeploymentController({ ...options, profiles: next });
          await world.reconcile();
          await world.pass(5);
          expect(templates()).toEqual(before);
          expect(world.condition('Stalled')).toBeUndefined();
        }
        await world.pass(400);
        expect(world.parent.status?.stable?.version).toBe('fraud-2');
        expect(before).toEqual(expect.arrayContaining(templates()));
      }),
      { numRuns: 15 },
    );
  });
});
