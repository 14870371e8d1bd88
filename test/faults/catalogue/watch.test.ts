import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { jobs, Rehearsal, services } from '../rehearsal/rehearsal.ts';
import { until } from '../rehearsal/until.ts';
import type { Watch } from '../rehearsal/watch.ts';

let stage: Rehearsal;
let watch: Watch;
/** Of a kind that is not struck. */
let other: Watch;
beforeEach(async () => {
  stage = await Rehearsal.start();
  watch = await stage.watch(jobs);
  other = await stage.watch(services);
});
afterEach(() => stage.stop());

/** By then everything that the API server sent before has arrived, or never will. */
async function untilOtherHas(name: string): Promise<void> {
  stage.emit('ADDED', name, services);
  await until(() => other.changes.includes(`ADDED ${name}`));
}

describe('A watch', () => {
  it('passes on events as they come, and bookmarks where nothing comes', async () => {
    stage.emit('ADDED', 'one');
    await until(() => watch.changes.length === 1);
    await until(() => watch.frames.includes('BOOKMARK 101'));
    expect(watch.changes).toEqual(['ADDED one']);
    expect(other.frames).toContain('BOOKMARK 7');
  });
});

describe('The fault', () => {
  it('watch-end ends the watches of a kind in order, and no others', async () => {
    stage.begin('watch-end:jobs@Request:1');
    await stage.send('GET', jobs);
    expect(await watch.ended).toBe('End');
    await untilOtherHas('after');
    expect(other.isOpen).toBe(true);
  });

  it('watch-end without a kind ends all watches', async () => {
    stage.begin('watch-end@Event:1');
    stage.emit('ADDED', 'one');
    expect(await Promise.all([watch.ended, other.ended])).toEqual(['End', 'End']);
  });

  it('watch-cut breaks the connection', async () => {
    stage.begin('watch-cut:jobs@Event:2');
    stage.emit('ADDED', 'one');
    stage.emit('ADDED', 'two');
    expect(await watch.ended).toBe('Break');
    expect(other.isOpen).toBe(true);
  });

  it.each([
    ['watch-gone', 'ERROR 410'],
    ['watch-error', 'ERROR 500'],
  ])('%s ends the watch with the frame %s instead of the counted event', async (fault, frame) => {
    stage.begin(`${fault}:jobs@Event:2`);
    stage.emit('ADDED', 'one');
    stage.emit('ADDED', 'two');
    expect(await watch.ended).toBe('End');
    expect(watch.changes).toEqual(['ADDED one', frame]);
  });

  it('watch-half-frame breaks off in the middle of the counted event', async () => {
    stage.begin('watch-half-frame:jobs@Event:2');
    stage.emit('ADDED', 'one');
    stage.emit('ADDED', 'two');
    expect(await watch.ended).toBe('Break');
    expect(watch.changes).toEqual(['ADDED one', expect.stringMatching(/^\{"type":"ADDED","object":\{/)]);
  });

  it('watch-stall leaves the connection open and tells nothing, not even bookmarks, also after the healing', async () => {
    stage.begin('watch-stall:jobs@Event:1');
    stage.emit('ADDED', 'one');
    await untilOtherHas('after');
    stage.interference.heal();
    stage.emit('ADDED', 'two');
    const before = watch.frames.length;
    await untilOtherHas('later');
    const bookmarks = other.frames.length;
    await until(() => other.frames.length >= bookmarks + 2);
    expect(watch.isOpen).toBe(true);
    expect(watch.frames).toHaveLength(before);
  });

  it('watch-bookmarks-only holds events back, behind bookmarks that say so', async () => {
    stage.emit('ADDED', 'zero');
    await until(() => watch.changes.length === 1);
    stage.begin('watch-bookmarks-only:jobs@Event:1');
    stage.emit('ADDED', 'one');
    stage.emit('MODIFIED', 'one');
    const before = watch.frames.length;
    await until(() => watch.frames.length >= before + 2);
    expect(new Set(watch.frames.slice(before))).toEqual(new Set(['BOOKMARK 101']));
    stage.interference.heal();
    await until(() => watch.changes.length === 3);
    expect(watch.changes).toEqual(['ADDED zero', 'ADDED one', 'MODIFIED one']);
  });

  it('watch-refused ends the watch and refuses the next one as too old', async () => {
    stage.begin('watch-refused:jobs@Event:1');
    stage.emit('ADDED', 'one');
    expect(await watch.ended).toBe('End');
    expect((await stage.watch(services)).status).toBe(200);
    expect((await stage.watch(jobs)).status).toBe(410);
    expect((await stage.watch(jobs)).status).toBe(200);
  });
});
