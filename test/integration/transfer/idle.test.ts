import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { environmentOf } from './transferred.ts';

it('A sidecar of a gang that has nothing to save stays until it is told to end', async () => {
  const program = join(import.meta.dirname, '../../../src/transfer/main.ts');
  const environment = { ...(await environmentOf({}, {})), JOB_COMPLETION_INDEX: '1', FLYBALL_POD_UID: 'uid' };
  const words = [program, 'checkpoint', '/nowhere', 's3://kept/fraud'];
  const child = spawn(process.execPath, words, { env: environment, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  expect(await Promise.race([ended, sleep(3_000, 'It stays')])).toBe('It stays');
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
}, 60_000);
