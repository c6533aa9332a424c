import type { CheckContext, DecodedObject, DecodedValue } from '../context';
import { eachMessage, message, messages, number } from '../decoded';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkDestination, checkHeaderOperations } from '../values';
import type { RouteScope } from './scope';

/** Checks the destinations of an HTTP route, with their headers and weights. */
export function checkHttpDestinations(value: DecodedValue | undefined, path: string, scope: RouteScope, context: CheckContext): void {
  eachMessage(value, path, (item, itemPath) => {
    checkItem(item, itemPath, scope, context);
    checkHeaderOperations(message(item.headers), `${itemPath}.headers`, context);
  });
  checkTotalWeight(value, path, context);
}

/** Checks the destinations of a TLS or TCP route, with their weights. */
export function checkL4Destinations(value: DecodedValue | undefined, path: string, scope: RouteScope, context: CheckContext): void {
  eachMessage(value, path, (item, itemPath) => checkItem(item, itemPath, scope, context));
  checkTotalWeight(value, path, context);
}

function checkItem(item: DecodedObject, path: string, scope: RouteScope, context: CheckContext): void {
  const destination = message(item.destination);
  if (destination === undefined) {
    context.report(rules.destinationMissing, `${path}.destination`, 'There is no destination.');
  } else if (!scope.ofGatewayApi) {
    checkDestination(destination, `${path}.destination`, context);
  }
  if (number(item.weight) < 0) {
    context.report(rules.negativeWeight, `${path}.weight`, `The weight ${number(item.weight)} is negative.`);
  }
}

function checkTotalWeight(value: DecodedValue | undefined, path: string, { report }: CheckContext): void {
  const items = messages(value);
  // istiod adds weights up in 32 bits.
  const total = items.reduce((sum, { weight }) => (sum + number(weight)) | 0, 0);
  if (items.length > 1 && total === 0) {
    report(rules.zeroWeights, path, `The weights of the ${items.length} destinations add up to 0, so none of them would get traffic.`);
  }
}
