import { describe, expect, test } from '@jest/globals';
import { kubectl, patchCommand, patchTimeCommand } from './command.ts';
import { commandsIn, whatOf, withoutRemedies, written } from './message.ts';

const run = { namespace: 'wine', name: 'quality' };

describe('a message', () => {
  test('tells what is wrong, what helps with the command, and then what others said', () => {
    const text = written({
      what: 'the command ended with exit code 1',
      remedies: [
        { text: 'read its log', command: kubectl('wine', 'logs', 'job/quality-1-train') },
        { text: 'edit the recipe, which starts another attempt' },
      ],
      quote: { by: 'the container', words: 'KeyError:\n`target`' },
    });
    expect(text).toBe(
      "the command ended with exit code 1. Read its log: `kubectl -n wine logs job/quality-1-train`; or edit the recipe, which starts another attempt; the container said: KeyError: 'target'",
    );
  });

  test('gives what is wrong and what others said without what would help, for those who read it later', () => {
    const what = 'the command ended with exit code 1';
    const remedies = [
      { text: 'read its log', command: kubectl('wine', 'logs', 'quality-1-train-abcde') },
      { text: 'edit the recipe' },
      { text: 'run it again', command: patchTimeCommand('trun', run, ['rerunAt']) },
    ];
    const quote = { by: 'the container', words: 'KeyError: target. Sorry; the end' };
    expect(withoutRemedies(written({ what, remedies, quote }))).toBe(written({ what, quote }));
    expect(withoutRemedies(written({ what, remedies }))).toBe(what);
    expect(withoutRemedies(written({ what, quote }))).toBe(written({ what, quote }));
  });

  test('gives its commands back, whatever stands around them', () => {
    const command = patchCommand('mdep', run, { replicas: 2 });
    const text = written({
      what: 'a `strange` name',
      remedies: [{ text: 'scale', command }],
      quote: { by: 'the server', words: '`rm -rf /`' },
    });
    expect(commandsIn(text)).toEqual([command]);
  });

  test('keeps its remedies however long the words are', () => {
    const command = kubectl('wine', 'get', 'trun');
    const text = written({
      what: 'x'.repeat(5000),
      remedies: [{ text: 'look', command }],
      quote: { by: 'the server', words: 'y'.repeat(5000) },
    });
    expect(text.length).toBeLessThanOrEqual(1024);
    expect(commandsIn(text)).toEqual([command]);
  });
});

describe('a command', () => {
  test('quotes what a shell would read differently', () => {
    expect(kubectl(undefined, 'get', 'nodes', '-o', "jsonpath={.items[*]['x']}")).toBe(
      String.raw`kubectl get nodes -o 'jsonpath={.items[*]['\''x'\'']}'`,
    );
    expect(patchCommand('trun', run, { suspend: false })).toBe(
      `kubectl -n wine patch trun quality --type merge -p '{"spec":{"suspend":false}}'`,
    );
  });

  test('sets a field to the time at which it is run', () => {
    expect(patchTimeCommand('trun', run, ['rerunAt'])).toBe(
      String.raw`kubectl -n wine patch trun quality --type merge -p "{\"spec\":{\"rerunAt\":\"$(date -u +%FT%TZ)\"}}"`,
    );
    expect(patchTimeCommand('mdep', run, ['rollout', 'retryAt'])).toContain(String.raw`{\"rollout\":{\"retryAt\":`);
  });
});

describe('what a message says first', () => {
  test('is its first sentence, without remedies and quotes', () => {
    const message = written({
      what: 'the image registry.example/a:1.2 cannot be pulled',
      remedies: [{ text: 'push it' }],
      quote: { by: 'the kubelet', words: 'not found' },
    });
    expect(whatOf(message)).toBe('the image registry.example/a:1.2 cannot be pulled');
  });

  test('has no quote either where there is no remedy', () => {
    expect(whatOf(written({ what: 'it fails', quote: { by: 'container mesh', words: 'a. B' } }))).toBe('it fails');
  });

  test('has no full stop', () => {
    expect(whatOf('All checks pass.')).toBe('All checks pass');
  });
});
