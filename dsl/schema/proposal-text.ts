import { stringify } from 'yaml';
import type { Site } from '../../cedar/ast.ts';
import type { Problem } from '../check/problem.ts';
import { byPlace } from './document/report.ts';
import type { Proposal } from './propose.ts';

/** What a proposal decides, for people to hear. @param top of the document */
export function proposalNotes({ namespace, paths, operations }: Proposal, top: Site): Problem[] {
  const remedy = 'npx cedarwright schema --propose prints it all as a file to edit and give with --authz';
  const message = `nothing here says who calls this API: taken are namespace ${namespace}, principal type User and, of each operation, its own Endpoint`;
  const other = Object.entries(paths).flatMap(([path, { rename, site }]) =>
    Object.entries(rename).map(([from, to]): Problem => ({
      site,
      code: 'RENAMED',
      message: `{${from}} of ${path} is {${to}} at the gateway, as in other paths`,
      remedy: OTHERWISE,
    })),
  );
  const each = Object.entries(operations).map(([action, { word, reason, site }]): Problem => ({
    site,
    code: word === 'omit' ? 'LEFT_OUT' : 'PUBLIC',
    message: `${action} ${word === 'omit' ? 'is left out' : 'needs no permission'}: ${reason}`,
    remedy: OTHERWISE,
  }));
  return [{ site: top, code: 'PROPOSED', message, remedy }, ...[...other, ...each].toSorted(byPlace)];
}

const OTHERWISE = 'say otherwise with --authz';

/** A proposal as YAML, to be read and edited. */
export function authzFile({ namespace, principals, paths, operations }: Proposal): string {
  const types = Object.entries(principals).map(
    ([name, { kinds }]) => `  ${name}: { kinds: [${kinds.join(', ')}] }`,
  );
  const exceptions = Object.entries(operations)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([action, { word, reason }]) =>
        `  # ${reason.replaceAll(/\s+/g, ' ')}\n  ${yamlText(action)}: { ${word}: true }`,
    );
  const names = Object.entries(paths)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { rename }]) => {
      const pairs = Object.entries(rename).map(([from, to]) => `${yamlText(from)}: ${yamlText(to)}`);
      return `  ${yamlText(path)}: { rename: { ${pairs.join(', ')} } }`;
    });
  return [
    '# What the API document does not say of authorization: the words of x-authz (dsl/schema/x-authz.md), by name.',
    `namespace: ${namespace}`,
    'principals:',
    ...types,
    ...(names.length > 0
      ? ['# API Gateway takes one name for a parameter that several paths share.', 'paths:', ...names]
      : []),
    ...(exceptions.length > 0 ? ['operations:', ...exceptions] : []),
    '',
  ].join('\n');
}

const yamlText = (text: string): string => stringify(text, { lineWidth: 0, singleQuote: true }).trimEnd();
