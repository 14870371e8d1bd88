import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { trainingExample, trainingExamples } from '../../builders/trainingexample.ts';
import { type Environment, startEnvironment } from '../environment.ts';

let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment();
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

describe('The manifests of examples/training', () => {
  it.each(trainingExamples)(
    'are taken by the API server, with no field that it does not know: $name',
    async (example) => {
      const path = '/apis/flyball.dev/v1alpha1/namespaces/default/trainingruns?dryRun=All&fieldValidation=Strict';
      const answer = await environment.request('POST', path, { body: trainingExample(example).run });
      expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    },
  );

  it('come with scripts that have no name of ours in them', () => {
    for (const example of trainingExamples) expect(trainingExample(example).script).not.toMatch(/flyball/i);
  });
});
