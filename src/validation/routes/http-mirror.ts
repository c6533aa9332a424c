import type { CheckContext, DecodedObject, DecodedValue } from '../context';
import { eachMessage, message, number } from '../decoded';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkDestination } from '../values';

/** Checks how many requests a route mirrors, and the items of `mirrors`. */
export function checkMirroring(route: DecodedObject, path: string, context: CheckContext): void {
  const { report } = context;
  if (route.mirrorPercent !== undefined) {
    const percent = number(route.mirrorPercent);
    if (percent > 100) {
      report(rules.mirrorPercentRange, `${path}.mirrorPercent`, `${percent} is more than 100 percent.`);
    }
    report(rules.mirrorPercentDeprecated, `${path}.mirrorPercent`, 'mirrorPercent is deprecated; it works as long as mirrorPercentage is not set.');
  }
  checkPercentage(route.mirrorPercentage, `${path}.mirrorPercentage`, context);
  eachMessage(route.mirrors, `${path}.mirrors`, (mirror, itemPath) => {
    const destination = message(mirror.destination);
    if (destination === undefined) {
      report(rules.mirrorDestination, `${itemPath}.destination`, 'The mirror has no destination.');
      return;
    }
    checkDestination(destination, `${itemPath}.destination`, context);
    checkPercentage(mirror.percentage, `${itemPath}.percentage`, context);
  });
}

function checkPercentage(percentage: DecodedValue | undefined, path: string, { report }: CheckContext): void {
  const value = number(message(percentage)?.value);
  if (value < 0 || value > 100) {
    report(rules.mirrorPercentage, `${path}.value`, `${value} is not between 0 and 100.`);
  }
}
