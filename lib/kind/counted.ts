/** A number with its noun: `1 metric`, `2 metrics`, `3 deliveries`. */
export function counted(count: number, noun: string): string {
  return `${count} ${nounOf(count, noun)}`;
}

/** The noun of so many: `delivery` of one, `deliveries` of any other number. */
export function nounOf(count: number, noun: string): string {
  return count === 1 ? noun : `${noun}s`.replace(/ys$/, 'ies');
}
