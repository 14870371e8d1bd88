import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../src/cli/commands/index.ts';
import { apiPath } from '../builders/apipaths.ts';
import { FakeApiServer } from '../builders/apiserver.ts';
import { play } from '../builders/commandline.ts';
import { recordedProduct } from '../builders/observed.ts';

/**
 * What docs/cli.md and README.md show is what people get. Each block ```console holds commands, `$ kubectl flyball …`, and what each prints: they are
 * run against the recorded product. A block ```console live is one that has to reach more than the API server or lasts until it is stopped; the
 * end-to-end suite `cli` runs its commands.
 */
const read = (...path: readonly string[]) => readFileSync(join(import.meta.dirname, '..', '..', ...path), 'utf8');
const page = read('docs', 'cli.md');
const product = recordedProduct();
const server = new FakeApiServer();

interface Shown {
  readonly line: string;
  readonly output: string;
}

function shownIn(block: string): Shown[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((one) => {
      const [line = '', ...output] = one.split('\n');
      return { line, output: output.join('\n').trimEnd() };
    });
}

function blocks(text: string, information: string): string[] {
  const form = /^```(.*)\n([^]*?)^```$/gm;
  return [...text.matchAll(form)].filter(([, marked]) => marked === information).map(([, , block = '']) => block);
}

const played = [page, read('README.md')].flatMap((text) => blocks(text, 'console')).flatMap(shownIn);

beforeAll(() => server.start());
afterAll(() => server.stop());

describe('docs/cli.md', () => {
  it.each(played.map(({ line, output }) => [line, output] as const))('shows what `%s` prints', async (line, output) => {
    server.restoreEmpty();
    server.load(product.objects);
    for (const [container, words] of Object.entries(product.logs)) server.logs.set(container, words);
    const [, arguments_] = /^kubectl flyball ?(.*)$/.exec(line) ?? [];
    expect(arguments_).toBeDefined();
    const { out, err } = await play(server, arguments_ ?? '', { now: new Date(product.now) });
    const printed = `${err}${out}`.split('\n').map((words) => words.trimEnd());
    expect(printed.join('\n').trimEnd()).toBe(output);
  });

  it('tells every right that its commands need', async () => {
    const [, section = ''] = /^## Which rights it needs$([^]*?)^## /m.exec(page) ?? [];
    const [everybody = '', ...rows] = section.split('\n|');
    const missing = new Set<string>();
    for (const { line } of played) {
      server.restoreEmpty();
      server.load(product.objects);
      server.requests.length = 0;
      const [, , name = ''] = line.split(' ');
      await play(server, line.replace('kubectl flyball ', ''), { now: new Date(product.now) });
      const told = [everybody, ...rows.filter((row) => row.split('|')[0]?.includes(`\`${name}`))].join(' ');
      for (const { method, path } of server.requests) {
        const { plural = '', subresource } = apiPath(path) ?? {};
        const resource = subresource === undefined ? plural : `${plural}/${subresource}`;
        if (!told.includes(`\`${resource}\``)) missing.add(`${name}: ${resource}`);
        if (method !== 'GET' && !told.includes(`\`${method.toLowerCase()}\``)) missing.add(`${name}: ${method}`);
      }
    }
    expect([...missing]).toEqual([]);
  });

  it('marks blocks in ways that are known', () => {
    const marks = [...page.matchAll(/^```(.+)$/gm)].map(([, mark]) => mark ?? '');
    expect(marks.filter((mark) => !['console', 'console live', 'sh', 'yaml', 'json'].includes(mark))).toEqual([]);
  });

  it.each(commands.map(({ usage }) => usage.split(' ')[0] ?? ''))('has a section that shows `%s`', (name) => {
    expect(page).toMatch(new RegExp(`^##+ .*\`${name}\``, 'm'));
  });
});
