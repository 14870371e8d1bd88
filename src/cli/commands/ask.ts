import type { CommandDefinition } from '../command.ts';
import { outputOption } from '../flags.ts';

export const ask: CommandDefinition = {
  purpose: 'see',
  usage: 'ask <name> [file]',
  summary: 'Send one request to a model that is served, and print the answer',
  description:
    'The request goes to a ready pod of the revision that serves, by a forwarded port, else by the proxy of the API server to its Service, ' +
    'and is a real one: the observer counts it. Without a file it asks an OpenInference server what it takes, and sends zeros of that; it says hello ' +
    'to the first model that an OpenAI server lists; of an HTTP server it gets /.',
  options: [
    { flags: '--candidate', description: 'Ask the revision that is being rolled out' },
    {
      flags: '--revision <revision>',
      description: 'Ask that one: stable, candidate, previous or its digits; by default stable',
    },
    {
      flags: '--model <name>',
      description:
        "The model's name: of OpenInference the one in the path, by default that of the ModelDeployment; of OpenAI the one that is said hello to",
    },
    {
      flags: '--path <path>',
      description: 'Where a server of the protocol HTTP is asked, by default /, or one of OpenAI',
    },
    { flags: '--content-type <type>', description: 'What the body is; by default application/json if it is JSON' },
    { flags: '--timeout <duration>', description: 'How long to wait for the answer; by default 30s' },
    outputOption,
  ],
  examples: [
    ['kubectl flyball ask fraud', 'whether it answers, with an example of what it takes'],
    ['kubectl flyball ask fraud request.json', 'what it answers to that body'],
    ['kubectl flyball ask fraud - --candidate <request.json', 'the same of the candidate'],
  ],
  load: async () => (await import('../ask/ask.ts')).ask,
};
