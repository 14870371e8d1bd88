import { describe, expect, it } from '@jest/globals';
import type { IPod } from 'kubernetes-models/v1';
import { job } from '../../../../../test/builders/job.ts';
import { everyOption } from '../../../../../test/builders/podoptions.ts';
import { trainingRun } from '../../../../../test/builders/trainingrun.ts';
import { attemptAnnotation } from '../../../../api/labels.ts';
import type { TrainingRunSpec } from '../../../../api/types.ts';
import { recipeOf } from '../../../../domain/recipe.ts';
import { messageLimit } from '../../../../workload/results.ts';

type PodSpec = NonNullable<IPod['spec']>;

const podOf = (spec: Partial<TrainingRunSpec>, more = {}) => job(trainingRun({ spec }), more).spec?.template.spec;
const mainOf = (spec: Partial<TrainingRunSpec>, more = {}) => podOf(spec, more)?.containers[0];
const valuesOf = (spec: Partial<TrainingRunSpec>, more = {}) =>
  Object.fromEntries((mainOf(spec, more)?.env ?? []).map(({ name, value, valueFrom }) => [name, value ?? valueFrom]));

describe('The pod of an attempt with options', () => {
  const { volumes, initContainers, ...pod } = everyOption;
  const recipe = {
    ...recipeOf(trainingRun({ spec: { output: { uri: 'pvc://models/fraud' } } }).spec),
    pod: { volumes, initContainers },
  };
  const rich = { recipe: { ...recipe, results: { path: '/app/metrics.json' } }, pod };

  it('is made from the snapshot alone, whatever the spec says by now', () => {
    const spec = podOf({ pod: { runAsUser: 1 } }, rich);
    expect(spec?.initContainers?.map(({ name, restartPolicy }) => [name, restartPolicy])).toEqual([
      ['warm', undefined],
      ['proxy', 'Always'],
    ]);
    const all = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
    expect(all.map(({ securityContext }) => securityContext?.runAsUser)).toEqual([2000, 2000, 2000]);
    expect(spec?.securityContext).toMatchObject({ fsGroup: 4000, supplementalGroups: [65532] });
    expect(spec?.volumes?.map(({ name }) => name).slice(0, 2)).toEqual(['claim-0', 'code']);
  });

  it('bears labels and annotations of people, which its Job does not', () => {
    const { metadata, spec } = job(trainingRun(), rich);
    expect(spec?.template.metadata).toMatchObject({
      labels: { team: 'risk', 'flyball.dev/training-run': 'fraud' },
      annotations: {
        'example.com/owner': 'risk',
        'flyball.dev/beside': JSON.stringify({
          containers: ['warm', 'proxy'],
          volumes: volumes.map(({ name }) => name),
        }),
      },
    });
    expect(metadata?.labels).not.toHaveProperty('team');
    expect(Object.keys(metadata?.annotations ?? {})).toEqual([attemptAnnotation]);
  });

  it('leaves its results where the recipe says, and is told so', () => {
    expect(mainOf({}, rich)?.terminationMessagePath).toBe('/app/metrics.json');
    expect(valuesOf({}, rich)['FLYBALL_RESULTS']).toBe('/app/metrics.json');
  });

  it("has the variables of its hardware profile, which a gang's do not replace", () => {
    const env = [
      { name: 'NCCL_DEBUG', value: 'INFO' },
      { name: 'MASTER_PORT', value: '1' },
    ];
    const hardware = { name: 'h100', resource: 'nvidia.com/gpu', env };
    const accelerator = { profile: 'h100', count: 8 };
    const values = valuesOf({ accelerator, nodes: 2 }, { hardware });
    expect(values).toMatchObject({ NCCL_DEBUG: 'INFO', MASTER_PORT: '1' });
    expect(mainOf({ accelerator }, { hardware })?.resources?.limits).toEqual({ 'nvidia.com/gpu': '8' });
  });

  it('shares the room of its results with the containers beside main, as the kubelet does', () => {
    const limit = (spec: PodSpec) => messageLimit({ apiVersion: 'v1', kind: 'Pod', spec });
    expect([podOf({}), podOf({}, rich)].map((spec) => spec && limit(spec))).toEqual([4096, 4096]);
    const many = { ...rich, pod: { ...pod, sidecars: ['a', 'b', 'c', 'd'].map((name) => ({ name, image: 'x:1' })) } };
    const spec = podOf({}, many);
    expect(spec && limit(spec)).toBe(2048);
  });
});
