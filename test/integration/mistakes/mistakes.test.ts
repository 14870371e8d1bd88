import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Environment, startEnvironment } from '../environment.ts';
import { mistakes } from './index.ts';
import { manifest, type Mistake } from './mistake.ts';
import { page } from './page.ts';

const file = new URL('../../../docs/mistakes.md', import.meta.url);
let environment: Environment;

beforeAll(async () => {
  environment = await startEnvironment();
}, 600_000);

afterAll(async () => {
  await environment.stop();
}, 30_000);

/** What kubectl prints of a spec that somebody applies, and whether it took it. */
function applied(mistake: Mistake, spec: string, ...more: readonly string[]) {
  const args = ['--kubeconfig', environment.kubeconfig, 'apply', '--dry-run=server', ...more, '-f', '-'];
  const { status, stdout, stderr } = spawnSync(environment.kubectl, args, {
    encoding: 'utf8',
    input: manifest(mistake, spec),
  });
  return { isTaken: status === 0, words: `${stdout}${stderr}`.trim() };
}

describe.each(mistakes)('$title', (mistake) => {
  const { wrong, right, named } = mistake;

  test.each([[[]], [['--server-side']]])('is refused with what is wrong and where, by apply %j', (more) => {
    const { isTaken, words } = applied(mistake, wrong, ...more);
    expect(isTaken).toBe(false);
    for (const word of named) expect(words).toContain(word);
  });

  test('is right as the page says', () => {
    for (const more of [[], ['--server-side']]) {
      expect(applied(mistake, right, ...more)).toMatchObject({ isTaken: true });
    }
  });
});

/** `UPDATE_GOLDEN=1 npm run test:integration -- mistakes` writes the page anew, for review as a diff. */
test('the page of mistakes says what the API server says', () => {
  const text = page(
    mistakes.map((mistake) => ({
      mistake,
      applied: applied(mistake, mistake.wrong).words,
      serverSide: applied(mistake, mistake.wrong, '--server-side').words,
    })),
  );
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
  expect(text).toEqual(readFileSync(file, 'utf8'));
}, 60_000);
