/** The text of IP addresses, which are held as their 4 or 16 bytes. */

/** Whether an IPv6 address is an IPv4 address in disguise, `::ffff:1.2.3.4`. */
export function isMappedIpv4(address: readonly number[]): boolean {
  return address.length === 16 && address.slice(0, 12).every((byte, i) => byte === (i < 10 ? 0 : 0xff));
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
export function formatIp(address: readonly number[]): string {
  if (address.length === 4) {
    return address.join('.');
  }
  const groups = Array.from({ length: 8 }, (_, i) => (((address[2 * i] as number) << 8) | (address[2 * i + 1] as number)).toString(16));
  const { start, length } = longestZeroRun(groups);
  return start < 0 ? groups.join(':') : `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}
