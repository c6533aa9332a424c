import { isIp, parseCidr, parseIp } from '../manifest/ip';

const dateTime = /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)$/;

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (parts === null) {
    return false;
  }
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** What a format asks of a text, by its name in a schema. The API server ignores formats that it does not know, and so do we. */
export const stringFormats: { readonly [format: string]: { readonly name: string; readonly holds: (text: string) => boolean } | undefined } = {
  byte: { name: 'base64', holds: (text) => /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/.test(text) },
  date: { name: 'a date such as 2030-01-31', holds: isDate },
  'date-time': { name: 'a time such as 2030-01-31T12:00:00Z', holds: (text) => dateTime.test(text) && isDate(text.slice(0, 10)) },
  ipv4: { name: 'an IPv4 address', holds: (text) => parseIp(text)?.length === 4 },
  ipv6: { name: 'an IPv6 address', holds: (text) => isIp(text) && text.includes(':') },
  cidr: { name: 'an IP range such as 10.0.0.0/8', holds: (text) => parseCidr(text) !== undefined },
  uuid: { name: 'a UUID', holds: (text) => /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text) },
};

/** The bounds of an integer format; without a format an integer has 64 bits. */
export function integerRange(format: string | undefined): { readonly bits: number; readonly smallest: number; readonly beyond: number } {
  const bits = format === 'int32' ? 32 : 64;
  return { bits, smallest: -(2 ** (bits - 1)), beyond: 2 ** (bits - 1) };
}
