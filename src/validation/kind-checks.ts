import type { KindCheck } from './context';
import { checkGateway } from './gateway';

/** What istiod checks of each kind beyond its schema, and the type of the kind's spec. */
export const kindChecks: { readonly [groupAndKind: string]: { readonly spec: string; readonly check: KindCheck } } = {
  'networking.istio.io/Gateway': { spec: 'GatewaySpec', check: checkGateway },
};
