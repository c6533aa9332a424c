import type { CheckContext } from './context';

/** The same context without warnings: in some places istiod looks for errors only. */
export function errorsOnly(context: CheckContext): CheckContext {
  return {
    ...context,
    report: (rule, path, message, fix) => {
      if (rule.severity === 'error') {
        context.report(rule, path, message, fix);
      }
    },
  };
}
