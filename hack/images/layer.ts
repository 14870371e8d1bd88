/** Layers of images: folders that are filled from Debian packages, Python packages or the repository's own files. */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { run } from '../cluster/command.ts';
import { say } from '../cluster/progress.ts';

const repository = resolve(import.meta.dirname, '..', '..');
const release = 'bookworm';
const pythonVersion = '3.11';

/** Where the Python packages of an image lie. */
export const pythonPackages = '/opt/python';

/** The user that every image runs as. */
export const user = 65532;

export interface Layer {
  /** What is being made, for people who wait. */
  readonly title: string;
  /** Changes whenever the contents would. */
  readonly key: string;
  /** Fills an empty folder with the layer's files; `below` unpacks the layers under it and returns that folder. */
  fill(directory: string, below: () => Promise<string>): Promise<void>;
}

/** How Debian, the compilers and Python call this machine's processor. */
function processor(): { readonly triple: string; readonly wheels: string } {
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string];
  if (machine === undefined) throw new Error(`images can be built on x64 and arm64, not on ${process.arch}`);
  return { triple: `${machine}-linux-gnu`, wheels: machine };
}

const keyOf = (parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length} `).update(part);
  return hash.digest('hex').slice(0, 16);
};

/** This file makes layers out of their inputs, so a change of it makes other layers. */
const method = readFileSync(import.meta.filename);

/** What every image needs of Debian: the C library, certificates, names of users. Neither a shell nor a package manager. */
const kept = () => ['lib', 'lib64', `usr/lib/${processor().triple}`, 'usr/lib/os-release', 'etc/os-release', 'tmp'];
const dropped = () => ['gconv', 'perl', 'perl-base'].map((name) => `usr/lib/${processor().triple}/${name}`);

/**
 * The files of Debian packages, without the packages' scripts being run: `packages` and what they depend on are
 * unpacked, and of all that, libraries, certificates and the paths in `keep` go into the image.
 */
export function debian(packages: readonly string[], keep: readonly string[]): Layer {
  const include = ['base-files', 'ca-certificates', 'libc6', ...packages];
  return {
    title: `Debian packages ${packages.join(', ')}`,
    key: keyOf([method, release, process.arch, ...include, '', ...keep]),
    async fill(directory) {
      const archive = `${directory}.tar`;
      const all = `${directory}.all`;
      const options = ['--quiet', '--variant=extract', '--skip=output/dev', `--include=${include.join(',')}`];
      await run('mmdebstrap', [...options, release, archive]);
      mkdirSync(all);
      await run('tar', ['-xf', archive, '-C', all, '--no-same-owner']);
      rmSync(archive);
      for (const path of dropped()) rmSync(join(all, path), { recursive: true, force: true });
      if (existsSync(join(all, 'usr/bin/python3'))) await compilePython(all, all, `usr/lib/python${pythonVersion}`);
      const paths = [...kept(), ...keep].filter((path) => existsSync(join(all, path)));
      await run('sh', ['-c', 'tar -C "$0" -cf - "$@" | tar -C "$OUT" -xf -', all, ...paths], {
        env: { OUT: directory },
      });
      writeIdentity(directory);
      await run('sh', ['-c', 'cat "$0"/usr/share/ca-certificates/mozilla/*.crt >"$1"', all, certificates(directory)]);
      rmSync(all, { recursive: true });
    },
  };
}

function certificates(directory: string): string {
  const path = join(directory, 'etc/ssl/certs/ca-certificates.crt');
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

function writeIdentity(directory: string): void {
  const nobody = '/nonexistent:/usr/sbin/nologin';
  writeFileSync(
    join(directory, 'etc/passwd'),
    `root:x:0:0:root:${nobody}\nnonroot:x:${user}:${user}:nonroot:${nobody}\n`,
  );
  writeFileSync(join(directory, 'etc/group'), `root:x:0:\nnonroot:x:${user}:\n`);
  writeFileSync(join(directory, 'etc/nsswitch.conf'), 'hosts: files dns\n');
}

/** The Python packages of a requirements file with versions and hashes, as wheels for the Python of the layer below. */
export function python(requirements: string): Layer {
  const file = join(repository, requirements);
  const abi = `cp${pythonVersion.replace('.', '')}`;
  return {
    title: `Python packages of ${requirements}`,
    key: keyOf([method, process.arch, readFileSync(file)]),
    async fill(directory, below) {
      const target = join(directory, pythonPackages);
      const options = ['--quiet', '--no-compile', '--no-deps', '--only-binary=:all:', '--require-hashes'];
      const abis = [abi, 'abi3', 'none'].flatMap((name) => ['--abi', name]);
      const platforms = ['manylinux_2_28', 'manylinux_2_27', 'manylinux2014'].flatMap((platform) => [
        '--platform',
        `${platform}_${processor().wheels}`,
      ]);
      const interpreter = ['--implementation', 'cp', '--python-version', pythonVersion, ...abis, ...platforms];
      await run('pip3', ['install', ...options, ...interpreter, '--requirement', file, '--target', target]);
      rmSync(join(target, 'bin'), { recursive: true, force: true });
      // Tests and type stubs are a third of the files, and no program reads them.
      await run('find', [target, '-type', 'd', '-name', 'tests', '-prune', '-exec', 'rm', '-r', '{}', '+']);
      await run('find', [target, '-name', '*.pyi', '-delete']);
      await compilePython(await below(), directory, pythonPackages.slice(1));
    },
  };
}

/**
 * Compiles Python sources ahead, since containers with a read-only root would do it at every start. Runs the image's
 * own Python by the image's own loader, so that the machine's Python may be of any version.
 */
async function compilePython(root: string, directory: string, path: string): Promise<void> {
  const { triple } = processor();
  const loader = { x64: 'ld-linux-x86-64.so.2', arm64: 'ld-linux-aarch64.so.1' }[process.arch as string] ?? '';
  const libraries = [join(root, 'lib', triple), join(root, 'usr/lib', triple)].join(':');
  const interpreter = join(root, `usr/bin/python${pythonVersion}`);
  // Files' times are reset in the layer, so the compiled code must not be checked against them.
  const compile = ['-m', 'compileall', '-q', '-j', '0', '--invalidation-mode', 'unchecked-hash'];
  const names = ['-s', directory, '-p', '/'];
  await run(
    join(root, 'lib', triple, loader),
    ['--library-path', libraries, interpreter, ...compile, ...names, join(directory, path)],
    { env: { PYTHONHOME: join(root, 'usr'), PYTHONPATH: '', PYTHONDONTWRITEBYTECODE: '1' } },
  ).catch((error: unknown) => {
    // compileall fails for any file that is no Python of this version, such as templates; such files cannot be imported.
    say(`  some Python files could not be compiled: ${String(error).slice(0, 300)}`);
  });
}

/** Files of the repository or with absolute paths, by the folder of the image that they go into. */
export function files(title: string, mode: number, byFolder: Readonly<Record<string, readonly string[]>>): Layer {
  const entries = Object.entries(byFolder).flatMap(([folder, paths]) =>
    paths.map((path) => ({ source: resolve(repository, path), target: join(folder, basename(path)) })),
  );
  return {
    title,
    key: keyOf([method, String(mode), ...entries.flatMap(({ source, target }) => [target, readFileSync(source)])]),
    async fill(directory) {
      for (const { source, target } of entries) {
        const path = join(directory, target);
        mkdirSync(dirname(path), { recursive: true });
        copyFileSync(source, path);
        chmodSync(path, mode);
      }
    },
  };
}
