/** No word that others can write acts on whoever reads it by the command line, on their terminal or on their shell. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Resource } from '../../src/api/resource.ts';
import { FakeApiServer } from '../builders/apiserver.ts';
import { play, type Played } from '../builders/commandline.ts';
import { everyLine } from '../builders/everyline.ts';
import {
  actingTexts,
  forgedCommand,
  hostileTexts,
  strayingPath,
  withHostile,
  writablePlaces,
} from '../builders/hostileworld.ts';
import { shellWords } from '../builders/kubectl.ts';
import { recordedProduct } from '../builders/observed.ts';

const product = recordedProduct();
const now = new Date(product.now);
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const manifest = join(folder, 'manifest.yaml');
const lines = everyLine(manifest);

/** What acts instead of being shown; a colour is ours where a terminal shows it. */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function actsIn(words: string): string | undefined {
  const found = acting.exec(words.replaceAll(colours, '').replaceAll('\n', ''));
  return found === null
    ? undefined
    : `U+${found[0].codePointAt(0)?.toString(16)} in ${JSON.stringify(words.slice(Math.max(0, found.index - 40), found.index + 40))}`;
}

/** What a mistake in our own code says. */
const mistaken =
  /Cannot (?:read|convert|set)|is not (?:a function|iterable|defined|a constructor)|Invalid (?:time|array|date)|\[object |Maximum call stack|out of range|cyclic/i;

/** No line of what people read is longer, but one of a log, of which all is told. */
const longestLine = 8_000;
const longestOfLog = 110 * 1024;
/** More than what there is to tell, in bytes, is told by none. */
const mostOutput = 40 * 1024 * 1024;

const escape = '\u001B';
const colours = new RegExp(`${escape}\\[\\d+(?:;\\d+)*m`, 'g');
/** How a tree that is watched is drawn anew on a terminal. */
const redrawing = new RegExp(`${escape}\\[\\??[\\d;]*[A-KhlmG]`, 'g');
const shownAsCommand = new RegExp(`${escape}\\[36m\`?([^${escape}\`]*)|\`(kubectl [^\`]*)\``, 'g');

/** What is shown as a command, by its colour or between backticks; logs, manifests and documents may have both. */
function commandsIn(line: string, { out, err }: Played): string[] {
  const words = /^(?:logs|lint|replay)\b| -o /.test(line) ? err : `${out}${err}`;
  const marked = [...words.matchAll(shownAsCommand)];
  return marked.map(([, coloured, quoted]) => coloured ?? quoted ?? '').filter((command) => command !== '…');
}

function problemsOf(line: string, played: Played): string[] {
  const { out, err, exitCode } = played;
  const drawn = line.includes('--watch') ? out.replaceAll(redrawing, '') : out;
  const shown = line.startsWith('logs') ? drawn.replaceAll('\t', ' ') : drawn;
  // A replay is a manifest.
  const isDocument = line.includes(' -o ') || line.startsWith('replay');
  const longest = line.startsWith('logs') ? longestOfLog : longestLine;
  const all = [...(isDocument ? [] : out.split('\n')), ...err.split('\n')];
  return [
    ...[shown, err].flatMap((words) => actsIn(words) ?? []).map((what) => `acts: ${what}`),
    ...[mistaken.exec(err), isDocument ? null : mistaken.exec(out)].flatMap((found) =>
      found === null ? [] : [`is mistaken: ${found[0]} in ${err.slice(0, 400)}`],
    ),
    ...all.filter((one) => one.length > longest).map((one) => `is ${one.length} long: ${one.slice(0, 200)}`),
    ...commandsIn(line, played)
      .filter((command) => shellWords(command) === undefined)
      .map((command) => `a shell reads differently: ${command}`),
    ...(out.length + err.length > mostOutput ? [`prints ${out.length + err.length} characters`] : []),
    ...([0, 1, 2].includes(exitCode) ? [] : [`ends with ${exitCode}`]),
    ...(isDocument && exitCode === 0 ? unreadable(line, out) : []),
  ].map((what) => `${line} ${what}`);
}

function unreadable(line: string, out: string): string[] {
  try {
    void (line.includes('json') ? JSON.parse(out) : parse(out, { maxAliasCount: 0 }));
    return [];
  } catch (error) {
    return [`prints no document: ${String(error)}`];
  }
}

const server = new FakeApiServer();

function isOurs({ apiVersion }: Resource): boolean {
  return apiVersion.startsWith('flyball.dev/');
}

function load(objects: readonly Resource[], logs: Readonly<Record<string, string>>): void {
  server.restoreEmpty();
  server.load(objects);
  for (const [container, words] of Object.entries(logs)) server.logs.set(container, words);
  const documents = objects.filter(isOurs).map((object) => JSON.stringify(object));
  writeFileSync(manifest, documents.join('\n---\n'));
}

async function problemsWith(
  objects: readonly Resource[],
  logs: Readonly<Record<string, string>>,
  isTerminal: boolean,
): Promise<string[]> {
  load(objects, logs);
  const found: string[] = [];
  for (const line of lines) {
    const stop = /--(?:watch|follow)/.test(line) ? AbortSignal.timeout(150) : new AbortController().signal;
    found.push(...problemsOf(line, await play(server, line, { now, isTerminal, stop })));
  }
  return found;
}

beforeAll(() => server.start());
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

/** How much may be written altogether: an API server takes no more of one object than 1.5 MiB. */
const mostWritten = 4 * 1024 * 1024;
const places = product.objects.flatMap((object, index) => writablePlaces(object).map((path) => ({ index, path })));

describe('What the command line prints', () => {
  it.each(actingTexts.map((words, choice) => [JSON.stringify(words).slice(0, 60), words, choice] as const))(
    'does nothing where everybody says %s',
    async (_, words, choice) => {
      const step = Math.ceil((places.length * words.length) / mostWritten);
      const objects = [...product.objects];
      for (const { index, path } of places.filter((_place, at) => at % step === 0)) {
        objects[index] = withHostile(objects[index]!, path, choice);
      }
      const logs = Object.fromEntries(Object.keys(product.logs).map((name) => [name, `${words}\n${words}`]));
      expect(await problemsWith(objects, logs, choice % 2 === 0)).toEqual([]);
    },
    120_000,
  );

  it('tells as a command none that somebody else wrote', async () => {
    const choice = hostileTexts.indexOf(forgedCommand);
    const objects = [...product.objects];
    // Messages in our statuses are the operator's words: nobody else may write them.
    for (const { index, path } of places.filter(
      ({ path: [root], index }) => root !== 'status' || !isOurs(objects[index]!),
    )) {
      objects[index] = withHostile(objects[index]!, path, choice);
    }
    load(objects, product.logs);
    for (const line of lines.filter((one) => !one.includes(' -o ') && !one.includes('--'))) {
      const told = commandsIn(line, await play(server, line, { now, isTerminal: true }));
      const forged = told.filter((command) => command.startsWith('kubectl delete ns'));
      expect({ line, forged }).toEqual({ line, forged: [] });
    }
  }, 60_000);

  it('is asked for where names say, and nowhere else', async () => {
    const choice = hostileTexts.indexOf(strayingPath);
    const objects = [...product.objects];
    for (const { index, path } of places) objects[index] = withHostile(objects[index]!, path, choice);
    load(objects, product.logs);
    server.requests.length = 0;
    for (const line of lines.filter((one) => !one.includes('--'))) await play(server, line, { now });
    expect(server.requests.length).toBeGreaterThan(10);
    expect(server.requests.map(({ path }) => path).filter((path) => path.includes('kube-system/'))).toEqual([]);
  }, 60_000);

  it.each(actingTexts.filter(({ length }) => length < 1_000).map((named) => [JSON.stringify(named), named] as const))(
    'does nothing where the call names context and user %s',
    async (_, named) => {
      load(product.objects, product.logs);
      for (const words of ['abort biopsy', 'rollback biopsy', 'why mon biopsy', 'why mdep nobody', 'replay biopsy-1']) {
        for (const isTerminal of [true, false]) {
          const line = [...words.split(' '), '--context', named, '--as', named, '--as-group', named];
          expect(problemsOf(words, await play(server, line, { now, isTerminal }))).toEqual([]);
        }
      }
    },
  );

  it('does nothing, whoever says what', async () => {
    const edits = fc.array(fc.tuple(fc.nat(places.length - 1), fc.nat(100)), { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(edits, fc.boolean(), async (chosen, isTerminal) => {
        const objects = [...product.objects];
        for (const [at, choice] of chosen) {
          const { index, path } = places[at]!;
          objects[index] = withHostile(objects[index]!, path, choice);
        }
        expect(await problemsWith(objects, product.logs, isTerminal)).toEqual([]);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  }, 240_000);
});
