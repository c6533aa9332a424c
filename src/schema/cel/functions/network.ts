import { cidrContains, parseIp as parseAddress, parseCidr as parseRange } from '../../../manifest/ip';
import { CelEvaluationError } from '../errors';
import { OpaqueValue } from '../values';
import { formatIp, isMappedIpv4 } from './ip-address';
import type { Library } from './library';

/** The value that `ip()` makes. */
class Ip extends OpaqueValue {
  /** @param address 4 or 16 bytes */
  constructor(readonly address: readonly number[]) {
    super();
  }

  get type(): string {
    return 'net.IP';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof Ip && other.toString() === this.toString();
  }

  override toString(): string {
    return formatIp(this.address);
  }
}

/** The value that `cidr()` makes: an address, with its host bits, and the length of the prefix. */
class Cidr extends OpaqueValue {
  constructor(
    readonly address: readonly number[],
    readonly bits: number,
  ) {
    super();
  }

  get type(): string {
    return 'net.CIDR';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof Cidr && other.toString() === this.toString();
  }

  override toString(): string {
    return `${formatIp(this.address)}/${this.bits}`;
  }
}

function findIp(text: string): Ip | undefined {
  const address = text.includes('%') ? undefined : parseAddress(text);
  return address === undefined || isMappedIpv4(address) ? undefined : new Ip(address);
}

function parseIp(text: string): Ip {
  const ip = findIp(text);
  if (ip === undefined) {
    throw new CelEvaluationError(`IP Address ${JSON.stringify(text)} parse error during conversion from string`);
  }
  return ip;
}

function findCidr(text: string): Cidr | undefined {
  const range = parseRange(text);
  return range === undefined || isMappedIpv4(range.address) ? undefined : new Cidr(range.address, range.bits);
}

function parseCidr(text: string): Cidr {
  const cidr = findCidr(text);
  if (cidr === undefined) {
    throw new CelEvaluationError(`network address parse error during conversion from string: ${JSON.stringify(text)}`);
  }
  return cidr;
}

/** The network without its host bits. */
function masked({ address, bits }: Cidr): Cidr {
  const network = address.map((byte, i) => byte & (0xff << Math.min(Math.max(8 - bits + 8 * i, 0), 8)) & 0xff);
  return new Cidr(network, bits);
}

function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.bits <= inner.bits && cidrContains(outer, inner.address);
}

/** Ranges by the question that they answer. */
const RANGES = {
  unspecified: ['0.0.0.0/32', '::/128'],
  loopback: ['127.0.0.0/8', '::1/128'],
  multicast: ['224.0.0.0/4', 'ff00::/8'],
  linkLocalUnicast: ['169.254.0.0/16', 'fe80::/10'],
  linkLocalMulticast: ['224.0.0.0/24'],
  broadcast: ['255.255.255.255/32'],
} as const;

const PARSED_RANGES = new Map(Object.entries(RANGES).map(([name, ranges]) => [name, ranges.map(parseCidr)]));

function isWithin(range: keyof typeof RANGES, { address }: Ip): boolean {
  return (PARSED_RANGES.get(range) as readonly Cidr[]).some((cidr) => cidrContains(cidr, address));
}

function isLinkLocalMulticast(ip: Ip): boolean {
  const [first, second = 0] = ip.address;
  // In IPv6 half of the second byte holds flags, which do not count.
  return ip.address.length === 4 ? isWithin('linkLocalMulticast', ip) : first === 0xff && (second & 0x0f) === 0x02;
}

function isGlobalUnicast(ip: Ip): boolean {
  return !(['unspecified', 'loopback', 'multicast', 'linkLocalUnicast', 'broadcast'] as const).some((range) => isWithin(range, ip));
}

/** Functions on IP addresses and networks, of Kubernetes. */
export const NETWORK: Library = {
  'ip(string)': parseIp,
  'isIP(string)': (text: string) => findIp(text) !== undefined,
  'ip.isCanonical(string)': (text: string) => parseIp(text).toString() === text,
  'string(IP)': String,
  'IP.family()': (ip: Ip) => (ip.address.length === 4 ? 4 : 6),
  'IP.isUnspecified()': (ip: Ip) => isWithin('unspecified', ip),
  'IP.isLoopback()': (ip: Ip) => isWithin('loopback', ip),
  'IP.isLinkLocalMulticast()': isLinkLocalMulticast,
  'IP.isLinkLocalUnicast()': (ip: Ip) => isWithin('linkLocalUnicast', ip),
  'IP.isGlobalUnicast()': isGlobalUnicast,
  'cidr(string)': parseCidr,
  'isCIDR(string)': (text: string) => findCidr(text) !== undefined,
  'string(CIDR)': String,
  'CIDR.ip()': (cidr: Cidr) => new Ip(cidr.address),
  'CIDR.prefixLength()': (cidr: Cidr) => cidr.bits,
  'CIDR.masked()': masked,
  'CIDR.containsIP(IP)': (cidr: Cidr, ip: Ip) => cidrContains(cidr, ip.address),
  'CIDR.containsIP(string)': (cidr: Cidr, text: string) => cidrContains(cidr, parseIp(text).address),
  'CIDR.containsCIDR(CIDR)': containsCidr,
  'CIDR.containsCIDR(string)': (outer: Cidr, text: string) => containsCidr(outer, parseCidr(text)),
};
