/** What the platform team of the attacked cluster wrote down: which hardware there is, and what everybody may have pods bear. */

/** Keeps the nodes with accelerators for who uses them. */
export const taint = 'example.com/accelerators';

export const profiles = [
  { name: 'h100', resource: 'nvidia.com/gpu', tolerations: [{ key: taint, operator: 'Exists', effect: 'NoSchedule' }] },
];

/** Values of the chart. */
export const values = ['pods.labels={team}', 'pods.annotations={example.com/owner}'];
