/** Whether istiod accepts a status of HTTP; 600 passes by an oversight. */
export function isHttpStatus(status: number): boolean {
  return status >= 200 && status <= 600;
}

/** The names of the statuses of gRPC, in the order of their numbers. */
export const grpcStatuses: ReadonlySet<string> = new Set([
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
]);

/** First and last of each run of statuses that HTTP defines. */
const definedStatuses: readonly (readonly [number, number])[] = [
  [100, 103],
  [200, 208],
  [226, 226],
  [300, 305],
  [307, 308],
  [400, 418],
  [421, 426],
  [428, 429],
  [431, 431],
  [451, 451],
  [500, 508],
  [510, 511],
];

/** Whether a text is the number of a status that HTTP defines. */
export function isDefinedHttpStatus(text: string): boolean {
  if (!/^[-+]?\d+$/.test(text)) {
    return false;
  }
  const status = Number(text);
  return definedStatuses.some(([first, last]) => status >= first && status <= last);
}
