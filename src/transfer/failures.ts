import { Failure, fault, mend, Missing } from './ends.ts';
import type { Credentials } from './settings.ts';

/** What a failure is: of whom, and how it is said. The first rule that knows the words of the tool decides. */
interface Rule {
  readonly words: RegExp;
  readonly say: (uri: string) => string;
  readonly failure: (message: string) => Failure;
}

const missing = (message: string): Failure => new Missing(message);

/** There is nobody to ask as: neither in the Secret nor in the surroundings of the pod, of which Azure is told nothing without encryption. */
const unidentified =
  /no EC2 IMDS role found|request to EC2 IMDS failed|could not find default credentials|DefaultAzureCredential: failed to acquire a token.*WorkloadIdentityCredential: no |authorized requests are not permitted for non-TLS/i;

export function isUnidentified(words: string): boolean {
  return unidentified.test(words);
}

const keysOfS3 = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];

/** What is said where the store was asked as nobody and refused. A Secret that has one key under another name is told by the key that is missing. */
export function anonymous(uri: string, credentials: Credentials): string {
  const unset = uri.startsWith('s3://') ? keysOfS3.filter((key) => credentials[key] === undefined) : [];
  const which = unset.length === 0 ? '' : ` (${unset.join(' and ')} ${unset.length === 1 ? 'is' : 'are'} not set)`;
  return `There are no credentials for ${uri}${which}, and without any the store refuses`;
}

const rules: readonly Rule[] = [
  {
    words: unidentified,
    say: (uri) =>
      `There are no credentials for ${uri}: name a Secret that has them (storage.secretRef), or give the ServiceAccount an identity`,
    failure: mend,
  },
  {
    words: /no space left on device|remaining disk space|disk quota exceeded/i,
    say: (uri) =>
      `There is no space left on the volume for ${uri}: give it a larger one (storage.volume), or more ephemeral storage`,
    failure: mend,
  },
  {
    words: /read-only file system|permission denied|operation not permitted/i,
    say: (uri) => `The volume cannot be written to, or a file cannot be read, for ${uri}`,
    failure: mend,
  },
  {
    words:
      /ExpiredToken|TokenRefreshRequired|token (?:has|is) expired|Signature not valid in the specified time|RequestExpired/i,
    say: (uri) => `The credentials for ${uri} have expired: renew them`,
    failure: mend,
  },
  {
    words: /RequestTimeTooSkewed/i,
    say: (uri) => `The clock of the node is too wrong for the store of ${uri}`,
    failure: mend,
  },
  {
    words:
      /x509:|certificate (?:is not trusted|signed by unknown|verify failed)|tls: failed to verify|self[- ]signed certificate|unable to (?:verify the first|get local issuer) certificate|ERR_TLS_CERT|CERT_HAS_EXPIRED/i,
    say: (uri) =>
      `The certificate of the store of ${uri} is not trusted: give that of its authority to the installation (storage.caCertificates)`,
    failure: mend,
  },
  {
    words: /server gave HTTP response to HTTPS client|http: server gave HTTP response/i,
    say: (uri) => `The endpoint of the store of ${uri} speaks http, not https`,
    failure: mend,
  },
  {
    words:
      /PermanentRedirect|AuthorizationHeaderMalformed|BucketRegionError|IllegalLocationConstraint|MovedPermanently|StatusCode: 301/i,
    say: (uri) =>
      `The bucket of ${uri} is in another region: name it for the installation (storage.s3.region), or, where that names none, as AWS_REGION in the Secret`,
    failure: mend,
  },
  {
    words:
      /InvalidAccessKeyId|InvalidToken|InvalidClientTokenId|UserNotFound|SignatureDoesNotMatch|AuthenticationFailed|InvalidAuthenticationInfo|invalid_grant|invalid_client|AADSTS|Server failed to authenticate|illegal base64|failed to make OAuth client|private key should be a PEM/i,
    say: (uri) => `The credentials for ${uri} are not known to the store, or wrong`,
    failure: mend,
  },
  {
    words:
      /AccessDenied|AuthorizationPermissionMismatch|AuthorizationFailure|(?:StatusCode:|Error|RESPONSE) 40[13]\b|Forbidden|NotAuthorized|Unauthorized|PublicAccessNotPermitted|anonymous caller/i,
    say: (uri) => `The credentials may not do what is needed with ${uri}`,
    failure: mend,
  },
  {
    words: /NoSuchBucket|bucket not found|bucket does not exist|ContainerNotFound|directory not found/i,
    say: (uri) => `There is no such bucket, or nothing in it: ${uri}`,
    failure: missing,
  },
  {
    words: /NoSuchKey|object not found|BlobNotFound|(?:StatusCode:|Error|RESPONSE) 404\b/i,
    say: (uri) => `There is nothing at ${uri}`,
    failure: missing,
  },
  {
    words: /no such host|ENOTFOUND|EAI_AGAIN|server misbehaving/i,
    say: (uri) => `The name of the store's server cannot be resolved for ${uri}`,
    failure: fault,
  },
  {
    words: /connection refused|ECONNREFUSED/i,
    say: (uri) => `Nothing answers at the store of ${uri}`,
    failure: fault,
  },
  {
    words: /i\/o timeout|deadline exceeded|ETIMEDOUT|Client\.Timeout/i,
    say: (uri) => `The store of ${uri} does not answer in time`,
    failure: fault,
  },
];

/** Addresses have the names of objects in them, which mean nothing, however they are called. */
const addresses = /https?:\/\/[^\s"']+/g;

/**
 * The failure that the words of a tool or a store mean. What nobody knows is quoted alone, and tried again.
 * @param object the file that they are about, if they are about one.
 */
export function failureBy(words: string, uri: string, object?: string): Failure {
  const meant = words.replace(addresses, '');
  const known = rules.find((rule) => rule.words.test(meant));
  const quoted = quote(object === undefined ? words : `${object}: ${words}`);
  if (known === undefined) return fault(`The store of ${uri} failed: ${quoted}`);
  return known.failure(`${known.say(uri)}: ${quoted}`);
}

/** What the system said while we wrote or read by ourselves. Whatever is no such error is a mistake of ours, and is told as it is. */
export function failureOf(error: unknown): Failure {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (error instanceof Failure) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return mend(`There is no space left on the volume: give it a larger one (storage.volume): ${quote(message)}`);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return mend(`The volume cannot be written to, or read: ${quote(message)}`);
  return fault(message);
}

/** What is left of long words: the end tells most. */
export function quote(words: string): string {
  const most = 500;
  const shown = words.length <= most ? words : `…${words.slice(1 - most).toWellFormed()}`;
  return `"${shown.replaceAll('"', "'")}"`;
}
