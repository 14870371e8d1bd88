/** The manifests of examples/servers, and what docs/servers.md says of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { apiVersion } from '../../src/api/labels.ts';
import { lint } from '../../src/product/lint/lint.ts';
import { serverExample, serverExamples, serverFolder } from '../builders/serverexample.ts';

const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'docs', 'servers.md'), 'utf8');
const digest = `sha256:${'0'.repeat(64)}`;

/** The cells of each row of the table of manifests, by its folder. */
const rows = new Map(
  [...page.matchAll(/^\| `([a-z-]+)` +\|(.*)\|$/gm)].map(([, folder = '', cells = '']) => [
    folder,
    cells.split('|').map((cell) => cell.trim()),
  ]),
);

it.each(serverExamples)('%s makes a ModelDeployment that lint has nothing against', (name) => {
  const model = { uri: 's3://bucket/model', digest };
  const spec = { model, observe: {}, server: serverExample(name) };
  const text = JSON.stringify({ apiVersion, kind: 'ModelDeployment', metadata: { name: 'model' }, spec });
  expect(lint([{ name: 'model.json', text }]).flatMap(({ findings }) => findings)).toEqual([]);
});

it.each(serverExamples)('%s is a component that patches ModelDeployments', (name) => {
  const { kind, patches } = parse(readFileSync(join(serverFolder, name, 'kustomization.yaml'), 'utf8')) as {
    readonly kind: string;
    readonly patches: readonly { readonly path: string; readonly target: { readonly kind: string } }[];
  };
  expect(kind).toBe('Component');
  for (const { path, target } of patches) {
    expect(target).toEqual({ kind: 'ModelDeployment' });
    expect(existsSync(join(serverFolder, name, path))).toBe(true);
  }
});

it.each(serverExamples)('%s is pinned to one image', (name) => {
  const [, tag = ''] = /:([^/:]+)$/.exec(serverExample(name).image) ?? [];
  expect(tag).not.toMatch(/^(|latest.*)$/);
});

describe('The page about servers', () => {
  it('has a row for each folder', () => {
    expect([...rows.keys()].filter((name) => serverExamples.includes(name)).toSorted()).toEqual(serverExamples);
  });

  it.each(serverExamples)(
    'says of %s what the manifest says, where that comes from, and whether it was run',
    (name) => {
      const { image, port, protocol, readiness, pod } = serverExample(name);
      const [images = '', user = '', how = '', , run = '', sources = ''] = rows.get(name) ?? [];
      if (!image.startsWith('registry.example.com/')) expect(images).toBe(`\`${image}\``);
      if (pod?.runAsUser !== undefined) expect(user).toMatch(new RegExp(String.raw`^${pod.runAsUser}\b`));
      expect(how).toBe([`${port}, ${protocol}`, ...(readiness?.path ? [`\`${readiness.path}\``] : [])].join(', '));
      expect(run).toMatch(/^(run|not run)/);
      expect(sources).toContain('https://');
    },
  );

  it('shows the server of its own example as the component has it', () => {
    const [, block = ''] = /```yaml\n( *apiVersion: flyball[^]*?)```/.exec(page) ?? [];
    const shown = (parse(block) as { spec: { server: Record<string, unknown> } }).spec.server;
    const { resources: _, ...component } = serverExample('vllm');
    expect(shown).toMatchObject(component);
  });
});
