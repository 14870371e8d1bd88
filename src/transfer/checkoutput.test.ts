import { beforeEach, describe, expect, it } from '@jest/globals';
import { ArtifactStore, transferTo } from '../../test/builders/artifactstore.ts';
import { checkOutput, checkOutputFirst } from './checkoutput.ts';
import type { Command } from './command.ts';
import { fault, mend } from './ends.ts';
import { readMarker } from './marker.ts';
import { locate } from '../storage/index.ts';

const output = 's3://bucket/models/run-1-uid';
const uri = `${output}/pod-1`;
const key = 'models/run-1-uid/pod-1';
let store: ArtifactStore;

beforeEach(() => {
  store = new ArtifactStore();
});

function checked(with_: Parameters<typeof transferTo>[1] = {}) {
  return checkOutput([uri], transferTo(store, with_).transfer);
}

describe('Before a training, the place of its output', () => {
  it('is listed and written to beside the folder of the pod, and left as it was', async () => {
    expect(await checked()).toEqual([]);
    expect(store.asked).toEqual([`list ${key}`, `write ${key}.begun`, `remove ${key}.begun`]);
    expect(store.objects.size).toBe(0);
  });

  it('is good enough where nobody may remove anything, and what stays there is no model to anybody', async () => {
    store.remove = () => Promise.reject(mend('The credentials may not do what is needed'));
    const { transfer, lines } = transferTo(store);
    await checkOutput([uri], transfer);
    expect([...store.objects.keys()]).toEqual([`${key}.begun`]);
    expect(lines.join()).toContain(`${uri}.begun stays, since it cannot be removed`);
    const at = locate(uri, 'Write');
    expect(at.type === 'Location' && (await readMarker(at, store))).toBeUndefined();
    expect(await store.list({ type: 'Location', scheme: 's3', authority: 'bucket', path: key })).toEqual([]);
  });

  it('is good enough where what was tried cannot be removed soon', async () => {
    store.until = (stop) => {
      const slow = new ArtifactStore();
      slow.remove = () => new Promise((_, reject) => stop.addEventListener('abort', () => reject(fault('Too late'))));
      return slow;
    };
    const { transfer, lines } = transferTo(store);
    await checkOutput([uri], { ...transfer, limits: { ...transfer.limits, stall: 10 } });
    expect(lines.join()).toContain(`${uri}.begun stays, since it cannot be removed: Too late`);
  });

  it.each([
    ['people have to mend, with exit code 4', mend('There is no such bucket'), 4],
    ['the store did for too long, with exit code 5', fault('Nothing answers'), 5],
  ])('tells apart what %s', async (_, failure, exit) => {
    store.write = () => Promise.reject(failure);
    await expect(checked()).rejects.toMatchObject({ message: failure.message, exit });
  });

  it('is not good enough if the store has another text than was written', async () => {
    store.write = (_, { path }) => {
      store.objects.set(path, 'of somebody else');
      return Promise.resolve();
    };
    await expect(checked()).rejects.toMatchObject({ exit: 5 });
  });

  it('is asked for by the first pod of a gang alone, which alone saves', async () => {
    await checked({ pod: { index: '1', uid: 'pod-1' } });
    expect(store.asked).toEqual([]);
    await checked({ pod: { index: '0', uid: 'pod-1' } });
    expect(store.asked).toHaveLength(3);
  });

  it.each([[['https://host/model']], [['s3://bucket']], [[]], [[uri, uri]]])('is none as %j', async (words) => {
    await expect(checkOutput(words, transferTo(store).transfer)).rejects.toMatchObject({ exit: 3 });
  });
});

describe('What fetches', () => {
  const fetched: string[] = [];
  const fetch: Command = ([word = '']) => {
    fetched.push(word);
    return Promise.resolve([]);
  };
  const settings = { digests: {}, output };

  beforeEach(() => {
    fetched.splice(0);
  });

  it('finds that out before it fetches a byte, of the folder of its pod', async () => {
    store.write = () => Promise.reject(mend('There is no such bucket'));
    await expect(checkOutputFirst(fetch)(['x'], transferTo(store, { settings }).transfer)).rejects.toMatchObject({
      exit: 4,
    });
    expect(store.asked).toEqual([`list ${key}`]);
    expect(fetched).toEqual([]);
  });

  it('fetches then, and at once where no output is saved', async () => {
    await checkOutputFirst(fetch)(['x'], transferTo(store, { settings }).transfer);
    expect(store.asked).toContain(`write ${key}.begun`);
    store.asked.splice(0);
    await checkOutputFirst(fetch)(['y'], transferTo(store).transfer);
    expect(store.asked).toEqual([]);
    expect(fetched).toEqual(['x', 'y']);
  });
});
