import { describe, expect, it } from '@jest/globals';
import { cut, cutInside } from './cut.ts';
import { styled, text } from './text.ts';

describe('A text that is longer than there is room', () => {
  it('is cut, and says so', () => {
    expect(cut(text`fraud-4 serves`, 10).words).toBe('fraud-4 s…');
    expect(cut(text`fraud-4 serves`, 14).words).toBe('fraud-4 serves');
  });

  it('has no blank before what says so', () => {
    expect(cut(text`fraud-4 serves`, 9).words).toBe('fraud-4…');
  });

  it('keeps its styles', () => {
    expect(cut(text`${styled('bad', 'no')} room`, 5).spans.at(1)).toEqual({ words: 'no', style: 'bad' });
  });

  it('counts columns, and tears no character', () => {
    expect(cut(text`訓練が始まる`, 6).words).toBe('訓練…');
    expect(cut(text`👩‍🔬👩‍🔬👩‍🔬`, 5).words).toBe('👩‍🔬👩‍🔬…');
  });

  it('of a name keeps its end, by which pods are told apart', () => {
    expect(cutInside(text`Pod fraud-0a1b2c3d-5d8f7c9b6c-x7k2p`, 24).words).toBe('Pod fraud-0a1b2c…c-x7k2p');
  });

  it('may be said so in ASCII', () => {
    expect(cut(text`fraud-4 serves`, 10, '...').words).toBe('fraud-4...');
  });
});
