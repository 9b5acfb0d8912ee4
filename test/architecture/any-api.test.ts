import { expect } from 'chai';
import ts from 'typescript';
import { ENDPOINT_TYPE, GROUP_TYPE, type Model } from '../../cedar/model.ts';
import { loadModel } from '../../dsl/schema/model.ts';
import { handWritten, type SourceFile } from './sources.ts';

/** Where the API under protection is at home. */
const AT_HOME = new Set(['api', 'tenants', 'demo', 'test', 'bench']);
/** Entity types of the demo whose names are also words of AWS and of ours. */
const ORDINARY = new Set([ENDPOINT_TYPE, GROUP_TYPE, 'Account', 'Report', 'Statement']);

describe('another API drops in:', () => {
  const names = namesOf(loadModel());

  it('nothing but the API, its tenants and its service names an operation or an entity type of it', () => {
    const files = handWritten().filter(({ file }) => !AT_HOME.has(file.split('/')[0]!));
    expect(files.flatMap((file) => namedIn(file, names))).to.deep.equal([]);
  });

  it('a name is seen as a type, a key, a path and inside a text, not in a comment or as a part of a word', () => {
    const seen = (text: string): number => namedIn({ file: 'x.ts', text }, names).length;
    for (const text of [
      "const path = '/customer/user/{id}';",
      "if (action === 'ViewTransferButton') throw 1;",
      'const rows = op.putCustomerUser;',
      'const text = `Payments::Payee`;',
    ]) {
      expect(seen(text), text).to.be.greaterThan(0);
    }
    for (const text of ['// `PUT /customer/user/{id}`', 'const Payees = 1;', "import './permissions.ts';"]) {
      expect(seen(text), text).to.equal(0);
    }
  });
});

/** Operations by path and key, domain actions, entity types, the namespace. */
function namesOf({ namespace, entityTypes, actions, publicRoutes }: Model): Set<string> {
  const ofActions = Object.entries(actions).flatMap(([name, { route }]) =>
    route ? [route.path, route.key] : [name],
  );
  const paths = publicRoutes.map(({ path }) => path);
  const types = Object.keys(entityTypes).filter((type) => !ORDINARY.has(type));
  return new Set([namespace, ...types, ...ofActions, ...paths]);
}

/** `file:line name` for each name that the code uses. */
function namedIn({ file, text }: SourceFile, names: ReadonlySet<string>): string[] {
  // Most files have none at all, and need not be parsed for their comments.
  const there = [...names].filter((name) => text.includes(name));
  if (there.length === 0) return [];
  const lines = withoutComments(text).split('\n');
  return lines.flatMap((line, index) =>
    there.filter((name) => isNamed(line, name)).map((name) => `${file}:${index + 1} ${name}`),
  );
}

/** As a word of its own: no part of a longer one, no end of a relative path. */
function isNamed(line: string, name: string): boolean {
  const before = name.startsWith('/') ? /[\w./-]$/ : /[\w-]$/;
  for (let at = line.indexOf(name); at >= 0; at = line.indexOf(name, at + 1)) {
    if (!before.test(line.slice(0, at)) && !/^[\w-]/.test(line.slice(at + name.length))) return true;
  }
  return false;
}

/** Examples in comments bind nobody. Lines keep their numbers. */
function withoutComments(text: string): string {
  const source = ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest);
  const comments: ts.CommentRange[] = [];
  const visit = (node: ts.Node): void => {
    comments.push(...(ts.getLeadingCommentRanges(text, node.pos) ?? []));
    comments.push(...(ts.getTrailingCommentRanges(text, node.end) ?? []));
    ts.forEachChild(node, visit);
  };
  visit(source);
  let code = text;
  for (const { pos, end } of comments) {
    code = code.slice(0, pos) + code.slice(pos, end).replaceAll(/[^\n]/g, ' ') + code.slice(end);
  }
  return code;
}
