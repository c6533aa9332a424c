import type { CheckContext, DecodedObject } from '../context';
import { message, number, text } from '../decoded';
import { isHttpStatus } from '../grammar/status';
import { utf8Length } from '../grammar/text';
import { httpRouteRules as rules } from '../rules/http-route';

const KIBIBYTE = 1024;

/** Checks the direct response of a route. */
export function checkDirectResponse(response: DecodedObject | undefined, path: string, { report }: CheckContext): void {
  if (response === undefined) {
    return;
  }
  const body = message(response.body);
  const size = body === undefined ? 0 : body.bytes === undefined ? utf8Length(text(body.string)) : decodedLength(text(body.bytes));
  const bodyPath = `${path}.body.${body?.bytes === undefined ? 'string' : 'bytes'}`;
  if (size > KIBIBYTE * KIBIBYTE) {
    report(rules.directResponseTooLarge, bodyPath, `The body has ${size} bytes, more than the 1 MiB that istiod accepts.`);
  } else if (size > 100 * KIBIBYTE) {
    report(
      rules.directResponseLarge,
      bodyPath,
      `The body has ${size} bytes, of which every proxy with this route gets a copy; more than 100 KiB burden the control plane.`,
    );
  }
  const status = number(response.status);
  if (!isHttpStatus(status)) {
    report(rules.directResponseStatus, `${path}.status`, `${status} is no status from 200 to 599.`);
  }
}

/** How many bytes base64 stands for. */
function decodedLength(base64: string): number {
  return Math.floor((base64.replace(/[\r\n=]/g, '').length * 3) / 4);
}
