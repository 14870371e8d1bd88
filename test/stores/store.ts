import { connect } from 'node:net';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import { run } from '../../hack/cluster/command.ts';
import type { StorageInstallation } from '../../src/storage/installation.ts';
import { eventually, type Program, tailOf } from '../integration/program.ts';

/** Where a store listens. */
export interface StoreOptions {
  /** Loopback by default. For pods it is the address at which they reach this machine: `cluster.machine`. */
  readonly host?: string;
  /** A free one by default. The one from before is for a store that comes back. */
  readonly port?: number;
  /** Whether everybody may read, or only those who have its credentials: a web server lets in everybody by default, all others do not. */
  readonly isPublic?: boolean;
}

/** A real store, in which tests keep artifacts. */
export interface Store {
  /** What URIs in it begin with, such as `s3://artifacts`. */
  readonly root: string;
  /** How an installation reaches it: what the chart's values say of storage. */
  readonly settings: Omit<StorageInstallation, 'image'>;
  /** What the Secret of `storage.secretRef` holds for it. */
  readonly credentials: Readonly<Record<string, string>>;
  /** As host:port. */
  readonly address: string;
  /** Puts what is in a folder of this machine, or one file, below a path. */
  upload(source: string, path: string): Promise<void>;
  /** Brings what is below a path into a folder of this machine. */
  download(path: string, folder: string): Promise<void>;
  /** Removes all that is below a path. */
  remove(path: string): Promise<void>;
  /** Its contents stay, for another start with the same folder. */
  stop(): Promise<void>;
}

/** The bucket, or the container, that every store has. */
export const bucket = 'artifacts';

/** Rclone, for what tests themselves put into a store and look for in it. */
export class Client {
  readonly #environment: Readonly<Record<string, string>>;

  /** @param remote what rclone calls the options of its backend. */
  constructor(remote: Readonly<Record<string, string>>, authorities?: string) {
    const options = Object.entries(remote).map(([name, value]) => [`RCLONE_CONFIG_STORE_${name.toUpperCase()}`, value]);
    this.#environment = {
      RCLONE_CONFIG: '',
      RCLONE_RETRIES: '1',
      RCLONE_LOW_LEVEL_RETRIES: '3',
      ...(authorities === undefined ? {} : { SSL_CERT_FILE: authorities }),
      ...Object.fromEntries(options),
    };
  }

  readonly upload = (source: string, path: string) => this.#run('copy', source, this.#at(path));
  readonly download = (path: string, folder: string) => this.#run('copy', this.#at(path), folder);
  readonly remove = (path: string) => this.#run('purge', this.#at(path));

  makeBucket(): Promise<void> {
    return this.#run('mkdir', `store:${bucket}`);
  }

  #at(path: string): string {
    return `store:${bucket}/${path}`;
  }

  async #run(...words: readonly string[]): Promise<void> {
    const { rclone } = await ensureBinaries(['rclone']);
    await run(rclone, words, { env: this.#environment });
  }
}

/** Waits until a program takes connections. */
export async function listening(program: Program, address: string, log: string): Promise<void> {
  let hasEnded = false;
  void program.ended.then(() => {
    hasEnded = true;
  });
  const probe = async () => hasEnded || (await connects(address));
  if ((await eventually(probe, { limitMs: 60_000 })) && !hasEnded) return;
  await program.stop();
  throw new Error(`${program.name} does not start:\n${tailOf(log)}`);
}

function connects(address: string): Promise<boolean> {
  const [host, port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
