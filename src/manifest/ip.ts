/** IP addresses and ranges, as strictly as Go's netip reads them: no leading zeros in IPv4, zones only in IPv6. */

/** The 4 or 16 bytes of an address, or nothing for a text that is none. A zone (`fe80::1%eth0`) is accepted and left out. */
export function parseIp(text: string): readonly number[] | undefined {
  if (!text.includes(':')) {
    return parseIpv4(text);
  }
  const zone = text.indexOf('%');
  if (zone === text.length - 1) {
    return undefined;
  }
  return parseIpv6(zone < 0 ? text : text.slice(0, zone));
}

/** Whether a text is an IPv4 or IPv6 address. */
export function isIp(text: string): boolean {
  return parseIp(text) !== undefined;
}

/** A range of addresses, `10.0.0.0/8`; nothing for a text that is none. Bits behind the prefix may be set and no zone is allowed, as in Go. */
export function parseCidr(text: string): { readonly address: readonly number[]; readonly bits: number } | undefined {
  const [, host, length] = /^([^/%]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? [];
  const address = host === undefined ? undefined : parseIp(host);
  const bits = Number(length);
  return address === undefined || bits > address.length * 8 ? undefined : { address, bits };
}

/** Whether an address lies within a range; IPv4 and IPv6 never contain one another. */
export function cidrContains(range: { readonly address: readonly number[]; readonly bits: number }, address: readonly number[]): boolean {
  return (
    range.address.length === address.length &&
    range.address.every((byte, index) => {
      const bits = Math.min(Math.max(range.bits - index * 8, 0), 8);
      const mask = (0xff << (8 - bits)) & 0xff;
      return (byte & mask) === ((address[index] as number) & mask);
    })
  );
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.');
  const valid = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return valid ? parts.map(Number) : undefined;
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const [head, tail] = halves.map((half, index) => groupsOf(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) {
    return undefined;
  }
  const rest = tail ?? [];
  const missing = 16 - head.length - rest.length;
  // "::" stands for at least one group of zeros.
  return (halves.length === 2 ? missing >= 2 : missing === 0) ? [...head, ...new Array<number>(missing).fill(0), ...rest] : undefined;
}

/** The bytes of groups between colons; the last one of an address may be written as IPv4. */
function groupsOf(text: string, last: boolean): number[] | undefined {
  if (text === '') {
    return [];
  }
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (/^[0-9a-fA-F]{1,4}$/.test(group)) {
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else {
      const embedded = last && index === groups.length - 1 ? parseIpv4(group) : undefined;
      if (embedded === undefined) {
        return undefined;
      }
      bytes.push(...embedded);
    }
  }
  return bytes;
}
