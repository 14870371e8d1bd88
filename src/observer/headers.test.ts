import { describe, expect, it } from '@jest/globals';
import { endToEnd } from './headers.ts';

describe('Headers', () => {
  it('pass in their order and spelling, repeated ones too', () => {
    const want = ['Host', 'fraud', 'X-Trace', 'a', 'set-COOKIE', '1', 'set-COOKIE', '2'];
    expect(endToEnd(want)).toEqual(want);
  });

  it('of one connection do not pass', () => {
    const raw = ['Connection', 'keep-alive', 'Keep-Alive', 'timeout=5', 'TE', 'trailers', 'Upgrade', 'h2c', 'A', 'b'];
    expect(endToEnd([...raw, 'Transfer-Encoding', 'chunked', 'Expect', '100-continue'])).toEqual(['A', 'b']);
  });

  it('that Connection names do not pass', () => {
    expect(endToEnd(['Connection', 'close, X-Secret', 'x-secret', '1', 'X-Other', '2'])).toEqual(['X-Other', '2']);
  });

  it('that frame or route a message pass even if Connection names them', () => {
    const raw = ['Connection', 'content-length, host', 'Host', 'fraud', 'Content-Length', '3'];
    expect(endToEnd(raw)).toEqual(['Host', 'fraud', 'Content-Length', '3']);
  });
});
