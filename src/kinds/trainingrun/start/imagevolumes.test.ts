import { describe, expect, it } from '@jest/globals';
import { onServer } from '../../../../test/builders/onserver.ts';
import { results } from '../../../../test/builders/pod.ts';
import { trainingRun } from '../../../../test/builders/trainingrun.ts';
import { World } from '../../../../test/simulate/trainingrun.ts';
import { findCondition } from '../../../api/condition.ts';
import type { TrainingRunSpec } from '../../../api/types.ts';
import { createTrainingRunController } from '../index.ts';

const withImage: Partial<TrainingRunSpec> = { datasets: [{ name: 'train', uri: 'oci://registry/data:1' }] };
const controller = createTrainingRunController({ provenance: 'Admission' });

/** A run in a cluster of Kubernetes 1.x. */
function world(spec: Partial<TrainingRunSpec>, minor: number): World {
  const made = new World(trainingRun({ spec: { gate: [{ metric: 'f1', min: 0.5 }], ...spec } }));
  made.controller = onServer(controller, { major: 1, minor });
  return made;
}

const conditionOf = ({ run }: World, type: string) => findCondition(run.status?.conditions, type);

describe('A run that mounts an image', () => {
  it('starts where Kubernetes can do that', async () => {
    const one = world(withImage, 35);
    await one.settle();
    expect(one.jobs()[0]?.spec?.template.spec?.volumes).toContainEqual(
      expect.objectContaining({ image: { reference: 'registry/data:1' } }),
    );
  });

  it('starts nothing where Kubernetes is too old, says so, and starts once it was upgraded', async () => {
    const one = world(withImage, 34);
    await one.settle();
    expect(one.jobs()).toEqual([]);
    expect(conditionOf(one, 'Succeeded')).toMatchObject({
      status: 'False',
      reason: 'ImageVolumesNotServed',
      message: expect.stringContaining(
        'spec.datasets "train" is the image registry/data:1, and this cluster has Kubernetes 1.34',
      ),
    });
    expect(conditionOf(one, 'Stalled')).toMatchObject({ status: 'True', reason: 'ImageVolumesNotServed' });
    one.controller = onServer(controller, { major: 1, minor: 36 });
    await one.settle();
    expect(one.jobs()).toHaveLength(1);
    expect(conditionOf(one, 'Stalled')).toBeUndefined();
  });

  it('is told of a volume of the pod as well', async () => {
    const one = world({ pod: { volumes: [{ name: 'tools', image: { reference: 'registry/tools:1' } }] } }, 33);
    await one.settle();
    expect(conditionOf(one, 'Succeeded')?.message).toContain('spec.pod.volumes "tools"');
  });

  it('keeps what it came to, and says why it is not trained again', async () => {
    const one = world({ ...withImage, rerunAt: '2020-01-01T00:00:00Z' }, 36);
    await one.settle();
    one.podIs('fraud-1-train', results({ f1: 0.9 }));
    await one.settle();
    one.controller = onServer(controller, { major: 1, minor: 34 });
    await one.settle();
    expect(conditionOf(one, 'Succeeded')).toMatchObject({ status: 'True', reason: 'Registered' });
    one.edit({ rerunAt: new Date(one.now.getTime() + 1_000).toISOString() });
    one.pass(60_000);
    await one.settle();
    expect(one.jobs()).toHaveLength(1);
    expect(conditionOf(one, 'Stalled')).toMatchObject({ reason: 'ImageVolumesNotServed' });
  });
});
