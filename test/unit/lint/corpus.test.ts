import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { lint } from '../../../src/product/lint/lint.ts';
import { mistakes } from '../../integration/mistakes/index.ts';
import { manifest } from '../../integration/mistakes/mistake.ts';
import { refusals } from '../../integration/refusals/index.ts';
import { wholeModelDeployments, wholeModelVersions, wholeTrainingRuns } from '../../integration/whole.ts';
import { wholeMonitor } from '../../integration/wholemonitor.ts';

/** What is wrong with a manifest: field and message. */
function found(text: string) {
  const [file] = lint([{ name: 'manifest.yaml', text }]);
  return (file?.findings ?? []).filter(({ severity }) => severity === 'error');
}

/** The words of the rule without the value that the API server puts before them. */
function ofRule(message: string): string {
  return message.replace(/^Invalid value: ("(?:[^"\\]|\\.)*"(?=: )|-?[0-9.e+-]+(?=: ))?(: )?/, '');
}

describe('lint says what a real API server says', () => {
  test.each(refusals)('when $because', ({ object, field, message }) => {
    expect(found(JSON.stringify(object)).map((one) => ({ field: one.field, message: one.message }))).toEqual([
      { field, message: ofRule(message) },
    ]);
  });

  test.each(refusals.filter(({ border }) => border !== undefined))(
    'and nothing of the nearest that is meant, where $because',
    ({ border }) => {
      expect(found(JSON.stringify(border))).toEqual([]);
    },
  );

  test.each([...wholeTrainingRuns, ...wholeModelVersions, ...wholeModelDeployments, wholeMonitor])(
    'and nothing of a $kind with every field',
    (object) => {
      expect(found(JSON.stringify(object))).toEqual([]);
    },
  );
});

/** The fields that the API server names in docs/mistakes.md, which holds its own answers: to apply, and to apply --server-side. */
const answers = new Map(
  readFileSync(new URL('../../../docs/mistakes.md', import.meta.url), 'utf8')
    .split('\n## ')
    .slice(1)
    .map((section) => {
      const texts = [...section.matchAll(/```text\n([^]*?)\n```/g)].map(([, text = '']) => fieldsNamedIn(text));
      return [section.split('\n')[0], texts];
    }),
);

function fieldsNamedIn(words: string): readonly string[] {
  const named = [
    ...words.matchAll(/unknown field "([^"]+)"/g),
    ...words.matchAll(/(?:^\* | is invalid: )((?:spec|metadata)[^\s:]*): /gm),
    ...words.matchAll(/: [.](spec[^\s:]*): /g),
  ];
  return sorted(named.map(([, field = '']) => field));
}

function sorted(fields: readonly string[]): readonly string[] {
  return [...new Set(fields)].toSorted((one, other) => (one < other ? -1 : 1));
}

describe('lint names the fields that a real API server names', () => {
  test.each(mistakes)('of $title', (mistake) => {
    const fields = found(manifest(mistake, mistake.wrong)).map(({ field = '' }) => field);
    expect(answers.get(mistake.title)).toContainEqual(sorted(fields));
  });

  test.each(mistakes)('and what is wrong with them, of $title', (mistake) => {
    const words = found(manifest(mistake, mistake.wrong)).map(({ field, message }) => `${field}: ${message}`);
    for (const word of mistake.named) expect(words.join('\n')).toContain(word);
  });

  test.each(mistakes)('and takes what is right of $title', (mistake) => {
    expect(found(manifest(mistake, mistake.right))).toEqual([]);
  });
});

describe('lint has nothing against', () => {
  const root = join(import.meta.dirname, '..', '..', '..');
  const read = (path: string) => readFileSync(join(root, path), 'utf8');
  const below = (folder: string, name: RegExp) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => name.test(path))
      .map((path) => join(folder, path));
  // Parts of manifests, which kustomize puts together.
  const files = below('examples', /[.]yaml$/).filter((path) => !/^examples.(fast|servers)/.test(path));
  const pages = ['README.md', ...below('docs', /[.]md$/), ...below('charts', /README[.]md$/)];
  const blocks = pages.flatMap((path) =>
    [...read(path).matchAll(/```yaml\n([^]*?)```/g)]
      .map(([, text = ''], index) => ({ name: `block ${index} of ${path}`, text }))
      .filter(({ text }) => /^apiVersion: flyball[.]dev/m.test(text) && /^ {2}name: /m.test(text)),
  );

  test('the examples', () => {
    const linted = lint(files.map((path) => ({ name: path, text: read(path) })));
    expect(linted.reduce((sum, { objects }) => sum + objects, 0)).toBeGreaterThan(10);
    expect(linted.filter(({ findings }) => findings.length > 0)).toEqual([]);
  });

  test.each(blocks)('$name', ({ text }) => {
    expect(found(text)).toEqual([]);
  });
});
