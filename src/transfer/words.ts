import { harmless } from '../api/text.ts';
import type { Credentials, TransferSettings } from './settings.ts';

/** Makes the words of a tool or a store fit to be shown: one line, without anything secret. */
export type Wording = (words: string) => string;

/** What of the credentials is no secret, and tells people whose they are. */
const public_ =
  /^(AWS_(REGION|DEFAULT_REGION|ROLE_|STS_|WEB_IDENTITY_TOKEN_FILE|CONTAINER_)|AZURE_(CLIENT_ID|TENANT_ID|AUTHORITY|FEDERATED)|GOOGLE_APPLICATION)/;

export function wordingOf(credentials: Credentials, { proxy }: Pick<TransferSettings, 'proxy'>): Wording {
  const secret = Object.entries(credentials).filter(([name]) => !public_.test(name));
  const texts = [...secret.flatMap(([, value]) => textsOf(value)), ...textsOf(userOf(proxy?.url))];
  const all = [...new Set(texts)].filter((text) => text.length >= 4).sort((one, other) => other.length - one.length);
  return (words) => {
    const shown = all.reduce((rest, text) => rest.replaceAll(text, '***'), words.replace(ofThisTry, ''));
    // Signatures of all kinds are in the query of an address, names and passwords before its host.
    return harmless(shown.replace(/(https?:\/\/[^\s"'?]*)\?[^\s"']*/g, '$1').replace(/\/\/[^\s"'/@]+@/g, '//')).trim();
  };
}

/** What Azure says of each request, on lines of its own or escaped: with it each try would be told anew. */
const ofThisTry = /(?:\s|\\n)(?:RequestId|Time):[^\s\\"]+/g;

/** A secret, what it is in an address or in JSON, and what it holds if it is JSON itself, as a key of Google is. */
function textsOf(secret: string | undefined): readonly string[] {
  if (secret === undefined) return [];
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  if (!secret.trimStart().startsWith('{')) return forms;
  return [...forms, ...[...secret.matchAll(/"private_key(?:_id)?"\s*:\s*"([^"]+)"/g)].map(([, key = '']) => key)];
}

function userOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /^[a-z]+:\/\/([^/@]+)@/.exec(url)?.[1];
}
