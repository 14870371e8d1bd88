import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { Ahead } from './ahead.ts';
import { contentOf } from './digest.ts';
import { filesOf } from './folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'flyball-ahead-'));
const large = 5 * 1024 * 1024;
const { signal } = new AbortController();

afterAll(() => rmSync(folder, { recursive: true }));

describe('Hashing ahead', () => {
  it('gives what hashing at the end gives, also of files that were replaced meanwhile, or are gone', async () => {
    for (const name of ['a', 'b', 'c', 'gone']) writeFileSync(join(folder, name), Buffer.alloc(large, name));
    writeFileSync(join(folder, 'small'), 'small');
    const ahead = new Ahead(folder, signal);
    for (const name of ['a', 'b', 'none']) ahead.add(name, large);
    ahead.add('small', 5);
    await new Promise((resolve) => setTimeout(resolve, 200));
    ahead.add('gone', large);
    await new Promise((resolve) => setTimeout(resolve, 200));
    writeFileSync(join(folder, 'b'), Buffer.alloc(large, 'other'));
    rmSync(join(folder, 'gone'));
    expect(await ahead.content(await filesOf(folder))).toEqual(await contentOf(folder, signal));
  });

  it('ends when nobody needs it any more', async () => {
    const ahead = new Ahead(folder, signal);
    ahead.add('a', large);
    ahead.end();
    await expect(ahead.content(await filesOf(folder))).rejects.toMatchObject({ name: 'AbortError' });
  });
});
