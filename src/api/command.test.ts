import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { type ConnectionOptions, kubectl, patchTimeCommand, through } from './command.ts';

const none: ConnectionOptions = { cluster: [], user: [] };
const chosen: ConnectionOptions = { cluster: ['--context', 'prod'], user: ['--as', 'alice', '--as-group', 'ml'] };

/** What programs named kubectl are given by a shell. */
function received(command: string | undefined): string[] {
  const shell = `kubectl() { printf '%s\\n' "$@"; }; ${command}`;
  return spawnSync('sh', ['-c', shell], { encoding: 'utf8', env: {} }).stdout.split('\n').slice(0, -1);
}

describe('A command by the connection of a call', () => {
  test('has the options before the verb of kubectl, and behind the words of a plugin, which takes none before its name', () => {
    expect(through(chosen, kubectl('team', 'get', 'pods'))).toBe(
      'kubectl --context prod --as alice --as-group ml -n team get pods',
    );
    expect(through(chosen, kubectl(undefined, 'flyball', 'why', 'mdep', 'fraud', '-n', 'team'))).toBe(
      'kubectl flyball why mdep fraud -n team --context prod --as alice --as-group ml',
    );
  });

  test('is the same where the call chose nothing', () => {
    for (const command of [kubectl('team', 'get', 'pods'), kubectl(undefined, 'flyball', 'get', '-A')]) {
      expect(through(none, command)).toBe(command);
    }
  });

  test('asks for the user whom it names itself, and not for whom the call comes', () => {
    const operator = 'system:serviceaccount:flyball-system:flyball';
    const asking = kubectl('team', 'auth', 'can-i', 'list', 'pods', '--as', operator);
    expect(through(chosen, asking)).toBe(`kubectl --context prod -n team auth can-i list pods --as ${operator}`);
    const named = kubectl('team', 'describe', 'pods', '-l', "it's --as if");
    expect(through(chosen, named)).toContain('--as alice');
  });

  test.each(["it's", 'a b; rm -rf / #', '$(id)', '"', '\\', '', '*', '--as', '漢', '$&', '~/.kube/config', 'a|b>c&d'])(
    'is one command to a shell, and names %j as it was given',
    (name) => {
      const cluster = ['--kubeconfig', name, '--context', name];
      const user = ['--as', name];
      const all = [...cluster, ...user];
      const connection = { cluster, user };
      const [get, flyball] = [kubectl('team', 'get', 'pods'), kubectl(undefined, 'flyball', 'get')];
      expect(received(through(connection, get))).toEqual([...all, '-n', 'team', 'get', 'pods']);
      expect(received(through(connection, flyball))).toEqual(['flyball', 'get', ...all]);
      const patch = patchTimeCommand('trun', { namespace: 'team', name: 'fraud' }, ['rerunAt']);
      expect(received(through(connection, patch)).slice(0, 6)).toEqual(all);
    },
  );

  test.each(['a`id`', 'a\u001B[2J', 'a\nb', 'zero\u200Bwidth', '\uD800'])(
    'is none where %j, which cannot be pasted as it is, would become another name',
    (name) => {
      expect(through({ cluster: ['--context', name], user: [] }, kubectl('team', 'get', 'pods'))).toBeUndefined();
    },
  );

  test('leaves what is no command of kubectl', () => {
    expect(through(chosen, '-')).toBe('-');
    expect(through(chosen, '…')).toBe('…');
  });
});
