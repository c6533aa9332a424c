import type { RunnerUp } from '../../trace';
import type { FilterContext, HttpFilter, Verdict } from '../filter';
import { Headers, type HttpRequest } from '../http';
import { type JwtProvider, type Verification, verifyRequest, writtenHeaders } from './provider';
import { type JwtProblem, jwtProblems } from './status';

/** Verifies the tokens of requests. A request without token passes; a token has to be good for one of the rules. */
export function jwtFilter(providers: readonly JwtProvider[]): HttpFilter {
  return {
    name: 'envoy.filters.http.jwt_authn',
    apply(request, context) {
      for (const name of providers.flatMap(writtenHeaders)) request.headers.delete(name);
      if (isPreflight(request)) {
        note(context, 'a CORS preflight needs no token');
        return { kind: 'pass' };
      }
      const uri = uriOf(request);
      const results: Attempt[] = [];
      for (const provider of providers) {
        const verification = verifyRequest(provider, request);
        results.push({ provider, verification });
        if ('token' in verification) {
          context.token = verification.token;
          const { principal } = verification.token;
          note(context, `the token in the ${verification.place} is good, by ${provider.title}: ${principal}`, provider, () => missesOf(results.slice(0, -1)));
          return { kind: 'pass' };
        }
      }
      const problem = decisive(results);
      if (problem === 'missing') {
        note(context, 'there is no token where a rule looks for one', undefined, () => missesOf(results));
        return { kind: 'pass' };
      }
      const decided = results.find(({ verification }) => 'problem' in verification && verification.problem === problem);
      note(context, `refused: ${reason(problem, decided?.provider)}`, decided?.provider, () => missesOf(results));
      return refusal(problem, uri);
    },
  };
}

interface Attempt {
  readonly provider: JwtProvider;
  readonly verification: Verification;
}

/** Of what several rules say the first counts that found a token, or else, where it does not know the issuer, the last that does. */
function decisive(results: readonly Attempt[]): JwtProblem {
  const problems = results.flatMap(({ verification }) => ('problem' in verification && verification.problem !== 'missing' ? [verification.problem] : []));
  const [first = 'missing'] = problems;
  return first === 'unknownIssuer' ? (problems.filter((problem) => problem !== 'unknownIssuer').at(-1) ?? first) : first;
}

function missesOf(results: readonly Attempt[]): RunnerUp[] {
  return results.flatMap(({ provider, verification }) => {
    if ('token' in verification) return [];
    const { problem, place } = verification;
    return [{ what: provider.title, missedBy: `${place === undefined ? '' : `${place}: `}${reason(problem, provider)}`, source: provider.source }];
  });
}

function reason(problem: JwtProblem, provider: JwtProvider | undefined): string {
  return problem === 'signature' && typeof provider?.keys === 'string' ? `${jwtProblems[problem]}; ${provider.keys}` : jwtProblems[problem];
}

function refusal(problem: JwtProblem, uri: string): Verdict {
  const headers = new Headers();
  const text = jwtProblems[problem];
  headers.set('www-authenticate', `Bearer realm="${uri}", error="invalid_token"`);
  return { kind: 'answer', status: problem === 'audience' ? 403 : 401, body: text, details: `jwt_authn_access_denied{${text.replace(/\s/g, '_')}}`, headers };
}

/** Longer paths are cut in the answer. Of a path that was rewritten the answer has what the caller asked for. */
const MAX_PATH = 256;

function uriOf({ scheme, authority, path, headers }: HttpRequest): string {
  return `${scheme}://${authority}${(headers.get('x-envoy-original-path') ?? path).slice(0, MAX_PATH)}`;
}

function isPreflight({ method, headers }: HttpRequest): boolean {
  return method === 'OPTIONS' && Boolean(headers.get('origin')) && Boolean(headers.get('access-control-request-method'));
}

function note({ journey, proxy }: FilterContext, text: string, provider?: JwtProvider, runnersUp?: () => readonly RunnerUp[]): void {
  journey.note({
    decision: 'authentication',
    proxy,
    text,
    ...(provider === undefined ? {} : { source: provider.source }),
    ...(runnersUp === undefined ? {} : { runnersUp }),
  });
}
