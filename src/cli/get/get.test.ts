import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeApiServer } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';

const server = new FakeApiServer();
const base = '/apis/flyball.dev/v1alpha1/namespaces/team';

beforeAll(async () => {
  await server.start();
  server.put(`${base}/trainingruns/fraud`, trainingRun());
});
afterAll(() => server.stop());

describe('kubectl flyball get', () => {
  it('shows what there is', async () => {
    expect((await play(server, 'get')).out).toContain('TrainingRun fraud');
  });

  it('gives programs a document', async () => {
    const { out } = await play(server, 'get -o json');
    expect(JSON.parse(out)).toMatchObject({ items: [{ metadata: { name: 'fraud' } }] });
  });

  it('names the command that was meant', async () => {
    expect(await play(server, 'gte')).toMatchObject({ exitCode: 2, err: expect.stringContaining('Did you mean get?') });
  });
});
