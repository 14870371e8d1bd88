import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const source = resolve(import.meta.dirname, '../../src');

/** What the files of a room may import from other rooms of src: the longest name that a path begins with is its room. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  api: [],
  domain: ['api'],
  workload: ['api', 'domain'],
  storage: ['api', 'domain'],
  measure: ['api', 'domain'],
  'controller.ts': ['api', 'measure'],
  'settings.ts': [],
  'kinds/trainingrun': ['api', 'domain', 'workload', 'storage', 'measure', 'controller.ts'],
  'kinds/modeldeployment': ['api', 'domain', 'workload', 'storage', 'measure', 'controller.ts'],
  'kinds/monitor': ['api', 'domain', 'workload', 'storage', 'measure', 'controller.ts'],
  observer: ['api'],
  kube: ['api', 'controller.ts', 'settings.ts'],
  server: ['api', 'controller.ts', 'settings.ts', 'kube'],
  runtime: ['api', 'controller.ts', 'settings.ts', 'kube', 'server'],
  'controllers.ts': ['kinds/trainingrun', 'kinds/modeldeployment', 'kinds/monitor', 'measure', 'runtime'],
};

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
);

function roomOf(path: string): string | undefined {
  const inSource = relative(source, path);
  const rooms = Object.keys(mayImport).filter((room) => inSource === room || inSource.startsWith(`${room}/`));
  return rooms.toSorted((one, other) => other.length - one.length)[0];
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(source, file), 'utf8');
  return [...text.matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((found) => found[1] ?? '');
}

describe('The architecture', () => {
  it.each(files.filter((file) => file !== 'main.ts'))('lets src/%s import only what lies below it', (file) => {
    const room = roomOf(join(source, file)) ?? 'none';
    const imported = importsOf(file)
      .filter((path) => path.startsWith('.'))
      .map((path) => roomOf(resolve(source, dirname(file), path)) ?? path)
      .filter((other) => other !== room);
    const wantAllowed = mayImport[room];
    expect(wantAllowed).toBeDefined();
    expect(imported.filter((other) => !wantAllowed?.includes(other))).toEqual([]);
  });

  it('lets only src/kube import the Kubernetes client', () => {
    const importers = files.filter((file) =>
      importsOf(file).some((path) => path.startsWith('@kubernetes/client-node')),
    );
    expect([...new Set(importers.map((file) => roomOf(join(source, file))))]).toEqual(['kube']);
  });

  it('lets only main.ts read the environment', () => {
    expect(files.filter((file) => readFileSync(join(source, file), 'utf8').includes('process.env'))).toEqual([
      'main.ts',
    ]);
  });

  it('keeps decisions free of clocks and of input and output', () => {
    const wantPure = files.filter((file) => /\/(plan|rollout|gate|trigger|psi|weights|analysis)\.ts$/.test(file));
    const impure = wantPure.filter((file) =>
      /Date\.now\(|new Date\(\)|Math\.random|from 'node:(?!crypto)|from 'undici'/.test(
        readFileSync(join(source, file), 'utf8'),
      ),
    );
    expect(wantPure.length).toBeGreaterThan(2);
    expect(impure).toEqual([]);
  });

  it.each(files.filter((file) => !file.startsWith('api/generated')))('keeps src/%s under 300 lines', (file) => {
    expect(readFileSync(join(source, file), 'utf8').split('\n').length).toBeLessThanOrEqual(300);
  });

  it('needs at most ten packages at run time', () => {
    const manifest = JSON.parse(readFileSync(join(source, '../package.json'), 'utf8')) as { dependencies: object };
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(10);
  });
});
