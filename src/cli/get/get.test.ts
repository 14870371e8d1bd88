import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { listed, now, product } from '../../../test/builders/product.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { modelVersions, pods, trainingRuns } from '../../api/kinds.ts';

const server = new FakeApiServer();

beforeAll(() => server.start());
beforeEach(() => {
  server.restoreEmpty();
  for (const kind of [pods, trainingRuns, modelVersions]) server.serve(kind, 'Served');
  server.load(listed(product()));
});
afterAll(() => server.stop());

const get = (line: string, isTerminal = false) => play(server, `get ${line}`, { now, isTerminal });

describe('kubectl flyball get', () => {
  it('counts what is past', async () => {
    expect((await get('')).out).toMatch(/^│ {2}└─ … 3 earlier attempts +7h7m +2 Registered, 1 GateFailed$/m);
  });

  it('shows of one object all that lies below it, and what leads to it', async () => {
    const { out } = await get('trun fraud');
    expect(out).toContain('└─ TrainingRun fraud');
    expect(out).toContain('├─ Attempt fraud-2 ');
    expect(out).not.toContain('ModelDeployment');
  });

  it('takes KIND/NAME, and a kind alone', async () => {
    expect((await get('mdep/fraud')).out).toEqual((await get('mdep fraud')).out);
    expect((await get('mver')).out.match(/ModelVersion/g)).toHaveLength(2);
  });

  it('fits the width of a terminal', async () => {
    const out = stripVTControlCharacters((await get('', true)).out);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(out).toMatch(/…$/m);
  });

  it('cuts nothing that goes into a pipe', async () => {
    expect((await get('')).out).toContain('http://fraud.team.svc');
  });

  it('names the namespace of each product where there may be several', async () => {
    expect((await get('-A')).out).toMatch(/^team\/fraud /m);
  });

  it('asks the server for the labels of what people write, and finds the rest by whose it is', async () => {
    const { metadata, ...run } = trainingRun({ name: 'churn' });
    server.load([{ ...run, metadata: { ...metadata!, uid: 'churn', labels: { team: 'a' } } }]);
    const { out } = await get('-l team=a');
    expect(out).toContain('TrainingRun churn');
    expect(out).not.toContain('fraud');
  });

  it('gives programs the same tree', async () => {
    const { out } = await get('mver -o json');
    expect(JSON.parse(out)).toMatchObject({
      products: [{ kind: 'Product', name: 'fraud', children: [{ kind: 'ModelVersion', state: 'Candidate' }, {}] }],
      unread: [],
    });
  });
});

describe('What kubectl flyball get cannot show', () => {
  it('is said once, at the end, beside what it can', async () => {
    server.serve(pods, 'Forbidden');
    const { out, err, exitCode } = await get('');
    expect(out).toContain('Job fraud-4-train');
    expect(out).not.toContain('Pod');
    expect(err).toMatch(/^not shown: the Pods of namespace team: pods is forbidden: .*\n$/);
    expect(exitCode).toBe(0);
    expect(JSON.parse((await get('-o json')).out)).toMatchObject({
      unread: [{ what: 'the Pods of namespace team', why: expect.stringContaining('forbidden') }],
    });
  });

  it('is not called absent', async () => {
    server.restoreEmpty();
    server.serve(trainingRuns, 'Forbidden');
    expect(await get('')).toMatchObject({ out: '', exitCode: 1, err: expect.not.stringContaining('keeps nothing') });
  });

  it('is named with what there is instead', async () => {
    expect(await get('mdep frod')).toMatchObject({
      exitCode: 1,
      err: 'error: there is no ModelDeployment frod in namespace team; there is fraud\n',
    });
  });

  it('is looked for elsewhere', async () => {
    expect(await get('-n empty')).toMatchObject({
      exitCode: 0,
      out: '',
      err: 'Flyball keeps nothing in namespace empty; look in all of them: kubectl flyball get -A\n',
    });
  });

  it('is nothing that kubectl would show', async () => {
    expect(await get('pods')).toMatchObject({ exitCode: 2, err: expect.stringContaining('is no kind of Flyball') });
  });

  it('is one object of all namespaces', async () => {
    expect((await get('mdep fraud -A')).exitCode).toBe(2);
  });

  it('names the command that was meant', async () => {
    expect(await play(server, 'gte')).toMatchObject({ exitCode: 2, err: expect.stringContaining('Did you mean get?') });
  });
});
