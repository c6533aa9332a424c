import type { KindCheck } from './context';
import { checkEndpoint } from './endpoint';

/** What istiod checks in a WorkloadEntry. */
export const checkWorkloadEntry: KindCheck = (spec, context) => checkEndpoint(spec, 'spec', undefined, context);
