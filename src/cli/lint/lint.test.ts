import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, reply } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';

const server = new FakeApiServer();
let folder = '';

beforeAll(() => server.start());
afterAll(() => server.stop());
beforeEach(() => {
  server.restoreEmpty();
  server.requests.length = 0;
  folder = mkdtempSync(join(tmpdir(), 'lint-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (more = '') => `apiVersion: flyball.dev/v1alpha1
kind: TrainingRun
metadata: {name: fraud}
spec:
  image: example.com/train:1
${more}`;

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

async function lint(line: string, input?: string) {
  const { out, err, exitCode } = await play(server, `lint ${line}`, input === undefined ? {} : { input });
  return { out: out.replaceAll(folder, ''), err: err.replaceAll(folder, ''), exitCode };
}

describe('kubectl flyball lint', () => {
  it('shows each finding with its place, its line and a caret, and ends with 1', async () => {
    const file = write('run.yaml', run("  seed: '1'\n"));
    expect(await lint(file)).toEqual({
      out: [
        '/run.yaml:6:9: error: spec.seed: is the string "1", and must be of type integer: take the quotation marks away',
        "  6 |   seed: '1'",
        '    |         ^^^',
        '1 error with 1 object in 1 file',
        '',
      ].join('\n'),
      err: '',
      exitCode: 1,
    });
  });

  it('ends with 0 where nothing is wrong, and asks no cluster', async () => {
    expect(await lint(write('run.yaml', run()))).toMatchObject({ exitCode: 0, err: '' });
    expect(server.requests).toEqual([]);
  });

  it('ends with 2 where a file cannot be read, and tells of the others all the same', async () => {
    const { out, err, exitCode } = await lint(`${join(folder, 'none.yaml')} ${write('run.yaml', run('  sed: 1\n'))}`);
    expect(exitCode).toBe(2);
    expect(err).toMatch(/^error: \/none.yaml cannot be read: .*ENOENT/);
    expect(out).toContain('/run.yaml:6:3: error: spec.sed');
  });

  it('reads the standard input', async () => {
    expect((await lint('-', run('  sed: 1\n'))).out).toMatch(/^stdin:6:3: error: spec.sed/);
  });

  it('reads the files of a folder, and with -R those of the folders in it', async () => {
    for (const name of ['a.yaml', 'b.yml', 'c.json', 'd.txt', 'below/e.yaml']) write(name, run(`  ${name[0]}: 1\n`));
    symlinkSync(folder, join(folder, 'circle'));
    const fields = async (line: string) =>
      [...(await lint(line)).out.matchAll(/^\/(\S+?):.*error/gm)].map(([, name]) => name);
    expect(await fields(folder)).toEqual(['a.yaml', 'b.yml', 'c.json']);
    expect(await fields(`-R ${folder}`)).toEqual(['below/e.yaml', 'a.yaml', 'b.yml', 'c.json']);
  });

  it('passes over the patches of a kustomization, which are parts of objects', async () => {
    write(
      'kustomization.yaml',
      'resources: [../base]\npatches:\n  - path: ./fast.yaml\npatchesStrategicMerge: [slow.yaml]\n',
    );
    for (const name of ['fast.yaml', 'slow.yaml']) write(name, run().replace(/ {2}image.*\n/, '  seed: 1\n'));
    expect(await lint(folder)).toMatchObject({ exitCode: 0 });
    expect(await lint(join(folder, 'fast.yaml'))).toMatchObject({ exitCode: 1 });
  });

  it('writes a document', async () => {
    const { out } = await lint(`-o json ${write('run.yaml', run('  sed: 1\n'))}`);
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          name: '/run.yaml',
          findings: [
            {
              severity: 'error',
              rule: 'UnknownField',
              field: 'spec.sed',
              message: 'unknown field "sed": did you mean "seed"?',
              object: { kind: 'TrainingRun', name: 'fraud' },
              start: { line: 6, column: 3 },
              end: { line: 6, column: 6 },
            },
          ],
          objects: 1,
          others: 0,
        },
      ],
      summary: { files: 1, objects: 1, others: 0, errors: 1, notes: 0 },
    });
  });

  it('shows nothing to a terminal that would act on it, and keeps the caret below what is meant', async () => {
    const { out } = await lint('-', run('  parameters: {"\u001B[31m\u202E": "字", a: 1}\n'));
    expect(out).not.toContain('\u001B');
    expect(out).not.toContain('\u202E');
    const [, line = '', caret = ''] = /6 \|(.*)\n +\|(.*)/.exec(out) ?? [];
    // The character that is two columns wide stands before it.
    expect(caret.indexOf('^')).toBe(line.lastIndexOf('1') + 1);
  });

  it('shows of a long line what is about the place', async () => {
    const { out } = await lint('-', run(`  parameters: {a: "${'x'.repeat(900)}", b: 1}\n`));
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThan(200);
    expect(out).toMatch(/b: 1\}\n +\| +\^\n/);
  });
});

describe('kubectl flyball lint --server', () => {
  const answer = (code: number, message: string, reason?: string) => {
    server.intercept = (_request, response) => {
      reply(response, code, { kind: 'Status', code, message, reason });
      return true;
    };
  };
  afterEach(() => {
    server.intercept = () => false;
  });

  it('applies what is right, and has nothing kept', async () => {
    answer(200, '');
    expect(await lint(`--server -n team ${write('run.yaml', run())}`)).toMatchObject({ exitCode: 0 });
    expect(server.requests.map(({ method, path }) => [method, path])).toEqual([
      ['PATCH', '/apis/flyball.dev/v1alpha1/namespaces/team/trainingruns/fraud'],
    ]);
    const [request] = server.requests;
    expect(Object.fromEntries(request?.query ?? [])).toMatchObject({
      dryRun: 'All',
      fieldValidation: 'Strict',
      force: 'true',
    });
    expect(request?.headers['content-type']).toBe('application/apply-patch+yaml');
  });

  it('asks nothing about what is wrong already', async () => {
    expect(await lint(`--server ${write('run.yaml', run('  sed: 1\n'))}`)).toMatchObject({ exitCode: 1 });
    expect(server.requests).toEqual([]);
  });

  it('shows what a policy says at the field that it names', async () => {
    answer(
      422,
      'trainingruns.flyball.dev "fraud" is forbidden: ValidatingAdmissionPolicy \'a\' denied request: spec.seed is 13',
    );
    const { out, exitCode } = await lint(`--server ${write('run.yaml', run('  seed: 13\n'))}`);
    expect(out).toMatch(/^\/run.yaml:6:9: error: spec.seed: trainingruns.* denied request: spec.seed is 13\n/);
    expect(exitCode).toBe(1);
  });

  it('says that it was not asked where the user has no right to apply', async () => {
    answer(
      403,
      'trainingruns.flyball.dev "fraud" is forbidden: User "ann" cannot patch resource "trainingruns" in API group "flyball.dev"',
    );
    const { out, err, exitCode } = await lint(`--server ${write('run.yaml', run())}`);
    expect(err).toMatch(/^warning: the API server was not asked: .*cannot patch/);
    expect(out).toBe('nothing is wrong with 1 object in 1 file\n');
    expect(exitCode).toBe(1);
  });

  it('says that it was not asked where the namespace is not there yet', async () => {
    answer(404, 'namespaces "team" not found', 'NotFound');
    const { out, err, exitCode } = await lint(`--server -n team ${write('run.yaml', run())}`);
    expect(err).toBe('warning: the API server was not asked: the cluster has no namespace "team": make it first\n');
    expect(out).toBe('nothing is wrong with 1 object in 1 file\n');
    expect(exitCode).toBe(1);
  });
});
