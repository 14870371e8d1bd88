/** What examples/README.md and docs/artifacts.md have people run about stores does what they say. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { contentOf } from '../../src/transfer/digest.ts';

// Programs start slowly on a busy machine.
jest.setTimeout(60_000);

const root = join(import.meta.dirname, '..', '..');
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const folder = join('examples', 'bucket');
const manifests = readdirSync(join(root, folder)).filter((name) => name.endsWith('.yaml'));

/** The first block of shell below a title. */
function shellBelow(title: string, text: string): string {
  const [, section = ''] = text.split(`\n## ${title}\n`);
  return /```sh\n([^]*?)```/.exec(section)?.[1] ?? '';
}

describe('The example with a bucket', () => {
  const steps = shellBelow('With a bucket', read('examples', 'README.md'));
  const filling = /^filled\(\).*$/m.exec(steps)?.[0] ?? '';
  const filled = (text: string) =>
    execFileSync('bash', ['-ec', `${filling}\nfilled`], { input: text, encoding: 'utf8' });

  it('is applied as a whole, in an order in which the data is there before anybody fetches it', () => {
    const resources = [...read(folder, 'kustomization.yaml').matchAll(/^ +- (.*)$/gm)].map(([, name]) => name);
    const applied = [...resources, 'prepare.yaml', 'kustomization.yaml', 'secret.yaml'];
    expect(manifests.filter((name) => !applied.includes(name))).toEqual([]);
    const [prepared, trained] = ['wait job/prepare', 'kustomize examples/bucket'].map((words) => steps.indexOf(words));
    expect(prepared).toBeGreaterThan(0);
    expect(trained).toBeGreaterThan(prepared ?? 0);
  });

  it('names no registry, bucket or endpoint but those that people fill in', () => {
    const all = filled(manifests.map((name) => read(folder, name)).join('\n---\n'));
    expect(all.match(/image: (?!REGISTRY\/flyball\/).*/g)).toBeNull();
    expect(all.match(/s3:\/\/(?!YOUR-BUCKET\/).*/g)).toBeNull();
    expect(all).toContain('store:YOUR-BUCKET/readings');
    expect(all.match(/https:.*/g)).toBeNull();
    expect(all).toContain('value: YOUR-ENDPOINT');
  });
});

describe('The digest that anyone can check', () => {
  it('is by the line of docs/artifacts.md what fetch and save measure', async () => {
    const line = shellBelow('Digests that anyone can check', read('docs', 'artifacts.md'));
    const place = mkdtempSync(join(tmpdir(), 'flyball-line-'));
    try {
      mkdirSync(join(place, 'inner'));
      writeFileSync(join(place, 'model.bin'), 'model');
      writeFileSync(join(place, 'inner', 'a b'), '');
      const [told] = execFileSync('bash', ['-ec', line], { cwd: place, encoding: 'utf8' }).split(' ');
      const { digest } = await contentOf(place, new AbortController().signal);
      expect(`sha256:${told}`).toBe(digest);
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  });
});
