/** The values of one evaluation, by slot. */
export type Frame = unknown[];

/** Gives every variable of an expression its slot in the frame, so that evaluation needs no look-up by name. */
export class Scope {
  private readonly slots = new Map<string, number>();
  private readonly used = new Set<number>();
  private size = 0;

  /** The slots that a frame needs. */
  get frameSize(): number {
    return this.size;
  }

  /** The slot of the innermost variable of this name. */
  find(name: string): number | undefined {
    return this.slots.get(name);
  }

  /** Like `find`, for an expression that reads the variable. */
  use(name: string): number | undefined {
    const slot = this.slots.get(name);
    if (slot !== undefined) {
      this.used.add(slot);
    }
    return slot;
  }

  /** Whether the expression reads the variable of a slot. */
  isUsed(slot: number): boolean {
    return this.used.has(slot);
  }

  /** Declares a variable of the whole expression. */
  declare(name: string): number {
    const slot = this.size++;
    this.slots.set(name, slot);
    return slot;
  }

  /** Declares variables for the time of one part of the expression, which may hide others of the same names. */
  within<T>(names: readonly string[], compilePart: (slots: readonly number[]) => T): T {
    const hidden = names.map((name) => [name, this.slots.get(name)] as const);
    const slots = names.map((name) => this.declare(name));
    const compiled = compilePart(slots);
    for (const [name, slot] of hidden) {
      if (slot === undefined) {
        this.slots.delete(name);
      } else {
        this.slots.set(name, slot);
      }
    }
    return compiled;
  }
}
