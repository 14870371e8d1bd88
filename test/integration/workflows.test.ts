import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';

test('actionlint has nothing against the workflows', async () => {
  const { actionlint } = await ensureBinaries(['actionlint']);
  const folder = join(import.meta.dirname, '../../.github/workflows');
  const files = readdirSync(folder).map((name) => join(folder, name));
  const { status, stdout, stderr } = spawnSync(actionlint, files, { encoding: 'utf8' });

  expect(files.length).toBeGreaterThan(1);
  expect([status, `${stdout}${stderr}`]).toEqual([0, '']);
}, 900_000);
