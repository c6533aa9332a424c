import { checkDestination, checkOptions } from './known';
import { judge, type MatcherState, type Verdict } from './matcher';
import { isAt, type ObjectReference, titleOf } from './reference';

/** Whether requests are copied to a service or workload that does not answer them. */
export function toBeMirroredTo(
  this: MatcherState | undefined,
  received: unknown,
  service: ObjectReference,
  expected: { readonly share?: number } = {},
): Verdict {
  checkOptions('toBeMirroredTo', expected, ['share']);
  const { share } = expected;
  return judge(this, 'toBeMirroredTo', received, {
    text: `be mirrored to ${titleOf(service)}`,
    holds: ({ mirrors }) => mirrors.some((each) => isAt(each, service)),
    share,
    check: (outcome) => checkDestination(outcome, service),
    found: ({ mirrors }) => (mirrors.length === 0 ? 'no copy' : `a copy goes to ${mirrors.map(({ workload }) => workload).join(', ')}`),
  });
}
