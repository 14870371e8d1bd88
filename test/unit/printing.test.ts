import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { TrainingRunSpec } from '../../src/api/types.ts';
import { parseMetrics } from '../../src/workload/metrics.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'containers.md'), 'utf8');
const [, recipe = ''] = /```yaml\n(command: \[sh[^`]*)```/.exec(page) ?? [];
const { command = [], args = [], results } = parse(recipe) as Partial<TrainingRunSpec>;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flyball-printing-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Runs the recipe with a program in place of Python, and with a folder of its own in place of /tmp. */
function printed(program: string): { readonly status: number | null; readonly out: string; readonly left: string } {
  const file = join(folder, 'results');
  writeFileSync(file, '');
  writeFileSync(join(folder, 'python3'), `#!/bin/sh\n${program}\n`);
  chmodSync(join(folder, 'python3'), 0o755);
  const [shell = '', ...words] = [...command, ...args].map((word) => word.replaceAll('/tmp/', `${folder}/`));
  const env = { PATH: `${folder}:/usr/bin:/bin`, FLYBALL_RESULTS: file };
  const { status, stdout } = spawnSync(shell, words, { env, encoding: 'utf8' });
  return { status, out: stdout, left: readFileSync(file, 'utf8') };
}

describe('The recipe for scripts that only print their numbers', () => {
  it('takes the last one as a metric, and lets the log be seen', () => {
    const { status, out, left } = printed('echo "epoch 1, accuracy: 0.5"; echo "epoch 2, accuracy: 0.93."');
    expect([status, out]).toEqual([0, 'epoch 1, accuracy: 0.5\nepoch 2, accuracy: 0.93.\n']);
    expect(results).toEqual({ format: 'Metrics' });
    expect(parseMetrics(left, '/dev/termination-log', ['accuracy'])).toEqual({ accuracy: '0.93' });
  });

  it('fails where the script fails, whatever it printed', () => {
    expect(printed('echo "accuracy: 0.93"; exit 3')).toMatchObject({ status: 1, left: '' });
  });

  it('leaves nothing where nothing was printed, which is told as missing', () => {
    expect(printed('echo done')).toMatchObject({ status: 0, left: '' });
  });
});
