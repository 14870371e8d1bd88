/** The model and its clients: a Go program, so that neither is what limits. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { builtGo } from '../contenders/built.ts';
import { pause } from '../pace.ts';
import { type Contending, start } from '../program.ts';
import { bodies } from './payload.ts';

export const path = '/v2/models/fraud/infer';

/** What a load has come to; times are in milliseconds. */
export interface Load {
  readonly requests: number;
  readonly failures: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

export class Rig {
  readonly #program = builtGo(join(import.meta.dirname, 'rig'));
  readonly #directory: string;
  readonly #bodies: string;

  /** @param directory for the logs and the bodies. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#bodies = join(directory, 'bodies');
    writeFileSync(this.#bodies, bodies.join('\n'));
  }

  model(port: number): Contending {
    const args = ['model', '--listen', `127.0.0.1:${port}`];
    return start({ program: this.#program, args, env: {} }, this.log('model'));
  }

  log(name: string): string {
    return join(this.#directory, `${name}.log`);
  }

  /** @param rate requests per second; 0: as many as are answered. */
  async load(port: number, rate: number, seconds: number): Promise<Load> {
    const url = `http://127.0.0.1:${port}${path}`;
    const args = ['load', '--url', url, '--bodies', this.#bodies, '--rate', `${rate}`, '--for', `${seconds}s`];
    const { stdout, stderr } = await promisify(execFile)(this.#program, args);
    const load = JSON.parse(stdout) as Load;
    if (load.failures > 0) throw new Error(`${load.failures} of ${load.requests} requests failed: ${stderr}`);
    return load;
  }
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Waits until the model answers behind this port. */
export async function answering(port: number, program: Contending | undefined): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if (program?.hasEnded()) throw new Error(`it ended at its start: ${program.log}`);
    const answer = await fetch(`http://127.0.0.1:${port}/v2/health/ready`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.status === 200) return;
    await pause(20);
  }
  throw new Error(`nothing answers at port ${port}${program === undefined ? '' : `: ${program.log}`}`);
}
