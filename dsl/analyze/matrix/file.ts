import { isRecord } from '../../testing/request/value.ts';
import { type Certainty, certaintyText } from '../verdict.ts';
import type { Cell, Matrix } from './cell.ts';

/** A cell as it is committed: one line of a file that people review. */
export interface WrittenCell {
  readonly set: string;
  readonly action: string;
  readonly principal: string;
  readonly resource: string;
  readonly groups: readonly string[];
  readonly verdict: string;
  /** How sure it is, in words. */
  readonly sure: string;
  readonly conditions: readonly string[];
}

export interface WrittenMatrix {
  /** What answered; `none` where no solver was there. */
  readonly solver: string;
  readonly guardrails: readonly string[];
  readonly cells: readonly WrittenCell[];
}

/** How sure a cell is. Of "on conditions": the engine has allowed one such request and denied another. */
export const sureText = (certainty: Certainty): string =>
  certainty.kind === 'counterexample' ? 'shown by requests' : certaintyText(certainty);

const written = ({ set, action, principal, resource, groups, verdict, certainty, conditions }: Cell) => ({
  set,
  action,
  principal,
  resource,
  groups,
  verdict,
  sure: sureText(certainty),
  conditions,
});

export const writtenMatrix = ({ solver = 'none', guardrails, cells }: Matrix): WrittenMatrix => ({
  solver,
  guardrails: guardrails.map(({ id, sets, text }) => `${id} (${sets.join(', ')}): ${text}`),
  cells: cells.map(written),
});

/** JSON with one cell a line, so that a changed cell is a changed line. */
export function matrixText({ solver, guardrails, cells }: WrittenMatrix): string {
  const list = (items: readonly unknown[]): string =>
    items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')}\n  ]`;
  return `{
  "solver": ${JSON.stringify(solver)},
  "guardrails": ${list(guardrails)},
  "cells": ${list(cells)}
}
`;
}

/** Undefined for a text that is none. */
export function readMatrix(text: string): WrittenMatrix | undefined {
  const json: unknown = parsed(text);
  if (!isRecord(json)) return undefined;
  const { solver, guardrails, cells } = json;
  if (typeof solver !== 'string' || !isTexts(guardrails) || !Array.isArray(cells)) return undefined;
  const read = cells.map(readCell);
  return read.every((cell) => cell !== undefined) ? { solver, guardrails, cells: read } : undefined;
}

function readCell(json: unknown): WrittenCell | undefined {
  if (!isRecord(json)) return undefined;
  const { set, action, principal, resource, groups, verdict, sure, conditions } = json;
  const texts = [set, action, principal, resource, verdict, sure];
  if (!isTexts(texts) || !isTexts(groups) || !isTexts(conditions)) return undefined;
  return {
    set: String(set),
    action: String(action),
    principal: String(principal),
    resource: String(resource),
    groups,
    verdict: String(verdict),
    sure: String(sure),
    conditions,
  };
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
