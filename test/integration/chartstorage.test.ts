import { beforeAll, describe, expect, it } from '@jest/globals';
import { ensureBinaries } from '../../hack/cluster/binaries.ts';
import type { StorageInstallation } from '../../src/storage/installation.ts';
import { parseStorageInstallation } from '../../src/storage/parseinstallation.ts';
import { installationRefusals, wholeInstallation } from '../builders/storageinstallations.ts';
import { renderChart } from './chart.ts';

let helm: string;

beforeAll(async () => {
  ({ helm } = await ensureBinaries(['helm']));
}, 900_000);

/** The installation as somebody writes it into the values. */
function valuesOf({ image, imagePullPolicy, fetchImage, ...others }: Partial<StorageInstallation>): object {
  const [repository = '', tag = ''] = image === undefined ? [] : image.split(/:(?=[^:]*$)/);
  return {
    ...others,
    ...(image !== undefined && { image: { repository, tag, pullPolicy: imagePullPolicy } }),
    ...(fetchImage !== undefined && { fetch: { image: fetchImage } }),
  };
}

/** What the operator is told of the storage in the values of its chart. */
function toldOf(storage: object, ...assignments: readonly string[]): string {
  const [text] = renderChart(helm, assignments, { storage }).flatMap(
    (object) => /"FLYBALL_STORAGE","value":("(?:[^"\\]|\\.)*")/.exec(JSON.stringify(object))?.[1] ?? [],
  );
  return JSON.parse(text ?? '""') as string;
}

/** What Helm says of a storage that cannot be, line by line. */
function refusalsOf(storage: object): readonly string[] {
  try {
    toldOf(storage);
    return [];
  } catch (error) {
    const said = String(error).split('these values cannot work:')[1] ?? String(error);
    return said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('Use --debug'));
  }
}

describe('Helm refuses a storage that the operator refuses', () => {
  it.each(installationRefusals)('in the same words: %s', (_, installation, words) => {
    // Requests that the chart has by default are not what is asked.
    const resources = { requests: null, limits: null, ...installation.resources };
    expect(refusalsOf(valuesOf({ ...installation, resources } as never))).toEqual([
      `storage.${words.replace('above ', 'above storage.')}`,
    ]);
  });

  it.each<[string, object, string]>([
    [
      'an image with its tag in the repository',
      { image: { repository: 'a/b:1' } },
      'storage.image.repository is "a/b:1"',
    ],
    ['a tag with a digest', { image: { tag: 'a@b' } }, 'storage.image.tag is "a@b"'],
    ['a digest that is short', { image: { digest: 'sha256:0' } }, 'storage.image.digest is "sha256:0"'],
    ['exceptions of no proxy', { proxy: { noProxy: '.svc' } }, 'storage.proxy.noProxy is ".svc" without a proxy'],
    ['an unknown scheme', { ftp: {} }, 'ftp'],
    ['an unknown addressing', { s3: { addressing: 'Host' } }, 'addressing'],
    ['devices', { resources: { limits: { 'nvidia.com/gpu': 1 } } }, 'nvidia.com/gpu'],
  ])('and what only it can see: %s', (_, storage, words) => {
    expect(refusalsOf(storage).join(' ')).toContain(words);
  });

  it('all at once, so that nobody goes round in circles', () => {
    const wrong = {
      s3: { endpoint: 'a', region: 'b c' },
      gs: { endpoint: 'd' },
      caCertificates: 'e',
      proxy: { url: 'f' },
    };
    expect(refusalsOf(wrong)).toHaveLength(5);
  });
});

describe('Helm hands to the operator', () => {
  it('what is set and nothing else', () => {
    const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } };
    const image = expect.stringMatching(/^localhost\/flyball\/storage:[0-9]/);
    expect(parseStorageInstallation(toldOf({}))).toEqual({ image, imagePullPolicy: 'IfNotPresent', resources });
    expect(parseStorageInstallation(toldOf({ resources: { requests: null, limits: null } }))).toEqual({
      image,
      imagePullPolicy: 'IfNotPresent',
    });
  });

  it('an image beside its own', () => {
    const at = (...assignments: readonly string[]) => parseStorageInstallation(toldOf({}, ...assignments)).image;
    expect(at('image.repository=registry:5000/team/operator', 'image.tag=v7')).toMatch(
      /^registry:5000\/team\/storage:[0-9.]+$/,
    );
    expect(at('image.repository=operator', 'storage.image.tag=v7')).toBe('storage:v7');
    const digest = `sha256:${'0'.repeat(64)}`;
    expect(at('storage.image.repository=a/b', 'storage.image.tag=v7', `storage.image.digest=${digest}`)).toBe(
      `a/b@${digest}`,
    );
  });

  it('all that can be said, as it was written down', () => {
    expect(parseStorageInstallation(toldOf(valuesOf(wholeInstallation)))).toEqual(wholeInstallation);
  });

  it('amounts that are numbers as texts', () => {
    const resources = { requests: null, limits: { cpu: 2, memory: 536_870_912 } };
    expect(parseStorageInstallation(toldOf({ resources })).resources).toEqual({
      limits: { cpu: '2', memory: '536870912' },
    });
  });
});
