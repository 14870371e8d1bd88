import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { documentText } from './document.ts';
import { isColoured } from './output.ts';

const terminal = Object.assign(new Writable(), { isTTY: true });
const pipe = new Writable();

describe('A document', () => {
  it('puts into quotation marks what kubectl would read as something else, since it reads YAML 1.1', () => {
    expect(documentText({ shuffle: 'on', steps: '1_000' }, 'yaml')).toBe('shuffle: "on"\nsteps: "1_000"\n');
  });
});

describe('Colours are there', () => {
  it.each([
    ['on a terminal', terminal, 'auto', {}, true],
    ['not in a pipe', pipe, 'auto', {}, false],
    ['not where nobody wants them', terminal, 'auto', { NO_COLOR: '1' }, false],
    ['where an empty NO_COLOR says nothing', terminal, 'auto', { NO_COLOR: '' }, true],
    ['not on a terminal without them', terminal, 'auto', { TERM: 'dumb' }, false],
    ['in a pipe that is said to show them', pipe, 'auto', { FORCE_COLOR: '1' }, true],
    ['not where FORCE_COLOR is 0', terminal, 'auto', { FORCE_COLOR: '0' }, false],
    ['in a pipe if the command line says so', pipe, 'always', { NO_COLOR: '1' }, true],
    ['not if the command line says so', terminal, 'never', { FORCE_COLOR: '1' }, false],
  ] as const)('%s', (_, stream, when, environment, want) => {
    expect(isColoured(stream, when, environment)).toBe(want);
  });
});
