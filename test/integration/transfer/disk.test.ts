import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { modelInS3 } from './models3.ts';
import { digestOf, environmentOf, filled, scratch } from './transferred.ts';

const place = scratch();
const { path } = place;
const source = filled(path('source'), { 'weights.bin': 'weights', 'sub/deep/config.json': '{}' });
const digest = digestOf(source);
const entry = path(`cache/${digest.slice('sha256:'.length)}`);
const store = modelInS3(source, place);

/** What Node tells of each call to the file system. */
interface Call {
  readonly cat: string;
  /** The beginning of a call, or its end. */
  readonly ph: 'b' | 'e';
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
}

it('What a cache calls whole is on the disk before it is called so', async () => {
  const env = await environmentOf({ ...store().settings, digests: { [entry]: digest } }, store().credentials);
  const traced = ['--trace-event-categories', 'node.fs.async', '--trace-event-file-pattern', path('calls.json')];
  const program = join(import.meta.dirname, '../../../src/transfer/main.ts');
  execFileSync(process.execPath, [...traced, program, 'fetch', 's3://artifacts/model', entry], { env });
  const { traceEvents } = JSON.parse(readFileSync(path('calls.json'), 'utf8')) as { traceEvents: readonly Call[] };
  const calls = traceEvents.filter(({ cat }) => cat.includes('fs'));
  const named = calls.findIndex(
    ({ name, args }) => name === 'rename' && String(args['new_path']).endsWith('.whole.json'),
  );
  const before = calls.slice(0, named);
  const opened = before.flatMap(({ name, args }) => (name === 'open' ? [args['path']] : []));
  const parts = ['weights.bin', 'sub/deep/config.json', '', 'sub', 'sub/deep'].map((part) => join(entry, part));
  expect(opened).toEqual(expect.arrayContaining([path('cache'), ...parts]));
  const synced = before.filter(({ ph, name, args }) => ph === 'e' && name === 'fsync' && args['result'] === 0);
  // The mark itself as well.
  expect(synced).toHaveLength(parts.length + 2);
}, 60_000);
