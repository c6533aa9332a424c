import { CelEvaluationError, CelSyntaxError, compileRule, type SchemaLike, toCelValue } from '../../../src/schema/cel';
import recorded from './fixtures/api-server.json';
import { show } from './show';

/**
 * Answers of cel-go 0.28.1 with the libraries of the API server 1.36, recorded once. `error` stands for an expression that is refused, when it is compiled or when
 * it is evaluated: this engine has no type check and may find out later. Left out are expressions that only a type check refuses.
 */
interface Row {
  readonly expression: string;
  readonly answer: string;
  readonly object?: string;
}

const rows: readonly Row[] = recorded.rows;
const objects = recorded.objects as unknown as Readonly<Record<string, { readonly self: unknown; readonly schema?: SchemaLike }>>;

function answer({ expression, object }: Row): string {
  const { self, schema } = object === undefined ? { self: null, schema: undefined } : (objects[object] as { self: unknown; schema?: SchemaLike });
  try {
    return show(compileRule(expression).evaluate({ self: toCelValue(self, schema) }));
  } catch (error) {
    if (error instanceof CelSyntaxError || error instanceof CelEvaluationError) {
      return 'error';
    }
    throw error;
  }
}

test('expressions have the answers that the API server gives', () => {
  expect(rows.length).toBeGreaterThan(1000);
  expect(rows.map((row) => ({ ...row, answer: answer(row) }))).toEqual(rows);
});
