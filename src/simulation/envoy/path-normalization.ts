/** How proxies bring a path into one form, in the words of MeshConfig. */
export type PathNormalization = 'DEFAULT' | 'NONE' | 'BASE' | 'MERGE_SLASHES' | 'DECODE_AND_MERGE_SLASHES';

/** Paths that are in order as they are, which nearly all are. */
const settled = /^\/(?:[A-Za-z0-9\-_~!$&'()*+,:;=@[\]/]|(?<!\/)\.)*$/;

/**
 * The path, with its query, as routes, policies and servers see it; nothing for one that is refused. The fragment is cut off whatever is configured. BASE resolves dot segments, makes
 * slashes of backslashes, decodes what need not be encoded and encodes what must be; it leaves slashes that follow each other alone, and encoded ones.
 */
export function normalizePath(pathAndQuery: string, normalization: PathNormalization): string | undefined {
  const fragment = pathAndQuery.indexOf('#');
  const sent = fragment < 0 ? pathAndQuery : pathAndQuery.slice(0, fragment);
  const question = sent.indexOf('?');
  let path = question < 0 ? sent : sent.slice(0, question);
  const query = question < 0 ? '' : sent.slice(question);
  if (normalization === 'DECODE_AND_MERGE_SLASHES') path = path.replace(/%2f/gi, '/').replace(/%5c/gi, '\\');
  if (normalization !== 'NONE' && !settled.test(path)) {
    if (path.includes('%00')) return undefined;
    path = canonical(path);
  }
  if (normalization === 'MERGE_SLASHES' || normalization === 'DECODE_AND_MERGE_SLASHES') path = path.replace(/\/{2,}/g, '/');
  return path + query;
}

const escapeSequence = /^%([0-9A-Fa-f]{2})/;
const unreserved = /[A-Za-z0-9\-._~]/;
const encoded = /["<>^`{|}]/;

function canonical(path: string): string {
  let result = path.startsWith('/') || path.startsWith('\\') ? '' : '/';
  let position = 0;
  while (position < path.length) {
    const character = path[position] as string;
    const dot = dotLength(path, position);
    if (dot > 0) {
      const rest = position + dot;
      const second = dotLength(path, rest);
      if (!result.endsWith('/')) {
        result += '.';
        position = rest;
      } else if (endsSegment(path, rest)) {
        position = segmentEnd(path, rest);
      } else if (second > 0 && endsSegment(path, rest + second)) {
        result = withoutLastSegment(result);
        position = segmentEnd(path, rest + second);
      } else {
        result += '.';
        position = rest;
      }
      continue;
    }
    const code = character === '%' ? escapeSequence.exec(path.slice(position, position + 3))?.[1] : undefined;
    if (code !== undefined) {
      const decoded = String.fromCharCode(Number.parseInt(code, 16));
      result += unreserved.test(decoded) ? decoded : `%${code}`;
      position += 3;
      continue;
    }
    if (character === '\\') result += '/';
    else result += encoded.test(character) ? `%${character.charCodeAt(0).toString(16).toUpperCase()}` : character;
    position += 1;
  }
  return result;
}

/** How long the dot at a position is, encoded or not; 0 where there is none. */
function dotLength(path: string, position: number): number {
  if (path[position] === '.') return 1;
  return path[position] === '%' && path[position + 1] === '2' && path[position + 2]?.toLowerCase() === 'e' ? 3 : 0;
}

/** Dot segments may have parameters behind a semicolon. */
function endsSegment(path: string, position: number): boolean {
  return position >= path.length || path[position] === '/' || path[position] === '\\' || path[position] === ';';
}

/** Where the segment behind a dot segment begins, once its parameters are passed over. */
function segmentEnd(path: string, position: number): number {
  if (path[position] !== ';') return position + 1;
  const slash = path.indexOf('/', position);
  return slash < 0 ? path.length : slash + 1;
}

/** `/a/b/` becomes `/a/`; nothing is above the root. */
function withoutLastSegment(path: string): string {
  return path.length <= 1 ? path : path.slice(0, path.lastIndexOf('/', path.length - 2) + 1);
}
