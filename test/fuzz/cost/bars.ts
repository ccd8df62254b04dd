import type { Family, Genes } from './families';
import type { Cost } from './measure';
import { measuredInProcess } from './measured-process';

/** What payloads that a search makes may cost, and how large they are. */
export interface Bar {
  readonly bytes: number;
  /** Whether a payload is no larger. */
  isWithin(family: Family, cost: Cost): boolean;
  /** whether *profile* alone is measured, and not what *conclude* does of it */
  readonly isProfileAlone: boolean;
  /** The larger share of what a payload may cost, in time or in memory: what is above 1 costs more than anyone should be able to make it. */
  score(cost: Cost): number;
  /** Whether a payload that costs more does so in a process of its own, too. */
  isConfirmed(family: Family, genes: Genes): boolean;
}

const MEBIBYTE = 1024 * 1024;
/** What costs much in few bytes is found faster, and a request may have twelve times as many. */
export const PAYLOAD_BYTES = 512 * 1024;
/** 60 % of the memory of the functions that read and conclude. */
export const MEMORY = 0.6 * 1769 * MEBIBYTE;
/** How much more a byte may cost than one of an ordinary payload, and what any payload may cost, in milliseconds. */
export const FACTOR = 100;
export const CONSTANT = 1000;

/** What *profile* may take for a payload of any size: milliseconds of the processor, and MiB of its process. */
export const PROFILE = { milliseconds: 15_000, memory: 512 };
/** MiB that its process has before. */
const BEFORE = 100;

/** Payloads of any size by what an ordinary byte costs, in milliseconds. */
export function byOrdinaryBytes(perByte: number): Bar {
  return {
    bytes: PAYLOAD_BYTES,
    isWithin: ({ name }, { size }) => size <= PAYLOAD_BYTES || name === 'parquet',
    isProfileAlone: false,
    score: ({ bytes, milliseconds, memory }) =>
      Math.max(milliseconds / (FACTOR * perByte * bytes + CONSTANT), memory / MEMORY),
    isConfirmed: () => true,
  };
}

/** Payloads of so many MiB by what *profile* may take at all. What its heap has of garbage counts until a process of its own has shown that it is nothing else. */
export function bySize(mebibytes: number): Bar {
  return {
    bytes: mebibytes * MEBIBYTE,
    isWithin: (_, { size }) => size <= mebibytes * MEBIBYTE,
    isProfileAlone: true,
    score: ({ milliseconds, memory }) =>
      Math.max(milliseconds / PROFILE.milliseconds, memory / ((PROFILE.memory - BEFORE) * MEBIBYTE)),
    isConfirmed: ({ name }, genes) => {
      const { milliseconds, memory } = measuredInProcess({ family: name, genes });
      return milliseconds > PROFILE.milliseconds || memory > PROFILE.memory;
    },
  };
}
