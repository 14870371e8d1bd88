import type { CommandDefinition } from '../command.ts';

export const completion: CommandDefinition = {
  purpose: 'other',
  usage: 'completion <shell>',
  summary: 'Print what has a shell complete commands, options and names',
  description:
    'SHELL is bash, zsh, fish or powershell. It completes `kubectl-flyball`. For `kubectl flyball` kubectl itself completes, as soon as it finds the same program on the PATH by the name kubectl_complete-flyball, such as by a link.',
  options: [],
  examples: [
    ['kubectl flyball completion bash > ~/.local/share/bash-completion/completions/kubectl-flyball', 'for bash'],
    ['kubectl flyball completion zsh > "${fpath[1]}/_kubectl-flyball"', 'for zsh'],
  ],
  load: async () => (await import('../completion/script.ts')).completion,
};
