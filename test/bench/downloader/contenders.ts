/** Who brings files from a store that speaks S3 into a folder. */
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import { run } from '../../../hack/cluster/command.ts';
import { common, downloading } from '../../../src/transfer/flags.ts';
import { defaultLimits } from '../../../src/transfer/limits.ts';
import { storeOf } from '../../../src/transfer/store.ts';
import { bucket, type Store } from '../../stores/store.ts';

export type Letter = 'D' | 'H' | 'C' | 'F' | 'R' | 'S';

/** What is to be brought, and to where. */
export interface Errand {
  readonly store: Store;
  readonly endpoint: string;
  /** Of the bucket: a prefix. */
  readonly path: string;
  /** The same files on this machine, of which the store has its own copies. */
  readonly source: string;
  readonly target: string;
}

export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Contender {
  readonly letter: Letter;
  readonly name: string;
  /** By what the others are measured: the ways that bytes can come, and what anybody takes to compute the digest of what came. */
  readonly limits?: 'Bytes' | 'Digest';
  command(errand: Errand): Command;
}

const repository = join(import.meta.dirname, '..', '..', '..');
const path = '/usr/local/bin:/usr/bin:/bin';

/** Builds what is missing. */
export async function contenders(): Promise<readonly Contender[]> {
  const { rclone, s5cmd } = await ensureBinaries(['rclone', 's5cmd']);
  await run(process.execPath, [join(repository, 'hack', 'build.ts')], { directory: repository });
  return [disk, plain, digest, fetch(dirname(rclone)), alone(rclone), other(s5cmd)];
}

const disk: Contender = {
  letter: 'D',
  name: 'cp, from a folder of the same disk',
  limits: 'Bytes',
  command: ({ source, target }) => ({
    program: 'cp',
    words: ['--recursive', `${source}/.`, target],
    environment: { PATH: path },
  }),
};

const plain: Contender = {
  letter: 'H',
  name: 'curl, from the same store',
  limits: 'Bytes',
  command: ({ store, endpoint, path: prefix, source, target }) => {
    const { AWS_ACCESS_KEY_ID: key, AWS_SECRET_ACCESS_KEY: secret, AWS_REGION: region } = store.credentials;
    const files = readdirSync(source, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const list = `${target}.curl`;
    const wanted = files.map((file) => {
      const name = join(file.parentPath, file.name).slice(source.length + 1);
      return `url = "${endpoint}/${bucket}/${prefix}/${name}"\noutput = "${join(target, name)}"\n`;
    });
    writeFileSync(list, wanted.join(''));
    const signed = ['--aws-sigv4', `aws:amz:${region}:s3`, '--user', `${key}:${secret}`];
    const unhashed = ['--header', 'x-amz-content-sha256: UNSIGNED-PAYLOAD'];
    const many = ['--parallel', '--parallel-max', '8', '--create-dirs', '--config', list];
    return {
      program: 'curl',
      words: ['--silent', '--show-error', '--fail', ...signed, ...unhashed, ...many],
      environment: { PATH: path },
    };
  },
};

const digest: Contender = {
  letter: 'C',
  name: 'find and sha256sum, which compute the digest',
  limits: 'Digest',
  command: ({ source }) => {
    const script = 'cd "$0" && find . -type f -printf \'%P\\0\' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum';
    return { program: 'sh', words: ['-c', script, source], environment: { PATH: path } };
  },
};

/** As in a pod, with the digest of all that came. */
const fetch = (programs: string): Contender => ({
  letter: 'F',
  name: 'the container fetch: rclone, and the digest of what it brought',
  command: ({ store, endpoint, path: prefix, target }) => ({
    program: process.execPath,
    words: [join(repository, 'dist', 'transfer.mjs'), 'fetch', `${store.root}/${prefix}`, target],
    environment: {
      ...store.credentials,
      PATH: programs,
      NODE_OPTIONS: '--max-semi-space-size=4',
      MALLOC_ARENA_MAX: '1',
      FLYBALL_TRANSFER: JSON.stringify({ digests: {}, s3: { ...store.settings.s3, endpoint } }),
    },
  }),
});

const alone = (program: string): Contender => ({
  letter: 'R',
  name: 'rclone alone, as fetch runs it',
  command: ({ store, endpoint, path: prefix, target }) => {
    const at = { type: 'Location', scheme: 's3', authority: bucket, path: prefix } as const;
    const settings = { digests: {}, s3: { ...store.settings.s3, endpoint } };
    const { environment, argument } = storeOf(at, { settings, credentials: store.credentials, anonymous: false });
    return {
      program,
      words: ['copy', ...common(defaultLimits.stall, 3), ...downloading, argument, target],
      environment: { ...environment, PATH: path, RCLONE_CONFIG: '', GOMEMLIMIT: '112MiB' },
    };
  },
});

const other = (program: string): Contender => ({
  letter: 'S',
  name: 's5cmd 2.3.0',
  command: ({ store, endpoint, path: prefix, target }) => ({
    program,
    words: ['--endpoint-url', endpoint, '--log', 'error', 'cp', `s3://${bucket}/${prefix}/*`, `${target}/`],
    environment: { ...store.credentials, PATH: path },
  }),
});
