import { createHash, createHmac } from 'node:crypto';

interface Owner {
  /** Of the store, as http://host:port. */
  readonly endpoint: string;
  readonly region: string;
  readonly accessKey: string;
  readonly secretKey: string;
}

/** Lets everybody list a bucket of S3 and read its objects, by a policy that its owner signs as AWS Signature Version 4 says. */
export async function letEverybodyRead(bucket: string, owner: Owner): Promise<void> {
  const { endpoint, region, accessKey, secretKey } = owner;
  const everybody = { Effect: 'Allow', Principal: '*' };
  const statements = [
    { ...everybody, Action: ['s3:ListBucket'], Resource: [`arn:aws:s3:::${bucket}`] },
    { ...everybody, Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${bucket}/*`] },
  ];
  const body = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`;
  const headers = { host: new URL(endpoint).host, 'x-amz-content-sha256': hashOf(body), 'x-amz-date': time };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const asked = ['PUT', `/${bucket}`, 'policy=', lines.join(''), names, hashOf(body)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((before, part) => keyed(before, part), `AWS4${secretKey}`);
  const signature = keyed(key, ['AWS4-HMAC-SHA256', time, scope, hashOf(asked)].join('\n')).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope},SignedHeaders=${names},Signature=${signature}`;
  const { host: _, ...sent } = headers;
  const answer = await fetch(`${endpoint}/${bucket}?policy=`, {
    method: 'PUT',
    body,
    headers: { ...sent, authorization },
  });
  if (!answer.ok) throw new Error(`The policy of ${bucket} was refused: ${await answer.text()}`);
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const keyed = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
