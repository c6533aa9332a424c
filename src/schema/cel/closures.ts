import { CelEvaluationError, noSuchOverload } from './errors';
import { noMatchingOverload, type Overload } from './functions/library';
import type { Frame } from './scope';
import { Optional } from './values';

/** Computes a value from the frame of an evaluation. */
export type Evaluate = (frame: Frame) => unknown;

/** Passes on an error of the expression, and throws everything else, which is an error of this engine. */
export function asEvaluationError(error: unknown): CelEvaluationError {
  if (error instanceof CelEvaluationError) {
    return error;
  }
  throw error;
}

/** The value of a variable; one that the caller left out has none. */
export function given(value: unknown, name: string): unknown {
  if (value === undefined) {
    throw new CelEvaluationError(`no such attribute: ${name}`);
  }
  return value;
}

export function not(operand: Evaluate): Evaluate {
  return (frame) => {
    const value = operand(frame);
    if (typeof value !== 'boolean') {
      throw noSuchOverload();
    }
    return !value;
  };
}

export function conditional(condition: Evaluate, whenTrue: Evaluate, otherwise: Evaluate): Evaluate {
  return (frame) => {
    const value = condition(frame);
    if (typeof value !== 'boolean') {
      throw noSuchOverload();
    }
    return value ? whenTrue(frame) : otherwise(frame);
  };
}

/** `&&` and `||`: one term that decides the result makes errors of all others irrelevant, in whatever order they stand. */
export function logical(terms: readonly Evaluate[], decisive: boolean): Evaluate {
  return (frame) => {
    let failure: CelEvaluationError | undefined;
    for (let i = 0; i < terms.length; i++) {
      try {
        const value = (terms[i] as Evaluate)(frame);
        if (value === decisive) {
          return decisive;
        }
        if (typeof value !== 'boolean') {
          failure ??= noSuchOverload();
        }
      } catch (error) {
        failure ??= asEvaluationError(error);
      }
    }
    if (failure !== undefined) {
      throw failure;
    }
    return !decisive;
  };
}

/** `cel.bind`: an error of the value counts only where the variable is read. */
export function bind(slot: number, value: Evaluate, body: Evaluate): Evaluate {
  return (frame) => {
    try {
      frame[slot] = value(frame);
    } catch (error) {
      frame[slot] = asEvaluationError(error);
    }
    return body(frame);
  };
}

export function boundValue(value: unknown): unknown {
  if (value instanceof CelEvaluationError) {
    throw value;
  }
  return value;
}

export function optionalMap(slot: number, target: Evaluate, body: Evaluate, flat: boolean): Evaluate {
  return (frame) => {
    const optional = target(frame);
    if (!(optional instanceof Optional)) {
      throw noSuchOverload();
    }
    if (optional.value === undefined) {
      return optional;
    }
    frame[slot] = optional.value;
    const result = body(frame);
    return flat ? result : Optional.of(result);
  };
}

export function orElse(target: Evaluate, alternative: Evaluate, unwrap: boolean): Evaluate {
  return (frame) => {
    const optional = target(frame);
    if (!(optional instanceof Optional)) {
      throw noSuchOverload();
    }
    if (optional.value === undefined) {
      return alternative(frame);
    }
    return unwrap ? optional.value : optional;
  };
}

/** What an optional element or entry contributes: its value, or nothing. */
export function contentOf(value: unknown): readonly unknown[] {
  if (!(value instanceof Optional)) {
    throw noSuchOverload();
  }
  return value.value === undefined ? [] : [value.value];
}

/** Calls the first overload that takes the values. */
export function dispatch(name: string, overloads: readonly Overload[], parameters: readonly Evaluate[]): Evaluate {
  const [first, second] = parameters;
  if (parameters.length === 1) {
    return (frame) => {
      const value = (first as Evaluate)(frame);
      for (const { parameters: types, implementation } of overloads) {
        if (types[0]?.(value)) {
          return implementation(value);
        }
      }
      throw noMatchingOverload(name, [value]);
    };
  }
  if (parameters.length === 2) {
    return (frame) => {
      const value = (first as Evaluate)(frame);
      const other = (second as Evaluate)(frame);
      for (const { parameters: types, implementation } of overloads) {
        if (types[0]?.(value) && types[1]?.(other)) {
          return implementation(value, other);
        }
      }
      throw noMatchingOverload(name, [value, other]);
    };
  }
  return (frame) => {
    const values = parameters.map((parameter) => parameter(frame));
    const overload = overloads.find(({ parameters: types }) => types.every((accepts, i) => accepts(values[i])));
    if (overload === undefined) {
      throw noMatchingOverload(name, values);
    }
    return overload.implementation(...values);
  };
}
