/** Which side of a request a proxy stands on. */
export type Side = 'outbound' | 'inbound' | 'gateway';
