/** An IP address as a number of 32 or 128 bits. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parseIpv4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) <= 255)) {
    return undefined;
  }
  return octets.reduce((value, octet) => (value << 8n) | BigInt(octet), 0n);
}

/** The 16-bit groups of one side of `::`; a dotted quad may stand for the last two. */
function parseGroups(text: string, mayEndDotted: boolean): number[] | undefined {
  if (text === '') {
    return [];
  }
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [i, part] of parts.entries()) {
    const dotted = mayEndDotted && i === parts.length - 1 && part.includes('.') ? parseIpv4(part) : undefined;
    if (dotted !== undefined) {
      groups.push(Number(dotted >> 16n), Number(dotted & 0xffffn));
    } else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
      groups.push(Number.parseInt(part, 16));
    } else {
      return undefined;
    }
  }
  return groups;
}

function parseIpv6(text: string): bigint | undefined {
  const sides = text.split('::');
  const first = parseGroups(sides[0] as string, sides.length === 1);
  const last = sides.length === 2 ? parseGroups(sides[1] as string, true) : [];
  if (first === undefined || last === undefined || sides.length > 2) {
    return undefined;
  }
  const missing = 8 - first.length - last.length;
  if (sides.length === 2 ? missing < 1 : missing !== 0) {
    return undefined;
  }
  return [...first, ...new Array<number>(missing).fill(0), ...last].reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

/** Reads an IPv4 or IPv6 address without zone, as Go's `netip` does; `undefined` when the text is none. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const isV6 = text.includes(':');
  const value = isV6 ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { bits: isV6 ? 128 : 32, value };
}

/** Whether an IPv6 address is an IPv4 address in disguise, `::ffff:1.2.3.4`. */
export function isMappedIpv4(address: IpAddress): boolean {
  return address.bits === 128 && address.value >> 32n === 0xffffn;
}

/** The longest run of two or more zero groups, the first of equals; what `::` stands for. */
function longestZeroRun(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: -1, length: 1 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === '0') {
      length++;
    }
    if (length > best.length) {
      best = { start, length };
    }
  }
  return best;
}

/** Prints an address in its canonical form. */
export function formatIpAddress({ bits, value }: IpAddress): string {
  if (bits === 32) {
    return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const { start, length } = longestZeroRun(groups);
  return start < 0 ? groups.join(':') : `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}
