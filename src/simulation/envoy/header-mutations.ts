import { type FormatContext, headerFormat } from './header-format';
import type { Headers } from './http';
import type { HeaderMutations } from './route';

/**
 * Changes headers: first what is removed, then what replaces others, then what is added. All values are read before any is written, and one that comes out empty is not written.
 */
export function applyMutations(headers: Headers, { remove, set }: HeaderMutations, context: FormatContext): void {
  for (const name of remove) headers.delete(name);
  const values = set.map(({ value }) => headerFormat(value)(context));
  set.forEach(({ name, append }, index) => {
    if (!append && values[index] !== '') headers.set(name, values[index] as string);
  });
  set.forEach(({ name, append }, index) => {
    if (append && values[index] !== '') headers.add(name, values[index] as string);
  });
}
