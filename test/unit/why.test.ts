import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeApiServer } from '../builders/apiserver.ts';
import { play } from '../builders/commandline.ts';
import { type Fault, recordedFaults } from '../builders/faults.ts';

const server = new FakeApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

async function answer({ command, now, objects, logs = {} }: Fault, options = ''): Promise<string> {
  server.restoreEmpty();
  server.load(objects);
  for (const [name, log] of Object.entries(logs)) server.logs.set(name, log);
  const asked = objects.find(({ apiVersion }) => apiVersion.startsWith('flyball.dev/'));
  const line = `why ${command} -n ${asked?.metadata?.namespace ?? ''} ${options}`;
  const { out, err, exitCode } = await play(server, line, { now: new Date(now) });
  expect({ err, exitCode }).toEqual({ err: '', exitCode: 0 });
  return out;
}

describe('kubectl flyball why', () => {
  it.each(recordedFaults())('tells what is wrong, and whose move it is: %s', async (_, fault) => {
    const { cause, actor } = fault.expect;
    const text = await answer(fault);
    // What is right stands in the answer itself: somewhere in the evidence it always does.
    const [told] = text.split('\nevidence\n');
    for (const wanted of cause) expect(told).toMatch(new RegExp(wanted));
    expect(JSON.parse(await answer(fault, '-o json'))).toMatchObject({ actor, unread: [] });
  });
});
