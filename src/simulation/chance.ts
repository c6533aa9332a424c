/** An exact share. */
export class Fraction {
  static readonly ONE = new Fraction(1n, 1n);
  static readonly ZERO = new Fraction(0n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  static of(numerator: number | bigint, denominator: number | bigint = 1n): Fraction {
    const [top, bottom] = [BigInt(numerator), BigInt(denominator)];
    const divisor = greatestCommonDivisor(top, bottom) || 1n;
    return new Fraction(top / divisor, bottom / divisor);
  }

  /** Of a percentage with up to four decimals. */
  static ofPercentage(percentage: number): Fraction {
    return Fraction.of(Math.round(percentage * 10_000), 1_000_000);
  }

  plus(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator + other.numerator * this.denominator, this.denominator * other.denominator);
  }

  minus(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator - other.numerator * this.denominator, this.denominator * other.denominator);
  }

  times(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  equals(other: Fraction): boolean {
    return this.numerator === other.numerator && this.denominator === other.denominator;
  }

  toNumber(): number {
    return Number(this.numerator) / Number(this.denominator);
  }

  toString(): string {
    return this.denominator === 1n ? `${this.numerator}` : `${this.numerator}/${this.denominator}`;
  }
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [a, b] = [one < 0n ? -one : one, other];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}

/** One thing that may happen, and how much of all requests it happens to. */
export interface Option<T> {
  readonly value: T;
  readonly weight: number;
}

/** Chance as the code that meets it sees it: one option is taken, and the others are taken in later runs. */
export interface Chance {
  /** Takes one of several options; weights are relative, and options of weight 0 never happen. */
  pick<T>(options: readonly Option<T>[]): T;
  /** Whether something happens that happens to a percentage of requests. */
  happens(percentage: number): boolean;
}

/** Everything that may happen, each with its exact share; the shares sum to 1. */
export interface Possibility<T> {
  readonly share: Fraction;
  readonly value: T;
}

interface Choice {
  readonly weights: readonly number[];
  taken: number;
}

/**
 * Runs something once for every way in which chance may go. What runs must do the same whenever chance goes the same way.
 *
 * @param limit how many ways are followed at most
 * @throws RangeError beyond the limit
 */
export function possibilities<T>(run: (chance: Chance) => T, limit = 20_000): Possibility<T>[] {
  const found: Possibility<T>[] = [];
  const choices: Choice[] = [];
  for (;;) {
    let depth = 0;
    const take = (weights: readonly number[]): number => {
      let choice = choices[depth];
      if (choice === undefined) {
        choice = { weights, taken: nextPossible(weights, 0) };
        choices.push(choice);
      }
      depth++;
      return choice.taken;
    };
    const value = run({
      pick: (options) => (options.length === 1 ? options[0] : options[take(options.map(({ weight }) => weight))])?.value as never,
      happens: (percentage) => (percentage <= 0 ? false : percentage >= 100 ? true : take([percentage, 100 - percentage]) === 0),
    });
    found.push({ share: shareOf(choices), value });
    if (found.length > limit) {
      throw new RangeError(`a request could go more than ${limit} ways`);
    }
    for (;;) {
      const last = choices.at(-1);
      if (last === undefined) return found;
      last.taken = nextPossible(last.weights, last.taken + 1);
      if (last.taken < last.weights.length) break;
      choices.pop();
    }
  }
}

function nextPossible(weights: readonly number[], from: number): number {
  let index = from;
  while (index < weights.length && !((weights[index] as number) > 0)) index++;
  return index;
}

function shareOf(choices: readonly Choice[]): Fraction {
  let share = Fraction.ONE;
  for (const { weights, taken } of choices) {
    const scaled = weights.map((weight) => Math.round(weight * 10_000));
    share = share.times(
      Fraction.of(
        scaled[taken] as number,
        scaled.reduce((sum, weight) => sum + weight, 0),
      ),
    );
  }
  return share;
}
