import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FakeApiServer } from '../../../test/builders/apiserver.ts';
import { play } from '../../../test/builders/commandline.ts';
import { modelVersion } from '../../../test/builders/modelversion.ts';
import { trainingRun } from '../../../test/builders/trainingrun.ts';

const server = new FakeApiServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

it('artifacts tells of a store what versions do, and starts no pod that could not list it', async () => {
  const made = modelVersion(1);
  const uri = 's3://models/fraud/fraud-1-uid/pod';
  const spec = { ...made.spec, uri, digest: `sha256:${'1f'.repeat(32)}`, size: 2 << 20 };
  const version = { ...made, spec };
  server.load([trainingRun({ spec: { output: { uri: 's3://models/fraud' } } }), version]);
  const { out, err, exitCode } = await play(server, 'artifacts fraud');
  expect(exitCode).toBe(0);
  expect(out).toMatch(/s3:\/\/models\/fraud\/fraud-1-uid\/pod +2\.00 MiB +1f1f1f1f1f1f +.*version fraud-1/);
  expect(err).toContain('s3://models/fraud is in a store, which is not listed');
  expect(server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
});
