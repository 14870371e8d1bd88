import { digest, modelDeployment, trainingRun } from '../objects.ts';
import { refusedValue, type Place, type Refusal } from './refusal.ts';

const image: Place = { field: 'spec.image', at: (value) => trainingRun({ image: value }) };
const serverImage: Place = {
  field: 'spec.server.image',
  at: (value) => modelDeployment({ server: { image: value, port: 8080, protocol: 'HTTP' } }),
};
const noImage = (value: string) =>
  `image "${value}" is no image: write registry/repository:tag with the repository in lower case, without scheme and spaces; a digest is @sha256: and 64 hexadecimal digits`;
const refused = (because: string, text: string, accepted: string, at = image) =>
  refusedValue(because, at, text, accepted, noImage(text));

const command = (...words: readonly string[]) => trainingRun({ command: [...words] });
const noProgram = (word: string) =>
  `Invalid value: command begins with "${word}", which is no program: write each word as an item of its own, such as ["python", "train.py"]`;

export const imageRefusals: readonly Refusal[] = [
  refused('a repository is in upper case', 'ghcr.io/Team/Train:1', 'ghcr.io/team/train:V1_a.b'),
  refused('a repository without registry is in upper case', 'Team/train', 'team/train'),
  refused('an image has a space', 'train 1', 'train'),
  refused('an image has two tags', 'train:latest:1', 'localhost:5000/train:latest'),
  refused('an image has an empty tag', 'train:', 'train:1'),
  refused('an image has a scheme', 'https://ghcr.io/team/train:1', 'GHCR.io:443/team/train:1'),
  refused('a digest of an image is short', 'train@sha256:0', `train:1@${digest}`),
  refused('a tag begins with a dot', 'train:.1', '[fd00::1]:5000/a__b/c--d.e/f-1:_1'),
  refused("a server's image is in upper case", 'Serve', 'serve', serverImage),
  {
    because: 'a command is one text',
    object: command('python train.py', '--epochs=3'),
    field: 'spec.command',
    message: noProgram('python train.py'),
    border: command('/opt/my programs/train', 'a b', ''),
  },
  {
    because: 'a command begins with nothing',
    object: command(''),
    field: 'spec.command',
    message: noProgram(''),
    border: command(),
  },
];
