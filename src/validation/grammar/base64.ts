const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * The bytes of a base64 text as JSON Web Keys have it: in the alphabet of URLs, or, where there is a `+` or `/`, in the standard one; with or without padding,
 * line breaks ignored. Nothing for a text that is none.
 */
export function parseBase64(text: string): Uint8Array | undefined {
  const digits = `${alphabet}${/[+/]/.test(text) ? '+/' : '-_'}`;
  const padded = text.endsWith('=');
  const joined = text.replace(/[\r\n]/g, '');
  const content = padded ? joined.replace(/={1,2}$/, '') : joined;
  if (content.length % 4 === 1 || (padded && joined.length % 4 !== 0)) {
    return undefined;
  }
  const bytes = new Uint8Array(Math.floor((content.length * 3) / 4));
  let bits = 0;
  let count = 0;
  let position = 0;
  for (const character of content) {
    const value = digits.indexOf(character);
    if (value < 0) {
      return undefined;
    }
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[position] = bits >> count;
      position += 1;
    }
  }
  return bytes;
}
