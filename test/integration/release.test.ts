import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { FakeApiServer } from '../builders/apiserver.ts';
import { trainingRun } from '../builders/trainingrun.ts';

/** What people install of the command line: it is packed from a copy, and run in an empty folder. */
const repository = join(import.meta.dirname, '..', '..');
const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { readonly version: string };
const folder = mkdtempSync(join(tmpdir(), 'flyball-release-test-'));
const [copy, release, empty] = ['copy', 'release', 'empty'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const execute = promisify(execFile);
const server = new FakeApiServer();

beforeAll(async () => {
  const needed = [
    'package.json',
    'tsconfig.json',
    'tsconfig.api.json',
    'LICENSE',
    'src',
    'hack/build.ts',
    'hack/package',
  ];
  for (const path of [...needed, 'docs/cli.md']) {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(repository, path), join(copy, path), { recursive: true });
  }
  symlinkSync(join(repository, 'node_modules'), join(copy, 'node_modules'));
  await execute(process.execPath, ['hack/build.ts'], { cwd: copy });
  const args = [
    'hack/package/main.ts',
    '--platform',
    'linux-x64',
    '--output',
    release,
    '--url',
    'https://example.test',
  ];
  await execute(process.execPath, args, { cwd: copy });
  mkdirSync(empty);
  await execute('tar', ['-xzf', join(release, `kubectl-flyball-${version}-linux-x64.tar.gz`), '-C', empty]);
  await server.start();
  server.load([trainingRun()]);
}, 240_000);

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** Without the machine's own Node on the PATH. */
const bare = { PATH: '/usr/bin:/bin', HOME: empty };

describe('The tarball of the command line', () => {
  it('is run by npx in an empty folder, without a network', async () => {
    const place = join(folder, 'nothing');
    mkdirSync(place);
    const args = [
      '--yes',
      '--package',
      join(release, `kubectl-flyball-${version}.tgz`),
      'kubectl-flyball',
      '--version',
    ];
    const environment = { ...process.env, npm_config_offline: 'true', npm_config_cache: join(folder, 'cache') };
    const { stdout } = await execute('npx', args, { cwd: place, env: environment });
    expect(stdout).toBe(`${version}\n`);
  }, 60_000);

  it('brings its documentation, its license and those of others', async () => {
    const { stdout } = await execute('tar', ['-tzf', join(release, `kubectl-flyball-${version}.tgz`)]);
    const names = ['LICENSE', 'README.md', 'kubectl-flyball', 'kubectl-flyball.LEGAL.txt', 'package.json'];
    expect(stdout.trim().split('\n').toSorted()).toEqual(names.map((name) => `package/${name}`));
  });
});

describe('The executable for Linux', () => {
  it('needs no Node', async () => {
    const { stdout } = await execute(join(empty, 'kubectl-flyball'), ['--version'], { env: bare });
    expect(stdout).toBe(`${version}\n`);
  });

  it('shows what is in a cluster', async () => {
    const kubeconfig = join(folder, 'kubeconfig');
    const config = {
      clusters: [{ name: 'c', cluster: { server: server.url } }],
      contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'team' } }],
      users: [{ name: 'u', user: {} }],
      'current-context': 'x',
    };
    writeFileSync(kubeconfig, JSON.stringify(config));
    const environment = { ...bare, KUBECONFIG: kubeconfig };
    const { stdout } = await execute(join(empty, 'kubectl-flyball'), ['get'], { env: environment });
    expect(stdout).toContain('fraud');
  });
});

describe('kubectl', () => {
  it('completes by the same executable under another name', async () => {
    const { kubectl } = await ensureBinaries(['kubectl']);
    symlinkSync(join(empty, 'kubectl-flyball'), join(empty, 'kubectl_complete-flyball'));
    const environment = { ...bare, PATH: `${empty}:${bare.PATH}` };
    const { stdout } = await execute(kubectl, ['__complete', 'flyball', 'get', '-o', ''], { env: environment });
    expect(stdout).toBe('json\nyaml\n:4\n');
  });
});

describe('The manifest for krew', () => {
  it('names the archive by its digest', () => {
    const archive = `kubectl-flyball-${version}-linux-x64.tar.gz`;
    const sha256 = createHash('sha256')
      .update(readFileSync(join(release, archive)))
      .digest('hex');
    expect(parse(readFileSync(join(release, 'flyball.yaml'), 'utf8'))).toMatchObject({
      spec: {
        version: `v${version}`,
        platforms: [
          {
            selector: { matchLabels: { os: 'linux', arch: 'amd64' } },
            uri: `https://example.test/${archive}`,
            sha256,
            bin: 'kubectl-flyball',
          },
        ],
      },
    });
  });
});
