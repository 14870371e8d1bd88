/** The pages of docs/api, which are generated from crds/. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const definitions = readdirSync(join(root, 'crds')).filter((name) => name.endsWith('.yaml'));
const pages = definitions.map((name) => `docs/api/${name.replace(/s\.yaml$/, '.md')}`);

/** The names of all fields, wherever in the schema they are. */
function namesIn(node: unknown): readonly string[] {
  if (node === null || typeof node !== 'object') return [];
  const own =
    'properties' in node && !('properties' in Object(node.properties)) ? Object.keys(Object(node.properties)) : [];
  return [...own, ...Object.values(node).flatMap(namesIn)];
}

describe('The pages of all fields', () => {
  it.each(definitions.map((name, index) => [pages[index] ?? '', name]))(
    '%s has each field of crds/%s',
    (page, name) => {
      const wanted = namesIn(parse(read(`crds/${name}`)));
      const told = new Set([...read(page).matchAll(/^\| `(\w+)`/gm)].map(([, field]) => field));

      expect(wanted.length).toBeGreaterThan(50);
      expect(
        [...new Set(wanted)].filter((field) => !told.has(field) && field !== 'spec' && field !== 'status'),
      ).toEqual([]);
    },
  );

  it.each(pages)('%s has a heading behind each of its links', (page) => {
    const text = read(page);
    const headings = new Set([...text.matchAll(/^## (.*)$/gm)].map(([, heading = '']) => heading.replaceAll('\\', '')));
    const links = [...text.matchAll(/See \[(.*?)\]\(#/g)].map(([, place = '']) => place.replaceAll('\\', ''));

    expect(links.length).toBeGreaterThan(5);
    expect(links.filter((place) => !headings.has(place))).toEqual([]);
  });
});
