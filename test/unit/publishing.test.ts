/** What publishes a release: .github/workflows, hack/release and the files that they build from. */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { releasedValues } from '../../hack/release/chart.ts';
import { notesOf } from '../../hack/release/notes.ts';
import { checkVersions, namedVersions, version } from '../../hack/release/versions.ts';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const workflows = readdirSync(join(root, '.github/workflows')).map((name) => `.github/workflows/${name}`);

describe('The version', () => {
  it('is in all places that of package.json', () => {
    expect(Object.values(namedVersions())).toEqual(Object.keys(namedVersions()).map(() => version));
  });

  it('is that of the tag, or nothing is published', () => {
    expect(() => checkVersions(`v${version}`)).not.toThrow();
    expect(() => checkVersions('v9.9.9')).toThrow(`The version of package.json is ${version}, but the tag is v9.9.9.`);
    expect(() => checkVersions('v1.0.0', { 'version of the chart': '0.9.0' }, '1.0.0')).toThrow(
      'The version of package.json is 1.0.0, but the version of the chart is 0.9.0.',
    );
  });
});

describe('The notes of a release', () => {
  const changelog =
    '# Changelog\n\n## [Unreleased]\n\n- later\n\n## [1.2.0] - 2026-12-01\n\n### Added\n\n- a thing\n\n## [1.1.0]\n';

  it('are the section of its version', () => {
    expect(notesOf(changelog, '1.2.0')).toBe('### Added\n\n- a thing\n');
  });

  it.each(['1.1.0', '1.3.0'])('are asked for where there are none: %s', (one) => {
    expect(() => notesOf(changelog, one)).toThrow(`has no section "## [${one}]": move what is in "Unreleased" there`);
  });
});

describe('The chart of a release', () => {
  const digests = { operator: `sha256:${'a'.repeat(64)}`, storage: `sha256:${'b'.repeat(64)}` };
  const values = read('charts/flyball/values.yaml');
  const released = releasedValues(values, 'ghcr.io/somebody/flyball', digests);

  it('has its images by their digests, and all else as it was', () => {
    const before = parse(values) as { image: object; storage: { image: object } };
    const after = parse(released) as typeof before;

    const image = { ...before.image, repository: 'ghcr.io/somebody/flyball/operator', digest: digests.operator };
    const storage = {
      ...before.storage.image,
      repository: 'ghcr.io/somebody/flyball/storage',
      digest: digests.storage,
    };
    expect(after).toEqual({ ...before, image, storage: { ...before.storage, image: storage } });
  });

  it('keeps the comments, which are its documentation', () => {
    const comments = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.trim().startsWith('#'))
        .map((line) => line.trim());

    expect(comments(released)).toEqual(comments(values));
  });
});

describe.each(workflows)('%s', (path) => {
  const text = read(path);
  const { permissions, jobs } = parse(text) as { permissions: object; jobs: Readonly<Record<string, object>> };

  it('names each action by its commit, with the version behind it', () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map(([, one]) => one);

    expect(used.length).toBeGreaterThan(0);
    for (const one of used) expect(one).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('may read the repository, and more only in the job that says so', () => {
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.keys(jobs)).toHaveLength(1);
  });

  it('puts nothing that others write into a shell', () => {
    const scripts = [...text.matchAll(/run: (.*)/g)].map(([, one]) => one);

    for (const script of scripts) expect(script).not.toContain('${{');
  });
});

describe('The images', () => {
  it.each(['hack/images/Containerfile', 'hack/images/storage/Containerfile'])(
    'of %s begin with images by their digests',
    (path) => {
      const bases = [...read(path).matchAll(/^FROM (?:--\S+ )?(\S+)/gm)].map(([, base]) => base);

      expect(bases.length).toBeGreaterThan(1);
      for (const base of bases) expect(base).toMatch(/^[a-z.]+\/[a-z0-9/-]+:[\w.-]+@sha256:[0-9a-f]{64}$/);
    },
  );
});
