import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { circles, computed, type Import, reachable, type Source, sourceOf, sourcesBelow } from './sources.ts';

const sources = sourcesBelow('src', 'hack', 'test');
const production = sources.filter(({ path }) => path.startsWith('src/') && !path.endsWith('.test.ts'));

const belowKinds = ['src/api', 'src/domain', 'src/workload', 'src/storage', 'src/measure', 'src/controller.ts'];

/** What the files of a room may import from other rooms, by where their paths begin. A file is in the room of the longest name. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/api': [],
  'src/domain': ['src/api'],
  'src/workload': ['src/api', 'src/domain', 'src/storage'],
  'src/storage': ['src/api', 'src/domain'],
  'src/measure': ['src/api', 'src/domain'],
  'src/controller.ts': ['src/api', 'src/measure'],
  'src/settings.ts': [],
  'src/kinds/trainingrun': belowKinds,
  'src/kinds/modeldeployment': belowKinds,
  'src/kinds/monitor': belowKinds,
  'src/observer': ['src/api'],
  'src/transfer': ['src/api', 'src/domain', 'src/storage'],
  'src/kube': ['src/api', 'src/controller.ts', 'src/settings.ts'],
  'src/server': ['src/api', 'src/controller.ts', 'src/settings.ts', 'src/kube'],
  'src/runtime': ['src/api', 'src/controller.ts', 'src/settings.ts', 'src/measure', 'src/kube', 'src/server'],
  'src/product': [...belowKinds, 'src/kinds'],
  'src/cli': [...belowKinds, 'src/product', 'src/kinds', 'src/kube', 'src/settings.ts'],
  'src/controllers.ts': ['src/kinds', 'src/measure', 'src/runtime', 'src/storage', 'src/workload'],
  'src/main.ts': ['src'],
  'hack/build.ts': [],
  'hack/package': [],
  'hack/test.ts': ['hack/stages'],
  'hack/stages': [],
  'hack/release': ['hack/cluster'],
  'hack/generate': ['src/settings.ts', 'src/api', 'src/workload', 'src/product'],
  'hack/cluster': [],
  'hack/images': ['hack/cluster'],
  'hack/loop': ['src', 'hack/cluster', 'hack/images'],
  'hack/demo.ts': ['hack'],
  'test/builders': ['src'],
  'test/simulate': ['src', 'test/builders'],
  'test/golden': ['src', 'test/builders', 'test/simulate'],
  'test/modelcheck': ['src', 'test/builders'],
  'test/stores': ['src/storage', 'hack/cluster', 'test/integration'],
  'test/integration': ['src', 'hack/cluster', 'hack/images', 'test/builders', 'test/stores'],
  'test/bench': ['src', 'hack/cluster', 'hack/images', 'test/integration', 'test/stores'],
  'test/faults': ['src', 'hack/cluster', 'test/builders', 'test/integration', 'test/bench', 'test/stores'],
  'test/attacks': ['src', 'hack/cluster', 'test/builders', 'test/integration', 'test/faults'],
  'test/e2e': ['src', 'hack', 'test/builders', 'test/stores', 'test/integration'],
  'test/unit': ['src', 'hack', 'test'],
};

/** Tests beside their code prove what rooms do together. */
const testsMayImport = ['src', 'test/builders', 'test/simulate'];

/** Where everything is a function of what it is given, but for the doors to the outside. */
const pureRooms = ['src/api', 'src/domain', 'src/workload', 'src/storage', 'src/measure', 'src/kinds', 'src/product'];
const doors = ['src/measure/access.ts', 'src/measure/prometheus.ts', 'src/measure/turns.ts'];

/** The modules that files of pure rooms may import, types of packages apart. Hashes are for names and digests. */
const pureMayImport: Readonly<Record<string, readonly string[]>> = {
  'src/api/generated/models.ts': ['@kubernetes-models/base'],
  'src/api/validator.ts': ['ajv'],
  'src/domain/digest.ts': ['@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
  'src/kinds/trainingrun/start': ['croner'],
  'src/kinds/monitor/metrics.ts': ['prom-client'],
  // Parsers alone: of manifests with the places of their fields, and of the rules of the schemas.
  'src/product/lint': ['yaml', '@bufbuild/cel', '@bufbuild/cel/ext'],
  'src/kinds/monitor/slots.ts': ['@noble/hashes/sha2.js', '@noble/hashes/utils.js'],
};

/** Clocks, chance, timers and doors to the outside that need no import, however they are used. */
const impure = [
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'fetch',
  'WebSocket',
  'process',
  'console',
  'globalThis',
  'global',
  'self',
  'Buffer',
  '__dirname',
  '__filename',
  'require',
];

/** Some uses of what else is pure. Who names no use, as in `const { now } = Date`, may mean these. */
const impureUses = [
  'Date',
  'Date.',
  'Date()',
  'new Date()',
  'Date.now',
  'Math',
  'Math.',
  'Math.random',
  'AbortSignal',
  'AbortSignal.',
  'AbortSignal.timeout',
];

function isBelow(path: string, room: string): boolean {
  return path === room || path.startsWith(`${room}/`);
}

function isInRepository({ of }: Import): boolean {
  return /^(src|hack|test)\//.test(of);
}

function roomOf(path: string): string | undefined {
  const rooms = Object.keys(mayImport).filter((room) => isBelow(path, room));
  return rooms.toSorted((one, other) => other.length - one.length)[0];
}

/** Its imports from rooms that are not below its own. */
function wrongWay({ path, imports }: Source): readonly string[] {
  const isBesideCode = path.startsWith('src/') && path.endsWith('.test.ts');
  const room = roomOf(path);
  const allowed = isBesideCode ? testsMayImport : room === undefined ? undefined : [room, ...(mayImport[room] ?? [])];
  if (allowed === undefined) return [`${path} is in no room`];
  return imports
    .filter((one) => one.of === computed || (isInRepository(one) && !allowed.some((other) => isBelow(one.of, other))))
    .map(({ of }) => `${path} imports ${of}`);
}

/** What keeps a file of a pure room from being a function of what it is given, or from running elsewhere than in Node. */
function impurities({ path, imports, values }: Source): readonly string[] {
  const allowed = Object.keys(pureMayImport).flatMap((room) =>
    isBelow(path, room) ? (pureMayImport[room] ?? []) : [],
  );
  const modules = imports
    .filter((one) => !isInRepository(one) && (!one.isTypeOnly || one.of.startsWith('node:')))
    .filter(({ of }) => !allowed.includes(of));
  const names = new Set([...values].map((value) => value.replace(/^new /, '').replace(/[.(].*$/, '')));
  const used = [...impure.filter((name) => names.has(name)), ...impureUses.filter((use) => values.has(use))];
  return [...modules.map(({ of }) => of), ...used].map((what) => `${path} has ${what}`);
}

describe('The architecture', () => {
  it('lets a file import only what lies below it', () => {
    expect(sources.flatMap(wrongWay)).toEqual([]);
  });

  it('has no circle of files, be it of types alone', () => {
    expect(circles(sources)).toEqual([]);
  });

  it('keeps decisions free of clocks, chance, timers, input and output', () => {
    const wantPure = production.filter(
      ({ path }) => pureRooms.some((room) => isBelow(path, room)) && !doors.includes(path),
    );
    expect(wantPure.length).toBeGreaterThan(50);
    expect(wantPure.flatMap(impurities)).toEqual([]);
  });

  it('lets only src/kube import the Kubernetes client', () => {
    const importers = production.filter(({ imports }) =>
      imports.some(({ of }) => of.startsWith('@kubernetes/client-node')),
    );
    expect(new Set(importers.map(({ path }) => roomOf(path)))).toEqual(new Set(['src/kube']));
  });

  it('lets only the three composition roots read the environment', () => {
    const uses = ['process.env', 'process.', 'process'];
    const readers = production.filter(({ values }) => uses.some((use) => values.has(use)));
    expect(readers.map(({ path }) => path).toSorted()).toEqual([
      'src/cli/main.ts',
      'src/main.ts',
      'src/transfer/main.ts',
    ]);
  });

  it('lets no file grow beyond 300 lines', () => {
    const wantShort = sources.filter(({ path }) => !isBelow(path, 'src/api/generated'));
    expect(wantShort.filter(({ lines }) => lines > 300).map(({ path }) => path)).toEqual([]);
  });
});

describe('The packages that are needed at run time', () => {
  const { dependencies } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };

  it('are those that the operator imports, and those that flyball/api imports or tells types of', () => {
    const operator = production.filter(({ path }) => !isBelow(path, 'src/cli') && !isBelow(path, 'src/product'));
    const wantImported = [
      ...operator.flatMap(({ imports }) => imports).filter(({ isTypeOnly }) => !isTypeOnly),
      ...reachable(production, 'src/api/index.ts').flatMap(({ imports }) => imports),
    ];
    const packages = wantImported
      .filter((one) => !isInRepository(one) && !one.of.startsWith('node:'))
      .map(({ of }) => of.split('/', of.startsWith('@') ? 2 : 1).join('/'));
    expect(new Set(Object.keys(dependencies))).toEqual(new Set(packages));
  });

  it('are at most ten', () => {
    expect(Object.keys(dependencies).length).toBeLessThanOrEqual(10);
  });
});

describe('What holds the architecture', () => {
  it('finds a circle, also one of a type and of an import at run time', () => {
    const planted = [
      sourceOf('src/a.ts', "import { b } from './rooms/b.ts'; import { d } from './d.ts';"),
      sourceOf('src/rooms/b.ts', "import type { C } from '../c.ts'; export { d } from '../d.ts';"),
      sourceOf('src/c.ts', "export const a = () => import('./a.ts');"),
      sourceOf('src/d.ts', 'export const d = 1;'),
    ];
    expect(circles(planted)).toEqual(['src/a.ts → src/rooms/b.ts → src/c.ts → src/a.ts']);
  });

  it.each([
    ['const now = new Date();', 'new Date()'],
    ['const now = new Date;', 'new Date()'],
    ['const f = (now = Date.now()) => now;', 'Date.now'],
    ['const took = { ms: performance.now() };', 'performance'],
    ["const now = Date['now']();", 'Date.'],
    ['const { now } = Date;', 'Date'],
    ['const now = new (Date as DateConstructor)();', 'Date'],
    ['const now = global.performance.now();', 'global'],
    ['const name = `run-${Math.random()}`;', 'Math.random'],
    ['const { random } = Math;', 'Math'],
    ['const id = crypto.randomUUID();', 'crypto'],
    ['setTimeout(() => undefined, 5);', 'setTimeout'],
    ["import { readFile } from 'node:fs/promises';", 'node:fs/promises'],
    ["import type { Hash } from 'node:crypto';", 'node:crypto'],
    ["const read = () => import('undici');", 'undici'],
  ])('finds what is impure in: %s', (text, want) => {
    expect(impurities(sourceOf('src/domain/planted.ts', text))).toEqual([`src/domain/planted.ts has ${want}`]);
  });

  it('lets pass what is given, said or typed', () => {
    const text = `
      import type { IPod } from 'kubernetes-models/v1';
      import { defined } from '../api/defined.ts';
      // Date.now() is the caller's.
      interface Facts { readonly process: string; readonly fetch?: typeof fetch }
      const at = (now: Date, facts: Facts) => [new Date(now.getTime()), facts.process, 'new Date()', { console: 1 }];
      const rounded = (now: string) => Math.ceil(Date.parse(now) / 1000);`;
    expect(impurities(sourceOf('src/domain/planted.ts', text))).toEqual([]);
  });

  it('finds an import of what does not lie below', () => {
    const text = "import type { Client } from '../kube/client.ts'; type Run = import('../kinds/monitor/plan.ts').Run;";
    const wantFound = ['imports src/kube/client.ts', 'imports src/kinds/monitor/plan.ts'];
    const found = wrongWay(sourceOf('src/domain/planted.ts', text));
    expect(found).toEqual(wantFound.map((what) => `src/domain/planted.ts ${what}`));
    expect(wrongWay(sourceOf('src/cellar/planted.ts', ''))).toEqual(['src/cellar/planted.ts is in no room']);
  });

  it.each([
    ["export type * from '../kube/client.ts';", 'src/kube/client.ts'],
    ["import type Client = require('../kube/client.ts');", 'src/kube/client.ts'],
    ['const read = () => import(`../kube/client.ts`);', 'what it computes'],
    ["const read = (name: string) => import('../kube/' + name);", 'what it computes'],
  ])('finds an import however it is written: %s', (text, want) => {
    const found = wrongWay(sourceOf('src/domain/planted.ts', text));
    expect(found).toEqual([`src/domain/planted.ts imports ${want}`]);
  });
});
