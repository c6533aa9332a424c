import type { HTTPMatchRequest } from '../../imports/networking.istio.io';
import { badInput } from './bad-input';

/**
 * Matches with what takes the place of their path. Istio puts the text where the matched prefix was, so both must end alike:
 * `/api/` replaced by `/` leaves no double slash, and `/api/` replaced by `/v1` would glue the next segment to it.
 */
export function rewritten(matches: readonly HTTPMatchRequest[], rewrite: string): { match: HTTPMatchRequest; uri: string }[] {
  const bare = rewrite.replace(/\/+$/, '');
  if (!rewrite.startsWith('/')) throw badInput(`the rewrite ${JSON.stringify(rewrite)} does not begin with "/"`);
  return (matches.length > 0 ? matches : [{}]).map((match): { match: HTTPMatchRequest; uri: string } => {
    if (match.uri?.regex) throw badInput('a rewrite behind a path by regex would replace the whole path; match by text, exact or prefix');
    const prefix = match.uri ? match.uri.prefix : '/';
    return typeof prefix !== 'string'
      ? { match, uri: bare === '' ? '/' : bare }
      : { match: { ...match, uri: { prefix } }, uri: prefix.endsWith('/') || bare === '' ? `${bare}/` : bare };
  });
}
