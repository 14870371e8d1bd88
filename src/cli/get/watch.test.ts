import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, until } from '../../../test/builders/apiserver.ts';
import { type Played, play } from '../../../test/builders/commandline.ts';
import { listed, now, product } from '../../../test/builders/product.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';
import { pods } from '../../api/kinds.ts';

const runPath = '/apis/flyball.dev/v1alpha1/namespaces/team/trainingruns/churn';
let server: FakeApiServer;
const stops: AbortController[] = [];

beforeEach(async () => {
  server = new FakeApiServer();
  await server.start();
  server.load(listed(product()));
});
afterEach(async () => {
  for (const stop of stops) stop.abort();
  await server.stop();
});

/** A watch that goes on until it is stopped. */
function watching(line: string, isTerminal = false) {
  const stop = new AbortController();
  stops.push(stop);
  const written = { out: '', err: '' };
  const ended = play(server, `get --watch ${line}`, { now, isTerminal, stop: stop.signal, written });
  return {
    written,
    seen: (what: string) => until(() => written.out.includes(what), what),
    end: async (): Promise<Played> => {
      stop.abort();
      return await ended;
    },
  };
}

const isWatched = () => until(() => server.requests.filter(({ query }) => query.get('watch')).length >= 8, '8 watches');

describe('kubectl flyball get --watch', () => {
  it('prints the tree, then a line for each change', async () => {
    const { seen, end } = watching('');
    await isWatched();
    server.put(runPath, trainingRun({ name: 'churn' }));
    await seen('churn');
    server.put(runPath, { ...trainingRun({ name: 'churn' }), metadata: { name: 'churn', deletionTimestamp: now } });
    await seen('Terminating');
    server.delete(runPath);
    await seen('DELETED');
    const { out, exitCode } = await end();
    expect(out).toMatch(/^NAME .*\nfraud /);
    expect(out.slice(out.search(/^2026/m))).toBe(
      [
        '2026-11-24T10:10:00Z  ADDED     TrainingRun churn                     Unseen  the operator has not seen it yet',
        '2026-11-24T10:10:00Z  MODIFIED  TrainingRun churn                     Unseen → Terminating',
        '2026-11-24T10:10:00Z  DELETED   TrainingRun churn',
        '',
      ].join('\n'),
    );
    expect(exitCode).toBe(0);
  });

  it('draws the tree anew on a terminal', async () => {
    const { seen, end } = watching('', true);
    await isWatched();
    server.put(runPath, trainingRun({ name: 'churn' }));
    await seen('churn');
    expect(await end()).toMatchObject({ exitCode: 0, out: expect.not.stringContaining('ADDED') });
  });

  it('gives programs a document for each object, and for each change', async () => {
    const { seen, end } = watching('mon -o yaml');
    await isWatched();
    await seen('kind: Monitor');
    const { out } = await end();
    expect(out).toMatch(/^---\ntime: "2026-11-24T10:10:00Z"\ntype: ADDED\nnode:\n {2}kind: Monitor\n/);
  });

  it('goes on where the API server has ended the watches, or has forgotten where they were', async () => {
    const { seen, end } = watching('');
    await isWatched();
    server.compactedAt = 10_000;
    server.endWatches('cut');
    server.put(runPath, trainingRun({ name: 'churn' }));
    await seen('churn');
    expect((await end()).err).toBe('');
  });

  it('says what it cannot see once, and shows it once it can', async () => {
    server.serve(pods, 'Forbidden');
    const { seen, end, written } = watching('');
    await until(() => written.err.includes('not shown: the Pods'), 'the refusal');
    server.put(runPath, trainingRun({ name: 'churn' }));
    await seen('churn');
    const { err } = await end();
    expect(err.match(/not shown/g)).toHaveLength(1);
  });

  it('goes on when the object that was named is deleted', async () => {
    server.put(runPath, trainingRun({ name: 'churn' }));
    const { written, end } = watching('trun churn');
    await isWatched();
    server.delete(runPath);
    await until(() => written.err.includes('there is no TrainingRun churn in namespace team any more'), 'the words');
    const { out, exitCode } = await end();
    expect(out).toContain('DELETED');
    expect(exitCode).toBe(0);
  });

  it('fails at once where the object is not there', async () => {
    expect((await play(server, 'get mdep frod --watch', { now })).exitCode).toBe(1);
  });

  it('leaves the cursor of a terminal as it was where the object is not there', async () => {
    const { out, exitCode } = await play(server, 'get mdep frod --watch', { now, isTerminal: true });
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
  });

  it('fails at once where nothing answers', async () => {
    const gone = new FakeApiServer();
    await gone.start();
    const { url } = gone;
    await gone.stop();
    const played = await play({ url }, 'get --watch', { now });
    expect(played).toMatchObject({ exitCode: 1, err: expect.stringContaining('ECONNREFUSED') });
  });
});
