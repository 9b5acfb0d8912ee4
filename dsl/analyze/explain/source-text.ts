import { typescript } from '../../check/typescript.ts';
import type { Site } from '../../../cedar/ast.ts';
import { nodesBelow, parseSource } from '../../check/source-file.ts';

/** What a person wrote at a place; undefined where nobody knows. */
export type SourceText = (site: Site) => string | undefined;

/**
 * Finds the call or the attribute in builder source that a site stands for: a site is where its name stands. `read`
 * gives the text of a file.
 */
export function sourceTexts(read: (file: string) => string | undefined): SourceText {
  const parsed = new Map<string, ReadonlyMap<number, string> | undefined>();
  return ({ file, line, column }) => {
    if (!parsed.has(file)) parsed.set(file, parse(file, read(file)));
    return parsed.get(file)?.get(placeOf(line, column));
  };
}

/** One number for a place; no line is that long. */
const placeOf = (line: number, column: number): number => line * 1_000_000 + column;

function parse(file: string, text: string | undefined): ReadonlyMap<number, string> | undefined {
  if (text === undefined || !file.endsWith('.ts')) return undefined;
  const source = parseSource({ file, text });
  const found = new Map<number, string>();
  for (const node of nodesBelow(source)) {
    if (!typescript.isPropertyAccessExpression(node)) continue;
    const whole =
      typescript.isCallExpression(node.parent) && node.parent.expression === node ? node.parent : node;
    const { line, character } = source.getLineAndCharacterOfPosition(node.name.getStart(source));
    found.set(placeOf(line + 1, character + 1), oneLine(whole.getText(source)));
  }
  return found;
}

/** As it would stand on one line: chains are broken before their dots. */
const oneLine = (text: string): string => text.replaceAll(/\s*\n\s*(?=\.)/g, '').replaceAll(/\s+/g, ' ');
