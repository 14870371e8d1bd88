import { spawn } from 'node:child_process';
import { type Dirent, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../hack/cluster/command.ts';
import { buildImage } from '../../../hack/images/build.ts';
import { type ImageName, recipeOf } from '../../../hack/images/recipes.ts';

/** The file system of an image, and its variables. */
export interface Root {
  readonly directory: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Program {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folder of the program, as /code. */
  readonly code: string;
}

export interface End {
  readonly code: number | null;
  readonly log: string;
  /** A file that it left in /tmp. */
  readonly left: (name: string) => string | undefined;
}

/** Unpacks an image, with the devices that a container gets. */
export async function unpacked(name: ImageName): Promise<Root> {
  const { archive } = await buildImage(name);
  const work = mkdtempSync(join(tmpdir(), 'flyball-image-'));
  const layout = join(work, 'layout');
  await run('skopeo', ['copy', '--quiet', `oci-archive:${archive}`, `oci:${layout}:image`]);
  const directory = join(work, 'root');
  await run('umoci', ['raw', 'unpack', '--rootless', '--image', `${layout}:image`, directory]);
  rmSync(layout, { recursive: true });
  for (const path of ['dev/shm', 'code', 'tmp']) mkdirSync(join(directory, path), { recursive: true });
  for (const [device, minor] of [
    ['null', '3'],
    ['urandom', '9'],
  ] as const) {
    await run('mknod', ['-m', '666', join(directory, 'dev', device), 'c', '1', minor]);
  }
  return { directory, env: (await recipeOf(name)).env };
}

/**
 * Runs one program on each of a few machines that see each other by their names and nothing else: network namespaces on one bridge,
 * each with its own name, address and /tmp, as pods have them.
 */
export async function runTogether(
  root: Root,
  names: readonly string[],
  program: (index: number) => Program,
): Promise<readonly End[]> {
  const network = await connected(names);
  try {
    writeFileSync(join(root.directory, 'etc/hosts'), network.hosts);
    return await Promise.all(
      names.map((name, index) => ended(root, name, network.spaces[index] ?? '', program(index))),
    );
  } finally {
    await network.remove();
  }
}

interface Network {
  readonly spaces: readonly string[];
  readonly hosts: string;
  remove(): Promise<void>;
}

async function connected(names: readonly string[]): Promise<Network> {
  const prefix = `fb${process.pid % 100_000}`;
  const bridge = `${prefix}b`;
  const spaces = names.map((_, index) => `${prefix}n${index}`);
  const made: string[] = [];
  const ip = async (...args: readonly string[]) => await run('ip', args);
  const add = async (space: string) => {
    await ip('netns', 'add', space);
    made.push(space);
  };
  const remove = async () => {
    for (const space of made) await ip('netns', 'delete', space);
  };
  try {
    await add(bridge);
    await ip('-n', bridge, 'link', 'add', 'name', 'bridge0', 'type', 'bridge');
    await ip('-n', bridge, 'link', 'set', 'bridge0', 'up');
    for (const [index, space] of spaces.entries()) {
      await add(space);
      await ip('-n', space, 'link', 'set', 'lo', 'up');
      await ip('-n', space, 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', `v${index}`, 'netns', bridge);
      await ip('-n', space, 'addr', 'add', `${address(index)}/24`, 'dev', 'eth0');
      await ip('-n', space, 'link', 'set', 'eth0', 'up');
      await ip('-n', bridge, 'link', 'set', `v${index}`, 'master', 'bridge0', 'up');
    }
  } catch (error) {
    await remove();
    throw error;
  }
  const lines = names.map((name, index) => `${address(index)} ${name} ${host(name)}`);
  return { spaces, hosts: ['127.0.0.1 localhost', ...lines, ''].join('\n'), remove };
}

const address = (index: number) => `10.77.0.${index + 1}`;
const host = (name: string) => name.split('.')[0] ?? name;

/** What a container is to its program: a root, a name, a network, a folder for files, and no rights. */
const contained = `
set -e
hostname "$NAME"
mount --bind "$TEMPORARY" "$ROOT/tmp"
mount --bind "$CODE" "$ROOT/code"
mount -t proc proc "$ROOT/proc"
exec "$CHROOT" --userspec=1000:1000 "$ROOT" "$@"
`;

async function ended(root: Root, name: string, space: string, { command, env, code }: Program): Promise<End> {
  const temporary = mkdtempSync(join(tmpdir(), 'flyball-machine-'));
  await run('chmod', ['1777', temporary]);
  mkdirSync(join(root.directory, 'proc'), { recursive: true });
  const chroot = (await run('sh', ['-c', 'command -v chroot'])).trim();
  const own = { NAME: host(name), ROOT: root.directory, TEMPORARY: temporary, CODE: code, CHROOT: chroot };
  const inside = Object.entries({ ...root.env, ...env });
  const loaded = ['/bin/sh', '-c', [...inside.map(exported), 'exec "$@"'].join('\n'), 'sh', ...command];
  const outside = ['netns', 'exec', space, 'unshare', '--uts', '--mount', '--pid', '--fork', '--kill-child'];
  const child = spawn('ip', [...outside, 'sh', '-c', contained, 'sh', ...loaded], {
    env: { PATH: process.env['PATH'] ?? '', ...own },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => log.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => log.push(chunk));
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const files = new Map(readdirSync(temporary, { withFileTypes: true }).flatMap((entry) => textIn(temporary, entry)));
  rmSync(temporary, { recursive: true });
  return { code: exit, log: Buffer.concat(log).toString(), left: (file) => files.get(file) };
}

function exported([name, value]: readonly [string, string]): string {
  return `export ${name}='${value.replaceAll("'", "'\\''")}'`;
}

function textIn(folder: string, entry: Dirent): (readonly [string, string])[] {
  return entry.isFile() ? [[entry.name, readFileSync(join(folder, entry.name), 'utf8')]] : [];
}
