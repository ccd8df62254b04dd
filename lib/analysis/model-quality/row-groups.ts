/** Bits of samples are below. */
const GROUP_BIT = 8;

/** The bits of a row's samples, with the group of the unit that its request is of. */
export const withGroup = (samples: number, group: number): number => samples | ((group + 1) << GROUP_BIT);

/** The group of the unit that a row's request is of; below 0 where each request is one. */
export const groupOf = (samples: number): number => (samples >>> GROUP_BIT) - 1;
