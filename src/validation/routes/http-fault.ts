import type { CheckContext, DecodedObject } from '../context';
import { message, number, text } from '../decoded';
import { grpcStatuses, isHttpStatus } from '../grammar/status';
import { httpRouteRules as rules } from '../rules/http-route';
import { checkDuration } from '../values';

/** Checks the fault of a route. */
export function checkFault(fault: DecodedObject | undefined, path: string, context: CheckContext): void {
  if (fault === undefined) {
    return;
  }
  const abort = message(fault.abort);
  const delay = message(fault.delay);
  if (abort === undefined && delay === undefined) {
    context.report(rules.emptyFault, path, 'The fault has neither an abort nor a delay.');
  }
  if (abort !== undefined) {
    checkPercentage(abort, `${path}.abort`, context);
    checkAbort(abort, `${path}.abort`, context);
  }
  if (delay !== undefined) {
    checkPercentage(delay, `${path}.delay`, context);
    checkDuration(delay.fixedDelay, `${path}.delay.fixedDelay`, context);
    checkDuration(delay.exponentialDelay, `${path}.delay.exponentialDelay`, context);
    if (delay.exponentialDelay !== undefined) {
      context.report(rules.exponentialDelay, `${path}.delay.exponentialDelay`, 'istiod does not support exponentialDelay.');
    }
  }
}

function checkPercentage(fault: DecodedObject, path: string, { report }: CheckContext): void {
  const percentage = message(fault.percentage);
  const value = number(percentage?.value);
  if (value < 0 || value > 100 || (value > 0 && value < 0.0001)) {
    report(rules.faultPercentage, `${path}.percentage.value`, `${value} is neither 0 nor between 0.0001 and 100.`);
  }
}

function checkAbort(abort: DecodedObject, path: string, { report }: CheckContext): void {
  if (abort.grpcStatus !== undefined && !grpcStatuses.has(text(abort.grpcStatus))) {
    report(rules.abortStatus, `${path}.grpcStatus`, `"${text(abort.grpcStatus)}" is no status of gRPC; they are written like NOT_FOUND.`);
  }
  if (abort.http2Error !== undefined) {
    report(rules.abortHttp2, `${path}.http2Error`, 'istiod does not support http2Error.');
  }
  if (abort.httpStatus !== undefined && !isHttpStatus(number(abort.httpStatus))) {
    report(rules.abortStatus, `${path}.httpStatus`, `${number(abort.httpStatus)} is no status from 200 to 599.`);
  }
}
