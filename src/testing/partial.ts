/** An asymmetric matcher of the test framework, such as `expect.stringContaining('x')`. */
interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

/**
 * Whether a value has everything that a partial one names: objects may have more fields, lists have to be as long, regular expressions match texts, and asymmetric matchers
 * of the test framework judge for themselves; `undefined` stands for a field that is absent.
 */
export function includes(value: unknown, partial: unknown): boolean {
  if (isAsymmetric(partial)) return partial.asymmetricMatch(value);
  if (partial instanceof RegExp) return typeof value === 'string' && partial.test(value);
  if (Array.isArray(partial)) return Array.isArray(value) && value.length === partial.length && partial.every((each, index) => includes(value[index], each));
  if (typeof partial === 'object' && partial !== null) {
    return (
      typeof value === 'object' && value !== null && Object.entries(partial).every(([field, each]) => includes((value as Record<string, unknown>)[field], each))
    );
  }
  return Object.is(value, partial);
}

function isAsymmetric(value: unknown): value is Asymmetric {
  return typeof (value as Asymmetric | null | undefined)?.asymmetricMatch === 'function';
}

/** A partial value as text, on one line; what JSON cannot say stands in its own words. */
export function written(partial: unknown, indent?: number): string {
  const replace = (_: string, value: unknown): unknown => {
    if (value === undefined) return '(absent)';
    if (value instanceof RegExp) return String(value);
    return isAsymmetric(value) ? `${String(value)} ${JSON.stringify((value as { readonly sample?: unknown }).sample) ?? ''}`.trimEnd() : value;
  };
  return JSON.stringify(partial, replace, indent);
}
