import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, message, number, text, texts } from './decoded';
import { isProbeHeader } from './grammar/header-name';
import { workloadGroupRules as rules } from './rules/workload-group';
import { checkLabels, checkPort, reportHeaderName } from './values';

const counts = ['periodSeconds', 'initialDelaySeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold'];

/** What istiod checks in a WorkloadGroup. The template is not checked: workloads fill it in when they join. */
export const checkWorkloadGroup: KindCheck = (spec, context) => {
  if (spec.template === undefined) {
    context.report(rules.templateMissing, 'spec.template', 'The group has no template for the WorkloadEntries that are made from it.');
  }
  checkLabels(message(spec.metadata)?.labels, 'spec.metadata.labels', context);
  const probe = message(spec.probe);
  if (probe !== undefined) {
    checkProbe(probe, 'spec.probe', context);
  }
};

function checkProbe(probe: DecodedObject, path: string, context: CheckContext): void {
  for (const field of counts) {
    if (number(probe[field]) < 0) {
      context.report(rules.probeNegative, `${path}.${field}`, `${field} is ${number(probe[field])}, but cannot be negative.`);
    }
  }
  const { httpGet, tcpSocket, exec } = probe;
  if (httpGet !== undefined) {
    checkHttpGet(message(httpGet) ?? {}, `${path}.httpGet`, context);
  } else if (tcpSocket !== undefined) {
    checkPort(number(message(tcpSocket)?.port), `${path}.tcpSocket.port`, context);
  } else if (exec !== undefined) {
    if (texts(message(exec)?.command).length === 0) {
      context.report(rules.probeCommand, `${path}.exec.command`, 'The probe has no command to run.');
    }
  } else {
    const what = probe.grpc === undefined ? 'The probe does not say what to probe' : 'istiod refuses probes of gRPC, although the schema has them';
    context.report(rules.probeMethod, probe.grpc === undefined ? path : `${path}.grpc`, `${what}.`);
  }
}

function checkHttpGet(probe: DecodedObject, path: string, context: CheckContext): void {
  checkPort(number(probe.port), `${path}.port`, context);
  const scheme = text(probe.scheme);
  if (!['', 'HTTP', 'HTTPS'].includes(scheme)) {
    context.report(rules.probeScheme, `${path}.scheme`, `"${scheme}" is no scheme of a probe.`);
  }
  eachMessage(probe.httpHeaders, `${path}.httpHeaders`, (header, headerPath) => {
    const name = text(header.name);
    if (!isProbeHeader(name)) {
      reportHeaderName(name, name === '' ? 'is missing' : 'has other characters than letters, digits and hyphens', `${headerPath}.name`, context);
    }
  });
}
