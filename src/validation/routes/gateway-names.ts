import { isDnsLabel, isFqdn } from '../../manifest/host';
import type { CheckContext, DecodedValue } from '../context';
import { texts } from '../decoded';
import { fqdnProblem } from '../grammar/domain';
import { virtualServiceRules as rules } from '../rules/virtual-service';

export interface GatewayNamesOptions {
  /** Whether old forms are warned about; istiod does so for some lists only. */
  readonly warnings?: boolean;
  /** Whether a Gateway may have any name, as those of the Gateway API. */
  readonly anyName?: boolean;
}

/**
 * Checks the names of gateways: `name`, `namespace/name`, or `mesh`. Like istiod it looks no further than the first name without a namespace, which `mesh` is
 * too, so names behind it are not checked.
 */
export function checkGatewayNames(value: DecodedValue | undefined, path: string, { report }: CheckContext, options: GatewayNamesOptions = {}): void {
  for (const [index, name] of texts(value).entries()) {
    const namePath = `${path}[${index}]`;
    const slash = name.indexOf('/');
    if (slash < 0) {
      const [first, second] = name.split('.');
      if (second !== undefined && options.warnings) {
        report(rules.legacyGatewayName, namePath, `"${name}" is the old form for the Gateway ${first} of the namespace ${second}.`, `write ${second}/${first}`);
      }
      if (!isFqdn(name)) {
        report(rules.invalidGatewayName, namePath, `"${name}" ${fqdnProblem(name)}.`);
      }
      return;
    }
    const problem = qualifiedNameProblem(name.slice(0, slash), name.slice(slash + 1), options.anyName ?? false);
    if (problem !== undefined) {
      report(rules.invalidGatewayName, namePath, `"${name}" ${problem}.`);
    }
  }
}

function qualifiedNameProblem(namespace: string, name: string, anyName: boolean): string | undefined {
  if (namespace === '' || name === '') {
    return `has no ${namespace === '' ? 'namespace before' : 'name after'} the slash`;
  }
  if (!isDnsLabel(namespace)) {
    return `names the namespace "${namespace}", which is none`;
  }
  return isDnsLabel(name) || anyName ? undefined : `names the Gateway "${name}", which is no name of a Gateway`;
}
