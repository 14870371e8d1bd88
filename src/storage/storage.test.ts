import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { joined, locate, partsOf, storages, under } from './index.ts';
import type { Location } from './storage.ts';

const schemes = storages.flatMap((storage) => storage.schemes);
const piece = fc.oneof(fc.constantFrom('..', '.', '', 'a', 'A-1', '.git', '%2e%2e', '\\..', '\0', '\n'), fc.string());
const rest = fc.oneof(
  fc.string(),
  fc.array(piece).map((pieces) => pieces.join('/')),
);
const uris = (scheme: string) => rest.map((text) => `${scheme}://${text}`);

/** URIs of a scheme that can be located, made from its form: the words in brackets are replaced. */
function located(form: string): fc.Arbitrary<string> {
  const word = fc.stringMatching(/^[a-z0-9]{3,9}$/);
  return fc.array(word, { minLength: 9, maxLength: 9 }).map((words) => {
    let index = 0;
    return form.replace(/<[a-z]+>/g, () => words[index++ % words.length] ?? '');
  });
}

function locationOf(uri: string): Location {
  const at = locate(uri);
  if (at.type === 'Unlocated') throw new Error(at.message);
  return at;
}

describe.each(storages.map((storage) => [storage.schemes.join(', '), storage] as const))(
  'The storage of %s',
  (_, storage) => {
    it('has schemes of its own, written as in a URI', () => {
      for (const scheme of storage.schemes) {
        expect(schemes.filter((other) => other === scheme)).toHaveLength(1);
        expect(scheme).toMatch(/^[a-z][a-z0-9+.-]*$/);
      }
      expect(storage.schemes.some((scheme) => storage.form.startsWith(`${scheme}://`))).toBe(true);
    });

    it('has a location or a problem for every text, and no path that leaves its place', () => {
      const any = fc.oneof(fc.string(), ...storage.schemes.map(uris));
      fc.assert(
        fc.property(any, (uri) => {
          const at = storage.parse(uri);
          if (at.type === 'Unlocated') return expect(at.message).toContain(JSON.stringify(uri));
          expect(storage.schemes).toContain(at.scheme);
          expect(at.path.split('/').filter((part) => part === '..' || part === '.' || /[\0\\]/.test(part))).toEqual([]);
          expect(at.path).not.toMatch(/^\//);
        }),
      );
    });

    it('locates what is of its form', () => {
      fc.assert(
        fc.property(located(storage.form), (uri) => {
          expect(storage.parse(uri)).toMatchObject({ type: 'Location' });
        }),
      );
    });

    it('says how its URIs are written when one is not', () => {
      for (const scheme of storage.schemes) {
        expect(storage.parse(`${scheme}://`)).toMatchObject({ message: expect.stringContaining(`${scheme}://`) });
      }
    });

    it('mounts read-only what is read, at the path that is asked for, from volumes of its own', () => {
      fc.assert(
        fc.property(located(storage.form), fc.constantFrom('Read', 'Write'), (uri, access) => {
          if (access === 'Write' && !storage.isWritable) return;
          const { volumes, mounts } = partsOf(locationOf(uri), { mountPath: '/flyball/at', access });
          expect(mounts.map(({ mountPath }) => mountPath)).toContain('/flyball/at');
          expect(mounts.every(({ readOnly }) => (readOnly ?? false) === (access === 'Read'))).toBe(true);
          expect(mounts.every(({ name }) => volumes.some((volume) => volume.name === name))).toBe(true);
          const isOwn = (name: string) => storage.schemes.some((scheme) => name.startsWith(`${scheme}:`));
          expect(volumes.every(({ name }) => (storage.isRemote ? name === 'flyball-storage' : isOwn(name)))).toBe(true);
        }),
      );
    });
  },
);

const all =
  'pvc://<claim>/<path> or s3://<bucket>/<path> or gs://<bucket>/<path> or abfss://<container>@<account>.dfs.core.windows.net/<path>';

describe('A URI', () => {
  it.each([
    ['ftp://host/x', '"ftp://host/x" has the scheme "ftp"'],
    ['/etc', '"/etc" has no scheme'],
    ['', '"" has no scheme'],
  ])('"%s" has no place', (uri, wantWhat) => {
    const wantMessage = `${wantWhat}, known are pvc, s3, gs, abfss, https, hf, oci: write ${all} or https://<host>/<path> or hf://<organization>/<name>@<revision> or oci://<image>`;
    expect(locate(uri)).toEqual({ type: 'Unlocated', message: wantMessage });
  });

  it.each(['https://host/x', 'hf://org/name@main', 'oci://registry/model:1'])(
    '"%s" is no place for an output',
    (uri) => {
      expect(locate(uri)).toMatchObject({ type: 'Location' });
      expect(locate(uri, 'Write')).toMatchObject({
        type: 'Unlocated',
        message: expect.stringContaining(`known are pvc, s3, gs, abfss: write ${all}`),
      });
    },
  );

  it.each([
    ['hf://org/name@main', 'org/name@main', ''],
    ['hf://org/name@v1/onnx/model.onnx', 'org/name@v1', 'onnx/model.onnx'],
    [
      'hf://datasets/org/name@refs/convert/parquet/default/train',
      'datasets/org/name@refs/convert/parquet',
      'default/train',
    ],
    ['hf://datasets/org/name@refs/pr/12', 'datasets/org/name@refs/pr/12', ''],
    ['hf://datasets/org/name@main/a@b', 'datasets/org/name@main', 'a@b'],
  ])('%s names a repository at a revision, and what is below a path of it', (uri, authority, path) => {
    const at = locationOf(uri);
    expect(at).toEqual({ type: 'Location', scheme: 'hf', authority, path });
    const { fetches } = partsOf(at, { mountPath: '/flyball/model', access: 'Read' });
    expect(fetches).toEqual([{ uri, folder: '/flyball/storage/model' }]);
  });

  it.each(['hf://org/name', 'hf://org/name@', 'hf://name@main', 'hf://datasets/name@main', 'hf://org/name@main/'])(
    '%s is none of a repository',
    (uri) => {
      expect(locate(uri)).toMatchObject({ message: expect.stringContaining('hf://<organization>/<name>@<revision>') });
    },
  );

  it.each([
    ['https://host:65535/x', 'Location'],
    ['https://host:65536/x', 'Unlocated'],
    ['https://host:0/x', 'Unlocated'],
  ])('%s has a port that there is, or names nothing', (uri, want) => {
    expect(locate(uri).type).toBe(want);
  });

  it('of a folder below another one is located there', () => {
    fc.assert(
      fc.property(
        located('pvc://<claim>/<folder>'),
        fc.stringMatching(/^[a-z]{1,40}-[1-9][0-9]{0,5}$/),
        (uri, attempt) => {
          const at = locationOf(uri);
          expect(locate(under(uri, attempt))).toEqual({ ...at, path: `${at.path}/${attempt}` });
        },
      ),
    );
  });
});

describe('The parts of a pod', () => {
  const part = (uri: string, mountPath: string) => partsOf(locationOf(uri), { mountPath, access: 'Write' });

  it('have one volume for all that is in one claim, whatever the length of its name', () => {
    const claim = 'c'.repeat(253);
    const parts = [part(`pvc://${claim}/a`, '/a'), part('pvc://data/b', '/b'), part(`pvc://${claim}/c`, '/c')];
    expect(joined(parts, (index) => `claim-${index}`)).toEqual({
      volumes: [
        { name: 'claim-0', persistentVolumeClaim: { claimName: claim } },
        { name: 'claim-1', persistentVolumeClaim: { claimName: 'data' } },
      ],
      mounts: [
        { name: 'claim-0', mountPath: '/a', subPath: 'a' },
        { name: 'claim-1', mountPath: '/b', subPath: 'b' },
        { name: 'claim-0', mountPath: '/c', subPath: 'c' },
      ],
      fetches: [],
    });
  });

  it('fetch what is in a store, into one volume for all that has no other place', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const read = (uri: string, mountPath: string, more = {}) =>
      partsOf(locationOf(uri), { mountPath, access: 'Read', ...more });
    const cache = { digest, volume: { claimName: 'cache' } };
    const parts = [
      read('s3://data/a', '/flyball/datasets/a'),
      read('gs://data/b', '/flyball/datasets/b', { volume: { claimName: 'cache' } }),
      read('s3://data/c', '/flyball/champion', cache),
      part('pvc://data/d', '/d'),
    ];
    expect(joined(parts, (index) => `claim-${index}`)).toEqual({
      volumes: [
        { name: 'flyball-storage', emptyDir: {} },
        { name: 'flyball-cache', persistentVolumeClaim: { claimName: 'cache' } },
        { name: 'claim-0', persistentVolumeClaim: { claimName: 'data' } },
      ],
      mounts: [
        { name: 'flyball-storage', mountPath: '/flyball/datasets/a', subPath: 'datasets/a', readOnly: true },
        { name: 'flyball-storage', mountPath: '/flyball/datasets/b', subPath: 'datasets/b', readOnly: true },
        {
          name: 'flyball-cache',
          mountPath: '/flyball/champion',
          subPath: `flyball-cache/${'a'.repeat(64)}`,
          readOnly: true,
        },
        { name: 'claim-0', mountPath: '/d', subPath: 'd' },
      ],
      fetches: [
        { uri: 's3://data/a', folder: '/flyball/storage/datasets/a' },
        { uri: 'gs://data/b', folder: '/flyball/storage/datasets/b' },
        { uri: 's3://data/c', folder: `/flyball/cache/${'a'.repeat(64)}`, digest },
      ],
    });
  });

  it('are none for nothing', () => {
    expect(joined([], String)).toEqual({ volumes: [], mounts: [], fetches: [] });
  });
});
