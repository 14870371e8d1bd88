import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeApiServer } from '../../test/builders/apiserver.ts';
import { play } from '../../test/builders/commandline.ts';
import { trainingRun } from '../../test/builders/trainingrun.ts';
import { commands } from './commands/index.ts';
import { purposes } from './command.ts';

const server = new FakeApiServer();

beforeAll(async () => {
  await server.start();
  server.load([trainingRun(), { ...trainingRun(), metadata: { name: 'other', namespace: 'elsewhere' } }]);
});
afterAll(() => server.stop());

describe('The help', () => {
  it('is what one gets who says nothing', async () => {
    const played = await play(server, '');
    expect(played).toMatchObject({ exitCode: 0, err: '' });
    expect(played).toEqual(await play(server, '--help'));
    expect(played).toEqual(await play(server, 'help'));
  });

  it('has all commands under what people come for', async () => {
    const { out } = await play(server, '--help');
    for (const { purpose, summary } of commands) {
      const [heading, words] = [out.indexOf(purposes[purpose]), out.replace(/\s+/g, ' ').indexOf(summary)];
      expect({ summary, heading: heading > 0, isThere: words > 0 }).toEqual({ summary, heading: true, isThere: true });
    }
  });

  it.each(commands.map(({ usage }) => usage.split(' ')[0] ?? ''))(
    'of %s shows examples that can be read',
    async (name) => {
      const { out, exitCode } = await play(server, `help ${name}`);
      expect({ exitCode, usage: out.split('\n')[0] }).toEqual({
        exitCode: 0,
        usage: expect.stringContaining(`Usage: kubectl flyball ${name} `),
      });
      const { examples = [], options = [] } = commands.find(({ usage }) => usage.split(' ')[0] === name) ?? {};
      expect(examples.length).toBeGreaterThan(0);
      for (const [line] of examples) {
        expect(out).toContain(`  ${line}`);
        expect(line).toMatch(new RegExp(`kubectl flyball ${name}( |$)`));
      }
      for (const { description } of options) expect(description).not.toMatch(/\.$/);
    },
  );

  it('of a command is the same whichever way one asks', async () => {
    expect(await play(server, 'help get')).toEqual(await play(server, 'get --help'));
  });
});

describe('A command line that cannot be understood', () => {
  it.each([
    ['an unknown command', 'gte', 'Did you mean get?'],
    ['an unknown command that help is asked of', 'help gte', 'Did you mean get?'],
    ['an unknown option', 'get --namspace x', 'Did you mean --namespace?'],
    ['an unknown choice', 'get -o xml', 'Allowed choices are json, yaml'],
    ['words too many', 'get a b c', 'too many arguments'],
    ['groups of nobody', 'get --as-group admins', '--as-group is for whom --as names'],
    ['an option without its value', '-n', "'-n, --namespace <namespace>' argument missing"],
  ])('is refused with what was meant: %s', async (_, line, wantWords) => {
    const { out, err, exitCode } = await play(server, line);
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 2 });
    expect(err).toContain(wantWords);
    expect(err).toMatch(/`kubectl flyball ([a-z]+ )?--help`/);
  });

  it('does nothing to a terminal', async () => {
    const { err } = await play(server, '\u001B]0;evil\u0007get\u001B[2J\u202E');
    expect(err).toMatch(/^error: unknown command '[\u0020-\u007E]*'\n/);
  });
});

describe('What all commands take', () => {
  it.each(['get -n elsewhere', '-n elsewhere get'])('may stand before the command or after it: %s', async (line) => {
    const { out } = await play(server, line);
    expect(out).toContain('other');
    expect(out).not.toContain('fraud');
  });
});
