import { describe, expect, it } from '@jest/globals';
import { compareMoments, LineReader, momentOf } from './lines.ts';

const stamp = '2026-11-24T10:00:00.123456789Z';

function read(...chunks: (string | Buffer)[]) {
  const reader = new LineReader();
  return [...chunks.flatMap((chunk) => reader.push(Buffer.from(chunk))), ...reader.end()];
}

describe('the lines of a log', () => {
  it('are whole however the bytes are cut up', () => {
    const bytes = Buffer.from(`${stamp} größer\n${stamp} next\n`);
    const wanted = [
      { stamp, words: 'größer', cut: 0 },
      { stamp, words: 'next', cut: 0 },
    ];
    for (let at = 0; at < bytes.length; at += 1) {
      expect(read(bytes.subarray(0, at), bytes.subarray(at))).toEqual(wanted);
    }
  });

  it('have no stamp where the kubelet wrote none', () => {
    expect(read('unable to retrieve container logs for containerd://1f\n')).toEqual([
      { stamp: '', words: 'unable to retrieve container logs for containerd://1f', cut: 0 },
    ]);
  });

  it('may be empty, and may lack their end', () => {
    expect(read(`${stamp} \n${stamp}\n${stamp} last`).map(({ words }) => words)).toEqual(['', '', 'last']);
  });

  it('show of a progress bar what it showed last', () => {
    expect(read(`${stamp} 1%\r50%\r100%\n`)[0]).toEqual({ stamp, words: '100%', cut: 0 });
    expect(read(`${stamp} 99%\r100%\r\n`)[0]?.words).toBe('100%');
    expect(read(`${stamp} 100%\r    \r\n`)[0]?.words).toBe('100%');
  });

  it('show bytes that are no UTF-8 as such', () => {
    expect(
      read(Buffer.concat([Buffer.from(`${stamp} a`), Buffer.from([0xff, 0xfe]), Buffer.from('b\n')]))[0]?.words,
    ).toBe('a\uFFFD\uFFFDb');
  });

  it('are cut where they are longer than anybody reads, with a note how much is lacking', () => {
    const [line, next] = read(`${stamp} ${'x'.repeat(300_000)}`, `${'x'.repeat(700_000)}\n${stamp} next\n`);
    expect(line?.words.length).toBe(100 * 1024);
    expect(line?.cut).toBe(1_000_000 - 100 * 1024);
    expect(next).toEqual({ stamp, words: 'next', cut: 0 });
  });

  it('keep nothing of what a progress bar draws over, however long it goes on', () => {
    const reader = new LineReader();
    reader.push(Buffer.from(`${stamp} `));
    for (let step = 0; step < 20_000; step += 1) expect(reader.push(Buffer.from(`step ${step} of many\r`))).toEqual([]);
    expect(reader.push(Buffer.from('done\n'))).toEqual([{ stamp, words: 'done', cut: 0 }]);
  });

  it('show what is drawn over a line that was too long', () => {
    expect(read(`${stamp} ${'x'.repeat(300_000)}`, `${'y'.repeat(9)}\rshort\n`)).toEqual([
      { stamp, words: 'short', cut: 0 },
    ]);
  });

  it('tell of a progress bar while its line has no end', () => {
    const reader = new LineReader();
    reader.push(Buffer.from(`${stamp} 1%\r2%\r3`));
    expect(reader.progress()).toEqual({ stamp, words: '2%', cut: 0 });
    expect(reader.progress()).toBeUndefined();
    reader.push(Buffer.from('%\r4'));
    expect(reader.progress()?.words).toBe('3%');
    expect(reader.push(Buffer.from('%\n'))).toEqual([{ stamp, words: '4%', cut: 0 }]);
  });
});

describe('the times of lines', () => {
  it('are compared to the nanosecond, in whatever zone they are written', () => {
    const times = ['2026-11-24T10:00:00.1Z', '2026-11-24T11:00:00.100000001+01:00', '2026-11-24T10:00:01Z'];
    const moments = times.map((time) => momentOf(time)!);
    expect(moments.toSorted(compareMoments)).toEqual(moments);
    expect(compareMoments(moments[0]!, moments[1]!)).toBe(-1);
    expect(compareMoments(moments[0]!, momentOf('2026-11-24T10:00:00.100000000Z')!)).toBe(0);
  });
});
