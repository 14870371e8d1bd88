/** A command that people are told to run acts on the cluster that they asked, and as whom they asked. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { FakeApiServer } from '../builders/apiserver.ts';
import { play, type Played } from '../builders/commandline.ts';
import { everyLine } from '../builders/everyline.ts';
import { recordedProduct } from '../builders/observed.ts';

const product = recordedProduct();
const now = new Date(product.now);
const folder = mkdtempSync(join(tmpdir(), 'pasting-'));
const manifest = join(folder, 'manifest.yaml');
const server = new FakeApiServer();
const options = ['--kubeconfig', './prod.yaml', '--context', "the team's", '--as', 'alice', '--as-group', 'ml'];
const written = String.raw`--kubeconfig ./prod.yaml --context 'the team'\''s' --as alice --as-group ml`;
const escape = '\u001B';
const coloured = new RegExp(`${escape}\\[36m(kubectl [^${escape}]*)${escape}\\[39m`, 'g');

beforeAll(async () => {
  await server.start();
  writeFileSync(manifest, product.objects.map((object) => JSON.stringify(object)).join('\n---\n'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

async function played(line: string, more: readonly string[] = []): Promise<Played> {
  server.restoreEmpty();
  server.load(product.objects);
  for (const [container, words] of Object.entries(product.logs)) server.logs.set(container, words);
  return await play(server, [...line.split(' '), ...more], { now, isTerminal: true });
}

function withOptions(command: string): string {
  return command.startsWith('kubectl flyball ')
    ? `${command} ${written}`
    : command.replace('kubectl', () => `kubectl ${written}`);
}

/** How long an answer took. */
function settled(words: string): string {
  return words.replace(/ in [\d.]+ ?m?s$/gm, ' in 1ms');
}

const refusals = ['rollback biopsy', 'why mdep nobody', 'why trun nobody', 'get -n nowhere', 'logs mon biopsy'];
/** What goes on until it is stopped, or waits for a pod, prints more or less by chance. */
const byChance = /--watch|--follow|^artifacts/;
const lines = [...everyLine(manifest).filter((line) => !line.includes(' -o ') && !byChance.test(line)), ...refusals];

describe('What the command line tells people to run', () => {
  it('carries the options by which the call chose cluster and user, and all else stays as it is', async () => {
    let commands = 0;
    for (const line of lines.filter((one) => !one.startsWith('replay'))) {
      const [plain, told] = [await played(line), await played(line, options)];
      for (const stream of ['out', 'err'] as const) {
        const shown = settled(plain[stream]);
        const want = shown.replace(coloured, (_, command: string) => {
          commands += 1;
          return `${escape}[36m${withOptions(command)}${escape}[39m`;
        });
        expect({ line, [stream]: settled(told[stream]) }).toEqual({ line, [stream]: want });
        // A command that nobody marked would be left as it is. Logs are of others.
        if (!line.startsWith('logs')) expect(shown.replace(coloured, '')).not.toMatch(/\bkubectl /);
      }
    }
    expect(commands).toBeGreaterThan(10);
  }, 60_000);

  it('carries them beside a manifest, which stays as it is', async () => {
    const [plain, told] = [await played('replay biopsy-1'), await played('replay biopsy-1', options)];
    expect(told.out).toContain(`--check biopsy-1-replay -n team ${written}\n`);
    expect(told.out).not.toContain(`${escape}[`);
    expect(parse(told.out)).toEqual(parse(plain.out));
  });

  it('carries them in documents for programs, too, whose copies of objects stay as they are', async () => {
    const documentOf = async (line: string, more: readonly string[] = []): Promise<Record<string, unknown>> =>
      JSON.parse((await played(`${line} -o json`, more)).out) as Record<string, unknown>;
    const [plain, told] = [await documentOf('why mon biopsy'), await documentOf('why mon biopsy', options)];
    const next = plain['next'] as readonly { readonly text: string; readonly command?: string }[];
    expect(next.filter(({ command }) => command !== undefined).length).toBeGreaterThan(0);
    expect(told).toEqual({
      ...plain,
      next: next.map((step) => ({ ...step, ...(step.command && { command: withOptions(step.command) }) })),
    });
    expect(await documentOf('abort biopsy', options)).toEqual(await documentOf('abort biopsy'));
    expect(await documentOf('get', options)).toEqual(await documentOf('get'));
  });
});
