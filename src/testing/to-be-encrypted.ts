import type { CallResult } from '../simulation';
import { endOf } from '../simulation/story';
import { checkOptions } from './known';
import { judge, type MatcherState, type Verdict } from './matcher';
import { nameOf, type ObjectReference, titleOf } from './reference';

/**
 * Whether requests reach the server's sidecar by mutual TLS, with the identity of the caller: `namespace/serviceAccount`, the construct of a ServiceAccount, or a whole SPIFFE
 * identity.
 */
export function toBeEncrypted(this: MatcherState | undefined, received: unknown, expected: { readonly as?: ObjectReference } = {}): Verdict {
  checkOptions('toBeEncrypted', expected, ['as']);
  const { as } = expected;
  return judge(this, 'toBeEncrypted', received, {
    text: `be encrypted by mutual TLS${as === undefined ? '' : ` as ${titleOf(as)}`}`,
    holds: ({ result: { mtls, peer = '' } }) => mtls === true && (as === undefined || isIdentity(peer, as)),
    found: (alternative) => `${connection(alternative.result)}, and ${endOf(alternative)}`,
  });
}

function connection({ mtls, peer }: CallResult): string {
  return mtls === undefined ? 'no connection to a server' : mtls ? `mutual TLS as ${peer}` : 'plaintext';
}

function isIdentity(peer: string, as: ObjectReference): boolean {
  if (as === peer || `spiffe://${as}` === peer) return true;
  const { namespace = 'default', name } = nameOf(as);
  return (typeof as !== 'string' || /^[^/]+\/[^/]+$/.test(as)) && peer.endsWith(`/ns/${namespace}/sa/${name}`);
}
