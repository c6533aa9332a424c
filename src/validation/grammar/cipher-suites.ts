const known: ReadonlySet<string> = new Set([
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-SHA',
  'ECDHE-RSA-AES128-SHA',
  'ECDHE-ECDSA-AES256-SHA',
  'ECDHE-RSA-AES256-SHA',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
  'AES128-SHA',
  'AES256-SHA',
  'DES-CBC3-SHA',
]);

/** Whether a text may stand among cipher suites: a name that Envoy knows, `ALL`, or an expression such as `-SHA` or `[A|B]`, which is not looked into. */
export function isCipherSuite(suite: string): boolean {
  // Go looks at the first byte only, and takes those above ASCII for characters of Latin-1.
  const first = new TextEncoder().encode(suite)[0];
  return first === undefined || suite === 'ALL' || !/[\p{L}\p{N}]/u.test(String.fromCharCode(first)) || known.has(suite);
}
