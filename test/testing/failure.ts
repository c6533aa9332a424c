/** The message of an expectation that is not met; an expectation that is met fails the test. */
export function failureOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the expectation is met');
}
