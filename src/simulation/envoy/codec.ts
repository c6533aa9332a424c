import type { HttpRequest } from './http';

/** The methods that Envoy's parser of HTTP/1 knows, in upper case as they must be. */
const methods: ReadonlySet<string> = new Set(
  (
    'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH COPY LOCK MKCOL MOVE PROPFIND PROPPATCH SEARCH UNLOCK BIND REBIND UNBIND ACL REPORT MKACTIVITY ' +
    'CHECKOUT MERGE M-SEARCH NOTIFY SUBSCRIBE UNSUBSCRIBE PURGE MKCALENDAR LINK UNLINK SOURCE'
  ).split(' '),
);

const headerName = /^[a-z0-9!#$%&'*+\-.^_`|~]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are what is looked for
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;
const authority = /^[A-Za-z0-9\-._~!$&'()*+,;=:@[\]%]*$/;
/** A path, or all of the server. */
const target = /^(?:\/[\x21-\x7e]*|\*)$/;

/** Why a request is refused before anybody looks for its route, in the words of response code details; nothing where it can be read. */
export function codecProblem(request: HttpRequest): string | undefined {
  if (!methods.has(request.method) || !target.test(request.path)) return 'http1.codec_error';
  if (request.method === 'CONNECT') return 'http1.invalid_url';
  for (const [name, value] of request.headers) {
    if (controlCharacter.test(name) || controlCharacter.test(value)) return 'http1.invalid_characters';
    if (!headerName.test(name) || (name === 'content-length' && !/^\d+$/.test(value))) return 'http1.codec_error';
  }
  if (request.headers.has('content-length') && request.headers.has('transfer-encoding')) return 'http1.content_length_and_chunked_not_allowed';
  return authority.test(request.authority) ? undefined : 'http.invalid_authority';
}
