import { isIP } from 'node:net';

/** A parsed address range: the numbers of the first and last address, and how many bits an address has. */
export interface AddressRange {
  readonly first: bigint;
  readonly last: bigint;
  readonly bits: 32 | 128;
}

/** The range that `10.0.0.0/24`, `2001:db8::/32` or a single address stands for; undefined when the text is none of them. */
export function parseCidr(text: string): AddressRange | undefined {
  const [address, length, ...rest] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined || rest.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) {
    return undefined;
  }
  const prefixBits = length === undefined ? parsed.bits : Number(length);
  if (prefixBits > parsed.bits) {
    return undefined;
  }
  const hostBits = BigInt(parsed.bits - prefixBits);
  const first = (parsed.value >> hostBits) << hostBits;
  return { first, last: first + (1n << hostBits) - 1n, bits: parsed.bits };
}

/** True when the text is an address of the range's family inside the range; other text is simply outside. */
export function matchesCidr(range: AddressRange, text: string): boolean {
  const address = parseAddress(text);
  return address?.bits === range.bits && address.value >= range.first && address.value <= range.last;
}

function parseAddress(text: string): { readonly value: bigint; readonly bits: 32 | 128 } | undefined {
  switch (isIP(text)) {
    case 4:
      return { value: numberOf(text.split('.').map(Number), 8n), bits: 32 };
    case 6:
      return { value: numberOf(groupsOf(text), 16n), bits: 128 };
    default:
      return undefined;
  }
}

/** The eight groups of an IPv6 address; the URL parser writes an embedded IPv4 part as two groups. */
function groupsOf(text: string): number[] {
  const normal = new URL(`http://[${text.split('%')[0]}]/`).hostname.slice(1, -1);
  const [head, tail] = normal.split('::').map((part) => (part === '' ? [] : part.split(':')));
  const end = tail ?? [];
  const zeros = new Array<string>(8 - head.length - end.length).fill('0');
  return [...head, ...zeros, ...end].map((group) => Number.parseInt(group, 16));
}

function numberOf(parts: number[], bitsPerPart: bigint): bigint {
  return parts.reduce((value, part) => (value << bitsPerPart) | BigInt(part), 0n);
}
