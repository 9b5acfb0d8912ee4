import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SLUG } from '../dsl/check/default-export.ts';
import { Expected } from './fail.ts';

/** Kinds that a file can be begun for. */
export const NEW_KINDS = ['saasTenant', 'customerApp', 'workforceApp', 'serviceClient'] as const;
export type NewKind = (typeof NEW_KINDS)[number];

/**
 * `cedarwright tenant new`: begins a tenant's file.
 * @returns what to do next
 * @throws Expected when the slug is none, or was ever used
 */
export async function newTenant(root: string, slug: string, kind: NewKind): Promise<string> {
  const { file, text } = await find(root, slug);
  if (text !== undefined && isRetired(text)) {
    throw new Expected(
      `${file}: the tenant ${slug} is retired, and a slug is never used again — take another`,
    );
  }
  if (text !== undefined) throw new Expected(`${file} is there already — edit it`);
  await write(root, file, begun(slug, kind));
  return `${file}: write its policies, then: pulumi up`;
}

/**
 * `cedarwright tenant retire`: says in a tenant's file that it is to go. The file need not be there: a deployed tenant
 * whose file has vanished is retired just so.
 * @returns what to do next
 * @throws Expected when the slug is none, or the file says so already
 */
export async function retireTenant(root: string, slug: string): Promise<string> {
  const { file, text } = await find(root, slug);
  if (text !== undefined && isRetired(text)) throw new Expected(`${file} says so already`);
  await write(root, file, retirement(slug));
  return [
    `${file} says that ${slug} is retired. Two deployments lead there:`,
    '1. pulumi up   out of the registry, so that it gets no token and no request through; protection off.',
    '               Until here the old file brings everything back: its users, groups and policies are still there.',
    '2. pulumi up   deletes what it had, its users too.',
    `Then ${file} may go; the slug is never used again.`,
  ].join('\n');
}

async function find(root: string, slug: string): Promise<{ readonly file: string; readonly text?: string }> {
  if (!SLUG.test(slug)) {
    throw new Expected(
      `"${slug}" is no slug — use 2 to 31 lower case letters, digits and "-", a letter first`,
    );
  }
  const file = path.posix.join('tenants', `${slug}.ts`);
  const text = await readFile(path.join(root, file), 'utf8').catch(() => undefined);
  return { file, ...(text !== undefined && { text }) };
}

async function write(root: string, file: string, text: string): Promise<void> {
  const place = path.join(root, file);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, text);
}

const isRetired = (text: string): boolean => /^export default retired\(/m.test(text);

const begun = (
  slug: string,
  kind: NewKind,
): string => `import { ${kind === 'workforceApp' ? `federatedWith, ${kind}` : kind} } from '../dsl/index.ts';

export default ${kind}({
  slug: '${slug}',${kind === 'workforceApp' ? FEDERATION : ''}
  // As long as there are none, everything is denied.
  policies: () => [],
});
`;

const FEDERATION = `
  // Your identity provider and what it calls this application's user pool.
  identity: federatedWith({ issuer: 'https://login.example.com', clientId: 'the-user-pool' }),`;

const retirement = (slug: string): string => `import { retired } from '../dsl/index.ts';

export default retired('${slug}');
`;
