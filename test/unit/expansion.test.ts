import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IContainer, IPodSpec } from 'kubernetes-models/v1';
import { buildDeployment } from '../../src/kinds/modeldeployment/revision/deployment.ts';
import { newJob } from '../builders/job.ts';
import { artifact, modelDeployment } from '../builders/modeldeployment.ts';
import { trainingRun } from '../builders/trainingrun.ts';

/** As the kubelet expands values, commands and arguments: k8s.io/kubernetes/third_party/forked/golang/expansion. */
function expanded(text: string, asked: (name: string) => string): string {
  let result = '';
  for (let at = 0; at < text.length; at += 1) {
    const end = text.indexOf(')', at);
    if (text[at] !== '$' || at + 1 >= text.length) {
      result += text[at];
    } else if (text[at + 1] === '$') {
      result += '$';
      at += 1;
    } else if (text[at + 1] === '(' && end > 0) {
      result += asked(text.slice(at + 2, end));
      at = end;
    } else {
      result += '$';
    }
  }
  return result;
}

/** What of a container is expanded, as it would be, with all names that it would be asked for. */
function ours({ initContainers = [], containers }: IPodSpec) {
  const asked: string[] = [];
  const expand = (text: string) =>
    expanded(text, (name) => {
      asked.push(name);
      return 'expanded';
    });
  const valuesOf = ({ env = [], command = [], args = [] }: IContainer) => [
    ...env.map(({ name, value = '' }) => [name, expand(value)] as const),
    ...[...command, ...args].map((word) => ['', expand(word)] as const),
  ];
  return { values: new Map([...initContainers, ...containers].flatMap(valuesOf)), asked };
}

/** Short enough to be a category: what is longer than 64 characters an observer is not told. */
const text = fc
  .array(fc.constantFrom('$', '$(', '(', ')', 'PATH', '$(FLYBALL_RUN)', '$$(HOME)', 'a', '\\', '"'), { maxLength: 4 })
  .map((parts) => parts.join(''));

describe('What the operator puts into a container', () => {
  it('arrives as it was written: no value of a training refers to a variable, whatever the recipe and the champion say', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (hostile, isGang) => {
        const source = { repository: hostile, revision: hostile };
        const recipe = { parameters: { a: hostile, [`b${hostile}`]: 'b' }, source, ...(isGang && { nodes: 2 }) };
        const champion = { name: hostile, uri: `pvc://models/${hostile}`, metrics: {}, datasets: {} };
        const job = newJob(trainingRun({ spec: recipe }), { champion } as object);
        const { values, asked } = ours(job.spec?.template.spec ?? { containers: [] });
        expect(asked).toEqual([]);
        expect(values.get('FLYBALL_PARAMETER_A')).toBe(hostile);
        expect(values.get('FLYBALL_SOURCE_REVISION')).toBe(hostile);
        expect(values.get('FLYBALL_CHAMPION_URI')).toBe(`pvc://models/${hostile}`);
        expect(values.get('FLYBALL_PARAMETERS')).toBe(JSON.stringify(recipe.parameters));
      }),
    );
  });

  it('is so for servers and their observers, whatever digest and profile say', () => {
    fc.assert(
      fc.property(text, (hostile) => {
        const observe = {
          signals: [{ name: 'country', from: 'Request', pointer: '/country', type: 'Category' }],
        } as const;
        const deployment = buildDeployment({
          parent: modelDeployment({ spec: { observe: { signals: [...observe.signals] } } }),
          revision: '0a1b2c3d',
          model: { ...artifact(1), version: hostile, digest: hostile },
          profile: { country: { categories: { [`x${hostile}`]: '1' } } },
          observerImage: 'registry/flyball:1',
          replicas: 1,
        });
        const { values, asked } = ours(deployment?.spec?.template.spec ?? { containers: [] });
        expect(asked).toEqual([]);
        expect(values.get('FLYBALL_MODEL_DIGEST')).toBe(hostile);
        expect(JSON.parse(values.get('FLYBALL_OBSERVER') ?? '')).toMatchObject({
          profile: { country: { categories: { [`x${hostile}`]: '1' } } },
        });
      }),
    );
  });
});
