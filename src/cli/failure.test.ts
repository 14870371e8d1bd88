import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeApiServer, replyStatus } from '../../test/builders/apiserver.ts';
import { play } from '../../test/builders/commandline.ts';
import { modelDeployments, modelVersions, monitors, trainingRuns } from '../api/customkinds.ts';
import { commandsIn } from '../api/message.ts';
import { CredentialsMissing } from '../kube/connection.ts';
import { KubernetesError } from '../kube/errors.ts';
import { explained } from './failure.ts';

const target = { server: 'https://cluster.example:6443', namespace: 'team', installHint: 'Install it from the vendor' };

function failed(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}

describe('What failed', () => {
  const notFound = new KubernetesError(404, '', 'the API server answered with status 404: 404 page not found');
  it.each([
    [
      'nothing listens',
      failed('ECONNREFUSED', 'connect ECONNREFUSED 10.0.0.1:6443'),
      /^nothing listens at https:\/\/cluster\.example:6443\. Start/,
    ],
    [
      'of several addresses none',
      new AggregateError([failed('ECONNREFUSED', 'connect ECONNREFUSED ::1')], 'all failed'),
      /^nothing listens/,
    ],
    [
      'an unknown name',
      failed('ENOTFOUND', 'getaddrinfo ENOTFOUND cluster.example'),
      /is not known here\. Connect to the network/,
    ],
    [
      'no answer',
      failed('ETIMEDOUT', 'no answer within 30000 ms'),
      /did not answer in time\. Wait longer by --request-timeout/,
    ],
    ['a cut connection', failed('ECONNRESET', 'read ECONNRESET'), /^the connection to .* broke\. Try again/],
    [
      'a foreign certificate',
      failed('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'),
      /is not trusted\. The kubeconfig has to hold/,
    ],
    [
      'a certificate of yesterday',
      failed('CERT_HAS_EXPIRED', 'certificate has expired'),
      /is not trusted.*; the connection said: certificate has expired$/,
    ],
    ['no TLS', failed('ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number'), /does not speak TLS/],
    ['no API server', new SyntaxError("Unexpected token '<'"), /is no API server/],
    [
      'credentials that are not accepted',
      new KubernetesError(401, 'Unauthorized', 'Unauthorized'),
      /does not accept your credentials\. Log in again/,
    ],
    [
      'rights that are missing',
      new KubernetesError(403, 'Forbidden', 'pods is forbidden'),
      /whoever grants rights.*; the API server said: pods is forbidden$/,
    ],
    ['kinds that are missing', notFound, /has no CustomResourceDefinitions of Flyball\. Whoever runs the cluster/],
    ['an API server that is ill', new KubernetesError(503, '', 'etcd is away'), /could not answer\. Try again/],
    [
      'a program that is missing',
      new CredentialsMissing(failed('ENOENT', 'spawn gke-gcloud-auth-plugin ENOENT')),
      /"gke-gcloud-auth-plugin".*not on the PATH\. Install it.*Install it from the vendor$/,
    ],
    [
      'a program that fails',
      new CredentialsMissing(new Error('please log in')),
      /^your credentials cannot be had.*said: please log in$/,
    ],
  ])('is told as one sentence with the next command: %s', (_, error, wantWords) => {
    const told = explained(error, target);
    expect(told).toMatch(wantWords);
    expect(commandsIn(told).length).toBeGreaterThan(0);
    expect(told).not.toContain('\n');
  });

  it('is told as it is where it is not understood', () => {
    expect(explained(new Error('strange'), target)).toBe('strange');
    expect(explained(failed('ECONNREFUSED', 'connect ECONNREFUSED'), undefined)).toBe('connect ECONNREFUSED');
    expect(explained(new KubernetesError(409, 'Conflict', 'it has changed'), target)).toContain('it has changed');
  });
});

describe('A command', () => {
  const server = new FakeApiServer();
  beforeAll(() => server.start());
  beforeEach(() => {
    server.intercept = () => false;
  });
  afterAll(() => server.stop());

  it('says that Flyball is not installed instead of showing nothing', async () => {
    for (const kind of [trainingRuns, modelVersions, modelDeployments, monitors]) server.serve(kind, 'Absent');
    const { out, err, exitCode } = await play(server, 'get');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
    expect(err).toContain('has no CustomResourceDefinitions of Flyball');
    for (const kind of [trainingRuns, modelVersions, modelDeployments, monitors]) server.serve(kind, 'Served');
  });

  it('says that nobody knows the person instead of what it could not read', async () => {
    server.intercept = (_, response) => {
      replyStatus(response, 401, 'Unauthorized');
      return true;
    };
    const { out, err, exitCode } = await play(server, 'get');
    expect({ out, exitCode }).toEqual({ out: '', exitCode: 1 });
    expect(err).toContain('Log in again');
  });
});
