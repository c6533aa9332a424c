import { outcomeOf, type Verdict, verdict } from './matcher';

/** Whether every request reaches the server's sidecar by mutual TLS, with the identity of the caller: `namespace/serviceAccount`, or a whole SPIFFE identity. */
export function toBeEncrypted(received: unknown, { as }: { readonly as?: string } = {}): Verdict {
  const outcome = outcomeOf(received, 'toBeEncrypted');
  const pass = outcome.alternatives.every(({ result }) => result.mtls === true && (as === undefined || isIdentity(result.peer ?? '', as)));
  const found = (): string => {
    const { mtls, peer, workload } = outcome.likeliest.result;
    return mtls === true ? `the server sees ${peer}` : workload === undefined && mtls === undefined ? 'it reaches no server' : 'it arrives in plaintext';
  };
  return verdict(outcome, pass, `be encrypted by mutual TLS${as === undefined ? '' : ` as ${as}`}`, found);
}

function isIdentity(peer: string, as: string): boolean {
  if (as === peer || `spiffe://${as}` === peer) return true;
  const [namespace, account, ...rest] = as.split('/');
  return rest.length === 0 && account !== undefined && peer.endsWith(`/ns/${namespace}/sa/${account}`);
}
