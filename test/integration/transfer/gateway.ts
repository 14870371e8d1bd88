import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureBinaries } from '../../../hack/cluster/binaries.ts';
import { freePorts } from '../ports.ts';
import { eventually, type Program, startProgram, tailOf } from '../program.ts';

/** A real store that speaks S3, whose objects are files. */
export interface Gateway {
  readonly endpoint: string;
  readonly port: number;
  readonly folder: string;
  readonly credentials: Readonly<Record<string, string>>;
  /** Puts an object of the bucket `bucket` into its place, at once. */
  put(key: string, content: string | Buffer): void;
  remove(key: string): void;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startGateway(): Promise<Gateway> {
  const { versitygw } = await ensureBinaries(['versitygw']);
  const [port = 0] = await freePorts(1);
  const root = mkdtempSync(join(tmpdir(), 'flyball-gateway-'));
  const folder = join(root, 'objects');
  mkdirSync(join(folder, 'bucket'), { recursive: true });
  const credentials = {
    AWS_ACCESS_KEY_ID: 'reader',
    AWS_SECRET_ACCESS_KEY: 'very secret words',
    AWS_REGION: 'us-east-1',
  };
  const start = () => started(versitygw, port, folder, join(root, 'log'), credentials);
  let program = await start();
  const stop = () => program.stop();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    folder,
    credentials,
    put(key, content) {
      const path = join(folder, 'bucket', key);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    },
    remove: (key) => rmSync(join(folder, 'bucket', key), { recursive: true }),
    async restart() {
      await stop();
      program = await start();
    },
    async stop() {
      await stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function started(
  path: string,
  port: number,
  folder: string,
  log: string,
  { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' }: Readonly<Record<string, string>>,
): Promise<Program> {
  const words = ['--access', AWS_ACCESS_KEY_ID, '--secret', AWS_SECRET_ACCESS_KEY, '--port', `127.0.0.1:${port}`];
  const program = startProgram(path, [...words, '--health', '/healthz', 'posix', folder], log);
  const isHealthy = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  if (!(await eventually(isHealthy, { limitMs: 20_000 }))) throw new Error(`versitygw does not start: ${tailOf(log)}`);
  return program;
}
