import type { Diagnostic } from '../manifest/diagnostic';
import { identityOf, type Manifest } from '../manifest/manifest';
import { formatPath, parsePath } from '../manifest/path';
import type { Report, Rule } from '../manifest/rule';
import { isNewer } from '../schema/releases';
import { helpFor } from './options';
import { sameMistake } from './same-mistake';

/** Turns the findings of one object into diagnostics. */
export interface Collector {
  readonly diagnostics: Diagnostic[];
  /** Takes findings of the schema. */
  readonly report: Report;
  /** Takes findings of istiod and of the target release, which are dropped where the schema refuses the very same field. */
  readonly reportUnlessRefused: Report;
}

/**
 * Makes the collector of one object. Positions are looked up here, so only findings pay for them.
 *
 * @param target findings of rules that came after this release become warnings
 */
export function collector({ object, origin }: Manifest, target: string | undefined): Collector {
  const diagnostics: Diagnostic[] = [];
  const refused = new Set<string>();
  const seen = new Set<string>();

  function add(rule: Rule, path: string, message: string, fix?: string): void {
    const key = `${rule.code}\n${path}\n${message}`;
    if (seen.has(key)) {
      return;
    }
    seen.add(key);
    const late = target !== undefined && rule.since !== undefined && rule.severity === 'error' && isNewer(rule.since, target);
    const location = origin.locate?.(path) ?? origin.location;
    diagnostics.push({
      code: rule.code,
      ...(rule.aliases === undefined ? {} : { aliases: rule.aliases }),
      severity: late ? 'warning' : rule.severity,
      object: identityOf(object),
      path,
      message: late ? `${message} Istio ${rule.since} and later refuse it; ${target} does not.` : message,
      ...(location === undefined ? {} : { location }),
      ...(origin.construct === undefined ? {} : { construct: origin.construct }),
      fix: fix ?? rule.fix,
      help: helpFor(rule.code),
    });
  }

  return {
    diagnostics,
    report: (rule, path, message, fix) => {
      if (rule.severity === 'error') {
        refused.add(normalized(path));
      }
      add(rule, path, message, fix);
    },
    reportUnlessRefused: (rule, path, message, fix) => {
      if (rule.severity === 'error' && refused.has(normalized(path))) {
        return;
      }
      const said = diagnostics.findIndex((diagnostic) => diagnostic.code === sameMistake[rule.code] && contains(normalized(diagnostic.path), normalized(path)));
      if (said >= 0) {
        diagnostics.splice(said, 1);
      }
      add(rule, path, message, fix);
    },
  };
}

const contains = (outer: string, inner: string): boolean => inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`);

/** Map keys may stand after a dot or in brackets. */
const normalized = (path: string): string => formatPath(parsePath(path));
