import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { FakeApiServer } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';

const server = new FakeApiServer();
const base = '/apis/flyball.dev/v1alpha1/namespaces/team';
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

beforeAll(async () => {
  await server.start();
  const again = modelVersion(1, { trainingRun: 'fraud-1-replay', digest });
  for (const version of [modelVersion(1, { digest }), modelVersion(2, { seed: 7 }), again]) {
    server.put(`${base}/modelversions/${version.metadata?.name}`, version);
  }
  server.put(`${base}/trainingruns/fraud`, trainingRun());
  server.put(`${base}/trainingruns/fraud-1-replay`, trainingRun({ name: 'fraud-1-replay' }));
  server.put(`${base}/trainingruns/new`, trainingRun({ name: 'new' }));
});
afterAll(() => server.stop());

describe('kubectl flyball versions', () => {
  it('lists none of a run that has none, and refuses a run that there never was', async () => {
    expect(await play(server, 'versions new')).toMatchObject({
      exitCode: 0,
      out: 'TrainingRun new has no ModelVersion yet\n',
    });
    expect(await play(server, 'versions nobody')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('there is no TrainingRun "nobody"'),
    });
    expect((await play(server, 'versions mdep/fraud')).exitCode).toBe(2);
  });

  it('gives programs a document', async () => {
    const { out } = await play(server, 'versions trun/fraud -o json');
    expect(JSON.parse(out)).toMatchObject({
      trainingRun: 'fraud',
      versions: [{ name: 'fraud-2' }, { name: 'fraud-1' }],
    });
  });
});

describe('kubectl flyball diff', () => {
  it('ends with 0 for the same and with 1 for others, as kubectl diff does', async () => {
    expect(await play(server, 'diff fraud-1 fraud-1')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('are the same'),
    });
    expect(await play(server, 'diff fraud@1 fraud@2')).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining('seed'),
    });
    const { out } = await play(server, 'diff mver/fraud-2 -o json');
    expect(JSON.parse(out)).toMatchObject({
      from: 'fraud-1',
      to: 'fraud-2',
      isSame: false,
      compared: expect.any(Array),
    });
  });

  it('shows what is the same where that is asked for', async () => {
    expect((await play(server, 'diff fraud@1 fraud@2')).out).not.toContain('registry/fraud-train:1');
    expect((await play(server, 'diff fraud@1 fraud@2 --all')).out).toContain('registry/fraud-train:1');
  });

  it('compares the first version with none', async () => {
    expect(await play(server, 'diff fraud@1')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('is the first version of fraud'),
    });
  });
});

describe('kubectl flyball replay', () => {
  it('prints a manifest that kubectl applies, with a name that nobody has', async () => {
    const { out } = await play(server, 'replay fraud@1');
    expect(parse(out)).toMatchObject({
      kind: 'TrainingRun',
      metadata: { name: 'fraud-1-replay-2' },
      spec: { image: 'registry/fraud-train:1' },
    });
  });

  it('keeps its notes out of JSON', async () => {
    const { out, err } = await play(server, 'replay fraud@1 -o json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'TrainingRun' });
    expect(err).toContain('# Not all of the recipe is recorded');
  });

  it('says by its exit code whether it came to the same', async () => {
    expect(await play(server, 'replay fraud@1 --check fraud-1-replay')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('is the same model as fraud-1'),
    });
    expect((await play(server, 'replay fraud@1 --check fraud')).exitCode).toBe(1);
    expect(await play(server, 'replay fraud@1 --check new')).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('has begun no attempt yet'),
    });
    expect((await play(server, 'replay fraud@1 --check nobody')).exitCode).toBe(1);
    expect((await play(server, 'replay fraud@9')).exitCode).toBe(1);
  });
});
