import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commands } from '../../src/cli/commands/index.ts';
import { apiPath } from '../builders/apipaths.ts';
import { FakeApiServer, until } from '../builders/apiserver.ts';
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

/** What no block shows that can be run, since it goes on or needs a kubelet. */
const furtherLines = [
  'kubectl flyball logs trun biopsy -f',
  'kubectl flyball logs mdep biopsy -f',
  'kubectl flyball rerun biopsy --wait --timeout 1s',
  'kubectl flyball artifacts biopsy --timeout 1s',
];

const verbs = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

/** Each verb with each resource after it, as people read them; with `it` where what a command is about needs no naming. */
function rightsIn(words: string): string[] {
  const rights: string[] = [];
  let named: string[] = [];
  let isNaming = true;
  for (const [, word = ''] of words.matchAll(/`([a-z/]+)`/g)) {
    const isVerb = verbs.includes(word);
    if (isVerb) named = isNaming ? [...named, word] : [word];
    else rights.push(...named.map((verb) => `${verb} ${word}`));
    isNaming = isVerb;
  }
  return isNaming ? [...rights, ...named.map((verb) => `${verb} it`)] : rights;
}

function rightFor({ method, path, query }: FakeApiServer['requests'][number]) {
  const { plural = '', name, subresource } = apiPath(path) ?? {};
  const reading = query.get('watch') ? 'watch' : name === undefined ? 'list' : 'get';
  const verb = { GET: reading, POST: 'create', PATCH: 'patch', DELETE: 'delete' }[method] ?? method;
  return { verb, resource: subresource === undefined ? plural : `${plural}/${subresource}` };
}

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
    const [everybody = '', ...rows] = section.split('\n|').map((row) => row.split('|'));
    const basic = rightsIn(everybody[0] ?? '');
    const missing = new Set<string>();
    for (const line of [...played.map((one) => one.line), ...furtherLines]) {
      server.restoreEmpty();
      server.load(product.objects);
      server.requests.length = 0;
      const stop = new AbortController();
      const [, , name = ''] = line.split(' ');
      const running = play(server, line.replace('kubectl flyball ', ''), {
        now: new Date(product.now),
        stop: stop.signal,
      });
      if (line.includes(' -f')) await until(() => server.story.some((request) => request.startsWith('watch')));
      if (line.includes(' -f')) stop.abort();
      await running;
      const own = rows.filter(([names]) => names?.includes(`\`${name}`)).flatMap(([, needs = '']) => rightsIn(needs));
      const told = new Set([...basic, ...own]);
      for (const { verb, resource } of server.requests.map(rightFor)) {
        if (!told.has(`${verb} ${resource}`) && !own.includes(`${verb} it`))
          missing.add(`${name}: ${verb} ${resource}`);
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
