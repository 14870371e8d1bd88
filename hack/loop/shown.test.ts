import { describe, expect, it } from '@jest/globals';
import { commands } from '../../src/cli/commands/index.ts';
import { globalOptions } from '../../src/cli/flags.ts';
import { commandLines, shown } from './shown.ts';

describe('The commands at the end of the demo', () => {
  it.each(shown.map(([line]) => line))('are there with their options: %s', (line) => {
    const [name = '', ...words] = line.split(' ');
    const command = commands.find(({ usage }) => usage.split(' ')[0] === name);
    expect(command).toBeDefined();
    const flags = [...(command?.options ?? []), ...globalOptions].flatMap((option) => option.flags.split(/[ ,]+/));
    for (const flag of words.filter((word) => word.startsWith('-'))) expect(flags).toContain(flag);
  });

  it('are run by the programs of this checkout and of the cluster', () => {
    const [path = ''] = commandLines({ kubectl: '/programs/kubectl' }).split('\n');
    expect(path).toMatch(/^ {2}export PATH=\/.*\/dist\/cli:\/.*\/node_modules\/\.bin:\/programs:\$PATH$/);
    expect(commandLines({ kubectl: 'kubectl' })).toContain('/node_modules/.bin:$PATH');
  });
});
