/** What a segment without a template may be made of beside one with. */
const literal = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/;

/**
 * What is wrong with the path of an authorization policy, as the end of a sentence. `{*}` stands for one segment, `{**}` for any number of them and only as
 * the last template; beside templates there are no other wildcards.
 */
export function pathTemplateProblem(path: string): string | undefined {
  const hasTemplate = path.includes('{*}') || path.includes('{**}');
  let matchesRest = false;
  for (const segment of path.replace(/^\/+|\/+$/g, '').split('/')) {
    if (segment === '{*}' || segment === '{**}') {
      if (matchesRest) {
        return 'has a template after {**}, which must be the last one';
      }
      matchesRest = segment === '{**}';
    } else if (/[{}]/.test(segment)) {
      return `has braces in "${segment}", but only {*} and {**} may stand in them, as whole segments`;
    } else if (hasTemplate && !literal.test(segment)) {
      return segment === '' ? 'has an empty segment beside a template' : `has the segment "${segment}" beside a template, which takes plain text only`;
    }
  }
  return undefined;
}
