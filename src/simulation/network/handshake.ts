import type { ServerTls } from '../envoy/configuration';
import type { Certificate, ClientHello, Failure } from './connection';

/** How TLS between two sides ends: with what the server knows of the client, or with the failure that the client sees. */
export type Handshake =
  | { readonly done: true; readonly clientCertificate?: Certificate }
  | {
      readonly done: false;
      readonly failure: Failure;
      readonly reason: string;
      /** The certificate that the server refuses. */
      readonly refused?: Certificate;
    };

/**
 * Both sides look at each other's certificates. The client decides first; since TLS 1.3 it believes that the connection stands when the server refuses its certificate, so that
 * refusal reaches it as a reset.
 */
export function handshake(hello: ClientHello, server: ServerTls): Handshake {
  const distrust = hello.distrusts(server.certificate);
  if (distrust !== undefined) return { done: false, failure: 'untrusted', reason: distrust };
  if (server.clientCertificate === 'ignored') return { done: true };
  const client = hello.certificate;
  if (client === undefined) {
    return server.clientCertificate === 'optional'
      ? { done: true }
      : { done: false, failure: 'reset', reason: 'the server demands a client certificate, and none is shown' };
  }
  if (server.clientCa !== undefined && client.ca !== server.clientCa) {
    return {
      done: false,
      failure: 'reset',
      reason: `the server trusts client certificates of ${server.clientCa}, and this one is of ${client.ca}`,
      refused: client,
    };
  }
  const refusal = server.refuses?.(client);
  return refusal === undefined ? { done: true, clientCertificate: client } : { done: false, failure: 'reset', reason: refusal, refused: client };
}
