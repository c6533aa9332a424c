import { CelEvaluationError } from '../errors';
import { OpaqueValue } from '../values';
import { formatIpAddress, type IpAddress, isMappedIpv4, parseIpAddress } from './ip-address';
import type { Library } from './library';

/** The value that `ip()` makes. */
export class Ip extends OpaqueValue {
  constructor(readonly address: IpAddress) {
    super();
  }

  get type(): string {
    return 'net.IP';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof Ip && other.address.bits === this.address.bits && other.address.value === this.address.value;
  }

  override toString(): string {
    return formatIpAddress(this.address);
  }
}

/** The value that `cidr()` makes: an address, with its host bits, and the length of the prefix. */
export class Cidr extends OpaqueValue {
  constructor(
    readonly address: IpAddress,
    readonly prefixLength: number,
  ) {
    super();
  }

  get type(): string {
    return 'net.CIDR';
  }

  equals(other: OpaqueValue): boolean {
    return other instanceof Cidr && other.toString() === this.toString();
  }

  /** The bits of an address that remain when everything after the prefix is cut off. */
  network(value: bigint): bigint {
    return value >> BigInt(this.address.bits - this.prefixLength);
  }

  contains(address: IpAddress): boolean {
    return address.bits === this.address.bits && this.network(address.value) === this.network(this.address.value);
  }

  override toString(): string {
    return `${formatIpAddress(this.address)}/${this.prefixLength}`;
  }
}

function findIp(text: string): Ip | undefined {
  const address = parseIpAddress(text);
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
  const [, addressText = '', lengthText = ''] = /^(.*)\/(0|[1-9][0-9]{0,2})$/.exec(text) ?? [];
  const address = findIp(addressText)?.address;
  return address === undefined || Number(lengthText) > address.bits ? undefined : new Cidr(address, Number(lengthText));
}

function parseCidr(text: string): Cidr {
  const cidr = findCidr(text);
  if (cidr === undefined) {
    throw new CelEvaluationError(`network address parse error during conversion from string: ${JSON.stringify(text)}`);
  }
  return cidr;
}

function masked(cidr: Cidr): Cidr {
  const value = cidr.network(cidr.address.value) << BigInt(cidr.address.bits - cidr.prefixLength);
  return new Cidr({ bits: cidr.address.bits, value }, cidr.prefixLength);
}

function containsCidr(outer: Cidr, inner: Cidr): boolean {
  return outer.prefixLength <= inner.prefixLength && outer.contains(inner.address);
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
  return (PARSED_RANGES.get(range) as readonly Cidr[]).some((cidr) => cidr.contains(address));
}

function isLinkLocalMulticast(ip: Ip): boolean {
  // In IPv6 the second half of the first octet holds flags, which do not count.
  return ip.address.bits === 32 ? isWithin('linkLocalMulticast', ip) : ((ip.address.value >> 112n) & 0xff0fn) === 0xff02n;
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
  'IP.family()': (ip: Ip) => (ip.address.bits === 32 ? 4 : 6),
  'IP.isUnspecified()': (ip: Ip) => isWithin('unspecified', ip),
  'IP.isLoopback()': (ip: Ip) => isWithin('loopback', ip),
  'IP.isLinkLocalMulticast()': isLinkLocalMulticast,
  'IP.isLinkLocalUnicast()': (ip: Ip) => isWithin('linkLocalUnicast', ip),
  'IP.isGlobalUnicast()': isGlobalUnicast,
  'cidr(string)': parseCidr,
  'isCIDR(string)': (text: string) => findCidr(text) !== undefined,
  'string(CIDR)': String,
  'CIDR.ip()': (cidr: Cidr) => new Ip(cidr.address),
  'CIDR.prefixLength()': (cidr: Cidr) => cidr.prefixLength,
  'CIDR.masked()': masked,
  'CIDR.containsIP(IP)': (cidr: Cidr, ip: Ip) => cidr.contains(ip.address),
  'CIDR.containsIP(string)': (cidr: Cidr, text: string) => cidr.contains(parseIp(text).address),
  'CIDR.containsCIDR(CIDR)': containsCidr,
  'CIDR.containsCIDR(string)': (outer: Cidr, text: string) => containsCidr(outer, parseCidr(text)),
};
