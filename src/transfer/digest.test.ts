import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { contentOf } from './digest.ts';

// Threads start slowly on a busy machine.
jest.setTimeout(60_000);

let folder = '';
const never = new AbortController().signal;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'flyball-digest-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What people compute. */
function shellDigest(within: string): string {
  const pipeline = "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0r sha256sum | sha256sum";
  const output = execFileSync('bash', ['-o', 'pipefail', '-c', pipeline], { cwd: within, encoding: 'utf8' });
  return `sha256:${output.split(' ')[0]}`;
}

function write(path: string, contents: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), contents);
}

const name = fc
  .oneof(
    fc.constantFrom(
      'a',
      'a-b',
      'a.b',
      'a b',
      'ab',
      'é',
      'e\u0301',
      '\ue000',
      '\u{1f600}',
      '\uffee',
      '$(x)',
      "'",
      '"',
      '\t',
      '*',
    ),
    fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
  )
  .filter((text) => !/[\\/\n\r\0]|^-|^\.\.?$/.test(text) && Buffer.byteLength(text) <= 255 && text.isWellFormed());
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
const tree = fc.dictionary(path, fc.oneof(fc.string(), fc.uint8Array({ maxLength: 5000 })), {
  maxKeys: 30,
  noNullPrototype: true,
});

describe('The digest of a folder', () => {
  it('is what the shell computes, whatever the names and contents of its files', async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (files) => {
        rmSync(folder, { recursive: true });
        mkdirSync(folder);
        for (const [at, contents] of Object.entries(files)) {
          try {
            write(at, contents);
          } catch (error) {
            // A name is that of a file and of a folder.
            if (!/ENOTDIR|EISDIR|EEXIST/.test(String(error))) throw error;
          }
        }
        expect((await contentOf(folder, never)).digest).toBe(shellDigest(folder));
      }),
      { numRuns: 25 },
    );
  });

  it('is that of nothing for a folder without files, as the shell has it', async () => {
    mkdirSync(join(folder, 'empty'));
    expect(await contentOf(folder, never)).toEqual({ digest: shellDigest(folder), bytes: 0, files: 0 });
  });

  it('counts bytes and files, of several megabytes too', async () => {
    write('weights/0.bin', Buffer.alloc(5_000_001, 7));
    write('weights/1.bin', Buffer.alloc(40_000_000, 8));
    write('config.json', '{}');
    expect(await contentOf(folder, never)).toEqual({ digest: shellDigest(folder), bytes: 45_000_003, files: 3 });
  });

  it('is the same for a folder of more files than a thread is given at once', async () => {
    for (let index = 0; index < 1_500; index += 1) write(`part-${index % 7}/${index}`, String(index));
    expect(await contentOf(folder, never)).toEqual({
      digest: shellDigest(folder),
      bytes: 4_890,
      files: 1_500,
    });
  });
});

describe('A folder has no digest', () => {
  it.each([
    ['a\nb', 'The name of "a\\nb" has the end of a line in it: give it another one.'],
    ['a\rb', 'The name of "a\\rb" has the end of a line in it: give it another one.'],
    ['dir/a\\b', 'The name of "dir/a\\\\b" has a backslash in it: give it another one.'],
    ['--tag', 'The name of "--tag" begins with "-": give it another one.'],
  ])('with a name that sha256sum does not take as it is: %j', async (at, want) => {
    write(at, 'x');
    await expect(contentOf(folder, never)).rejects.toMatchObject({ message: want, exit: 3 });
  });

  it('with a name that is not UTF-8', async () => {
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/model-`), Buffer.from([0xff])]), 'x');
    const want = 'The name of "model-\ufffd" is not UTF-8: give it another one.';
    await expect(contentOf(folder, never)).rejects.toMatchObject({ message: want, exit: 3 });
  });

  it('with a link, to wherever it leads', async () => {
    write('model.bin', 'x');
    symlinkSync('model.bin', join(folder, 'latest'));
    await expect(contentOf(folder, never)).rejects.toMatchObject({
      message: '"latest" is a link: remove it.',
      exit: 3,
    });
  });

  it('with a socket or the like', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
    const content = contentOf(folder, never);
    await expect(content).rejects.toMatchObject({ message: '"socket" is no file: remove it.', exit: 3 });
    await new Promise((resolve) => server.close(resolve));
  });

  it('if it is written to meanwhile', async () => {
    write('a', Buffer.alloc(20_000_000));
    const content = contentOf(folder, never);
    const timer = setInterval(() => write('b', String(performance.now())), 1);
    await expect(content).rejects.toThrow(/"b"|was written to while it was read/);
    clearInterval(timer);
  });

  it('once the program is told to end', async () => {
    write('a', 'x');
    await expect(contentOf(folder, AbortSignal.abort(new Error('told to end')))).rejects.toThrow('told to end');
  });
});

describe('A folder with a file of another user', () => {
  it('is refused with what to do', async () => {
    write('model.bin', 'x');
    chmodSync(folder, 0o755);
    chmodSync(join(folder, 'model.bin'), 0);
    const content = asNobody(() => contentOf(folder, never));
    await expect(content).rejects.toMatchObject({
      message: expect.stringContaining('"model.bin" may not be read (EACCES): set spec.pod.runAsUser'),
      exit: 3,
    });
  });
});

/** Root may read everything. */
async function asNobody<T>(act: () => Promise<T>): Promise<T> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await act();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}
