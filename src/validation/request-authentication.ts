import type { CheckContext, DecodedObject, KindCheck } from './context';
import { eachMessage, eachText, message, text } from './decoded';
import { isStrictHeader } from './grammar/header-name';
import { readKeySet } from './grammar/jwks';
import { keySetAddressProblem } from './grammar/url';
import { requestAuthenticationRules as rules } from './rules/request-authentication';
import { checkSelector } from './selectors';
import { checkSingleTarget, checkTargetRefs } from './target-refs';
import { checkDuration, reportHeaderName } from './values';

/** What istiod checks in a RequestAuthentication. */
export const checkRequestAuthentication: KindCheck = (spec, context) => {
  checkSingleTarget(spec, context);
  checkSelector(message(spec.selector), 'spec.selector', context);
  checkTargetRefs(spec, context);
  eachMessage(spec.jwtRules, 'spec.jwtRules', (rule, path) => checkJwtRule(rule, path, context));
};

function checkJwtRule(rule: DecodedObject, path: string, context: CheckContext): void {
  eachText(rule.audiences, `${path}.audiences`, (audience, audiencePath) => {
    if (audience === '') {
      context.report(rules.audienceEmpty, audiencePath, 'The audience is empty, and no token is for nobody.');
    }
  });
  checkIssuer(rule, path, context);
  checkKeys(text(rule.jwks), `${path}.jwks`, context);
  checkTokenPlaces(rule, path, context);
  eachMessage(rule.outputClaimToHeaders, `${path}.outputClaimToHeaders`, (output, outputPath) => checkOutput(output, outputPath, context));
  checkDuration(rule.timeout, `${path}.timeout`, context);
}

function checkIssuer(rule: DecodedObject, path: string, { report }: CheckContext): void {
  const address = text(rule.jwksUri);
  if (text(rule.issuer) === '' && address === '') {
    report(rules.issuerMissing, `${path}.issuer`, 'Neither the issuer of the tokens nor the address of its keys is given.');
  }
  const problem = address === '' ? undefined : keySetAddressProblem(address);
  if (problem !== undefined) {
    report(rules.keySetAddress, `${path}.jwksUri`, `The address "${address}" ${problem}.`);
  }
}

function checkKeys(jwks: string, path: string, { report }: CheckContext): void {
  if (jwks === '') {
    return;
  }
  const keys = readKeySet(jwks);
  if (keys.problem !== undefined) {
    report(rules.keySet, path, `The set of keys ${keys.problem}.`);
    return;
  }
  for (const index of keys.secretKeys) {
    report(rules.secretKey, path, `Key number ${index} (from 0) is a secret one, and everybody who may read the object can sign tokens with it.`);
  }
}

function checkTokenPlaces(rule: DecodedObject, path: string, { report }: CheckContext): void {
  eachMessage(rule.fromHeaders, `${path}.fromHeaders`, ({ name }, headerPath) => {
    if (text(name) === '') {
      report(rules.tokenPlaceEmpty, `${headerPath}.name`, 'The header in which tokens are sought has no name.');
    }
  });
  for (const [field, what] of Object.entries({ fromParams: 'parameter', fromCookies: 'cookie' })) {
    eachText(rule[field], `${path}.${field}`, (name, namePath) => {
      if (name === '') {
        report(rules.tokenPlaceEmpty, namePath, `The ${what} in which tokens are sought has no name.`);
      }
    });
  }
}

function checkOutput(output: DecodedObject, path: string, context: CheckContext): void {
  const header = text(output.header);
  for (const field of ['header', 'claim']) {
    if (text(output[field]) === '') {
      context.report(rules.outputIncomplete, `${path}.${field}`, `A claim is to be copied to a header, but the ${field} is not named.`);
    }
  }
  if (header !== '' && text(output.claim) !== '' && !isStrictHeader(header)) {
    reportHeaderName(header, 'has other characters than letters, digits, hyphens and underscores', `${path}.header`, context);
  }
}
