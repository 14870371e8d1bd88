import { refusal } from '../proxy/kubernetes.ts';
import type { Fault } from './fault.ts';

const refused = { class: 'Refusal', kind: 'None', end: 'AsReference', moments: ['Request', 'Write'] } as const;

const conflict = refusal(
  409,
  'Conflict',
  'Operation cannot be fulfilled: the object has been modified; please apply your changes to the latest version',
);
const tooMany = refusal(429, 'TooManyRequests', 'too many requests, please try again later', 1);
const internalError = refusal(500, 'InternalError', 'Internal error occurred: etcdserver: request timed out');
const unavailable = refusal(503, 'ServiceUnavailable', 'the server is currently unable to handle the request');
const gatewayTimeout = refusal(504, 'Timeout', 'Timeout: request did not complete within the allotted timeout');
const forbidden = refusal(403, 'Forbidden', 'jobs is forbidden: User "operator" cannot create resource "jobs"');
const badGateway = {
  status: 502,
  headers: { 'content-type': 'text/html' },
  body: '<html><body><h1>502 Bad Gateway</h1></body></html>',
};

/** How many requests in a row a lasting refusal strikes. */
const row = 5;

/** The API server, or what stands before it, refuses for a while. */
export const refusals: readonly Fault[] = [
  { ...refused, name: 'conflict', moments: ['Write'], treatment: () => ({ before: () => conflict }) },
  { ...refused, name: 'too-many', treatment: () => ({ before: () => tooMany }) },
  { ...refused, name: 'internal-error', treatment: () => ({ before: () => internalError }) },
  { ...refused, name: 'unavailable', treatment: () => ({ before: () => unavailable }) },
  { ...refused, name: 'bad-gateway', treatment: () => ({ before: () => badGateway }) },
  { ...refused, name: 'forbidden', treatment: () => ({ before: () => forbidden }) },
  { ...refused, name: 'gateway-timeout', treatment: () => ({ before: () => gatewayTimeout }) },
  { ...refused, name: 'error-after-write', moments: ['Write'], treatment: () => ({ after: () => internalError }) },
  {
    ...refused,
    name: 'timeout-status-after-write',
    moments: ['Write'],
    treatment: () => ({ after: () => gatewayTimeout }),
  },
  {
    ...refused,
    name: 'internal-errors',
    moments: ['Request', 'Write', 'Event'],
    strike: (means) => means.treatNext(row, { before: () => internalError }),
  },
  {
    ...refused,
    name: 'throttled',
    moments: ['Request', 'Write', 'Event'],
    strike: (means) => means.treatNext(row, { before: () => tooMany }, ({ method }) => method !== 'GET'),
  },
];
