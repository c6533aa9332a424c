import { type Labels, labelsMatch } from '../manifest/labels';

/** Things with labels, found by a selector without looking at all of them. */
export class LabelIndex<T> {
  private readonly byLabel = new Map<string, T[]>();

  constructor(
    private readonly items: readonly T[],
    private readonly labelsOf: (item: T) => Labels,
  ) {
    for (const item of items) {
      for (const [key, value] of Object.entries(labelsOf(item))) {
        const label = labelKey(key, value);
        const known = this.byLabel.get(label);
        if (known === undefined) this.byLabel.set(label, [item]);
        else known.push(item);
      }
    }
  }

  /** All that carry every label of the selector, in their order; an empty selector selects everything. */
  select(selector: Labels): readonly T[] {
    let fewest = this.items;
    for (const [key, value] of Object.entries(selector)) {
      const candidates = this.byLabel.get(labelKey(key, value));
      if (candidates === undefined) return [];
      if (candidates.length < fewest.length) fewest = candidates;
    }
    return fewest.filter((item) => labelsMatch(selector, this.labelsOf(item)));
  }
}

// No label holds a line break.
function labelKey(key: string, value: string): string {
  return `${key}\n${value}`;
}
