/** Builds what the benchmarks run, once: kept outside the checkout under the hash of the sources. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { cacheDirectory } from '../../../hack/cluster/binaries.ts';

const repository = join(import.meta.dirname, '..', '..', '..');

/** The Node of the image. */
export const node = join(repository, 'node_modules', 'node', 'bin', 'node');

/** The bundle of this checkout, as the image has it. */
export function bundled(): string {
  run(process.execPath, [join(repository, 'hack', 'build.ts')], repository);
  return join(repository, 'dist', 'flyball.mjs');
}

/** A Go program of a folder that has a go.mod. */
export function builtGo(directory: string, target = '.'): string {
  return builtOnce(directory, (output) =>
    run('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', output, target], directory),
  );
}

/** The result of building a folder. */
export function builtOnce(directory: string, build: (output: string) => void): string {
  const name = basename(directory);
  const hash = createHash('sha256');
  for (const file of readdirSync(directory, { withFileTypes: true })) {
    if (file.isFile() && isBuilt(file.name)) hash.update(file.name).update(readFileSync(join(directory, file.name)));
  }
  const folder = join(cacheDirectory(), 'bench');
  const output = join(folder, `${name}-${hash.digest('hex').slice(0, 16)}`);
  const done = `${output}.done`;
  if (existsSync(done)) return output;
  mkdirSync(folder, { recursive: true });
  console.error(`building ${name} …`);
  build(output);
  run('touch', [done], folder);
  return output;
}

/** Whether a file of a folder decides what is built; Python is run from the checkout. */
function isBuilt(file: string): boolean {
  return /\.go$|^go\.|^requirements\.txt$/.test(file);
}

export function run(program: string, args: readonly string[], directory: string): void {
  const { status, error, stderr } = spawnSync(program, args, {
    cwd: directory,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, CGO_ENABLED: '0', GOFLAGS: '-mod=readonly -buildvcs=false', GOWORK: 'off' },
  });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${error?.message ?? stderr}`);
}
