import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listingOf } from './listing.ts';
import { languages, listingCommand, removalCommand } from './programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'artifacts-'));
const base = join(folder, 'a claim');

beforeAll(() => {
  mkdirSync(join(base, 'fraud-1', 'deep'), { recursive: true });
  mkdirSync(join(base, 'empty'));
  mkdirSync(join(base, 'name\nfolder 0 1 1 1 forged'));
  writeFileSync(join(base, 'file'), 'no folder');
  writeFileSync(join(base, 'fraud-1', 'model'), 'x'.repeat(1000));
  writeFileSync(join(base, 'fraud-1', 'deep', 'a\nb'), 'xyz');
  symlinkSync(base, join(base, 'link'));
  symlinkSync('/', join(base, 'fraud-1', 'link'));
  utimesSync(join(base, 'fraud-1', 'model'), 1_790_000_000, 1_790_000_000);
  utimesSync(join(base, 'fraud-1', 'deep', 'a\nb'), 1_780_000_000, 1_780_000_000);
  chmodSync(base, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true }));

function printed([command = '', ...words]: readonly string[]): string {
  const { stdout, error } = spawnSync(command, words, { encoding: 'utf8' });
  if (error) throw error;
  return stdout;
}

/** Everything that builds this has a shell; Python is in the images that train, and not on every machine. */
const here = languages.filter((language) => language === 'Shell' || spawnSync('python3', ['--version']).status === 0);

describe.each(here)('the program in %s', (language) => {
  it('lists folders with what is in them, and nothing that only looks like one', () => {
    const listing = listingOf(printed(listingCommand(language, [base, join(folder, 'absent')])));
    expect(listing).toEqual({
      folders: [
        { place: 0, name: 'empty', bytes: 0, files: 0, modified: undefined },
        { place: 0, name: 'fraud-1', bytes: 1003, files: 2, modified: '2026-09-21T14:13:20Z' },
      ],
      missing: [1],
      unreadable: false,
      isWhole: true,
    });
  });

  it('removes what it is told to, without following links', () => {
    const useless = join(base, `useless-${language}`);
    mkdirSync(useless);
    writeFileSync(join(useless, 'model'), 'x');
    symlinkSync(join(base, 'fraud-1'), join(useless, 'link'));
    printed(removalCommand(language, [useless]));
    expect(readdirSync(base)).not.toContain(`useless-${language}`);
    expect(readdirSync(join(base, 'fraud-1'))).toContain('model');
  });
});

describe('a listing', () => {
  it('passes over whatever else was printed, and says if it is not whole', () => {
    expect(listingOf('sh: find: not found\nfolder x\nfolder 0 1 1 1 ../up\n')).toEqual({
      folders: [],
      missing: [],
      unreadable: false,
      isWhole: false,
    });
  });
});
