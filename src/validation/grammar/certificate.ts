/** One element of DER: its tag, and where its content begins and ends. */
interface Element {
  readonly tag: number;
  readonly start: number;
  readonly end: number;
}

const INTEGER = 0x02;
const BIT_STRING = 0x03;
const SEQUENCE = 0x30;
const VERSION = 0xa0;

/**
 * Whether bytes are laid out as an X.509 certificate: the outline down to the fields of the signed part. What the fields hold, such as names, times and keys,
 * is not looked at.
 */
export function isCertificate(bytes: Uint8Array): boolean {
  const [certificate, ...more] = elements(bytes, 0, bytes.length) ?? [];
  if (certificate?.tag !== SEQUENCE || more.length > 0) {
    return false;
  }
  const [signed, ...rest] = elements(bytes, certificate.start, certificate.end) ?? [];
  if (signed?.tag !== SEQUENCE || !hasTags(rest, [SEQUENCE, BIT_STRING])) {
    return false;
  }
  const fields = elements(bytes, signed.start, signed.end) ?? [];
  const afterVersion = fields[0]?.tag === VERSION ? fields.slice(1) : fields;
  // Serial number, signature algorithm, issuer, validity, subject, public key.
  return hasTags(afterVersion.slice(0, 6), [INTEGER, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE]);
}

function hasTags(list: readonly Element[], tags: readonly number[]): boolean {
  return list.length === tags.length && list.every(({ tag }, index) => tag === tags[index]);
}

/** The elements between two positions, or nothing where they do not fit. */
function elements(bytes: Uint8Array, start: number, end: number): Element[] | undefined {
  const found: Element[] = [];
  let position = start;
  while (position < end) {
    const tag = bytes[position] as number;
    const first = bytes[position + 1];
    if (first === undefined || first === 0x80) {
      return undefined;
    }
    const lengthBytes = first > 0x80 ? first - 0x80 : 0;
    let length = first & 0x7f;
    if (lengthBytes > 0) {
      length = bytes.subarray(position + 2, position + 2 + lengthBytes).reduce((value, byte) => value * 256 + byte, 0);
    }
    const content = position + 2 + lengthBytes;
    position = content + length;
    if (position > end) {
      return undefined;
    }
    found.push({ tag, start: content, end: position });
  }
  return found;
}
