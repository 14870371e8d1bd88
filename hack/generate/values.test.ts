import { describe, expect, it } from '@jest/globals';
import { parseDocument } from 'yaml';
import { rowsOf } from './values.ts';

const schema = {
  properties: {
    replicas: { description: 'Not read where there is a comment.' },
    image: { properties: { tag: { description: 'Of the schema.' }, digest: {} } },
    labels: { description: 'Left to Kubernetes.' },
    level: {},
  },
};

const values = `# How many
# there are.
replicas: 2

# What runs.
image:
  # Of the first entry.
  digest: ''
  tag: v1
labels: {a: b}
# low | high, as <this>
#   - name: an example
#     level: low
level: low
`;

describe('The table of values', () => {
  const rows = rowsOf(parseDocument(values), schema);
  const of = (path: string) => rows.find((row) => row.path === path);

  it('has all of them in their order, with those that have values of their own where something is said of them', () => {
    expect(rows.map(({ path }) => path)).toEqual(['replicas', 'image', 'image.digest', 'image.tag', 'labels', 'level']);
  });

  it.each([
    ['replicas', '`2`', 'How many there are.'],
    ['image', undefined, 'What runs.'],
    ['image.digest', '`""`', 'Of the first entry.'],
    ['image.tag', '`v1`', 'Of the schema.'],
    ['labels', '`{a: b}`', 'Left to Kubernetes.'],
    ['level', '`low`', String.raw`low \| high, as \<this>`],
  ])('tells the default of %s, and what its comment says, else the schema', (path, usual, what) => {
    expect(of(path)).toEqual({ path, what, ...(usual === undefined ? {} : { usual }) });
  });
});
