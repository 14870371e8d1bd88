import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { modelInS3 } from './models3.ts';
import { digestOf, filled, scratch, transferred } from './transferred.ts';

/** Programs are started, which take their time on a busy machine. */
jest.setTimeout(60_000);

const place = scratch();
const { path } = place;
const source = filled(path('source'), { 'weights.bin': 'weights', 'config.json': '{}' });
const digest = digestOf(source);
const hex = digest.slice('sha256:'.length);
/** Of the right size, as a node leaves it that loses power before the disk has all. */
const lost = { 'weights.bin': '\0'.repeat(7), 'config.json': '{}' };
const store = modelInS3(source, place);

/** Fetches into a folder; `wanted` pins what it has to be. */
async function fetched(folder: string, wanted?: string, stopAt?: string, onFetching?: () => void) {
  const stop = new AbortController();
  return transferred('fetch', ['s3://artifacts/model', folder], store(), {
    settings: { digests: wanted === undefined ? {} : { [folder]: wanted } },
    stop: stop.signal,
    onLine: (line) => {
      if (stopAt !== undefined && line.startsWith(stopAt)) stop.abort();
      if (line.startsWith('Fetching')) onFetching?.();
    },
  });
}

/** Leaves files as if a container had ended in the middle, with the note of what they are. */
async function leave(folder: string, files: Readonly<Record<string, string>>, wanted?: string): Promise<string> {
  await fetched(folder, wanted, 'Fetching');
  const note = readdirSync(dirname(folder)).find((name) => name.endsWith('.partial.listing')) ?? '';
  const work = filled(join(dirname(folder), note.replace('.listing', '')), files);
  for (const name of Object.keys(files)) {
    // As rclone leaves it: with the time of the object.
    const time = Math.floor(statSync(path(`store/objects/artifacts/model/${name}`)).mtimeMs / 1_000);
    utimesSync(join(work, name), time, time);
  }
  return join(dirname(folder), note);
}

/** As after a start of the node. */
function startAnew(folder: string): void {
  const mark = join(dirname(folder), `.${basename(folder)}.whole.json`);
  const noted = JSON.parse(readFileSync(mark, 'utf8')) as object;
  writeFileSync(mark, JSON.stringify({ ...noted, boot: 'another-boot' }));
}

describe('What a container before has fetched whole', () => {
  it('is removed before it is fetched again if the node has lost some of it, so that there is room', async () => {
    const folder = path('damaged/model');
    await fetched(folder);
    startAnew(folder);
    filled(folder, lost);
    const there: boolean[] = [];
    const { code } = await fetched(folder, undefined, undefined, () => there.push(existsSync(folder)));
    expect(code).toBe(0);
    expect(there).toContain(false);
    expect(digestOf(folder)).toBe(digest);
  });

  it('stays if this one is told to end while it looks', async () => {
    const folder = path('looked/model');
    await fetched(folder);
    startAnew(folder);
    expect(await fetched(folder, undefined, 'Checking what was fetched')).toMatchObject({ code: 143 });
    expect(digestOf(folder)).toBe(digest);
  });
});

describe('What a container before has left half', () => {
  it('of a model that is pinned blames nobody if it is wrong, and is fetched anew once', async () => {
    await leave(path('pinned/model'), lost, digest);
    const { code, message, lines } = await fetched(path('pinned/model'), digest);
    expect({ code, message }).toMatchObject({ code: 0 });
    expect(lines).toContain(
      'What was left of s3://artifacts/model by a container before is not what was asked for: fetching it anew.',
    );
    expect(digestOf(path('pinned/model'))).toBe(digest);
  });

  it('in a cache blames nobody, either', async () => {
    await leave(path(`cache/${hex}`), lost, digest);
    expect(await fetched(path(`cache/${hex}`), digest)).toMatchObject({ code: 0, artifacts: [{ digest }] });
    expect(digestOf(path(`cache/${hex}`))).toBe(digest);
  });

  it('does not hide that the store has another thing', async () => {
    const wrong = `sha256:${'0'.repeat(64)}`;
    await leave(path('other/model'), lost, wrong);
    const { code, message } = await fetched(path('other/model'), wrong);
    expect({ code, message }).toEqual({ code: 3, message: expect.stringContaining(`is ${digest}, and ${wrong}`) });
  });

  it('is not trusted without a digest once the node was started anew', async () => {
    const note = await leave(path('unpinned/model'), lost);
    writeFileSync(note, `${readFileSync(note, 'utf8').slice(0, 64)} another-boot`);
    expect(await fetched(path('unpinned/model'))).toMatchObject({ code: 0, artifacts: [{ digest }] });
    expect(digestOf(path('unpinned/model'))).toBe(digest);
  });
});

describe('What a container before has fetched whole', () => {
  const reboot = (folder: string): void => {
    const mark = join(dirname(folder), '.model.whole.json');
    const text = JSON.parse(readFileSync(mark, 'utf8')) as object;
    writeFileSync(mark, JSON.stringify({ ...text, boot: 'another' }));
  };

  it('is read once more when the node was started anew, and stays if it is still that', async () => {
    const folder = path('kept/model');
    await fetched(folder);
    reboot(folder);
    const checking = `Checking what was fetched into ${folder} before the node was started anew`;
    const told = `s3://artifacts/model was fetched before into ${folder}.`;
    expect((await fetched(folder)).lines).toEqual([checking, told]);
    expect((await fetched(folder)).lines).toEqual([told]);
  });

  it('is fetched anew if the node has lost some of it', async () => {
    const folder = path('lost/model');
    await fetched(folder);
    reboot(folder);
    filled(folder, lost);
    expect(await fetched(folder)).toMatchObject({ code: 0, artifacts: [{ digest }] });
    expect(digestOf(folder)).toBe(digest);
  });
});
