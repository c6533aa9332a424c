import { isPortNumber } from '../manifest/port';
import type { KindCheck } from './context';
import { eachMessageEntry, message, textEntries } from './decoded';
import { peerAuthenticationRules as rules } from './rules/peer-authentication';
import { checkSelector } from './selectors';

/** What istiod checks in a PeerAuthentication. */
export const checkPeerAuthentication: KindCheck = (spec, context) => {
  const path = 'spec.portLevelMtls';
  const ports = message(spec.portLevelMtls);
  const selector = message(spec.selector);
  if (ports !== undefined && Object.keys(ports).length === 0) {
    context.report(rules.portsEmpty, path, 'portLevelMtls is there, but names no port.');
  } else if (ports !== undefined && textEntries(selector?.matchLabels).length === 0) {
    context.report(rules.portsWithoutSelector, path, 'Ports can be set for selected workloads only, and the policy selects none.');
  }
  eachMessageEntry(ports, path, (port, _, portPath) => {
    if (!isPortNumber(Number(port))) {
      context.report(rules.port, portPath, `${port} is no port; ports go from 1 to 65535.`);
    }
  });
  checkSelector(selector, 'spec.selector', context);
};
